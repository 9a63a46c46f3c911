// Names are placed anew at each zoom, those that matter most first; what has no room is left out. Widths are those of the table by
// which the picture is drawn, not of this machine's fonts. All places are pixels of the screen, from the pane's corner.
const AIR = 2, MOST_LABELS = 4000, MOST_WITH_LEADERS = 300, ON_ROUTE = 4, ON_CONNECTOR = 1.5, ON_TICK = .7;
const SIZES = {cl: 11, kl: 9, gl: 9}, HALVES = {il: 5.5, pl: 6, tl: 2};
const labelOf = label => {
  const kind = ['il', 'pl', 'tl', 'kl', 'rl', 'cl', 'gl'].find(c => label.classList.contains(c)), size = SIZES[kind] || 10, text = label.textContent;
  const isTall = /[\u0900-\u109f\u1780-\u17ff\u064b-\u065f]/.test(text), one = {label, kind};
  one.rise = (isTall ? [1.1, .45] : [.93, .24]).map(part => part * size);
  one.texts = [[text, +label.getAttribute('textLength')]];
  if (label.dataset.s) one.texts.push([label.dataset.s, +label.dataset.w]);
  if (!label.hasAttribute('lengthAdjust')) label.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  return one;
};
const points = [...map.querySelectorAll('.il,.pl,.kl,.tl')].map(label => {
  const holder = label.closest('[data-x]'), tick = label.previousElementSibling;
  const one = Object.assign(labelOf(label), {at: [+holder.dataset.x, +holder.dataset.y], item: label.closest('.it'), layer: holder.parentNode});
  if (one.kind === 'kl') one.tick = tick.getAttribute('d').match(/-?[\d.]+/g).slice(2).map(part => part / 4);
  return one;
});
const least = Math.min(...points.filter(one => one.tick).map(one => +one.texts[0][0]).filter(km => km > 0));
// Round numbers of kilometres come first.
const roundness = one => [10, 5, 2, 1].findIndex(of => Math.round(one.texts[0][0] / least) % of === 0);
const order = ['il', 'pl', 'tl', 'kl'];
points.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.tick ? roundness(a) - roundness(b) : 0));
const shapesOf = (kind, css) => [...map.querySelectorAll(`#names-${kind}s text`)].map(label => {
  const path = itemOf(kind, label.dataset.n).querySelector(css);
  return Object.assign(labelOf(label), {lines: linesOf(path.getAttribute('d'))});
});
const symbols = [...map.querySelectorAll('.it[data-x]')].map(item => ({item, at: [+item.dataset.x, +item.dataset.y], half: item.dataset.k === 'post' ? HALVES.pl : HALVES.il}));
let routes = null, corridors = null, connectors = null, free = [];
const beside = ([x, y], [text, w], [above, below], half) => {
  const box = (dx, dy, cost) => ({quad: upright(x + dx - AIR, y + dy - above, x + dx + w + AIR, y + dy + below), cost, start: [dx, dy], text, w});
  const right = half + 2, left = -right - w, level = (above - below) / 2, up = -.3 * half, down = above - 1;
  return [box(right, up, 0), box(right, level, .3), box(right, down, .6), box(left, up, 1), box(left, level, 1.3), box(left, down, 1.6),
    box(-w / 2, -half - below, 2), box(-w / 2, half + above, 2.4)];
};
function* farFrom([x, y], [text, w], [above, below], half) {
  for (const reach of [17, 25, 34, 46])
    for (let n = 0; n < 16; n++) {
      const angle = -Math.PI / 8 * (2 + (n % 2 ? -(n + 1) / 2 : n / 2)), cos = Math.cos(angle), sin = Math.sin(angle);
      const point = r => [x + r * cos, y + r * sin], end = point(half + reach), isSteep = Math.abs(cos) < .3;
      const left = isSteep ? end[0] - w / 2 : cos > 0 ? end[0] + 2 : end[0] - 2 - w;
      const base = end[1] + (isSteep ? Math.sign(sin) * (above + below) / 2 : 0) + (above - below) / 2;
      yield {
        quad: upright(left - AIR, base - above, left + w + AIR, base + below), cost: 100 + reach + .1 * n,
        leader: [point(half + 1), end], start: [left - x, base - y], text, w,
      };
    }
}
const besideTick = ([x, y], [text, w], [above, below], [ux, uy]) => {
  const reach = Math.abs(ux) * (w / 2 + AIR) + Math.abs(uy) * (above + below) / 2;
  return [[5 + reach, 0], [-3.5 - reach, .5]].map(([by, cost]) => {
    const dx = by * ux - w / 2, dy = by * uy + (above - below) / 2;
    return {quad: upright(x + dx - AIR, y + dy - above, x + dx + w + AIR, y + dy + below), cost, start: [dx, dy], text, w};
  });
};
const show = (one, found, [x, y] = [0, 0]) => {
  const {label} = one;
  label.classList.toggle('off', !found);
  if (one.leader) { one.leader.remove(); one.leader = null; }
  if (!found) return;
  if (one.texts[1]) { label.textContent = found.text; label.setAttribute('textLength', found.w); }
  label.setAttribute('x', found.start[0].toFixed(2));
  label.setAttribute('y', found.start[1].toFixed(2));
  if (!found.leader) return;
  const [[ax, ay], [bx, by]] = found.leader;
  one.leader = element('path', {class: 'ld', d: `M${(ax - x).toFixed(2)} ${(ay - y).toFixed(2)}L${(bx - x).toFixed(2)} ${(by - y).toFixed(2)}`});
  label.before(one.leader);
};
// A name at no symbol: a copy of it, since a long route is named again and again.
const showFree = (one, found, [text, w], toMap) => {
  const [ux, uy] = found.turn, [, , , corner] = corners(found.quad), copy = one.label.cloneNode(false);
  const x = corner[0] + AIR * ux + one.rise[1] * uy, y = corner[1] + AIR * uy - one.rise[1] * ux, [mx, my] = toMap([x, y]);
  copy.textContent = text;
  copy.classList.remove('off');
  copy.setAttribute('textLength', w);
  copy.setAttribute('transform', `rotate(${(Math.atan2(uy, ux) * 180 / Math.PI).toFixed(2)})`);
  const holder = element('g', {transform: `translate(${mx} ${my})`}), inner = element('g', {class: 's'});
  inner.append(copy);
  holder.append(inner);
  one.label.parentNode.append(holder);
  free.push(holder);
};
const placeLabels = () => {
  const [w, h] = size(), left = view.x - view.w / 2, top = view.y - view.w * h / w / 2;
  const toPane = ([x, y]) => [(x - left) / k, (y - top) / k], toMap = ([x, y]) => [left + x * k, top + y * k];
  const [l, t] = toPane(data.bounds), [r, b] = toPane(data.bounds.slice(2));
  const frame = [Math.max(l, 0) + 1.5, Math.max(t, 0) + 1.5, Math.min(r, w) - 1.5, Math.min(b, h) - 1.5];
  const {avoid, place} = placerIn(frame), isIn = ([x, y], m = 0) => x > frame[0] - m && y > frame[1] - m && x < frame[2] + m && y < frame[3] + m;
  const isHidden = layer => layer.classList.contains('hide');
  const meetsFrame = (a, b) => [0, 1].every(axis => Math.max(a[axis], b[axis]) > frame[axis] && Math.min(a[axis], b[axis]) < frame[axis + 2]);
  const avoidLines = (lines, half, cost) => {
    for (const line of lines) for (let i = 1; i < line.length; i++) if (meetsFrame(line[i - 1], line[i])) avoid(strip(line[i - 1], line[i], half), cost);
  };
  routes ||= shapesOf('route', '.rt');
  corridors ||= shapesOf('corridor', '.cf');
  connectors ||= [...map.querySelectorAll('#layer-connectors>path')].map(path => ({path, lines: linesOf(path.getAttribute('d'))}));
  // The scale lies over the map where that is closer.
  if (!isPrinting) {
    const pane = map.getBoundingClientRect(), box = map.querySelector('#scale .fb').getBoundingClientRect();
    avoid(upright(box.left - pane.left, box.top - pane.top, box.right - pane.left, box.bottom - pane.top));
  }
  for (const {item, at, half} of symbols) {
    if (item.classList.contains('late') || isHidden(item.parentNode)) continue;
    const [x, y] = toPane(at);
    if (isIn([x, y], 10)) avoid(square(x, y, half));
  }
  const shownRoutes = isHidden($('layer-routes')) ? [] : routes.map(one => ({one, lines: one.lines.map(line => line.map(toPane))}));
  for (const {lines} of shownRoutes) avoidLines(lines, 1.5, ON_ROUTE);
  if (!isHidden($('layer-connectors')))
    for (const {path, lines} of connectors) if (!path.classList.contains('late')) avoidLines(lines.map(line => line.map(toPane)), .8, ON_CONNECTOR);
  const seen = points.map(one => ({one, at: toPane(one.at)})).filter(({one, at}) => {
    const is = isIn(at) && !isHidden(one.layer) && !(one.item && one.item.classList.contains('late'));
    if (!is) show(one, null);
    return is;
  });
  for (const {one, at} of seen) if (one.tick) avoid(strip(at, [at[0] + 4 * one.tick[0], at[1] + 4 * one.tick[1]], .7), ON_TICK);
  const placePoints = kind => {
    const all = seen.filter(({one}) => one.kind === kind);
    all.forEach(({one, at}, n) => {
      if (n >= MOST_LABELS) return show(one, null);
      if (one.tick) return show(one, place(besideTick(at, one.texts[0], one.rise, one.tick), ON_ROUTE - .1), at);
      const half = HALVES[kind];
      let found = null;
      one.texts.forEach((text, i) => { found ||= place(beside(at, text, one.rise, half), one.texts[i + 1] ? ON_ROUTE - .1 : Infinity); });
      if (!found && kind !== 'tl' && all.length <= MOST_WITH_LEADERS) found = place(farFrom(at, one.texts[one.texts.length - 1], one.rise, half));
      show(one, found, at);
    });
  };
  placePoints('il');
  placePoints('pl');
  free.forEach(holder => holder.remove());
  free = [];
  const AGAIN = 420;
  for (const {one, lines} of shownRoutes) {
    const parts = lines.map(trackOf).flatMap(track => track.partsIn(frame).map(part => ({track, part})));
    const along = (track, part, text) => {
      const found = place(track.candidates(part, text[1], one.rise), ON_ROUTE - .1);
      if (found) showFree(one, found, text, toMap);
      return found;
    };
    const short = one.texts[one.texts.length - 1];
    let whole = null;
    if (one.texts[1]) for (const {track, part} of parts) if (whole ||= along(track, part, one.texts[0])) break;
    for (const {track, part: [from, to]} of parts) {
      const times = Math.max(1, Math.round((to - from) / AGAIN)), step = (to - from) / times;
      for (let n = 0; n < times; n++) {
        const [x, y] = track.at(from + (n + .5) * step), box = whole && whole.quad.b;
        if (!box || Math.hypot((box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y) >= .6 * AGAIN) along(track, [from + n * step, from + (n + 1) * step], short);
      }
    }
  }
  if (!isHidden($('layer-corridors')))
    for (const one of corridors) {
      const found = place(candidatesWithin(one.lines.map(line => line.map(toPane)), frame, one.texts[0][1], one.rise), ON_ROUTE - .1);
      if (found) showFree(one, found, one.texts[0], toMap);
    }
  placePoints('tl');
  placePoints('kl');
  // What the grid says has the room that is left.
  for (const label of map.querySelectorAll('#layer-graticule text')) {
    label.classList.remove('off');
    const [x, y] = toPane(label.parentNode.getAttribute('transform').match(/-?[\d.]+/g).map(Number)), box = label.getBBox();
    const [left, up] = [x + box.x, y + box.y];
    label.classList.toggle('off', !place([{quad: upright(left - AIR, up, left + box.width + AIR, up + box.height), cost: 0}]));
  }
};
