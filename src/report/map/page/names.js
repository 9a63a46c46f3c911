// Where the names of routes and corridors may lie, as in the picture (labels/along.rs, labels/within.rs).
const linesOf = path => path.split('M').slice(1).map(part => {
  const line = part.replace('Z', '').split('L').map(pair => pair.split(' ').map(Number));
  return part.endsWith('Z') ? [...line, line[0]] : line;
});
const trackOf = points => {
  const along = [0];
  for (let i = 1; i < points.length; i++) along.push(along[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
  const after = d => {
    let low = 1, high = points.length - 1;
    while (low < high) { const middle = low + high >> 1; if (along[middle] < d) low = middle + 1; else high = middle; }
    return low;
  };
  const at = d => {
    const i = after(d), length = along[i] - along[i - 1], part = length ? (d - along[i - 1]) / length : 0;
    return [0, 1].map(axis => points[i - 1][axis] + part * (points[i][axis] - points[i - 1][axis]));
  };
  // The parts that a frame shows.
  const partsIn = frame => {
    const parts = [];
    for (let i = 1; i < points.length; i++) {
      let from = 0, to = 1;
      for (const axis of [0, 1]) {
        const start = points[i - 1][axis], step = points[i][axis] - start;
        const [u, v] = [frame[axis], frame[axis + 2]].map(side => step ? (side - start) / step : (side - start) * Infinity);
        from = Math.max(from, Math.min(u, v));
        to = Math.min(to, Math.max(u, v));
      }
      if (!(from < to)) continue;
      const [a, b] = [from, to].map(part => along[i - 1] + part * (along[i] - along[i - 1])), last = parts[parts.length - 1];
      if (last && a - last[1] < 1e-6) last[1] = b; else parts.push([a, b]);
    }
    return parts;
  };
  const candidates = ([from, to], width, [above, below]) => {
    const need = width + 8, steps = Math.floor((to - from - need) / 9), half = (above + below) / 2, found = [];
    for (let n = 0; n <= Math.min(steps, 2000); n++) {
      const start = from + (to - from - need - 9 * steps) / 2 + 9 * n, a = at(start), b = at(start + need), chord = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (chord < .96 * need) continue;
      let ux = (b[0] - a[0]) / chord, uy = (b[1] - a[1]) / chord, bend = 0;
      for (let i = after(start); i < points.length && along[i] < start + need; i++)
        bend = Math.max(bend, Math.abs((points[i][0] - a[0]) * uy - (points[i][1] - a[1]) * ux));
      if (bend > 2.5) continue;
      if (ux < -1e-6 || Math.abs(ux) <= 1e-6 && uy > 0) { ux = -ux; uy = -uy; }
      const away = 2.5 + bend + half, far = Math.abs(start + need / 2 - (from + to) / 2);
      for (const [side, dear] of [[-away, 0], [away, .4]])
        found.push({
          quad: turned((a[0] + b[0]) / 2 - side * uy, (a[1] + b[1]) / 2 + side * ux, width / 2 + AIR, half, ux, uy),
          cost: dear + bend + .01 * far, turn: [ux, uy],
        });
    }
    return found.sort((a, b) => a.cost - b.cost);
  };
  return {at, partsIn, candidates};
};
const directions = (rings, frame) => {
  const classes = Array.from({length: 18}, () => [0, 0, 0]);
  for (const ring of rings) for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1], b = ring[i];
    if ([0, 1].some(axis => Math.max(a[axis], b[axis]) <= frame[axis] || Math.min(a[axis], b[axis]) >= frame[axis + 2])) continue;
    let dx = b[0] - a[0], dy = b[1] - a[1];
    if (dx < 0 || dx === 0 && dy > 0) { dx = -dx; dy = -dy; }
    const one = classes[Math.min(17, Math.floor((Math.atan2(dy, dx) * 180 / Math.PI + 90) / 10))];
    one[0] += Math.hypot(dx, dy); one[1] += dx; one[2] += dy;
  }
  const longest = classes.sort((a, b) => b[0] - a[0]).slice(0, 5).filter(one => one[0] > 0);
  return [[1, 0], ...longest.map(([, x, y]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)])];
};
const crossings = (rings, rows) => {
  const found = rows.map(() => []);
  for (const ring of rings) for (let i = 1; i < ring.length; i++) {
    const [a, v] = ring[i - 1], [b, w] = ring[i], low = Math.min(v, w), high = Math.max(v, w);
    let n = 0;
    for (let end = rows.length; n < end;) { const middle = n + end >> 1; if (rows[middle] < low) n = middle + 1; else end = middle; }
    for (; n < rows.length && rows[n] < high; n++) found[n].push(a + (rows[n] - v) / (w - v) * (b - a));
  }
  for (const row of found) row.sort((a, b) => a - b);
  return found;
};
const common = (a, b) => {
  const found = [];
  for (let i = 0, j = 0; i + 1 < a.length && j + 1 < b.length;) {
    const from = Math.max(a[i], b[j]), to = Math.min(a[i + 1], b[j + 1]);
    if (from < to) found.push(from, to);
    if (a[i + 1] < b[j + 1]) i += 2; else j += 2;
  }
  return found;
};
// Within closed rings, as far as a frame shows them.
const candidatesWithin = (rings, frame, width, [above, below]) => {
  const [left, top, right, bottom] = frame, half = (above + below) / 2, found = [], b = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) for (const point of ring) for (const axis of [0, 1]) {
    const at = Math.min(Math.max(point[axis], frame[axis]), frame[axis + 2]);
    b[axis] = Math.min(b[axis], at);
    b[axis + 2] = Math.max(b[axis + 2], at);
  }
  const size = Math.max(1, Math.hypot(b[2] - b[0], b[3] - b[1]));
  if (b[2] - b[0] < 2 * half || b[3] - b[1] < 2 * half) return found;
  for (const [ux, uy] of directions(rings, frame)) {
    const turn = ([x, y]) => [x * ux + y * uy, y * ux - x * uy];
    const own = rings.map(ring => ring.map(turn)), view = [[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]].map(turn)];
    const spread = rings => {
      let low = Infinity, high = -Infinity;
      for (const ring of rings) for (const at of ring) { low = Math.min(low, at[1]); high = Math.max(high, at[1]); }
      return [low, high];
    };
    const [[l1, h1], [l2, h2]] = [own, view].map(spread), low = Math.max(l1, l2) + half, high = Math.min(h1, h2) - half;
    if (high < low) continue;
    const steps = Math.min(200, Math.floor((high - low) / 5));
    const rows = Array.from({length: steps + 1}, (_, n) => low + (high - low) * (n + .5) / (steps + 1));
    const inside = [-half, 0, half].map(by => {
      const moved = rows.map(row => row + by), seen = crossings(view, moved);
      return crossings(own, moved).map((row, n) => common(row, seen[n]));
    });
    for (const [n, across] of rows.entries()) {
      const free = common(common(inside[0][n], inside[1][n]), inside[2][n]);
      for (let i = 0; i < free.length; i += 2) {
        const room = free[i + 1] - free[i] - width - 6;
        if (room < 0) continue;
        for (const share of [.5, .25, .75]) {
          const u = free[i] + 3 + width / 2 + share * room, x = u * ux - across * uy, y = u * uy + across * ux;
          const far = Math.hypot(x - (b[0] + b[2]) / 2, y - (b[1] + b[3]) / 2) / size;
          found.push({
            quad: turned(x, y, width / 2 + AIR, half, ux, uy),
            cost: 3 * far + .6 * Math.abs(uy) + width / (free[i + 1] - free[i]), turn: [ux, uy],
          });
        }
      }
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, 600);
};
