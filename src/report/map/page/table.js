// The table: rows of what the filter shows; only those in sight are in the document.
const ROW = 30;
const shortTime = n => !hasTime(n) ? '' : lasting() && lasting()[n] ? dayText(dayOf(times[n])) : localText(times[n]);
const titleText = n => data.incident[n][0];
const postIndex = n => indexIn('post_of', n), routeIndex = n => indexIn('route_of', n);
const tableColumns = [
  {name: 'Id', text: titleText},
  {name: 'Time', is: () => !!times, text: shortTime,
    key: n => hasTime(n) ? times[n] : Infinity},
  {name: 'Type', is: () => data.known.type.length, text: n => said(data.incident[n], 'type')},
  {name: 'Status', is: () => data.known.status.length, text: n => said(data.incident[n], 'status')},
  {name: 'Name', is: () => data.known.name.length, text: n => said(data.incident[n], 'name')},
  {name: 'Location', is: () => Object.keys(data.regions).length, text: n => data.regions[n] ? 'region' : whyNot(n) ? 'not located' : 'exact'},
  {name: 'Post', is: () => data.post_of, text: n => postIndex(n) < 0 ? '' : data.post[postIndex(n)][0]},
  {name: 'Distance', is: () => data.post_of, end: true, text: n => postIndex(n) < 0 ? '' : length(floats('post_m')[n]),
    key: n => postIndex(n) < 0 ? Infinity : floats('post_m')[n]},
  {name: 'Route', is: () => data.route_of, text: n => routeIndex(n) < 0 ? '' : data.route[routeIndex(n)][0]},
  {name: 'At km', is: () => data.route_of, end: true, text: n => routeIndex(n) < 0 ? '' : (floats('along_m')[n] / 1000).toFixed(1),
    key: n => routeIndex(n) < 0 ? Infinity : floats('along_m')[n]},
  {name: 'Corridor', is: () => data.corridor_of, text: n => namesOf(corridorsOf(n))},
].filter(column => !column.is || column.is());
let sorting = {by: -1, down: false}, sorted = [], current = 0;
let collator = null;
const sortRows = () => {
  sorted = [];
  for (let n = 0; n < total; n++) if (isShown(n)) sorted.push(n);
  const of = tableColumns[sorting.by];
  if (!of) return;
  const down = sorting.down ? -1 : 1;
  const keys = new Array(total);
  for (const n of sorted) keys[n] = (of.key || of.text)(n);
  if (!of.key) {
    // Each text is compared once, however many have it.
    const distinct = [...new Set(sorted.map(n => keys[n]))].sort(distinctOrder(sorted.length));
    const rank = new Map(distinct.map((text, i) => [text, text === '' ? Infinity : i]));
    for (const n of sorted) keys[n] = rank.get(keys[n]);
  }
  // What has no value stays at the end.
  sorted.sort((a, b) => keys[a] === keys[b] ? a - b : keys[a] === Infinity ? 1 : keys[b] === Infinity ? -1 : down * (keys[a] < keys[b] ? -1 : 1));
};
const distinctOrder = many => many > 20000 ? (a, b) => a.length - b.length && !isNaN(a) && !isNaN(b) ? a - b : a < b ? -1 : 1
  : (collator ||= new Intl.Collator('en', {numeric: true, sensitivity: 'base'})).compare;
