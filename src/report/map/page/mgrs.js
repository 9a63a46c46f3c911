// UTM by Krueger's series (Karney 2011) and UPS; MGRS after NGA.SIG.0012.
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ', BANDS = 'CDEFGHJKLMNPQRSTUVWX';
const UPS_COLUMNS = ['JKLPQRSTUXYZ', 'ABCFGHJKLPQR', 'RSTUXYZ', 'ABCFGHJ'];
const ECC = Math.sqrt(E2), K0 = .9996, KP = .994;
const series = rows => rows.map((row, i) => row.reduce((sum, c, j) => sum + c * N ** (i + j + 1), 0));
const ALPHA = series([[1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800],
  [13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360],
  [61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440], [49561 / 161280, -179 / 168, 6601661 / 7257600], [34729 / 80640, -3418889 / 1995840], [212378941 / 319334400]]);
const BETA = series([[1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800], [1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720],
  [17 / 480, -37 / 840, -209 / 4480, 5569 / 90720], [4397 / 161280, -11 / 504, -830251 / 7257600], [4583 / 161280, -108847 / 3991680], [20648693 / 638668800]]);
const RECTIFYING = A / (1 + N) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);
// The tangent of the conformal latitude, and back.
const conformal = tau => {
  const s = Math.sinh(ECC * Math.atanh(ECC * tau / Math.hypot(1, tau)));
  return tau * Math.hypot(1, s) - s * Math.hypot(1, tau);
};
const geographic = taup => {
  let tau = taup / (1 - E2);
  for (let i = 0; i < 6; i++) {
    const now = conformal(tau);
    tau += (taup - now) / Math.hypot(1, now) * (1 + (1 - E2) * tau ** 2) / ((1 - E2) * Math.hypot(1, tau));
  }
  return tau;
};
const centralMeridian = zone => 6 * zone - 183;
const utm = ([lon, lat], zone) => {
  const lambda = turned(lon - centralMeridian(zone)) * RAD, taup = conformal(Math.tan(lat * RAD));
  const xi = Math.atan2(taup, Math.cos(lambda)), eta = Math.asinh(Math.sin(lambda) / Math.hypot(taup, Math.cos(lambda)));
  let [x, y] = [eta, xi];
  ALPHA.forEach((a, j) => {
    x += a * Math.cos(2 * (j + 1) * xi) * Math.sinh(2 * (j + 1) * eta);
    y += a * Math.sin(2 * (j + 1) * xi) * Math.cosh(2 * (j + 1) * eta);
  });
  return [500000 + K0 * RECTIFYING * x, K0 * RECTIFYING * y];
};
// From easting and northing (below 0 in the south).
const ofUtm = ([east, north], zone) => {
  const xi = north / K0 / RECTIFYING, eta = (east - 500000) / K0 / RECTIFYING;
  let [x, y] = [eta, xi];
  BETA.forEach((b, j) => {
    x -= b * Math.cos(2 * (j + 1) * xi) * Math.sinh(2 * (j + 1) * eta);
    y -= b * Math.sin(2 * (j + 1) * xi) * Math.cosh(2 * (j + 1) * eta);
  });
  const tau = geographic(Math.sin(y) / Math.hypot(Math.sinh(x), Math.cos(y)));
  return [turned(centralMeridian(zone) + Math.atan2(Math.sinh(x), Math.cos(y)) / RAD), Math.atan(tau) / RAD];
};
const POLAR = 2 * A * KP / Math.sqrt((1 + ECC) ** (1 + ECC) * (1 - ECC) ** (1 - ECC));
const ups = ([lon, lat]) => {
  const north = lat > 0, taup = conformal(Math.tan(Math.abs(lat) * RAD));
  const rho = Math.abs(lat) === 90 ? 0 : POLAR / (Math.hypot(1, taup) + taup);
  return [2e6 + rho * Math.sin(lon * RAD), 2e6 + (north ? -1 : 1) * rho * Math.cos(lon * RAD)];
};
const ofUps = ([east, northing], north) => {
  const x = east - 2e6, y = northing - 2e6, t = Math.hypot(x, y) / POLAR;
  const lat = t ? Math.atan(geographic((1 / t - t) / 2)) / RAD : 90;
  return [t ? Math.atan2(x, north ? -y : y) / RAD : 0, north ? lat : -lat];
};
const bandOf = lat => BANDS[Math.min(19, Math.floor(lat / 8) + 10)];
const zoneOf = ([lon, lat]) => {
  const at = turned(lon), band = bandOf(lat), zone = Math.floor((at + 180) / 6) % 60 + 1;
  if (band === 'V' && zone === 31 && at >= 3) return 32;
  if (band === 'X' && at >= 0 && at < 42) return at < 9 ? 31 : at < 21 ? 33 : at < 33 ? 35 : 37;
  return zone;
};
const digits = (metres, count) => String(Math.floor(metres % 1e5)).padStart(5, '0').slice(0, count);
const squareLetters = (zone, column, row) =>
  LETTERS[(zone - 1) % 3 * 8 + column - 1] + LETTERS[((row + (zone % 2 ? 0 : 5)) % 20 + 20) % 20];
