'use strict';
(() => {
const $ = id => document.getElementById(id);
const NS = 'http://www.w3.org/2000/svg', NONE = -2147483648, MOST_SINGLE = 600;
const data = JSON.parse($('data').textContent);
const map = $('map'), root = document.documentElement;
const integers = text => {
  const bytes = Uint8Array.from(atob(text || ''), c => c.charCodeAt(0)), view = new DataView(bytes.buffer);
  return Int32Array.from({length: bytes.length / 4}, (_, i) => view.getInt32(4 * i, true));
};
const places = integers(data.places), times = data.times ? integers(data.times) : null, ends = integers(data.ends);
const parts = new Map();
for (const element of map.querySelectorAll('[data-i]')) {
  const n = +element.dataset.i;
  if (!parts.has(n)) parts.set(n, []);
  parts.get(n).push(element);
}
const kinds = ['incident', 'post', 'route', 'corridor', 'gap'];
let until = Infinity;
const isShown = n => !times || times[n] === NONE || times[n] <= until;

// The view: its middle and width in the map's units; k is how many of them a pixel of the screen is.
const view = {x: 500, y: data.height / 2, w: 1000};
let k = 1;
let isPrinting = false;
// The scale and the arrow lie below the whole map, in so many pixels of the screen.
const BELOW = 62;
const size = () => isPrinting ? [720, .72 * data.height + BELOW] : [map.clientWidth || 1000, map.clientHeight || data.height];
const whole = () => {
  const [w, h] = size();
  const wide = Math.max(1000, data.height * w / Math.max(h - BELOW, h / 2)) * 1.02;
  Object.assign(view, {x: 500, y: data.height / 2 + BELOW / 2 * wide / w, w: wide});
};
const nice = most => {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map(n => n * ten).find(n => n <= most * (1 + 1e-9)) || ten;
};
const labels = [...map.querySelectorAll('.lb')];
const order = ['il', 'pl', 'kl'];
labels.sort((a, b) => order.findIndex(c => a.classList.contains(c)) - order.findIndex(c => b.classList.contains(c)));
let boxes = null;
// Labels that would lie on another are left out, anew at each zoom.
const placeLabels = () => {
  if (labels.length > 4000) return;
  if (!boxes) {
    labels.forEach(label => label.classList.remove('off'));
    boxes = labels.map(label => {
      const {x, y, width, height} = label.getBBox(), at = label.closest('[data-x]').dataset;
      return {x, y, width, height, px: +at.x, py: +at.y, holder: label.closest('[id^=layer-]'), item: label.closest('.it')};
    });
  }
  const cell = 60, grid = new Map(), left = view.x - view.w / 2, top = view.y - view.w / 2;
  const free = box => {
    const cells = [];
    for (let i = Math.floor(box[0] / cell); i <= box[2] / cell; i++)
      for (let j = Math.floor(box[1] / cell); j <= box[3] / cell; j++) {
        const key = i + ' ' + j, taken = grid.get(key) || [];
        if (taken.some(t => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) return false;
        cells.push([key, taken]);
      }
    cells.forEach(([key, taken]) => grid.set(key, [...taken, box]));
    return true;
  };
  for (const item of map.querySelectorAll('.it[data-x]')) {
    if (item.classList.contains('late') || item.parentNode.classList.contains('hide')) continue;
    const x = (item.dataset.x - left) / k, y = (item.dataset.y - top) / k;
    for (let i = Math.floor((x - 5) / cell); i <= (x + 5) / cell; i++)
      for (let j = Math.floor((y - 5) / cell); j <= (y + 5) / cell; j++)
        grid.set(i + ' ' + j, [...grid.get(i + ' ' + j) || [], [x - 5, y - 5, x + 5, y + 5]]);
  }
  labels.forEach((label, i) => {
    const b = boxes[i];
    if (b.holder.classList.contains('hide') || b.item && b.item.classList.contains('late')) return;
    const x = (b.px - left) / k + b.x, y = (b.py - top) / k + b.y;
    label.classList.toggle('off', !free([x, y, x + b.width, y + b.height]));
  });
};
// Those of the graticule that would run out of the map too.
const angles = [...map.querySelectorAll('#layer-graticule text')].map(label =>
  ({label, x: +label.parentNode.getAttribute('transform').match(/-?[\d.]+/)[0], width: 0}));
const placeAngles = () => angles.forEach(angle => {
  angle.width ||= angle.label.getComputedTextLength();
  angle.label.classList.toggle('off', angle.x + angle.width * k > 1000);
});
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
  let single = '';
  if (seen.length <= MOST_SINGLE) {
    singles = seen;
    const r = 5 * k;
    single = seen.map(i => `M${(places[i] / 100).toFixed(2)} ${(places[i + 1] / 100 - r).toFixed(3)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`).join('');
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
  $('singles').setAttribute('d', single);
  $('bins').dataset.mode = singles.length ? 'single' : 'bins';
};
let pending = 0;
const draw = (later = true) => {
  const [w, h] = size(), vh = view.w * h / w;
  map.setAttribute('viewBox', `${view.x - view.w / 2} ${view.y - vh / 2} ${view.w} ${vh}`);
  k = view.w / w;
  map.style.setProperty('--k', k);
  $('scale').setAttribute('transform', `translate(${view.x - view.w / 2 + 20 * k} ${view.y + vh / 2 - 18 * k}) scale(${k})`);
  const metres = nice(130 * k * data.mpp), length = metres / data.mpp / k;
  $('bar').setAttribute('d', `M0 -6V0H${length.toFixed(2)}V-6`);
  $('bar-text').textContent = metres >= 1000 ? metres / 1000 + ' km' : metres + ' m';
  const coast = $('coast'), isCoarse = coast && data.mpp * k < coast.dataset.finest;
  if (coast) { coast.classList.toggle('off', !isCoarse); $('land').classList.toggle('coarse', isCoarse); }
  clearTimeout(pending);
  const rest = () => { count(); placeLabels(); placeAngles(); };
  if (later) pending = setTimeout(rest, 60); else rest();
};
const zoom = (by, at = [view.x, view.y]) => {
  const w = Math.min(4000, Math.max(.05, view.w * by)), real = w / view.w;
  view.x = at[0] + (view.x - at[0]) * real;
  view.y = at[1] + (view.y - at[1]) * real;
  view.w = w;
  draw();
};
const pan = (dx, dy) => { view.x += dx * view.w; view.y += dy * view.w; draw(); };
const placeOf = event => {
  const box = map.getBoundingClientRect(), [w, h] = size();
  return [view.x + (event.clientX - box.left - w / 2) * k, view.y + (event.clientY - box.top - h / 2) * k];
};

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
      const [w, h] = size(), closer = data.binned && kind === 'incident' ? 1000 / 40 : 1000 / 4;
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

map.addEventListener('pointerover', event => {
  const item = event.target.closest('.it');
  if (item && !chosen) tell(item.dataset.k, +item.dataset.n);
});
map.addEventListener('focusin', event => {
  const item = event.target.closest('.it');
  if (item && !chosen) tell(item.dataset.k, +item.dataset.n);
});
map.addEventListener('click', event => {
  if (moved) return;
  const item = event.target.closest('.it');
  if (item) return choose(item.dataset.k, +item.dataset.n);
  if (!data.binned || $('layer-incidents').classList.contains('hide')) return clear();
  const [x, y] = placeOf(event);
  if (singles.length) {
    let best = null;
    for (const i of singles) {
      const d = Math.hypot(places[i] / 100 - x, places[i + 1] / 100 - y) / k;
      if (d < 9 && (!best || d < best.d)) best = {d, n: places[i + 2]};
    }
    if (!best) return clear();
    const same = singles.filter(i => Math.hypot(places[i] / 100 - x, places[i + 1] / 100 - y) / k < best.d + .5).map(i => places[i + 2]);
    return same.length > 1 ? list(`${same.length} incidents at one place`, same) : choose('incident', best.n);
  }
  const cell = cells.get(cellOf(x, y).key);
  if (!cell) return clear();
  const more = cell.list.length > 50 ? ', the first 50' : '';
  list(`${cell.list.length} incident${cell.list.length > 1 ? 's' : ''} in this hexagon${more}`, cell.list);
});
map.addEventListener('keydown', event => {
  const item = event.target.closest('.it');
  if ((event.key === 'Enter' || event.key === ' ') && item) {
    event.preventDefault();
    return choose(item.dataset.k, +item.dataset.n);
  }
  const done = {
    '+': () => zoom(.7), '=': () => zoom(.7), '-': () => zoom(1 / .7), '0': () => { whole(); draw(); },
    ArrowLeft: () => pan(-.1, 0), ArrowRight: () => pan(.1, 0), ArrowUp: () => pan(0, -.1), ArrowDown: () => pan(0, .1), Escape: clear,
  }[event.key];
  if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  done();
});
map.addEventListener('wheel', event => {
  event.preventDefault();
  zoom(Math.exp(Math.max(-.6, Math.min(.6, event.deltaY * .002))), placeOf(event));
}, {passive: false});
const fingers = new Map();
let moved = false;
map.addEventListener('pointerdown', event => {
  if (!fingers.size) moved = false;
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
addEventListener('pointermove', event => {
  const last = fingers.get(event.pointerId);
  if (!last) return;
  const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
  if (!moved && Math.hypot(dx, dy) < 4) return;
  moved = true;
  map.classList.add('drag');
  if (fingers.size === 2) {
    const [, other] = [...fingers].find(([id]) => id !== event.pointerId);
    const before = Math.hypot(last[0] - other[0], last[1] - other[1]), now = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
    if (before > 0 && now > 0) zoom(before / now, placeOf({clientX: (event.clientX + other[0]) / 2, clientY: (event.clientY + other[1]) / 2}));
  } else {
    view.x -= dx * k;
    view.y -= dy * k;
    draw();
  }
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
const lift = event => {
  fingers.delete(event.pointerId);
  if (!fingers.size) map.classList.remove('drag');
};
addEventListener('pointerup', lift);
addEventListener('pointercancel', lift);

$('in').addEventListener('click', () => zoom(.6));
$('out').addEventListener('click', () => zoom(1 / .6));
$('whole').addEventListener('click', () => { whole(); draw(); });
for (const box of document.querySelectorAll('[data-layer]'))
  box.addEventListener('change', () => {
    $('layer-' + box.dataset.layer).classList.toggle('hide', !box.checked);
    placeLabels();
  });
$('search').addEventListener('submit', event => {
  event.preventDefault();
  const wanted = $('query').value.trim(), low = wanted.toLowerCase();
  if (!wanted) return;
  const tests = [row => row[0] === wanted, row => row[0].toLowerCase() === low,
    row => row[0].toLowerCase().includes(low) || row[1].toLowerCase().includes(low)];
  for (const test of tests) {
    const found = [];
    for (const kind of kinds) data[kind].forEach((row, n) => { if (test(row)) found.push([kind, n]); });
    if (found.length === 1) return choose(...found[0], true);
    if (found.length) return list(`${found.length} found${found.length > 50 ? ', the first 50' : ''}`, found, one => one[0]);
  }
  clear();
  $('what').textContent = 'Nothing found';
});
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
const nameTheme = () => { $('theme').textContent = isDark() ? 'Light' : 'Dark'; };
$('theme').addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); });
dark.addEventListener('change', nameTheme);
nameTheme();

if (times) {
  const known = times.filter(t => t !== NONE);
  let first = Infinity, last = -Infinity;
  for (const t of known) { first = Math.min(first, t); last = Math.max(last, t); }
  const without = times.length - known.length;
  let text = t => new Date(t * 60000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
  if (data.zone) {
    // Of a zone that the browser does not know UTC stays.
    try {
      const local = new Intl.DateTimeFormat('sv-SE', {timeZone: data.zone, dateStyle: 'short', timeStyle: 'short'});
      text = t => `${local.format(new Date(t * 60000))} ${data.zone}`;
    } catch {}
  }
  const show = () => {
    const part = $('until').value / 1000;
    until = part >= 1 ? Infinity : Math.floor(first + part * (last - first));
    let shown = 0;
    for (let n = 0; n < times.length; n++) {
      const is = isShown(n);
      shown += is;
      for (const part of parts.get(n) || []) part.classList.toggle('late', !is);
    }
    $('shown').textContent = `Up to ${text(until === Infinity ? last : until)}: ${shown} of ${times.length}` + (without ? ` (${without} without a time, always shown)` : '');
    $('until').setAttribute('aria-valuetext', text(until === Infinity ? last : until));
    count();
    placeLabels();
  };
  $('time').hidden = false;
  $('until').addEventListener('input', show);
  whole();
  draw(false);
  show();
} else {
  whole();
  draw(false);
}
let width = size()[0];
new ResizeObserver(() => {
  const [w] = size();
  if (w === width) return draw();
  const isWhole = view.w >= 999;
  width = w;
  if (isWhole) whole();
  draw();
}).observe($('pane'));
// On paper the map is as wide as its page, and as high as it is.
const print = is => () => {
  const isWhole = view.w >= 999;
  isPrinting = is;
  if (isWhole) whole();
  draw(false);
  ring();
};
addEventListener('beforeprint', print(true));
addEventListener('afterprint', print(false));
root.dataset.ready = Math.round(performance.now());
})();
