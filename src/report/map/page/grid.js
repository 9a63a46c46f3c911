// The grid of the view, drawn anew at each zoom: the graticule, or UTM's with the letters of MGRS.
const STEPS = [30, 15, 10, 5, 2, 1, 1 / 2, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360, 1 / 720, 1 / 3600, 1 / 7200, 1 / 36000];
let gridKind = 'degrees';
// The part of the view that there is something in: left, top, right and bottom.
const inView = () => {
  const [w, h] = size(), half = [view.w / 2, view.w * h / w / 2], [left, top, right, bottom] = data.bounds, inset = 1e-6 * (right - left);
  return [Math.max(view.x - half[0], left + inset), Math.max(view.y - half[1], top + inset),
    Math.min(view.x + half[0], right - inset), Math.min(view.y + half[1], bottom - inset)];
};
// What longitudes (from the middle's) and latitudes are in view.
const extent = () => {
  const [left, top, right, bottom] = inView(), middle = unproject([(left + right) / 2, (top + bottom) / 2]) || [planeLon, 0];
  const found = {middle: middle[0], west: 0, east: 0, south: 90, north: -90};
  const add = ([lon, lat]) => {
    const east = turned(lon - middle[0]);
    found.west = Math.min(found.west, east);
    found.east = Math.max(found.east, east);
    found.south = Math.min(found.south, lat);
    found.north = Math.max(found.north, lat);
  };
  for (let i = 0; i <= 12; i++) for (let j = 0; j <= 12; j++) {
    const at = unproject([left + i / 12 * (right - left), top + j / 12 * (bottom - top)]);
    if (at) add(at);
  }
  // On this plane longitudes do not turn within the view.
  if (planeKind === 'cylindrical') found.east = -(found.west = (left - right) / 2 * data.mpp / MEAN / Math.cos(planeLat * RAD) / RAD);
  else for (const pole of [90, -90]) {
    const [x, y] = project([0, pole]);
    if (x < left || x > right || y < top || y > bottom) continue;
    Object.assign(found, {west: -180, east: 180}, pole > 0 ? {north: 90} : {south: -90});
  }
  return found;
};
const angleText = (deg, step, [plus, minus]) => {
  const parts = step >= 1 ? 0 : step >= 1 / 60 - 1e-12 ? 1 : 2, per = 60 ** parts;
  const count = Math.round(Math.abs(deg) * per * (parts === 2 ? 10 : 1)) / (parts === 2 ? 10 : 1);
  const letter = count === 0 || count === 180 * per ? '' : deg < 0 ? minus : plus, two = n => String(n).padStart(2, '0');
  if (!parts) return `${count}\u00b0${letter}`;
  if (parts === 1) return `${Math.floor(count / 60)}\u00b0${two(count % 60)}\u2032${letter}`;
  return `${Math.floor(count / 3600)}\u00b0${two(Math.floor(count / 60) % 60)}\u2032${two(+(count % 60).toFixed(1))}\u2033${letter}`;
};
// A line through positions, and where it meets an edge of the view: `x` for the upper, `y` for the left one.
const gridLine = (positions, edge) => {
  let d = '', at = null, last = null;
  const [left, top, right, bottom] = inView(), inset = planeKind === 'cylindrical' ? 1 : 0;
  const border = edge === 'x' ? top + inset * k : left + inset * k, axis = edge === 'x' ? 1 : 0;
  for (const position of positions) {
    const to = position && project(position);
    if (to) {
      d += `${last ? 'L' : 'M'}${to[0].toFixed(2)} ${to[1].toFixed(2)}`;
      if (last && (last[axis] > border) !== (to[axis] > border)) {
        const u = (border - last[axis]) / (to[axis] - last[axis]), along = last[1 - axis] + u * (to[1 - axis] - last[1 - axis]);
        const [first, end] = edge === 'x' ? [left, right] : [top, bottom];
        if (along > first + 30 * k && along < end - 50 * k) at ||= edge === 'x' ? [along, top] : [left, along];
      }
    }
    last = to;
  }
  return {d, at};
};
const gridLabel = (text, at, edge) => {
  const holder = element('g', {transform: `translate(${at[0]} ${at[1]})`});
  const label = element('text', {class: 'gl s', x: edge === 'x' ? 3 : 4, y: edge === 'x' ? 11 : -3});
  label.textContent = text;
  holder.append(label);
  return holder;
};
const between = (from, to, parts, make) => Array.from({length: parts + 1}, (_, i) => make(from + (to - from) * i / parts));
const graticule = () => {
  const seen = extent(), [w, h] = size(), lines = [], labels = [];
  const stepOf = (span, pixels) => STEPS.find(step => span / step >= Math.max(2, pixels / 170)) || STEPS[STEPS.length - 1];
  const latStep = stepOf(seen.north - seen.south, h), lonStep = stepOf(seen.east - seen.west, w);
  const wide = .08 * (seen.north - seen.south), low = Math.max(-90, seen.south - wide), high = Math.min(90, seen.north + wide);
  const inset = planeKind === 'cylindrical' ? 1e-7 : 0;
  for (let i = Math.ceil((seen.middle + seen.west) / lonStep); i * lonStep < seen.middle + Math.min(seen.east, seen.west + 360 - 1e-9) + 1e-9; i++) {
    const lon = turned(i * lonStep), {d, at} = gridLine(between(low, high, 24, lat => [lon, lat]), 'x');
    lines.push(d);
    if (at) labels.push(gridLabel(angleText(lon, lonStep, 'EW'), at, 'x'));
  }
  const more = .08 * (seen.east - seen.west), west = Math.max(-180, seen.west - more), east = Math.min(180, seen.east + more);
  for (let i = Math.ceil(seen.south / latStep); i * latStep <= seen.north; i++) {
    const lat = i * latStep;
    if (Math.abs(lat) >= 90) continue;
    const {d, at} = gridLine(between(west + inset, east - inset, east - west > 60 ? 90 : 30, lon => [seen.middle + lon, lat]), 'y');
    lines.push(d);
    if (at) labels.push(gridLabel(angleText(lat, latStep, 'NS'), at, 'y'));
  }
  return {lines, labels};
};
// The zones in view: bands of 8 degrees by 6, with their exceptions.
const zonesIn = seen => {
  const zones = new Map();
  for (let lat = Math.max(-79.99, seen.south); ; lat = Math.min(seen.north, lat + 4)) {
    for (let east = seen.west; ; east = Math.min(seen.east, east + 1.5)) {
      if (lat < 84) {
        const at = [turned(seen.middle + east), lat], zone = zoneOf(at), band = bandOf(lat), key = zone + band;
        if (!zones.has(key)) zones.set(key, {zone, band, at});
      }
      if (east >= seen.east) break;
    }
    if (lat >= seen.north || lat >= 83.99) break;
  }
  return [...zones.values()];
};
const zoneEdges = ({zone, band}) => {
  const south = 8 * BANDS.indexOf(band) - 80, north = band === 'X' ? 84 : south + 8, middle = centralMeridian(zone);
  let [west, east] = [middle - 3, middle + 3];
  if (band === 'V' && zone === 31) east = 3;
  if (band === 'V' && zone === 32) west = 3;
  if (band === 'X') [west, east] = {31: [west, 9], 33: [9, 21], 35: [21, 33], 37: [33, east]}[zone] || [west, east];
  return {south, north, west, east};
};
const utmGrid = () => {
  const seen = extent(), lines = [], bold = [], labels = [], zones = zonesIn(seen), metres = k * data.mpp * 90;
  const step = [100, 1000, 10000, 100000].find(step => step >= metres) || Infinity;
  // Nearer to the poles than these zones is no UTM.
  if (!zones.length) return graticule();
  // A name needs some pixels.
  const hasRoom = (from, to) => Math.hypot(...[0, 1].map(axis => project(from)[axis] - project(to)[axis])) > 38 * k;
  for (const of of zones) {
    const edges = zoneEdges(of), low = Math.max(edges.south, seen.south - .5), high = Math.min(edges.north, seen.north + .5);
    bold.push(gridLine(between(low, high, 12, lat => [edges.west, lat]), 'x').d,
      gridLine(between(edges.west, edges.east, 12, lon => [lon, edges.south]), 'y').d);
    const south = Math.max(edges.south, seen.south), north = Math.min(edges.north, seen.north);
    const around = turned(seen.middle - centralMeridian(of.zone)), near = lon => centralMeridian(of.zone) + around + lon;
    const [west, east] = [Math.max(edges.west, near(seen.west)), Math.min(edges.east, near(seen.east))];
    if (west >= east || south >= north) continue;
    if (step === Infinity || zones.length > 8) {
      const lat = (south + north) / 2;
      if (hasRoom([west, lat], [east, lat])) labels.push(gridLabel(of.zone + of.band, project([(west + east) / 2, lat]), 'y'));
      continue;
    }
    const corners = between(west, east, 4, lon => lon).flatMap(lon => between(south, north, 2, lat => utm([lon, lat], of.zone)));
    const ends = axis => [Math.min(...corners.map(c => c[axis])), Math.max(...corners.map(c => c[axis]))];
    const [[e0, e1], [n0, n1]] = [ends(0), ends(1)];
    // A line ends where its zone does.
    const cut = points => points.flatMap((point, i) => {
      const position = ofUtm(point, of.zone), is = p => p[0] >= edges.west && p[0] <= edges.east && p[1] >= edges.south && p[1] <= edges.north;
      if (is(position)) return [position];
      const next = [points[i - 1], points[i + 1]].map(other => other && ofUtm(other, of.zone)).findIndex(other => other && is(other));
      if (next < 0) return [null];
      let [inside, outside] = [points[next ? i + 1 : i - 1], point];
      for (let j = 0; j < 14; j++) { const mid = [0, 1].map(a => (inside[a] + outside[a]) / 2); if (is(ofUtm(mid, of.zone))) inside = mid; else outside = mid; }
      return next ? [null, ofUtm(inside, of.zone)] : [ofUtm(inside, of.zone), null];
    });
    const name = value => {
      const km = ((value % 1e5) + 1e5) % 1e5 / 1000;
      return step >= 1000 ? String(Math.floor(km)).padStart(2, '0') : km.toFixed(1);
    };
    const add = (points, value, edge) => {
      const {d, at} = gridLine(cut(points), edge);
      (value % 1e5 === 0 ? bold : lines).push(d);
      if (at && step < 1e5) labels.push(gridLabel(name(value), at, edge));
    };
    for (let e = Math.ceil(e0 / step) * step; e <= e1; e += step) add(between(n0, n1, 12, n => [e, n]), e, 'x');
    for (let n = Math.ceil(n0 / step) * step; n <= n1; n += step) add(between(e0, e1, 12, e => [e, n]), n, 'y');
    // Each square by its letters, in the middle of what is seen of it.
    for (let e = Math.floor(e0 / 1e5); e * 1e5 < e1; e++) for (let n = Math.floor(n0 / 1e5); n * 1e5 < n1; n++) {
      const [left, right] = [Math.max(e * 1e5, e0), Math.min(e * 1e5 + 1e5, e1)];
      const up = (Math.max(n * 1e5, n0) + Math.min(n * 1e5 + 1e5, n1)) / 2;
      const middle = ofUtm([(left + right) / 2, up], of.zone);
      if (right - left < 50 * k * data.mpp || middle[0] < edges.west || middle[0] > edges.east) continue;
      if (middle[1] < edges.south || middle[1] > edges.north) continue;
      const label = gridLabel(mgrs(middle, 0), project(middle), 'y');
      label.firstChild.setAttribute('class', 'gl gs s');
      labels.push(label);
    }
  }
  return {lines, bold, labels};
};
const drawGrid = () => {
  const layer = $('layer-graticule');
  if (layer.classList.contains('hide')) return;
  const {lines, bold = [], labels} = gridKind === 'mgrs' ? utmGrid() : graticule();
  layer.replaceChildren(element('path', {class: 'gr', d: lines.join('')}), element('path', {class: 'gr gb', d: bold.join('')}), ...labels);
};
$('grid-kind').addEventListener('change', () => { gridKind = $('grid-kind').value; drawGrid(); placeLabels(); });
