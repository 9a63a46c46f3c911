// Where the pointer is, or the middle of the map for those who move it by keys.
let reading = 0;
const read = place => {
  cancelAnimationFrame(reading);
  reading = requestAnimationFrame(() => {
    const position = unproject(place);
    $('readout').hidden = !position;
    $('degrees').textContent = position ? degreesText(position) : '';
    $('mgrs').textContent = position ? mgrs(position) : '';
  });
};
map.addEventListener('pointermove', event => { if (event.pointerType !== 'touch') read(placeOf(event)); });
