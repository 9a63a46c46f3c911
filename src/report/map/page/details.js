// The details: what matters first, then every field; always as text.
const blank = heading => {
  $('what').textContent = heading;
  $('hint').hidden = true;
  for (const id of ['lead', 'answers', 'fields', 'several']) $(id).replaceChildren();
};
const line = (term, ...value) => $('answers').append(make('dt', {textContent: term}), make('dd', {dir: 'auto'}, ...value));
// A long value goes below its name.
const field = (term, value) => {
  const isLong = term.length > 22 || value.length > 60;
  $('fields').append(make('dt', {dir: 'auto', textContent: term, className: isLong ? 'long' : ''}),
    make('dd', {dir: 'auto', textContent: value, className: isLong ? 'long' : ''}));
};
const candidates = (term, kind, all) => {
  if (!all.length) return;
  const rows = [], isOnly = all.length === 4;
  for (let i = 0; i < all.length; i += 4) {
    const [n, percent, least, most] = all.slice(i, i + 4);
    const share = isOnly ? 'certain' : percent === 0 ? 'under 1 %' : percent === 100 ? 'over 99 %' : percent + ' %';
    const bar = element('svg', {class: 'share', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true'});
    bar.append(element('rect', {class: 'all', width: 100, height: 4}), element('rect', {width: Math.max(1, percent), height: 4}));
    rows.push(make('li', {}, button(data[kind][n][0], () => choose(kind, n, true), {className: 'plain', dir: 'auto'}),
      make('span', {className: 'percent', textContent: share}), bar, make('small', {textContent: `${length(least)} to ${length(most)} away`})));
  }
  const shown = rows.slice(0, 8), list = make('ul', {className: 'candidates'}, ...shown);
  line(term, list);
  if (rows.length > 8) {
    const more = button(`${rows.length - 8} more`, () => { list.append(...rows.slice(8)); more.remove(); }, {className: 'plain'});
    $('answers').lastChild.append(more);
  }
};
const FORMS = {circle: 'a position with an uncertainty', grid: 'a grid square', sector: 'a direction and a distance from a post',
  ray: 'a direction from a post', route: 'a place along a route', fix: 'several observations', position: 'a position'};
const corridorsOf = n => data.corridors && data.corridors[n] || [indexIn('corridor_of', n)].filter(c => c >= 0);
const namesOf = corridors => corridors.map(c => isolated(data.corridor[c][0])).join(', ');
const tellCertainty = n => {
  const region = data.regions[n], where = $('lead');
  const positions = positionsOf(n);
  const say = (mark, words) => where.append(make('p', {className: 'certainty ' + mark}, make('span', {ariaHidden: 'true', className: 'mark'}), words));
  if (whyNot(n)) return say('nowhere', `Not located: ${whyNot(n)}`);
  if (!region) return say('exact', positions.length > 1 ? `One of ${positions.length} exact positions; the nearest counts` : 'Exact position');
  const area = region[1] ? ` of ${number(region[1], region[1] < 10 ? 2 : 0)} km\u00b2` : '';
  say('region', `Described location: somewhere within its region${area} (${FORMS[data.forms[region[0]]] || data.forms[region[0]]})`);
  if (data.remarks[n]) where.append(make('p', {className: 'remark', dir: 'auto', textContent: data.remarks[n]}));
};
const tellNearest = n => {
  const region = data.regions[n], post = indexIn('post_of', n), route = indexIn('route_of', n);
  if (region) {
    candidates('Nearest post', 'post', region[2]);
    candidates('Nearest route', 'route', region[3]);
  }
  if (post >= 0) {
    const deg = column('post_deg', raw => new Uint16Array(raw.buffer))[n];
    line(region ? 'Post, from the middle' : 'Nearest post', make('b', {textContent: length(floats('post_m')[n])}),
      (deg === 65535 ? '' : ` on ${bearingText(deg)}`) + ' from ', button(data.post[post][0], () => choose('post', post, true), {className: 'plain', dir: 'auto'}));
  }
  if (route >= 0) {
    const side = ['on the route', 'left', 'right'][column('side', raw => raw)[n]], off = floats('offset_m')[n];
    line(region ? 'Route, from the middle' : 'Nearest route', button(data.route[route][0], () => choose('route', route, true), {className: 'plain', dir: 'auto'}),
      ` km ${(floats('along_m')[n] / 1000).toFixed(1)}, ${side === 'on the route' ? side : length(off) + ' ' + side}`);
  }
  const corridors = corridorsOf(n), whole = region ? region[4] || [] : corridors, maybe = corridors.filter(c => !whole.includes(c));
  if (whole.length) line('Corridor', namesOf(whole));
  if (maybe.length) line('Possibly in corridor', namesOf(maybe));
  if (data.corridor.length && !corridors.length && !whyNot(n)) line('Corridor', 'outside all corridors');
  const positions = positionsOf(n);
  if (positions.length === 1) line(region ? 'Middle' : 'Position', degreesText(positions[0]), make('br'), mgrs(positions[0]));
};
const tell = (kind, n) => {
  const row = data[kind][n];
  blank(nameOf(kind, n));
  $('details').classList.add('filled');
  if (kind === 'incident') {
    const kindText = said(row, 'type'), status = said(row, 'status'), name = said(row, 'name'), when = whenText(n);
    if (name && name !== row[0]) $('lead').append(make('p', {className: 'name', dir: 'auto', textContent: name}));
    const facts = [kindText, status].filter(Boolean).map(text => make('span', {className: 'fact', dir: 'auto', textContent: text}));
    if (facts.length) $('lead').append(make('p', {className: 'facts'}, ...facts));
    if (when) $('lead').append(make('p', {className: 'when', textContent: when}));
    tellCertainty(n);
    tellNearest(n);
  }
  // What is at the head already is not said again.
  const above = kind === 'incident' ? ['type', 'status', 'name'].flatMap(name => data.known[name]) : [];
  for (let i = 2; i < row.length; i += 2) if (row[i + 1] !== '' && !above.includes(row[i])) field(data.keys[row[i]], row[i + 1]);
};
