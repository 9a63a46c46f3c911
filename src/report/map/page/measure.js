// Measuring: points on the map, and the sum of the geodesics between them.
let measuring = false, measured = [];
const metresText = metres => `${number(Math.round(metres))} m`;
const drawMeasure = () => {
  $('measured').replaceChildren();
  if (!measured.length) return;
  let d = '';
  measured.forEach((point, i) => {
    const [x, y] = project(point);
    if (!i) d += `M${x} ${y}`;
    else {
      const from = measured[i - 1], {metres, azimuth} = inverse(from, point), steps = Math.min(64, Math.max(1, Math.ceil(metres / data.mpp / 40)));
      for (let s = 1; s <= steps; s++) {
        const [px, py] = s === steps ? [x, y] : project(direct(from, azimuth, metres * s / steps));
        d += `L${px} ${py}`;
      }
    }
  });
  $('measured').append(element('path', {class: 'ml', d}));
  for (const point of measured) {
    const [x, y] = project(point), holder = element('g', {transform: `translate(${x} ${y})`});
    const dot = element('circle', {class: 'md s', r: 4});
    holder.append(dot);
    $('measured').append(holder);
  }
};
const sayMeasure = () => {
  let sum = 0, last = null;
  for (let i = 1; i < measured.length; i++) { last = inverse(measured[i - 1], measured[i]); sum += last.metres; }
  $('sum').textContent = metresText(sum);
  $('sum').dataset.metres = sum;
  $('leg').textContent = last ? `last leg ${metresText(last.metres)} on ${bearingText(Math.round(last.azimuth) % 360)}`
    : measured.length ? 'Choose the next point.' : 'Click on the map, or press Enter for its middle.';
};
const addPoint = place => {
  const position = unproject(place);
  if (!position) return;
  measured.push(position);
  drawMeasure();
  sayMeasure();
};
const measure = is => {
  measuring = is;
  measured = [];
  $('measuring').hidden = !is;
  $('measure').setAttribute('aria-pressed', is);
  map.classList.toggle('measures', is);
  drawMeasure();
  sayMeasure();
  if (is) map.focus({preventScroll: true}); else $('measure').focus();
};
$('measure').addEventListener('click', () => measure(!measuring));
$('undo').addEventListener('click', () => { measured.pop(); drawMeasure(); sayMeasure(); });
$('end-measure').addEventListener('click', () => measure(false));
