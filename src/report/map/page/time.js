// The time filter: a histogram with a brush, two handles for the keyboard, a day, and its neighbours.
let axis = null;
const BARS = 60;
// Steps from the first time to the last: days, hours or minutes, by how long it is.
const timeAxis = () => {
  if (axis || !times) return axis;
  let first = Infinity, last = -Infinity;
  for (let n = 0; n < total; n++) if (times[n] !== NONE) {
    first = Math.min(first, times[n]);
    last = Math.max(last, times[n] + (lasting() ? lasting()[n] : 0));
  }
  if (first === Infinity) return null;
  const days = dayOf(last) - dayOf(first) + 1;
  if (days > 60) {
    const day = dayOf(first);
    axis = {steps: days, edge: i => startOf(day + i), at: t => dayOf(t) - day};
  } else {
    const step = days > 2 ? 60 : last - first > 240 ? 10 : 1, from = days > 2 ? startOf(dayOf(first)) : Math.floor(first / step) * step;
    axis = {steps: Math.floor((last - from) / step) + 1, edge: i => from + i * step, at: t => Math.floor((t - from) / step)};
  }
  axis.per = Math.ceil(axis.steps / BARS);
  axis.first = first;
  axis.last = last;
  return axis;
};
const within = i => Math.max(0, Math.min(axis.steps - 1, i));
const spanText = () => {
  const {from, to} = filter, fromDay = from > -Infinity && startOf(dayOf(from)) === from, toDay = to < Infinity && startOf(dayOf(to) + 1) - 1 === to;
  if (fromDay && toDay) return dayOf(from) === dayOf(to) ? dayText(dayOf(from)) : `${dayText(dayOf(from))} to ${dayText(dayOf(to))}`;
  return from === -Infinity ? `Up to ${timeText(to)}` : to === Infinity ? `From ${timeText(from)}` : `${localText(from)} to ${timeText(to)}`;
};
const setTime = (from, to) => {
  filter.from = from;
  filter.to = to;
  applyFilter();
};
const setSteps = (i, j) => {
  const [a, b] = [within(Math.min(i, j)), within(Math.max(i, j))];
  setTime(a === 0 ? -Infinity : axis.edge(a), b === axis.steps - 1 ? Infinity : axis.edge(b + 1) - 1);
};
const stepsNow = () => [filter.from === -Infinity ? 0 : within(axis.at(filter.from)), filter.to === Infinity ? axis.steps - 1 : within(axis.at(filter.to))];
const bars = counts => {
  const most = Math.max(1, ...all.time), w = 300 / counts.length;
  return counts.map((many, i) => many ? `M${(i * w).toFixed(2)} 46v${-Math.max(1.5, 44 * many / most).toFixed(2)}h${(w * .86).toFixed(2)}V46z` : '').join('');
};
const all = {time: []};
const refreshTime = () => {
  if (!axis || $('time-panel').hidden) return;
  const seen = new Array(Math.ceil(axis.steps / axis.per)).fill(0), every = seen.slice();
  for (let n = 0; n < total; n++) {
    if (times[n] === NONE) continue;
    const bar = Math.floor(axis.at(times[n]) / axis.per);
    every[bar]++;
    if (isShown(n)) seen[bar]++;
  }
  all.time = every;
  $('bars-all').setAttribute('d', bars(every));
  $('bars-shown').setAttribute('d', bars(seen));
  const [i, j] = stepsNow(), scale = 300 / (seen.length * axis.per);
  $('brush').setAttribute('x', i * scale);
  $('brush').setAttribute('width', Math.max(2, (j - i + 1) * scale));
  $('brush').classList.toggle('on', isTimed());
  for (const [id, at, edge] of [['from', i, filter.from], ['to', j, filter.to]]) {
    const text = timeText(Math.abs(edge) < Infinity ? edge : id === 'from' ? axis.first : axis.last);
    Object.assign($(id), {max: axis.steps - 1, value: at});
    $(id).setAttribute('aria-valuetext', text);
    $(id + '-text').textContent = text.replace(' ' + zoneName(), '');
  }
};
// The day of what is chosen, of the filter, or the last.
const thisDay = () => {
  const n = chosen && chosen[0] === 'incident' && hasTime(chosen[1]) ? chosen[1] : -1;
  const day = dayOf(n >= 0 ? times[n] : filter.to < Infinity ? filter.to : axis.last);
  setTime(startOf(day), startOf(day + 1) - 1);
};
// The next span as long as this one; a whole number of days stays one.
const shift = by => {
  if (!isTimed()) return thisDay();
  const from = filter.from > -Infinity ? filter.from : axis.first, to = filter.to < Infinity ? filter.to : axis.last;
  if (startOf(dayOf(from)) === from && startOf(dayOf(to) + 1) - 1 === to) {
    const days = dayOf(to) - dayOf(from) + 1;
    return setTime(startOf(dayOf(from) + by * days), startOf(dayOf(to) + 1 + by * days) - 1);
  }
  const wide = to - from + 1;
  setTime(from + by * wide, to + by * wide);
};
const buildTime = () => {
  if (!timeAxis()) return;
  $('time-panel').hidden = false;
  $('zone').textContent = zoneName();
  $('from').addEventListener('input', () => setSteps(Math.min(+$('from').value, stepsNow()[1]), stepsNow()[1]));
  $('to').addEventListener('input', () => setSteps(stepsNow()[0], Math.max(+$('to').value, stepsNow()[0])));
  $('day').addEventListener('click', thisDay);
  $('earlier').addEventListener('click', () => shift(-1));
  $('later').addEventListener('click', () => shift(1));
  $('all-times').addEventListener('click', () => setTime(-Infinity, Infinity));
  const histogram = $('histogram');
  let start = null;
  const stepAt = event => {
    const box = histogram.getBoundingClientRect();
    return within(Math.floor((event.clientX - box.left) / box.width * Math.ceil(axis.steps / axis.per) * axis.per));
  };
  histogram.addEventListener('pointerdown', event => { start = stepAt(event); histogram.setPointerCapture(event.pointerId); });
  histogram.addEventListener('pointermove', event => { if (start !== null) setSteps(start, stepAt(event)); });
  histogram.addEventListener('pointerup', event => {
    if (start !== null && stepAt(event) === start) { const bar = Math.floor(start / axis.per) * axis.per; setSteps(bar, bar + axis.per - 1); }
    start = null;
  });
  histogram.addEventListener('pointercancel', () => { start = null; });
  refreshTime();
};
