// What is chosen, and its fields: always as text.
const nameOf = (kind, n) => {
  const [id, name] = data[kind][n];
  return (kind === 'gap' ? 'gap ' : kind + ' ') + id + (name && name !== id ? ', ' + name : '');
};
const tell = (kind, n) => {
  const row = data[kind][n], list = $('fields');
  $('what').textContent = nameOf(kind, n);
  $('hint').hidden = true;
  $('details').classList.add('filled');
  list.replaceChildren();
  $('several').replaceChildren();
  for (let i = 2; i < row.length; i += 2) {
    const term = document.createElement('dt'), value = document.createElement('dd');
    term.textContent = data.keys[row[i]];
    value.textContent = row[i + 1];
    list.append(term, value);
  }
};
const element = (name, attributes) => {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const placesOf = n => {
  const found = [];
  for (let i = 0; i < places.length; i += 3) if (places[i + 2] === n) found.push([places[i] / 100, places[i + 1] / 100]);
  return found;
};
const itemOf = (kind, n) => map.querySelector(`.it[data-k="${kind}"][data-n="${n}"]`);
const boxOf = (kind, n) => {
  const item = itemOf(kind, n);
  if (item && item.dataset.x) return {x: +item.dataset.x, y: +item.dataset.y, width: 0, height: 0};
  if (item) return item.getBBox();
  const [at] = kind === 'incident' ? placesOf(n) : [];
  return at ? {x: at[0], y: at[1], width: 0, height: 0} : null;
};
let chosen = null;
const ring = () => {
  $('chosen').replaceChildren();
  if (!chosen) return;
  const box = boxOf(...chosen);
  if (!box) return;
  if (data.binned && chosen[0] === 'incident' && ends.length) {
    const [x1, y1, x2, y2] = ends.slice(4 * chosen[1], 4 * chosen[1] + 4);
    for (const [c, x, y] of [['cp', x1, y1], ['cr', x2, y2]])
      if (x !== NONE) $('chosen').append(element('path', {class: c, d: `M${box.x} ${box.y}L${x / 100} ${y / 100}`}));
  }
  if (box.width || box.height) {
    const {x, y, width, height} = box, m = 5 * k;
    $('chosen').append(element('rect', {class: 'ring', x: x - m, y: y - m, width: width + 2 * m, height: height + 2 * m, 'pointer-events': 'none'}));
    return;
  }
  const holder = element('g', {transform: `translate(${box.x} ${box.y})`, 'pointer-events': 'none'}), inner = element('g', {class: 's'});
  inner.append(element('circle', {class: 'ring', r: 13}));
  holder.append(inner);
  $('chosen').append(holder);
};
const choose = (kind, n, jump = false) => {
  chosen = [kind, n];
  tell(kind, n);
  if (jump) {
    const box = boxOf(kind, n);
    if (box) {
      const [w, h] = size(), closer = data.binned && kind === 'incident' ? data.width / 40 : data.width / 4;
      Object.assign(view, {x: box.x + box.width / 2, y: box.y + box.height / 2});
      view.w = Math.max(Math.min(view.w, closer), box.width * 1.3, box.height * 1.3 * w / h);
      draw(false);
    }
  }
  ring();
};
const clear = () => {
  chosen = null;
  ring();
  $('what').textContent = 'Details';
  $('hint').hidden = false;
  $('details').classList.remove('filled');
  $('fields').replaceChildren();
  $('several').replaceChildren();
};
const list = (heading, numbers, kind = () => 'incident') => {
  clear();
  $('what').textContent = heading;
  $('hint').hidden = true;
  for (const n of numbers.slice(0, 50)) {
    const line = document.createElement('li'), button = document.createElement('button'), of = kind(n), at = Array.isArray(n) ? n[1] : n;
    button.type = 'button';
    button.textContent = nameOf(of, at);
    button.addEventListener('click', () => choose(of, at, true));
    line.append(button);
    $('several').append(line);
  }
};
