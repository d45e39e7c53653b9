// forms.mjs: filling the forms of a page as a person does, whatever their fields are.

/** Fills the form of the page; a value of a radio or checkbox is chosen by its value. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`main [name="${name}"]`).first();
    const kind = await field.evaluate((node) => (node.tagName === 'INPUT' ? node.type : node.tagName.toLowerCase()));
    if (kind === 'radio' || kind === 'checkbox') {
      for (const one of [].concat(value)) await page.locator(`main [name="${name}"][value="${one}"]`).check();
    } else if (kind === 'select') {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }
}
