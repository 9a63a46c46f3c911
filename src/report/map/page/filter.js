// The filter: which incidents are shown, on the map, in the table and in every count. It only hides.
const filter = {from: -Infinity, to: Infinity, text: '', type: new Set(), status: new Set(), corridor: new Set(), post: new Set()};
const NO_VALUE = -1;
// The values of a field, those that incidents have most first, and each incident's by its index among them.
const factors = new Map();
const factor = name => {
  if (!factors.has(name)) {
    const known = new Map(), names = [], of = new Int32Array(total);
    for (let n = 0; n < total; n++) {
      const text = said(data.incident[n], name);
      if (!known.has(text)) { known.set(text, text === '' ? NO_VALUE : names.length); if (text !== '') names.push(text); }
      of[n] = known.get(text);
    }
    factors.set(name, {names, of});
  }
  return factors.get(name);
};
const postsOf = n => {
  const region = data.regions[n];
  if (!region || !region[2].length) return [indexIn('post_of', n)];
  return region[2].filter((_, i) => i % 4 === 0);
};
const facets = {
  type: {title: 'Type', names: () => factor('type').names, of: n => [factor('type').of[n]]},
  status: {title: 'Status', names: () => factor('status').names, of: n => [factor('status').of[n]]},
  corridor: {title: 'Corridor', names: () => data.corridor.map(row => row[0]), of: n => { const all = corridorsOf(n); return all.length ? all : [NO_VALUE]; }},
  post: {title: 'Nearest post', names: () => data.post.map(row => row[0]), of: postsOf},
};
const hasTime = n => times && times[n] !== NONE;
const inTime = n => !hasTime(n) || times[n] <= filter.to && times[n] + (lasting() ? lasting()[n] : 0) >= filter.from;
const isTimed = () => filter.from > -Infinity || filter.to < Infinity;
// All that hold but one, which counts what it would show.
const passes = (n, without) => {
  if (without !== 'time' && isTimed() && !inTime(n)) return false;
  for (const name in facets) if (name !== without && filter[name].size && !facets[name].of(n).some(value => filter[name].has(value))) return false;
  return !filter.text || haystack(n).includes(filter.text);
};
const hay = new Map();
const haystack = n => {
  if (!hay.has(n)) {
    const row = data.incident[n];
    let text = row[0];
    for (let i = 3; i < row.length; i += 2) text += '\n' + row[i];
    hay.set(n, text.toLowerCase());
  }
  return hay.get(n);
};
let shown = null, shownCount = total;
const isShown = n => !shown || shown[n] === 1;
const isFiltered = () => isTimed() || !!filter.text || Object.keys(facets).some(name => filter[name].size);
const chip = (text, undo) => {
  const made = button('', () => { undo(); (document.querySelector('.chip') || map).focus(); }, {className: 'chip', ariaLabel: `Remove filter: ${text}`});
  made.append(make('span', {dir: 'auto', textContent: text}), make('span', {ariaHidden: 'true', textContent: '\u00d7'}));
  $('chips').append(made);
};
// How many of a layer the filter shows, beside its legend.
const sayCount = (layer, many) => {
  const box = document.querySelector(`[data-layer=${layer}]`);
  if (!box) return;
  const note = box.parentNode.querySelector('.of') || box.parentNode.appendChild(make('span', {className: 'of'}));
  note.textContent = isFiltered() ? `${number(many())} shown` : '';
};
const sayFilter = () => {
  const without = isTimed() && times ? times.filter(t => t === NONE).length : 0;
  $('filters').hidden = !isFiltered();
  $('shown').textContent = `${number(shownCount)} of ${number(total)} incidents` + (without ? ` (${number(without)} without a time, always shown)` : '');
  $('chips').replaceChildren();
  if (isTimed()) chip(spanText(), () => setTime(-Infinity, Infinity));
  for (const [name, facet] of Object.entries(facets)) {
    if (!filter[name].size) continue;
    const values = [...filter[name]], names = facet.names(), text = values.slice(0, 3).map(value => isolated(value === NO_VALUE ? 'none' : names[value])).join(', ');
    chip(`${facet.title}: ${text}${values.length > 3 ? `, ${values.length - 3} more` : ''}`, () => { filter[name].clear(); applyFilter(); });
  }
  if (filter.text) chip(`Text: ${filter.text}`, () => { filter.text = $('contains').value = ''; applyFilter(); });
  sayCount('incidents', () => shownCount);
  sayCount('regions', () => map.querySelectorAll('#layer-regions .it:not(.late)').length);
};
const applyFilter = () => {
  if (isFiltered()) {
    shown = new Uint8Array(total);
    shownCount = 0;
    for (let n = 0; n < total; n++) if (passes(n)) { shown[n] = 1; shownCount++; }
  } else {
    shown = null;
    shownCount = total;
  }
  for (const [n, all] of parts) { const is = isShown(n); for (const part of all) part.classList.toggle('late', !is); }
  count();
  placeLabels();
  sayFilter();
  refreshTime();
  refreshFacets();
  refreshTable();
};
const unfilter = () => {
  Object.assign(filter, {from: -Infinity, to: Infinity, text: ''});
  for (const name in facets) filter[name].clear();
  $('contains').value = '';
  applyFilter();
};
$('unfilter').addEventListener('click', () => { unfilter(); $('map').focus(); });
let typing = 0;
$('contains').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => { filter.text = $('contains').value.trim().toLowerCase(); applyFilter(); }, 150);
});
