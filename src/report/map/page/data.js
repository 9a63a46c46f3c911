const $ = id => document.getElementById(id);
let isReady = false;
const NS = 'http://www.w3.org/2000/svg', NONE = -2147483648, MOST_SINGLE = 600;
const data = JSON.parse($('data').textContent);
const map = $('map'), root = document.documentElement;
const total = data.incident.length;

// Columns of numbers, read when they are needed.
const bytes = text => {
  const raw = atob(text || ''), made = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) made[i] = raw.charCodeAt(i);
  return made;
};
const integers = text => new Int32Array(bytes(text).buffer);
const columns = new Map();
const column = (name, make) => {
  if (!columns.has(name)) columns.set(name, data[name] === undefined ? null : make(bytes(data[name])));
  return columns.get(name);
};
const floats = name => column(name, raw => new Float32Array(raw.buffer));
// Of an incident the index that a column has, or -1.
const indices = name => column(name, raw => new [, Uint8Array, Uint16Array, , Uint32Array][raw.length / total](raw.buffer));
const indexIn = (name, n) => { const all = indices(name); return all ? all[n] - 1 : -1; };
const places = integers(data.places);
const times = data.times ? integers(data.times) : null;
const lasting = () => column('lasting', raw => new Int32Array(raw.buffer));
const at = () => column('at', raw => new Int32Array(raw.buffer));

// What the page draws of each incident.
const parts = new Map();
for (const element of map.querySelectorAll('[data-i]')) {
  const n = +element.dataset.i;
  if (!parts.has(n)) parts.set(n, []);
  parts.get(n).push(element);
}
const kinds = ['incident', 'post', 'route', 'corridor', 'gap'];
const placesOf = n => {
  const found = [];
  for (let i = 0; i < places.length; i += 3) if (places[i + 2] === n) found.push([places[i] / 100, places[i + 1] / 100]);
  return found;
};
// Longitudes and latitudes in degrees.
const positionsOf = n => {
  const found = [], all = at();
  for (let i = 0; i < places.length; i += 3)
    if (places[i + 2] === n) found.push([all[i / 3 * 2] / 1e7, all[i / 3 * 2 + 1] / 1e7]);
  return found;
};
// What a row says under a name that is read: of `type` all keys of the file that mean it.
const said = (row, name) => {
  const keys = data.known[name];
  for (let i = 2; i < row.length; i += 2) if (keys.includes(row[i])) return row[i + 1];
  return '';
};
// Why an incident is not located; nothing for those that are.
let reasons = null;
const whyNot = n => {
  reasons ||= new Map(data.not_located.flatMap(([why, ...numbers]) => numbers.map(number => [number, why])));
  return reasons.get(n);
};
const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (key in made && key !== 'list') made[key] = value; else made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const element = (name, attributes) => {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
// A button that says what it does.
const button = (text, act, attributes = {}) => {
  const made = make('button', {type: 'button', textContent: text, ...attributes});
  made.addEventListener('click', act);
  return made;
};
const number = (value, most = 0) => value.toLocaleString('en', {maximumFractionDigits: most});
