// Geodesics of WGS84: Karney, Algorithms for geodesics (2013), series to the sixth order; the longitude equation is
// solved between brackets, so that it always converges.
const A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), N = F / (2 - F), E2 = F * (2 - F);
const RAD = Math.PI / 180;
const turned = deg => { const d = deg % 360; return d < -180 ? d + 360 : d >= 180 ? d - 360 : d; };
const sines = (c, x) => { let sum = 0; for (let l = 1; l < c.length; l++) sum += c[l] * Math.sin(2 * l * x); return sum; };
const epsOf = cosAlpha0 => { const k2 = E2 / (1 - E2) * cosAlpha0 ** 2; return k2 / (2 * (1 + Math.sqrt(1 + k2)) + k2); };
const a1 = e => 1 + ((e ** 2 * (e ** 2 * (e ** 2 + 4) + 64) / 256) + e) / (1 - e);
const c1 = (e, q = e * e) => [0, e * ((6 - q) * q - 16) / 32, q * ((64 - 9 * q) * q - 128) / 2048, e ** 3 * (9 * q - 16) / 768,
  e ** 4 * (3 * q - 5) / 512, -7 * e ** 5 / 1280, -7 * e ** 6 / 2048];
const c1Back = (e, q = e * e) => [0, e * (q * (205 * q - 432) + 768) / 1536, q * (q * (4005 * q - 4736) + 3840) / 12288,
  e ** 3 * (116 - 225 * q) / 384, e ** 4 * (2695 - 7173 * q) / 7680, 3467 * e ** 5 / 7680, 38081 * e ** 6 / 61440];
const a3 = e => 1 - (1 - N) / 2 * e - (1 / 4 + N / 8 - 3 * N * N / 8) * e ** 2 - (1 + 3 * N + N * N) / 16 * e ** 3
  - (3 / 64 + N / 32) * e ** 4 - 3 / 128 * e ** 5;
const c3 = e => [0, (1 - N) / 4 * e + (1 - N * N) / 8 * e ** 2 + (3 + 3 * N - N * N) / 64 * e ** 3 + (5 / 128 + N / 64) * e ** 4 + 3 / 128 * e ** 5,
  (2 - 3 * N + N * N) / 32 * e ** 2 + (3 - 2 * N - 3 * N * N) / 64 * e ** 3 + (3 + N) / 128 * e ** 4 + 5 / 256 * e ** 5,
  (5 - 9 * N + 5 * N * N) / 192 * e ** 3 + (9 - 10 * N) / 384 * e ** 4 + 7 / 512 * e ** 5, (7 - 14 * N) / 512 * e ** 4 + 7 / 512 * e ** 5, 21 / 2560 * e ** 5];
const reduced = lat => { const b = Math.atan2((1 - F) * Math.sin(lat * RAD), Math.cos(lat * RAD)); return [Math.sin(b), Math.cos(b)]; };

