// Numbers, times and places as they are read.
const length = metres => metres < 1000 ? Math.round(metres) + ' m' : (metres / 1000).toFixed(metres < 100000 ? 2 : 1) + ' km';
const degreesText = ([lon, lat], decimals = 5) =>
  `${Math.abs(lat).toFixed(decimals)}\u00b0${lat < 0 ? 'S' : 'N'} ${Math.abs(lon).toFixed(decimals)}\u00b0${lon < 0 ? 'W' : 'E'}`;
const bearingText = deg => String(deg).padStart(3, '0') + '\u00b0';
// A name of any direction within a sentence that runs from left to right.
const isolated = text => `\u2068${text}\u2069`;

// Times are in the zone of the map, made when it is needed; in UTC where the browser does not know it.
let zoneForm;
const zoned = () => {
  if (zoneForm === undefined) {
    zoneForm = null;
    try {
      if (data.zone) zoneForm = new Intl.DateTimeFormat('sv-SE', {timeZone: data.zone, dateStyle: 'short', timeStyle: 'short'});
    } catch {}
  }
  return zoneForm;
};
const zoneName = () => zoned() ? data.zone : 'UTC';
const iso = minute => new Date(minute * 60000).toISOString().slice(0, 16);
const localText = minute => zoned() ? zoned().format(new Date(minute * 60000)) : iso(minute).replace('T', ' ');
// How far the zone is from UTC at a minute since 1970, in minutes.
const offset = minute => Math.round((Date.parse(localText(minute).replace(' ', 'T') + 'Z') / 60000) - minute);
const DAY = 1440;
const dayOf = minute => Math.floor((minute + offset(minute)) / DAY);
// The minute of a local time, where clocks are changed the later one.
const ofLocal = local => { const near = local - offset(local); return local - offset(near); };
const startOf = day => {
  let at = ofLocal(day * DAY);
  while (dayOf(at) < day) at += 30;
  return at;
};
const timeText = minute => `${localText(minute)} ${zoneName()}`;
const dayText = day => new Date(day * DAY * 60000).toISOString().slice(0, 10);
const whenText = n => {
  if (!times || times[n] === NONE) return '';
  return lasting() && lasting()[n] ? `${dayText(dayOf(times[n]))}, time of day unknown` : timeText(times[n]);
};
