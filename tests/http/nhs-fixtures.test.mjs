// Our template parts against NHS England's own expected markup: the fixtures in the installed nhsuk-frontend.
//
// Each fixture's options are turned into our view by one plain function, rendered by the code that the module
// runs, and both trees are compared. Ignored: order of attributes, order of classes, white space beside tags.
// A case that we do not support stands in tests/data/nhs-out-of-scope.json with its reason; when it would pass,
// this fails, and so it does when fewer cases are equal than the file says.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { parseFragment } from 'parse5';
import { buildDir, sourceDir } from './lib/site.mjs';

const fixtures = join(sourceDir, 'node_modules/nhsuk-frontend/dist/nhsuk/components');
const scope = JSON.parse(readFileSync(join(sourceDir, 'tests/data/nhs-out-of-scope.json'), 'utf8'));

// ---- the renderer: one process, a line of JSON for each page ----

let child;
let answers;
before(() => {
  const program = process.env.RENDER_TEMPLATE ?? join(buildDir, 'tests/tools/render_template');
  child = spawn(program, ['--many', join(sourceDir, 'htdocs/templates')], { stdio: ['pipe', 'pipe', 'inherit'] });
  answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
});
after(() => child.stdin.end());

async function render(template, view) {
  child.stdin.write(`${JSON.stringify({ template, view })}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('render_template ended');
  const answer = JSON.parse(value);
  if (answer.error) throw new Error(`${template}: ${answer.error}`);
  return answer.html;
}

// ---- trees ----

function tree(node) {
  const children = [];
  for (const child of node.childNodes ?? []) {
    if (child.nodeName === '#comment') continue;
    if (child.nodeName !== '#text') {
      children.push(tree(child));
      continue;
    }
    const text = child.value.replace(/\s+/g, ' ').trim();
    if (text) children.push(text);
  }
  const attributes = {};
  for (const { name, value } of node.attrs ?? []) {
    attributes[name] = name === 'class' ? value.trim().split(/\s+/).sort().join(' ') : value;
  }
  return { tag: node.nodeName, attributes: Object.fromEntries(Object.entries(attributes).sort()), children };
}
const treeOf = (html) => tree(parseFragment(html)).children;

// ---- options to views ----

const text = (value) => (typeof value === 'object' && value !== null ? value.text : value);
const has = (value) => value !== undefined && value !== null && value !== '' && value !== false;
const join2 = (...words) => words.filter(has).join(' ') || undefined;

/** A label or legend: { label, size, label_h1, label_class }. */
function label(option) {
  if (typeof option !== 'object' || option === null) return { label: option };
  const heading = typeof option.heading === 'object' && option.heading !== null ? option.heading : { text: option.heading };
  return {
    label: heading.text ?? option.text,
    size: /(label|legend)--(s|m|l|xl)/.test(option.classes ?? '') ? undefined : heading.size ?? option.size,
    label_h1: has(option.heading) || option.isPageHeading === true,
    label_class: option.classes,
  };
}

function field(options, parts = []) {
  const id = options.id ?? options.idPrefix ?? options.name;
  const hint = text(options.hint);
  const error = options.errorMessage === true ? undefined : text(options.errorMessage);
  const described = join2(options.describedBy, ...parts.map((part) => `${id}-${part}`),
    has(hint) && `${id}-hint`, has(error) && `${id}-error`);
  return {
    id, name: options.name, hint, error, has_error: has(options.errorMessage), describedby: described,
    group_class: options.formGroup?.classes, disabled: options.disabled === true ? true : undefined,
  };
}

const width = (options) => (has(options.width) && !/--width-/.test(options.classes ?? '')
  ? `nhsuk-input--width-${options.width}` : undefined);

function choices(options) {
  const prefix = options.idPrefix ?? options.name;
  const chosen = [].concat(options.values ?? options.value ?? []);
  let number = 0;
  return (options.items ?? []).map((item) => {
    number++; // empty items and dividers are counted too
    if (!has(item)) return undefined;
    return {
      id: item.id ?? (number === 1 ? prefix : `${prefix}-${number}`),
      value: item.value ?? '', label: item.text ?? text(item.label),
      checked: item.checked ?? chosen.includes(item.value),
      choice_hint: text(item.hint), choice_divider: item.divider,
      choice_disabled: item.disabled ?? options.disabled,
      choice_behaviour: item.exclusive ? 'exclusive' : item.behaviour,
      choice_group: item.exclusiveGroup ?? item.behaviourGroup,
    };
  }).filter(has);
}

const lists = (kind) => (options) => [`nhs/${kind}`, {
  ...field(options), ...label(options.fieldset?.legend), choices: choices(options),
  list_class: join2(options.small && `nhsuk-${kind}--small`, options.inline && `nhsuk-${kind}--inline`, options.classes),
}];

const spell = (options) => ({ spellcheck: options.spellcheck === undefined ? undefined : String(options.spellcheck) });

const views = {
  input: (options) => ['nhs/input', {
    ...field(options), ...label(options.label), ...spell(options),
    type: options.type ?? 'text', value: options.value,
    input_class: join2(options.large && 'nhsuk-input--large', options.code && 'nhsuk-input--code', width(options), options.classes),
    inputmode: options.inputmode, autocomplete: options.autocomplete, autocapitalize: options.autocapitalize,
    placeholder: options.placeholder, prefix: text(options.prefix), suffix: text(options.suffix),
  }],
  textarea: (options) => ['nhs/textarea', {
    ...field(options), ...label(options.label), ...spell(options),
    value: options.value, rows_high: String(options.rows ?? 5), input_class: options.classes, autocomplete: options.autocomplete,
  }],
  'character-count': (options) => ['nhs/character-count', {
    ...field(options, ['info']), ...label(options.label), ...spell(options),
    value: options.value, rows_high: String(options.rows ?? 5), input_class: options.classes,
    maxlength: has(options.maxlength) ? String(options.maxlength) : undefined,
    count_words: has(options.maxwords) ? String(options.maxwords) : undefined,
    threshold: has(options.threshold) ? String(options.threshold) : undefined,
    count_text: (options.textareaDescriptionText ?? `You can enter up to %{count} ${has(options.maxwords) ? 'words' : 'characters'}`)
      .replace('%{count}', options.maxwords ?? options.maxlength),
  }],
  radios: lists('radios'),
  checkboxes: lists('checkboxes'),
  'date-input': (options) => {
    const known = { day: 2, month: 2, year: 4 };
    const items = (options.items ?? Object.keys(known).filter((name) => options[name] !== false).map((name) => ({ name }))).filter(has);
    const view = field({ ...options, name: undefined });
    const wrong = (item) => item.error ?? options[item.name]?.error;
    const anyWrong = items.some((item) => wrong(item) || /--error/.test(item.classes ?? ''));
    return ['nhs/date-input', {
      ...view, ...label(options.fieldset?.legend), has_error: view.has_error || anyWrong,
      parts: items.map((item) => {
        const more = { ...item, ...options[item.name] };
        const name = item.name ?? item.id;
        return {
          id: more.id ?? `${options.id}-${name}`,
          name: options.namePrefix ? `${options.namePrefix}[${name}]` : name,
          label: text(more.label) ?? name[0].toUpperCase() + name.slice(1),
          part_value: has(more.value) ? String(more.value) : options.values?.[name],
          part_error: wrong(item) ?? (view.has_error && !anyWrong),
          part_class: join2(/--width-/.test(more.classes ?? '') ? '' : `nhsuk-input--width-${more.width ?? known[name]}`,
            more.classes?.replace(/nhsuk-input--error/, '')),
          part_autocomplete: more.autocomplete,
        };
      }),
    }];
  },
  select: (options) => ['nhs/select', {
    ...field(options), ...label(options.label), input_class: options.classes,
    options: (options.items ?? []).filter(has).map((item) => ({
      value: item.value ?? '', label: item.text, choice_divider: item.divider ? 'yes' : undefined,
      checked: item.selected ?? (has(options.value) && options.value === item.value), choice_disabled: item.disabled,
    })),
  }],
  'password-input': (options) => ['nhs/password-input', {
    ...field(options), ...label(options.label), value: options.value, input_class: join2(width(options), options.classes),
    autocomplete: options.autocomplete ?? 'current-password',
  }],
  label: (options) => ['nhs/label', { ...label(options), id: options.for, label_class: options.classes }],
  legend: (options) => ['nhs/legend', label(options)],
  hint: (options) => ['nhs/hint', { id: (options.id ?? '').replace(/-hint$/, ''), hint: options.text }],
  'error-message': (options) => ['nhs/error-message', { id: (options.id ?? '').replace(/-error$/, ''), error: options.text }],
  'error-summary': (options) => ['nhs/error-summary', {
    error_list: (options.errorList ?? []).filter(has).map((item) => ({ target: item.href?.replace(/^#/, ''), text: item.text })),
  }],
  button: (options) => [options.href && !options.type ? 'nhs/button-link' : 'nhs/button', {
    label: options.text, url: options.href, disabled: options.disabled === true,
    classes: join2(options.variant && !/nhsuk-button--(brand|login|reverse|secondary|warning)/.test(options.classes ?? '')
      && `nhsuk-button--${options.variant}`, options.small && 'nhsuk-button--small', options.classes),
    html_id: options.id,
  }],
  tag: (options) => ['nhs/tag', {
    text: options.text, html_id: options.id,
    classes: join2(options.colour && !/nhsuk-tag--(?!no-)/.test(options.classes ?? '') && `nhsuk-tag--${options.colour}`,
      options.colour === false && 'nhsuk-tag--no-colour', options.border === false && 'nhsuk-tag--no-border', options.classes),
  }],
  'inset-text': (options) => ['nhs/inset-text', { text: options.text, classes: options.classes }],
  details: (options) => ['nhs/details', {
    summary: text(options.summary) ?? options.summaryText, text: options.text, html_id: options.id, open: options.open === true,
    classes: join2(options.variant && `nhsuk-details--${options.variant}`, options.classes),
  }],
  'notification-banner': (options) => {
    const success = (options.variant ?? options.type) === 'success';
    return ['nhs/notification-banner', {
      text: options.text, banner_title: text(options.title) ?? options.titleText ?? (success ? 'Success' : 'Important'),
      banner_id: options.titleId ?? 'nhsuk-notification-banner-title', banner_role: options.role ?? (success ? 'alert' : 'region'),
      classes: join2(options.classes, success && 'nhsuk-notification-banner--success'),
    }];
  },
  panel: (options) => ['nhs/panel', {
    summary_heading: text(options.heading), text: options.text,
    classes: join2(options.variant && `nhsuk-panel--${options.variant}`, options.classes),
    heading_class: join2(options.heading?.size && `nhsuk-panel__heading--${options.heading.size}`, options.heading?.classes),
  }],
  'warning-callout': (options) => ['nhs/warning-callout', { summary_heading: text(options.heading), text: options.text }],
  'summary-list': (options) => {
    const rows = (options.rows ?? []).filter(has);
    const actions = (row) => (Array.isArray(row.actions) ? row.actions : row.actions?.items ?? []).filter(has);
    const any = rows.some((row) => actions(row).length > 0);
    return ['nhs/summary-list', {
      classes: join2(options.border === false && 'nhsuk-summary-list--no-border',
        options.lastRowBorder === false && 'nhsuk-summary-list--no-last-row-border', options.classes),
      lines: rows.map((row) => ({
        label: text(row.key), value: text(row.value), no_actions: any && actions(row).length === 0,
        action_url: actions(row)[0]?.href, action_label: actions(row)[0]?.text, action_hidden: actions(row)[0]?.visuallyHiddenText,
      })),
    }];
  },
  breadcrumb: (options) => {
    const items = (options.items ?? []).filter((item) => has(item?.href));
    const last = has(options.href) ? { href: options.href, text: options.text } : items.at(-1) ?? {};
    return ['nhs/breadcrumb', {
      breadcrumbs: [...items, ...(has(options.href) ? [last] : [])].map((item) => ({ url: item.href, label: item.text })),
      back_url: options.backLink?.href ?? last.href, back_label: options.backLink?.text ?? last.text,
    }];
  },
  pagination: (options) => ['nhs/pagination', {
    prev_url: options.previous?.href ?? options.previousUrl, prev_label: options.previous?.labelText ?? options.previous?.label ?? options.previousPage,
    next_url: options.next?.href ?? options.nextUrl, next_label: options.next?.labelText ?? options.next?.label ?? options.nextPage,
  }],
};

// ---- the comparison ----

const key = (component, number, name) => `${component} ${number} ${name}`;
const components = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

test('our parts give the markup that NHS England expects', async (t) => {
  const equal = {};
  const skipped = {};
  const unequal = [];
  const nowPassing = [];
  const seen = new Set();
  let total = 0;

  for (const component of components) {
    let file;
    try {
      file = JSON.parse(readFileSync(join(fixtures, component, 'fixtures.json'), 'utf8'));
    } catch (error) {
      if (error.code === 'ENOENT') continue; // a helper without fixtures of its own
      throw error;
    }
    for (const [number, fixture] of file.fixtures.entries()) {
      const name = key(component, number, fixture.name);
      total++;
      if (views[component] === undefined) {
        assert.ok(scope.components[component], `${component}: neither a view here nor a reason in nhs-out-of-scope.json`);
        skipped[component] = (skipped[component] ?? 0) + 1;
        continue;
      }
      const [template, view] = views[component](fixture.context ?? fixture.options ?? {});
      const ours = treeOf(await render(template, view));
      const same = JSON.stringify(ours) === JSON.stringify(treeOf(fixture.html));
      seen.add(name);
      if (same && scope.cases[name]) nowPassing.push(name);
      else if (same) equal[component] = (equal[component] ?? 0) + 1;
      else if (scope.cases[name]) skipped[component] = (skipped[component] ?? 0) + 1;
      else unequal.push({ name, ours: JSON.stringify(ours), theirs: JSON.stringify(treeOf(fixture.html)) });
    }
  }

  const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
  for (const component of Object.keys(views)) {
    t.diagnostic(`${component}: ${equal[component] ?? 0} equal, ${skipped[component] ?? 0} out of scope`);
  }
  t.diagnostic(`${total} cases: ${sum(equal)} equal, ${sum(skipped)} out of scope, ${unequal.length} unequal`);
  if (process.env.NHS_SHOW) for (const one of unequal) console.error(`${one.name}\n  ours   ${one.ours}\n  theirs ${one.theirs}`);
  assert.deepEqual(unequal.map((one) => one.name), [], 'cases that differ (NHS_SHOW=1 shows both trees)');
  assert.deepEqual(nowPassing, [], 'cases that are listed as out of scope and pass');
  assert.deepEqual(Object.keys(scope.cases).filter((name) => !seen.has(name)), [], 'listed cases that are no fixtures');
  assert.ok(sum(equal) >= scope.equal, `${sum(equal)} cases are equal, ${scope.equal} were`);
});
