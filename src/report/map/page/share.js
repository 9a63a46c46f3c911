// The link of a view, and copies of what is shown. Where there is no clipboard a box has the text, chosen.
const offer = async (text, what) => {
  $('copied').textContent = '';
  try {
    await navigator.clipboard.writeText(text);
    $('copied').textContent = `${what} copied.`;
  } catch {
    $('copy-title').textContent = `${what}: press Ctrl+C or \u2318C`;
    $('copy-text').value = text;
    $('copy-box').showModal();
    $('copy-text').select();
  }
};
$('close-copy').addEventListener('click', () => $('copy-box').close());
const hidden = () => [...document.querySelectorAll('[data-layer]')].filter(box => !box.checked).map(box => box.dataset.layer);
const stamp = minute => iso(minute) + 'Z';
const link = () => {
  const [lon, lat] = unproject([view.x, view.y]) || [0, 0], words = new URLSearchParams();
  words.set('at', `${lat.toFixed(5)},${lon.toFixed(5)}`);
  words.set('mpp', (k * data.mpp).toPrecision(4));
  if (hidden().length) words.set('off', hidden().join(','));
  if (filter.from > -Infinity) words.set('from', stamp(filter.from));
  if (filter.to < Infinity) words.set('to', stamp(filter.to));
  if (gridKind !== 'degrees') words.set('grid', gridKind);
  return '#' + words.toString().replace(/%2C/g, ',').replace(/%3A/g, ':');
};
const restore = () => {
  const words = new URLSearchParams(location.hash.slice(1)), [lat, lon] = (words.get('at') || '').split(',').map(Number), mpp = +words.get('mpp');
  if (!words.has('at') || !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && mpp > 0)) return;
  const off = (words.get('off') || '').split(',');
  for (const box of document.querySelectorAll('[data-layer]')) {
    box.checked = !off.includes(box.dataset.layer);
    $('layer-' + box.dataset.layer).classList.toggle('hide', !box.checked);
  }
  gridKind = $('grid-kind').value = words.get('grid') === 'mgrs' ? 'mgrs' : 'degrees';
  const minute = (name, none) => { const at = Date.parse(words.get(name)); return isNaN(at) ? none : at / 60000; };
  const [from, to] = [minute('from', -Infinity), minute('to', Infinity)];
  if (times && (from !== filter.from || to !== filter.to)) { buildPanels(); setTime(from, to); }
  const [x, y] = project([lon, lat]);
  moveTo(x, y, mpp / data.mpp * size()[0]);
  draw(false);
};
$('link').addEventListener('click', () => {
  const fragment = link();
  // Some viewers of files refuse another address; the link is copied all the same.
  try { history.replaceState(null, '', fragment); } catch {}
  offer(location.href.split('#')[0] + fragment, 'Link');
});
addEventListener('hashchange', restore);

const shownIncidents = () => { const found = []; for (let n = 0; n < total; n++) if (isShown(n)) found.push(n); return found; };
// Exact positions of every incident, found in one go. A described location is told by its fields: a point for it would be
// read as exact, but for one that is a position with an uncertainty.
const allPositions = () => {
  const found = new Map(), all = at();
  for (let i = 0; i < places.length; i += 3) {
    const n = places[i + 2], region = data.regions[n];
    if (region && data.forms[region[0]] !== 'circle') continue;
    const position = [all[i / 3 * 2] / 1e7, all[i / 3 * 2 + 1] / 1e7];
    if (found.has(n)) found.get(n).push(position); else found.set(n, [position]);
  }
  return found;
};
const fieldsOf = n => {
  const row = data.incident[n], fields = [];
  for (let i = 2; i < row.length; i += 2) fields.push([data.keys[row[i]], row[i + 1]]);
  return fields;
};
const geojson = () => {
  const positions = allPositions();
  const features = shownIncidents().map(n => {
    const points = positions.get(n) || [], point = points.length === 1 && {type: 'Point', coordinates: points[0]};
    const geometry = point || (points.length ? {type: 'MultiPoint', coordinates: points} : null);
    const properties = {};
    for (const [name, value] of fieldsOf(n)) Object.defineProperty(properties, name, {value, enumerable: true, configurable: true});
    return JSON.stringify({type: 'Feature', id: data.incident[n][0], properties, geometry});
  });
  return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`;
};
// Texts are as they are, also those that a spreadsheet takes for a formula, as in every table of the program.
const csv = () => {
  const numbers = shownIncidents(), names = new Set(['id', 'lon', 'lat']), positions = allPositions();
  const rows = numbers.map(n => {
    const [point] = positions.get(n) || [];
    const row = new Map([['id', data.incident[n][0]], ['lon', point ? point[0] : ''], ['lat', point ? point[1] : '']]);
    for (const [name, value] of fieldsOf(n)) {
      const isTaken = ['id', 'lon', 'lat'].includes(name), own = isTaken ? name + '_2' : name;
      if (isTaken && (value === '' || value === String(row.get(name)) || name !== 'id' && +value === row.get(name))) continue;
      names.add(own);
      row.set(own, value);
    }
    return row;
  });
  const cell = value => /[",\n\r]/.test(value) ? `"${String(value).replace(/"/g, '""')}"` : value;
  return [[...names], ...rows.map(row => [...names].map(name => row.get(name) ?? ''))].map(row => row.map(cell).join(',')).join('\n') + '\n';
};
const copied = () => shownCount === 1 ? '1 incident' : `${number(shownCount)} incidents`;
$('copy-geojson').addEventListener('click', () => offer(geojson(), `${copied()} as GeoJSON`));
$('copy-csv').addEventListener('click', () => offer(csv(), `${copied()} as CSV`));
