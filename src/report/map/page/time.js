let showTime = () => {};
if (times) {
  const known = times.filter(t => t !== NONE);
  let first = Infinity, last = -Infinity;
  for (const t of known) { first = Math.min(first, t); last = Math.max(last, t); }
  const without = times.length - known.length;
  let text = t => new Date(t * 60000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
  if (data.zone) {
    // Of a zone that the browser does not know UTC stays.
    try {
      const local = new Intl.DateTimeFormat('sv-SE', {timeZone: data.zone, dateStyle: 'short', timeStyle: 'short'});
      text = t => `${local.format(new Date(t * 60000))} ${data.zone}`;
    } catch {}
  }
  showTime = () => {
    const part = $('until').value / 1000;
    until = part >= 1 ? Infinity : Math.floor(first + part * (last - first));
    let shown = 0;
    for (let n = 0; n < times.length; n++) {
      const is = isShown(n);
      shown += is;
      for (const part of parts.get(n) || []) part.classList.toggle('late', !is);
    }
    $('shown').textContent = `Up to ${text(until === Infinity ? last : until)}: ${shown} of ${times.length}` + (without ? ` (${without} without a time, always shown)` : '');
    $('until').setAttribute('aria-valuetext', text(until === Infinity ? last : until));
    count();
    placeLabels();
  };
  $('time').hidden = false;
  $('until').addEventListener('input', showTime);
}
