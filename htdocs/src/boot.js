// Runs before the first paint, as the first child of body, so that parts which need scripts are
// styled for them at once. A file of its own, because the page's policy allows no inline script.
document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('nhsuk-frontend-supported');
}
