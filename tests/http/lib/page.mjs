// page.mjs: a page as a tree, and the questions tests ask of it. parse5 reads it as a browser does.
import { parse } from 'parse5';

const attribute = (node, name) => node.attrs?.find((one) => one.name === name)?.value;

function* walk(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* walk(child);
}

export function textOf(node) {
  let text = '';
  for (const one of walk(node)) if (one.nodeName === '#text') text += one.value;
  return text.replace(/\s+/g, ' ').trim();
}

export class Page {
  constructor(html) {
    this.html = html;
    this.root = parse(html);
  }

  /** Elements that fit: { tag, id, class, name, value, href, text (part of it) }. */
  all(wanted, within = this.root) {
    const found = [];
    for (const node of walk(within)) {
      if (node.tagName === undefined) continue;
      const fits = Object.entries(wanted).every(([key, value]) => {
        if (key === 'tag') return node.tagName === value;
        if (key === 'class') return (attribute(node, 'class') ?? '').split(/\s+/).includes(value);
        if (key === 'text') return textOf(node).includes(value);
        return attribute(node, key) === value;
      });
      if (fits) found.push(node);
    }
    return found;
  }

  /** The one element that fits; throws if there is none or more. */
  one(wanted, within) {
    const found = this.all(wanted, within);
    if (found.length !== 1) throw new Error(`${JSON.stringify(wanted)}: ${found.length} elements, wanted 1`);
    return found[0];
  }

  has(wanted) {
    return this.all(wanted).length > 0;
  }

  text(wanted) {
    return wanted === undefined ? textOf(this.root) : textOf(this.one(wanted));
  }

  get title() {
    // A drawing (svg) has a title, too.
    return textOf(this.one({ tag: 'title' }, this.one({ tag: 'head' })));
  }

  get heading() {
    return this.text({ tag: 'h1' });
  }

  attribute(node, name) {
    return attribute(node, name);
  }

  links() {
    return this.all({ tag: 'a' }).map((node) => attribute(node, 'href')).filter((href) => href !== undefined);
  }

  /** The error summary's messages, each with the id its link goes to. */
  get errors() {
    const summary = this.all({ class: 'nhsuk-error-summary' })[0];
    if (summary === undefined) return [];
    return this.all({ tag: 'a' }, summary).map((node) => ({
      field: (attribute(node, 'href') ?? '').replace(/^#/, ''), text: textOf(node),
    }));
  }

  /** What a browser would send of a form: its fields as they stand. `end`: how its action ends. */
  form(end) {
    const forms = this.all({ tag: 'form' }).filter((node) => (attribute(node, 'method') ?? 'get').toLowerCase() === 'post'
      && attribute(node, 'id') !== 'search'); // the box in every page's head
    const fitting = end === undefined
      ? forms.filter((node) => !/sign-(in|out)$/.test(attribute(node, 'action') ?? ''))
      : forms.filter((node) => (attribute(node, 'action') ?? '').split('?')[0].endsWith(end));
    if (fitting.length !== 1) {
      throw new Error(`form ${end ?? ''}: ${fitting.length} of ${forms.length} fit: ${forms.map((node) => attribute(node, 'action')).join(' ')}`);
    }
    const fields = {};
    const add = (name, value) => {
      if (fields[name] === undefined) fields[name] = value;
      else fields[name] = [].concat(fields[name], value);
    };
    for (const node of walk(fitting[0])) {
      const name = attribute(node, 'name');
      if (name === undefined || attribute(node, 'disabled') !== undefined) continue;
      if (node.tagName === 'textarea') {
        // A browser drops the first line break and sends the others as CR LF.
        const text = node.childNodes.map((child) => child.value).join('');
        add(name, text.replace(/\r?\n/g, '\r\n'));
      } else if (node.tagName === 'select') {
        const options = this.all({ tag: 'option' }, node);
        const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
        if (chosen !== undefined) add(name, attribute(chosen, 'value') ?? textOf(chosen));
      } else if (node.tagName === 'input') {
        const type = (attribute(node, 'type') ?? 'text').toLowerCase();
        if (['submit', 'button', 'image', 'reset', 'file'].includes(type)) continue;
        if (['checkbox', 'radio'].includes(type) && attribute(node, 'checked') === undefined) continue;
        add(name, attribute(node, 'value') ?? (['checkbox', 'radio'].includes(type) ? 'on' : ''));
      }
    }
    return { action: attribute(fitting[0], 'action') ?? '', fields, node: fitting[0] };
  }
}
