// Tables that are worked through by keyboard. Without this script they are tables with links and boxes to tick.
//
// Every `table.cd-keys` gets: up and down arrows between rows (from a row's box to the next box, from its link to
// the next link), Space to tick the row whose link has the focus, Shift with an arrow or a click to tick several,
// a box in the head that ticks all of the page, and how many are chosen in the form's `.cd-chosen`. Tab goes
// where it always goes: nothing is caught here.

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.classList.contains('cd-table__group'));
const boxOf = (row) => row.querySelector('.cd-pick input[type=checkbox]');
const linkOf = (row) => row.querySelector('th[scope=row] a, a');

/** What the arrows go to in `row` when they come from `from`: a box from a box, a link from a link. */
function placeIn(row, from) {
  const box = boxOf(row);
  return (from.type === 'checkbox' && box) || linkOf(row) || box;
}

function tick(box, on) {
  if (!box || box.disabled || box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event('change', { bubbles: true }));
}

function start(table) {
  const boxes = () => rowsOf(table).map(boxOf).filter(Boolean);
  const place = table.closest('form') ?? document;
  const told = place.querySelector('.cd-chosen');
  const head = table.querySelector('thead .cd-pick-all');
  let all = null;
  let anchor = null; // the row that a range starts from

  const count = () => {
    const list = boxes();
    const chosen = list.filter((box) => box.checked).length;
    if (told) told.textContent = chosen ? `${chosen} chosen` : '';
    if (!all) return;
    all.checked = chosen > 0 && chosen === list.length;
    all.indeterminate = chosen > 0 && chosen < list.length;
  };

  /** Ticks every row between the anchor and `row`, both included. */
  const range = (row, on) => {
    const rows = rowsOf(table);
    const ends = [rows.indexOf(anchor ?? row), rows.indexOf(row)].sort((a, b) => a - b);
    for (const each of rows.slice(ends[0], ends[1] + 1)) tick(boxOf(each), on);
  };

  const go = (event, row) => {
    const rows = rowsOf(table);
    const next = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return; // at an end the page scrolls, as it does elsewhere
    event.preventDefault();
    if (event.shiftKey && boxOf(next)) {
      anchor ??= row;
      range(next, true);
    } else {
      anchor = null;
    }
    placeIn(next, event.target)?.focus();
  };

  table.addEventListener('keydown', (event) => {
    const row = event.target.closest('tbody tr');
    if (!row || event.ctrlKey || event.altKey || event.metaKey || !event.target.matches('a, input[type=checkbox]')) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      go(event, row);
    } else if (event.key === ' ' && event.target.matches('a') && boxOf(row)) {
      event.preventDefault();
      anchor = row;
      tick(boxOf(row), !boxOf(row).checked);
    }
  });

  table.addEventListener('click', (event) => {
    const row = event.target.closest('tbody tr');
    if (!row || event.target !== boxOf(row)) return;
    if (event.shiftKey && anchor) range(row, event.target.checked);
    anchor = row;
  });

  table.addEventListener('change', count);
  if (head && boxes().length) {
    all = Object.assign(document.createElement('input'), { type: 'checkbox' });
    all.setAttribute('aria-label', 'Choose every row on this page');
    all.addEventListener('change', (event) => {
      event.stopPropagation(); // or half of the rows would be counted while the others are ticked
      const on = all.checked;
      for (const box of boxes()) if (!box.disabled) box.checked = on;
      count();
    });
    const frame = Object.assign(document.createElement('span'), { className: 'cd-pick-all__box' });
    frame.append(all);
    head.append(frame);
  }
  for (const hint of document.querySelectorAll('.cd-keys-hint[hidden]')) hint.hidden = false;
  count();
  window.addEventListener('pageshow', count); // a browser that comes back to a page puts its ticks back
}

/** Makes every such table of the page ready. */
export function startTables() {
  for (const table of document.querySelectorAll('table.cd-keys')) start(table);
}
