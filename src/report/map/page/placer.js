// Places labels so that none lies on another and none is cut, as the picture does (labels/placer.rs): boxes in, placements out.
const upright = (left, top, right, bottom) => ({b: [left, top, right, bottom]});
const square = (x, y, half) => upright(x - half, y - half, x + half, y + half);
// A box about a point whose long side has a direction (of length 1).
const turned = (x, y, w, h, ux, uy) => {
  const c = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([i, j]) => [x + i * w * ux - j * h * uy, y + i * w * uy + j * h * ux]);
  const [xs, ys] = [0, 1].map(axis => c.map(corner => corner[axis]));
  return {c, b: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], lean: true};
};
const strip = ([ax, ay], [bx, by], half) => {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  return turned((ax + bx) / 2, (ay + by) / 2, length / 2, half, (bx - ax) / length, (by - ay) / length);
};
const corners = q => q.c ||= [[q.b[0], q.b[1]], [q.b[2], q.b[1]], [q.b[2], q.b[3]], [q.b[0], q.b[3]]];
// Corners go around clockwise: what is not to the right of a side is beyond it.
const hasSideBetween = (q, other) => corners(q).some(([ax, ay], i, all) => {
  const [bx, by] = all[(i + 1) % 4];
  return corners(other).every(([x, y]) => (bx - ax) * (y - ay) - (by - ay) * (x - ax) <= 1e-9);
});
const meets = (q, o) => q.b[0] < o.b[2] && o.b[0] < q.b[2] && q.b[1] < o.b[3] && o.b[1] < q.b[3] &&
  (!(q.lean || o.lean) || !hasSideBetween(q, o) && !hasSideBetween(o, q));
const placerIn = frame => {
  const grid = new Map(), CELL = 48;
  const cells = ({b}) => {
    const cell = (n, axis) => Math.floor(Math.min(Math.max(b[n], frame[axis]), frame[axis + 2]) / CELL), found = [];
    for (let i = cell(0, 0); i <= cell(2, 0); i++) for (let j = cell(1, 1); j <= cell(3, 1); j++) found.push(i * 4096 + j);
    return found;
  };
  const avoid = (quad, cost = Infinity) => {
    const one = {quad, cost};
    for (const key of cells(quad)) grid.has(key) ? grid.get(key).push(one) : grid.set(key, [one]);
  };
  const costOf = (quad, most) => {
    const seen = new Set();
    let cost = 0;
    for (const key of cells(quad)) for (const one of grid.get(key) || []) {
      if (seen.has(one) || !meets(quad, one.quad)) continue;
      seen.add(one);
      cost += one.cost;
      if (cost > most || cost === Infinity) return Infinity;
    }
    return cost;
  };
  // The cheapest candidate that is free, on whose room lies no more than `most` of cost.
  const place = (candidates, most = Infinity) => {
    let best = null, least = Infinity;
    for (const one of candidates) {
      if (one.cost >= least) break;
      const {b} = one.quad;
      if (b[0] < frame[0] || b[1] < frame[1] || b[2] > frame[2] || b[3] > frame[3]) continue;
      const limit = Math.min(most, least - one.cost);
      let cost = one.cost + costOf(one.quad, limit);
      if (cost < least && one.leader) cost += costOf(strip(...one.leader, .8), limit);
      if (cost < least) { best = one; least = cost; }
    }
    if (best) {
      avoid(best.quad);
      if (best.leader) avoid(strip(...best.leader, .8));
    }
    return best;
  };
  return {avoid, place};
};
