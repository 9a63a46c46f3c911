// Pointing, clicking and the keys of the map.
map.addEventListener('pointerover', event => {
  const item = event.target.closest('.it');
  if (item && !chosen) tell(item.dataset.k, +item.dataset.n);
});
map.addEventListener('focusin', event => {
  const item = event.target.closest('.it');
  if (item && !chosen) tell(item.dataset.k, +item.dataset.n);
});
map.addEventListener('click', event => {
  if (moved) return;
  if (measuring) return addPoint(placeOf(event));
  const item = event.target.closest('.it');
  if (item) return choose(item.dataset.k, +item.dataset.n);
  if (!data.binned || $('layer-incidents').classList.contains('hide')) return clear();
  const [x, y] = placeOf(event);
  if (singles.length) {
    let best = null;
    for (const i of singles) {
      const d = Math.hypot(places[i] / 100 - x, places[i + 1] / 100 - y) / k;
      if (d < 9 && (!best || d < best.d)) best = {d, n: places[i + 2]};
    }
    if (!best) return clear();
    const same = singles.filter(i => Math.hypot(places[i] / 100 - x, places[i + 1] / 100 - y) / k < best.d + .5).map(i => places[i + 2]);
    return same.length > 1 ? list(`${same.length} incidents at one place`, same) : choose('incident', best.n);
  }
  const cell = cells.get(cellOf(x, y).key);
  if (!cell) return clear();
  const more = cell.list.length > 50 ? ', the first 50' : '';
  list(`${cell.list.length} incident${cell.list.length > 1 ? 's' : ''} in this hexagon${more}`, cell.list);
});
map.addEventListener('keydown', event => {
  const item = event.target.closest('.it');
  if (measuring && event.key === 'Enter') { event.preventDefault(); return addPoint([view.x, view.y]); }
  if (measuring && event.key === 'Backspace') { event.preventDefault(); return $('undo').click(); }
  if ((event.key === 'Enter' || event.key === ' ') && item) {
    event.preventDefault();
    return choose(item.dataset.k, +item.dataset.n);
  }
  const done = {
    '+': () => zoom(.7), '=': () => zoom(.7), '-': () => zoom(1 / .7), '0': () => { whole(); draw(); },
    ArrowLeft: () => pan(-.1, 0), ArrowRight: () => pan(.1, 0), ArrowUp: () => pan(0, -.1), ArrowDown: () => pan(0, .1),
    Escape: () => measuring ? measure(false) : clear(),
  }[event.key];
  if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  done();
  read([view.x, view.y]);
});
// Who can't drag comes everywhere by this.
map.addEventListener('dblclick', event => {
  if (!measuring) moveTo(...placeOf(event), view.w / 2);
});