// `38T PK 54160 36876`, to a metre; `count` digits of five.
const mgrs = (position, count = 5) => {
  const lat = position[1];
  const tail = ([east, north]) => count ? ` ${digits(east, count)} ${digits(north, count)}` : '';
  if (lat >= 84 || lat < -80) {
    const at = ups(position).map(metres => metres + 1e-7), isNorth = lat > 0, isEast = at[0] >= 2e6, least = isNorth ? 13 : 8;
    const [column, row] = at.map(metres => Math.floor(metres / 1e5));
    const letters = UPS_COLUMNS[2 * isNorth + isEast][column - (isEast ? 20 : least)] + LETTERS[row - least];
    return 'ABYZ'[2 * isNorth + isEast] + ' ' + letters + tail(at);
  }
  const zone = zoneOf(position), at = utm(position, zone);
  const [east, north] = [at[0] + 1e-7, at[1] + 1e-7 + (lat < 0 ? 1e7 : 0)];
  return String(zone).padStart(2, '0') + bandOf(lat) + ' ' + squareLetters(zone, Math.floor(east / 1e5), Math.floor(north / 1e5)) + tail([east, north]);
};
// The middle of a reference's square and how wide it is; none of what is no reference.
const ofMgrs = text => {
  const plain = text.toUpperCase().replace(/[\s.]+/g, '');
  const polar = plain.match(/^([ABYZ])([A-Z])([A-Z])((?:\d\d){0,5})$/), utmForm = plain.match(/^(\d{1,2})([C-X])([A-Z])([A-V])((?:\d\d){0,5})$/);
  const found = polar || utmForm;
  if (!found) return null;
  const numbers = found[found.length - 1], half = numbers.length / 2, wide = 10 ** (5 - half);
  const [e, n] = [numbers.slice(0, half), numbers.slice(half)].map(part => +(part || 0) * wide + wide / 2);
  if (polar) {
    const kind = 'ABYZ'.indexOf(polar[1]), isNorth = kind > 1, isEast = kind % 2, least = isNorth ? 13 : 8;
    const column = UPS_COLUMNS[kind].indexOf(polar[2]), row = LETTERS.indexOf(polar[3]);
    if (column < 0 || row < 0 || row >= (isNorth ? 14 : 24)) return null;
    return {position: ofUps([(column + (isEast ? 20 : least)) * 1e5 + e, (row + least) * 1e5 + n], isNorth), wide};
  }
  const zone = +utmForm[1], band = BANDS.indexOf(utmForm[2]);
  const column = LETTERS.indexOf(utmForm[3]) - (zone - 1) % 3 * 8 + 1, row = (LETTERS.indexOf(utmForm[4]) - (zone % 2 ? 0 : 5) + 20) % 20;
  if (zone < 1 || zone > 60 || band < 0 || column < 1 || column > 8 || LETTERS.indexOf(utmForm[4]) < 0) return null;
  const low = 8 * (band - 10), high = band === 19 ? 84 : low + 8;
  let best = null;
  for (let north = row * 1e5 - 1e7; north < 1e7; north += 2e6) {
    const position = ofUtm([column * 1e5 + e, north + n], zone), off = Math.max(low - position[1], position[1] - high, 0);
    if (!best || off < best.off) best = {position, wide, off};
  }
  // Squares are cut by the edges of their zone; their middle may be a little outside.
  return best.off < 1 && Math.abs(turned(best.position[0] - centralMeridian(zone))) < 9 ? best : null;
};
