map.addEventListener('wheel', event => {
  event.preventDefault();
  zoom(Math.exp(Math.max(-.6, Math.min(.6, event.deltaY * .002))), placeOf(event));
}, {passive: false});
const fingers = new Map();
let moved = false;
map.addEventListener('pointerdown', event => {
  if (!fingers.size) moved = false;
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
addEventListener('pointermove', event => {
  const last = fingers.get(event.pointerId);
  if (!last) return;
  const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
  if (!moved && Math.hypot(dx, dy) < 4) return;
  moved = true;
  map.classList.add('drag');
  if (fingers.size === 2) {
    const [, other] = [...fingers].find(([id]) => id !== event.pointerId);
    const before = Math.hypot(last[0] - other[0], last[1] - other[1]), now = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
    if (before > 0 && now > 0) zoom(before / now, placeOf({clientX: (event.clientX + other[0]) / 2, clientY: (event.clientY + other[1]) / 2}));
  } else {
    view.x -= dx * k;
    view.y -= dy * k;
    draw();
  }
  fingers.set(event.pointerId, [event.clientX, event.clientY]);
});
const lift = event => {
  fingers.delete(event.pointerId);
  if (!fingers.size) map.classList.remove('drag');
};
addEventListener('pointerup', lift);
addEventListener('pointercancel', lift);
