// Hexagons with the number of incidents in them, and single symbols where few are in view.
const hexagon = (x, y, r) => {
  const h = r * Math.sqrt(3) / 2, f = n => n.toFixed(2);
  return `M${f(x)} ${f(y - r)}l${f(h)} ${f(r / 2)}v${f(r)}l${f(-h)} ${f(r / 2)}l${f(-h)} ${f(-r / 2)}v${f(-r)}z`;
};
let cells = new Map(), singles = [];
const cellOf = (x, y) => {
  const pitch = data.pitch * k, row = pitch * Math.sqrt(.75), below = Math.floor(y / row);
  let best = null;
  for (const r of [below, below + 1]) {
    const shift = r & 1 ? .5 : 0, c = Math.round(x / pitch - shift), mx = (c + shift) * pitch, my = r * row;
    const d = (x - mx) ** 2 + (y - my) ** 2;
    if (!best || d < best.d) best = {d, key: r + ' ' + c, mx, my};
  }
  return best;
};
const count = () => {
  if (!data.binned) return;
  const [w, h] = size(), half = [view.w / 2 + 20 * k, view.w * h / w / 2 + 20 * k];
  const seen = [];
  for (let i = 0; i < places.length; i += 3) {
    const x = places[i] / 100, y = places[i + 1] / 100;
    if (Math.abs(x - view.x) <= half[0] && Math.abs(y - view.y) <= half[1] && isShown(places[i + 2])) seen.push(i);
  }
  cells = new Map(); singles = [];
  const paths = data.classes.map(() => []);
  if (seen.length <= MOST_SINGLE) {
    singles = seen;
  } else {
    for (const i of seen) {
      const cell = cellOf(places[i] / 100, places[i + 1] / 100), known = cells.get(cell.key);
      if (known) known.list.push(places[i + 2]); else cells.set(cell.key, {...cell, list: [places[i + 2]]});
    }
    for (const cell of cells.values()) {
      const c = data.classes.filter(least => least <= cell.list.length).length - 1;
      paths[c].push(hexagon(cell.mx, cell.my, .96 * data.pitch * k / Math.sqrt(3)));
    }
  }
  [...$('bins').children].forEach((path, c) => path.setAttribute('d', paths[c].join('')));
  $('singles').replaceChildren(...singles.map(i => {
    const [look, scale, d] = data.signs[indexIn('sign_of', places[i + 2])];
    const holder = element('g', {transform: `translate(${places[i] / 100} ${places[i + 1] / 100})`}), inner = element('g', {class: 's'});
    inner.append(element('path', {class: look, transform: `scale(${scale})`, d}));
    holder.append(inner);
    return holder;
  }));
  $('bins').dataset.mode = singles.length ? 'single' : 'bins';
};