const tableIsOpen = () => !$('table').hidden;
const scroller = $('rows');
const rowOf = at => {
  const n = sorted[at], isChosen = !!chosen && chosen[0] === 'incident' && chosen[1] === n;
  const row = make('tr', {tabIndex: at === current ? 0 : -1});
  row.setAttribute('aria-rowindex', at + 2);
  row.setAttribute('aria-selected', isChosen);
  row.dataset.at = at;
  for (const column of tableColumns) row.append(make('td', {dir: 'auto', className: column.end ? 'end' : '', textContent: column.text(n), title: column.text(n)}));
  return row;
};
let drawn = [0, 0];
const drawRows = () => {
  if (!tableIsOpen()) return;
  const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 6), last = Math.min(sorted.length, first + Math.ceil(scroller.clientHeight / ROW) + 14);
  const hadFocus = $('body').contains(document.activeElement);
  const gap = height => {
    const row = make('tr', {className: 'gap', ariaHidden: 'true'}, make('td', {colSpan: tableColumns.length}));
    row.firstChild.style.height = height + 'px';
    return row;
  };
  const rows = [];
  if (first) rows.push(gap(first * ROW));
  for (let at = first; at < last; at++) rows.push(rowOf(at));
  if (last < sorted.length) rows.push(gap((sorted.length - last) * ROW));
  drawn = [first, last];
  $('body').replaceChildren(...rows);
  if (hadFocus) focusRow(false);
};
const focusRow = (scrolls = true) => {
  if (scrolls) {
    const top = current * ROW, room = scroller.clientHeight - 2 * ROW;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
    drawRows();
  }
  const row = $('body').querySelector(`[data-at="${current}"]`);
  if (row) row.focus({preventScroll: true});
};
const markRow = n => {
  if (!tableIsOpen()) return;
  const at = n < 0 ? -1 : sorted.indexOf(n);
  if (at >= 0) {
    current = at;
    const top = at * ROW;
    if (top < scroller.scrollTop || top > scroller.scrollTop + scroller.clientHeight - 2 * ROW) scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 3);
  }
  drawRows();
};
const refreshTable = () => {
  if (!tableIsOpen()) return;
  sortRows();
  current = Math.min(current, Math.max(0, sorted.length - 1));
  $('table-title').textContent = isFiltered() ? `Incidents: ${number(sorted.length)} of ${number(total)}` : `Incidents: ${number(total)}`;
  $('grid').setAttribute('aria-rowcount', sorted.length + 1);
  drawRows();
};
const heads = () => {
  $('head').replaceChildren(...tableColumns.map((column, i) => {
    const is = sorting.by === i, cell = make('th', {scope: 'col', className: column.end ? 'end' : ''},
      button(column.name, () => {
        sorting = {by: i, down: is && !sorting.down};
        heads();
        refreshTable();
        $('head').children[i].firstChild.focus();
      }, {className: is ? sorting.down ? 'down' : 'up' : ''}));
    cell.setAttribute('aria-sort', is ? sorting.down ? 'descending' : 'ascending' : 'none');
    return cell;
  }));
};
const openTable = is => {
  $('table').hidden = !is;
  $('show-table').setAttribute('aria-expanded', is);
  if (!is) return $('show-table').focus();
  if (!$('head').firstChild) heads();
  refreshTable();
  markRow(chosen && chosen[0] === 'incident' ? chosen[1] : -1);
};
$('show-table').hidden = !total;
$('show-table').addEventListener('click', () => openTable(!tableIsOpen()));
$('close-table').addEventListener('click', () => openTable(false));
scroller.addEventListener('scroll', () => requestAnimationFrame(() => {
  const top = Math.floor(scroller.scrollTop / ROW), bottom = Math.min(sorted.length, top + Math.ceil(scroller.clientHeight / ROW));
  if (top < drawn[0] || bottom > drawn[1]) drawRows();
}));
$('body').addEventListener('click', event => {
  const row = event.target.closest('[data-at]');
  if (!row) return;
  current = +row.dataset.at;
  choose('incident', sorted[current], true);
  focusRow(false);
});
$('body').addEventListener('keydown', event => {
  const page = Math.max(1, Math.floor(scroller.clientHeight / ROW) - 2);
  const step = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total}[event.key];
  if (step) {
    current = Math.max(0, Math.min(sorted.length - 1, current + step));
    focusRow();
  } else if (event.key === 'Enter' || event.key === ' ') {
    choose('incident', sorted[current], true);
    focusRow(false);
  } else return;
  event.preventDefault();
});
