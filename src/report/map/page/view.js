// The view: its middle and width in the map's units; k is how many of them a pixel of the screen is.
const view = {x: data.width / 2, y: data.height / 2, w: data.width};
let k = 1;
let isPrinting = false;
// Shows the whole area, until somebody moves the map.
let isWhole = true;
// Kept free around the area, and below it for the scale and the arrow, in pixels of the screen.
const AROUND = 18, BELOW = 62;
// On a phone the read-out is a line of its own below them.
const foot = w => isPrinting || w > 700 ? 18 : 40;
const size = () => isPrinting ? paper || [720, 720 / data.width * data.height + BELOW] : [map.clientWidth || data.width, map.clientHeight || data.height];
// Within what can be shown there is no edge to see.
const clamp = () => {
  const [w, h] = size(), [left, top, right, bottom] = data.bounds;
  const most = Math.max(Math.min(right - left, (bottom - top) * w / h), wholeWidth(w, h));
  view.w = Math.min(most, Math.max(.02, view.w));
  const middle = (at, low, high, half) => high - low <= 2 * half ? (low + high) / 2 : Math.min(high - half, Math.max(low + half, at));
  view.x = middle(view.x, left, right, view.w / 2);
  view.y = middle(view.y, top, bottom, view.w / 2 * h / w);
};
const wholeWidth = (w, h) => {
  const [left, top, right, bottom] = data.area, across = Math.max(40, w - 2 * AROUND), down = Math.max(40, h - AROUND - BELOW - foot(w) + 18);
  return w * Math.max((right - left) / across, (bottom - top) / down, 400 / w);
};
const whole = () => {
  const [w, h] = size(), [left, top, right, bottom] = data.area;
  isWhole = true;
  if (isPrinting) {
    // A sheet has no room below the map, and a fraction that is true.
    const [below, margin] = paper ? [0, 1] : [BELOW, 1.02];
    const wide = Math.max(data.width, data.height * w / Math.max(h - below, h / 2)) * margin;
    return Object.assign(view, {x: data.width / 2, y: data.height / 2 + below / 2 * wide / w, w: wide});
  }
  view.w = wholeWidth(w, h);
  view.x = (left + right) / 2;
  view.y = (top + bottom) / 2 + (BELOW + foot(w) - 18 - AROUND) / 2 * view.w / w;
  clamp();
};
const nice = most => {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map(n => n * ten).find(n => n <= most * (1 + 1e-9)) || ten;
};
let pending = 0;
const draw = (later = true) => {
  const [w, h] = size(), vh = view.w * h / w;
  map.setAttribute('viewBox', `${view.x - view.w / 2} ${view.y - vh / 2} ${view.w} ${vh}`);
  k = view.w / w;
  map.style.setProperty('--k', k);
  $('scale').setAttribute('transform', `translate(${view.x - view.w / 2 + 20 * k} ${view.y + vh / 2 - foot(w) * k}) scale(${k})`);
  const metres = nice(130 * k * data.mpp), length = metres / data.mpp / k;
  $('bar').setAttribute('d', `M0 -6V0H${length.toFixed(2)}V-6`);
  $('bar-text').textContent = metres >= 1000 ? metres / 1000 + ' km' : metres + ' m';
  const coast = $('coast'), isCoarse = coast && data.mpp * k < coast.dataset.finest;
  if (coast) { coast.classList.toggle('off', !isCoarse); $('land').classList.toggle('coarse', isCoarse); }
  clearTimeout(pending);
  const rest = () => { count(); if (isReady) { drawGrid(); drawMeasure(); ring(); placeLabels(); } };
  if (later) pending = setTimeout(rest, 60); else rest();
};
const zoom = (by, at = [view.x, view.y]) => {
  const before = view.w, [x, y] = [view.x, view.y];
  isWhole = false;
  view.w *= by;
  clamp();
  const real = view.w / before;
  view.x = at[0] + (x - at[0]) * real;
  view.y = at[1] + (y - at[1]) * real;
  clamp();
  draw();
};
const moveTo = (x, y, w = view.w) => { isWhole = false; Object.assign(view, {x, y, w}); clamp(); draw(); };
const pan = (dx, dy) => moveTo(view.x + dx * view.w, view.y + dy * view.w);
const placeOf = event => {
  const box = map.getBoundingClientRect(), [w, h] = size();
  return [view.x + (event.clientX - box.left - w / 2) * k, view.y + (event.clientY - box.top - h / 2) * k];
};
