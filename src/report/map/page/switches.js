// Buttons of the view, and what is shown of the layers.
$('in').addEventListener('click', () => zoom(.6));
$('out').addEventListener('click', () => zoom(1 / .6));
$('whole').addEventListener('click', () => { whole(); draw(); });
for (const box of document.querySelectorAll('[data-layer]'))
  box.addEventListener('change', () => {
    $('layer-' + box.dataset.layer).classList.toggle('hide', !box.checked);
    drawGrid();
    placeLabels();
  });
