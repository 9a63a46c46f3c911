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
