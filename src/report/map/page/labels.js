const labels = [...map.querySelectorAll('.lb')];
const order = ['il', 'pl', 'kl'];
labels.sort((a, b) => order.findIndex(c => a.classList.contains(c)) - order.findIndex(c => b.classList.contains(c)));
let boxes = null;
// Labels that would lie on another are left out, anew at each zoom.
const placeLabels = () => {
  if (labels.length > 4000) return;
  if (!boxes) {
    labels.forEach(label => label.classList.remove('off'));
    boxes = labels.map(label => {
      const {x, y, width, height} = label.getBBox(), at = label.closest('[data-x]').dataset;
      return {x, y, width, height, px: +at.x, py: +at.y, holder: label.closest('[id^=layer-]'), item: label.closest('.it')};
    });
  }
  const cell = 60, grid = new Map(), left = view.x - view.w / 2, top = view.y - view.w / 2;
  const free = box => {
    const cells = [];
    for (let i = Math.floor(box[0] / cell); i <= box[2] / cell; i++)
      for (let j = Math.floor(box[1] / cell); j <= box[3] / cell; j++) {
        const key = i + ' ' + j, taken = grid.get(key) || [];
        if (taken.some(t => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) return false;
        cells.push([key, taken]);
      }
    cells.forEach(([key, taken]) => grid.set(key, [...taken, box]));
    return true;
  };
  for (const item of map.querySelectorAll('.it[data-x]')) {
    if (item.classList.contains('late') || item.parentNode.classList.contains('hide')) continue;
    const x = (item.dataset.x - left) / k, y = (item.dataset.y - top) / k;
    for (let i = Math.floor((x - 5) / cell); i <= (x + 5) / cell; i++)
      for (let j = Math.floor((y - 5) / cell); j <= (y + 5) / cell; j++)
        grid.set(i + ' ' + j, [...grid.get(i + ' ' + j) || [], [x - 5, y - 5, x + 5, y + 5]]);
  }
  labels.forEach((label, i) => {
    const b = boxes[i];
    if (b.holder.classList.contains('hide') || b.item && b.item.classList.contains('late')) return;
    const x = (b.px - left) / k + b.x, y = (b.py - top) / k + b.y;
    label.classList.toggle('off', !free([x, y, x + b.width, y + b.height]));
  });
};
// Those of the graticule that would run out of the map too.
const angles = [...map.querySelectorAll('#layer-graticule text')].map(label =>
  ({label, x: +label.parentNode.getAttribute('transform').match(/-?[\d.]+/)[0], width: 0}));
const placeAngles = () => angles.forEach(angle => {
  angle.width ||= angle.label.getComputedTextLength();
  angle.label.classList.toggle('off', angle.x + angle.width * k > data.width);
});
