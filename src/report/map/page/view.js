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
  clearTimeout(pending);
  const rest = () => { count(); placeLabels(); };
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
