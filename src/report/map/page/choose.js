// What is chosen: on the map, in the table and in the details.
const nameOf = (kind, n) => {
  const [id, name] = data[kind][n];
  return (kind === 'gap' ? 'gap ' : kind + ' ') + id + (name && name !== id ? ', ' + name : '');
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
  if (data.binned && chosen[0] === 'incident') {
    const n = chosen[1], feet = column('feet', raw => new Int32Array(raw.buffer)), post = itemOf('post', indexIn('post_of', n));
    const way = (c, x, y) => $('chosen').append(element('path', {class: c, d: `M${box.x} ${box.y}L${x} ${y}`}));
    if (post) way('cp', post.dataset.x, post.dataset.y);
    if (feet && feet[2 * n] !== NONE) way('cr', feet[2 * n] / 100, feet[2 * n + 1] / 100);
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
  $('details').parentNode.scrollTop = 0;
  if (jump) {
    const box = boxOf(kind, n);
    if (box) {
      const [w, h] = size(), closer = data.binned && kind === 'incident' ? data.width / 40 : data.width / 4;
      moveTo(box.x + box.width / 2, box.y + box.height / 2,
        Math.max(Math.min(view.w, closer), box.width * 1.3, box.height * 1.3 * w / h));
      draw(false);
    }
  }
  ring();
  markRow(kind === 'incident' ? n : -1);
};
const clear = () => {
  chosen = null;
  ring();
  markRow(-1);
  blank('Details');
  $('hint').hidden = false;
  $('details').classList.remove('filled');
};
const list = (heading, numbers, kind = () => 'incident') => {
  clear();
  blank(heading);
  for (const n of numbers.slice(0, 50)) {
    const of = kind(n), at = Array.isArray(n) ? n[1] : n;
    const what = of === 'incident' ? said(data.incident[at], 'type') || said(data.incident[at], 'name') : '';
    $('several').append(make('li', {}, button(nameOf(of, at) + (what ? ' \u00b7 ' + what : ''), () => choose(of, at, true))));
  }
};
