// The search: ids, coordinates, grid references, names and types.
const marker = position => {
  const [x, y] = project(position), inner = element('g', {class: 's'});
  const holder = element('g', {transform: `translate(${x} ${y})`, id: 'pin', 'pointer-events': 'none'});
  inner.append(element('path', {class: 'pin', d: 'M0 0C-3 -8 -9 -11 -9 -18A9 9 0 1 1 9 -18C9 -11 3 -8 0 0Z'}),
    element('circle', {class: 'pin-eye', cy: -18, r: 3.2}));
  holder.append(inner);
  $('marks').replaceChildren(holder);
  return [x, y];
};
// Degrees, minutes and seconds in any of the usual orders: `40.05 46.81`, `40.05N 46.81E`, `N40 03 30 E46 48 36`.
const ofDegrees = text => {
  let plain = text.toUpperCase().replace(/[\u00b0\u00ba:'"\u2032\u2033\u2019\u201d]/g, ' ').replace(/\u2212/g, '-');
  if (!plain.includes('.')) plain = plain.replace(/(\d),(\d)/g, '$1.$2');
  const tokens = plain.replace(/([NSEW])/g, ' $1 ').split(/[\s,;]+/).filter(Boolean);
  if (!tokens.every(token => /^([NSEW]|[-+]?\d+(\.\d+)?)$/.test(token))) return null;
  const letters = tokens.filter(token => /[NSEW]/.test(token)), groups = [];
  if (letters.length === 2) {
    const isBefore = /[NSEW]/.test(tokens[0]);
    let open = null;
    for (const token of isBefore ? tokens : tokens.reverse()) {
      if (/[NSEW]/.test(token)) groups.push(open = {letter: token, numbers: []});
      else if (!open) return null;
      else if (isBefore) open.numbers.push(+token); else open.numbers.unshift(+token);
    }
    if (!isBefore) groups.reverse();
  } else if (!letters.length && tokens.length % 2 === 0) {
    const half = tokens.length / 2;
    groups.push({letter: 'N', numbers: tokens.slice(0, half).map(Number), sign: tokens[0][0] === '-'},
      {letter: 'E', numbers: tokens.slice(half).map(Number), sign: tokens[half][0] === '-'});
  }
  const isOdd = ({numbers}) => !numbers.length || numbers.length > 3 || numbers.slice(1).some(part => part < 0 || part >= 60);
  if (groups.length !== 2 || groups.some(isOdd)) return null;
  const value = ({letter, numbers: [deg, min = 0, sec = 0], sign}) =>
    (sign || deg < 0 || /[SW]/.test(letter) ? -1 : 1) * (Math.abs(deg) + min / 60 + sec / 3600);
  const isNorth = /[NS]/.test(groups[0].letter);
  if (isNorth === /[NS]/.test(groups[1].letter)) return null;
  const [lat, lon] = (isNorth ? groups : groups.reverse()).map(value);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
};
const goTo = (position, wide, words) => {
  const [x, y] = marker(position), [left, top, right, bottom] = data.bounds;
  clear();
  blank(words);
  const isOutside = x < left || x > right || y < top || y > bottom;
  const near = inverse(position, unproject([view.x, view.y]) || position).metres;
  line('Position', degreesText(position), make('br'), mgrs(position));
  if (wide > 1) line('Square', `${length(wide)} wide; the marker is at its middle`);
  if (isOutside) { line('Map', `outside this map, ${length(near)} from its middle`); return; }
  moveTo(x, y, Math.max(Math.min(view.w, 250), Math.min(1000, 3 * wide / data.mpp)));
  draw(false);
};
const found = (all) => all.length === 1 ? choose(...all[0], true) : list(`${all.length} found${all.length > 50 ? ', the first 50' : ''}`, all, one => one[0]);
const ofAll = test => {
  const hits = [];
  for (const kind of kinds) data[kind].forEach((row, n) => { if (test(row, kind)) hits.push([kind, n]); });
  return hits;
};
const search = wanted => {
  const low = wanted.toLowerCase();
  for (const test of [row => row[0] === wanted, row => row[0].toLowerCase() === low]) {
    const hits = ofAll(test);
    if (hits.length) return found(hits);
  }
  const degrees = ofDegrees(wanted), grid = ofMgrs(wanted);
  if (degrees) return goTo(degrees, 0, degreesText(degrees));
  if (grid) return goTo(grid.position, grid.wide, wanted.toUpperCase());
  const has = text => text.toLowerCase().includes(low);
  const hits = ofAll((row, kind) => has(row[0]) || has(row[1]) || kind === 'incident' && (has(said(row, 'name')) || has(said(row, 'type'))));
  if (hits.length) return found(hits);
  clear();
  blank('Nothing found');
  $('several').append(make('li', {className: 'hint', textContent: 'Search by id, name, type, coordinates (40.05 46.81, latitude first) or MGRS (38T PK 541 368).'}));
};
$('search').addEventListener('submit', event => {
  event.preventDefault();
  const wanted = $('query').value.trim();
  $('marks').replaceChildren();
  if (wanted) search(wanted);
});
$('query').addEventListener('keydown', event => {
  if (event.key === 'Escape') { $('query').value = ''; $('marks').replaceChildren(); clear(); }
});