// Where one comes to from a longitude and latitude: `[lon, lat, azimuth]` in degrees.
const direct = ([lon, lat], azimuth, metres) => {
  const [sb, cb] = reduced(Math.max(-90 + 1e-13, Math.min(90 - 1e-13, lat))), sa = Math.sin(azimuth * RAD), ca = Math.cos(azimuth * RAD);
  const s0 = sa * cb, c0 = Math.hypot(ca, sa * sb), e = epsOf(c0);
  const sigma1 = Math.atan2(sb, ca * cb), omega1 = Math.atan2(s0 * Math.sin(sigma1), Math.cos(sigma1));
  const tau = sigma1 + sines(c1(e), sigma1) + metres / (B * a1(e)), sigma2 = tau + sines(c1Back(e), tau);
  const ss = Math.sin(sigma2), cs = Math.cos(sigma2), c = c3(e);
  const lambda = Math.atan2(s0 * ss, cs) - omega1 - F * s0 * a3(e) * (sigma2 - sigma1 + sines(c, sigma2) - sines(c, sigma1));
  return [turned(lon + lambda / RAD), Math.atan2(c0 * ss, (1 - F) * Math.hypot(c0 * cs, s0)) / RAD, Math.atan2(s0, c0 * cs) / RAD];
};
// The shortest way: its length in metres and the azimuth at its beginning in degrees.
const inverse = ([lon1, lat1], [lon2, lat2]) => {
  const lon12 = turned(turned(lon2) - turned(lon1));
  let lonSign = lon12 < 0 ? -1 : 1;
  const isSwapped = Math.abs(lat1) < Math.abs(lat2);
  if (isSwapped) { [lat1, lat2] = [lat2, lat1]; lonSign = -lonSign; }
  const latSign = lat1 < 0 ? 1 : -1, target = Math.abs(lon12) * RAD;
  let [sb1, cb1] = reduced(lat1 * latSign), [sb2, cb2] = reduced(lat2 * latSign);
  cb1 = Math.max(cb1, 1e-150);
  cb2 = Math.max(cb2, 1e-150);
  const finish = (metres, sa1, ca1, sa2, ca2) => {
    const [s, c] = isSwapped ? [-sa2, -ca2] : [sa1, ca1];
    return {metres, azimuth: (Math.atan2(s * lonSign, c * latSign) / RAD + 360) % 360};
  };
  if (sb1 === 0 && target <= (1 - F) * Math.PI) return target ? finish(A * target, 1, 0, 1, 0) : {metres: 0, azimuth: 0};
  if (sb1 === 0) sb1 = -1e-150;
  const along = (alpha, wanted) => {
    const sa = Math.sin(alpha), ca = Math.cos(alpha), s0 = sa * cb1, c0 = Math.hypot(ca, sa * sb1), sa2 = s0 / cb2;
    const rest = cb1 < -sb1 ? (cb2 - cb1) * (cb1 + cb2) : (sb1 - sb2) * (sb1 + sb2);
    const ca2 = cb1 === cb2 && Math.abs(sb2) === -sb1 ? Math.abs(ca) : Math.sqrt(Math.max(0, (ca * cb1) ** 2 + rest)) / cb2;
    const x1 = ca * cb1, x2 = ca2 * cb2, h1 = Math.hypot(sb1, x1), h2 = Math.hypot(sb2, x2);
    const sigma1 = Math.atan2(sb1, x1), sigma2 = Math.atan2(sb2, x2);
    const sigma = Math.atan2(Math.max(0, x1 * sb2 - sb1 * x2), x1 * x2 + sb1 * sb2), e = epsOf(c0);
    if (!wanted) {
      const c = c1(e);
      return finish(B * a1(e) * (sigma + sines(c, sigma2) - sines(c, sigma1)), sa, ca, sa2, ca2);
    }
    const omega = Math.atan2(Math.max(0, s0 * (x1 * sb2 - sb1 * x2) / h1 / h2), (x1 * x2 + s0 * s0 * sb1 * sb2) / h1 / h2), c = c3(e);
    return omega - F * s0 * a3(e) * (sigma + sines(c, sigma2) - sines(c, sigma1)) - target;
  };
  if (target === 0 || cb1 < 1e-15) return along(target === 0 ? 0 : target);
  if (target === Math.PI) return along(Math.PI);
  let low = 0, high = Math.PI, fLow = -target, fHigh = Math.PI - target;
  let alpha = Math.atan2(cb2 * Math.sin(target), cb1 * sb2 - sb1 * cb2 * Math.cos(target)), side = 0;
  for (let i = 0; i < 120 && high - low > 1e-16; i++) {
    const f = along(alpha, true);
    if (f === 0 || alpha === low || alpha === high) break;
    // The false position, halved at the end that stays; now and then the middle.
    if (f < 0) { low = alpha; fLow = f; if (side < 0) fHigh /= 2; side = -1; }
    else { high = alpha; fHigh = f; if (side > 0) fLow /= 2; side = 1; }
    alpha = i % 6 === 5 ? (low + high) / 2 : low + (high - low) * fLow / (fLow - fHigh);
  }
  return along(alpha);
};

// The map's plane.
const [planeKind, planeLon, planeLat] = data.projection, MEAN = 6371008.7714;
const toMap = ([x, y]) => [(x - data.corner[0]) / data.mpp, (data.corner[1] - y) / data.mpp];
const project = (position) => {
  if (planeKind === 'cylindrical')
    return toMap([MEAN * Math.cos(planeLat * RAD) * turned(position[0] - planeLon) * RAD, MEAN * position[1] * RAD]);
  const {metres, azimuth} = inverse([planeLon, planeLat], position);
  return toMap([metres * Math.sin(azimuth * RAD), metres * Math.cos(azimuth * RAD)]);
};
// The longitude and latitude of a place on the map; none beyond the plane's edge.
const unproject = ([x, y]) => {
  const east = data.corner[0] + x * data.mpp, north = data.corner[1] - y * data.mpp;
  if (planeKind === 'cylindrical') {
    const lon = east / MEAN / Math.cos(planeLat * RAD) / RAD, lat = north / MEAN / RAD;
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [turned(planeLon + lon), lat] : null;
  }
  const metres = Math.hypot(east, north);
  return metres < 2e7 ? direct([planeLon, planeLat], Math.atan2(east, north) / RAD, metres).slice(0, 2) : null;
};
