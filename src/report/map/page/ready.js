// What is not needed at once is made when the page has been shown.
let arePanelsBuilt = false;
const buildPanels = () => {
  if (arePanelsBuilt) return;
  arePanelsBuilt = true;
  buildFacets();
  buildTime();
};
isReady = true;
root.dataset.ready = Math.round(performance.now());
setTimeout(() => {
  drawGrid();
  placeLabels();
  $('filter').hidden = !total;
  buildPanels();
  restore();
  read([view.x, view.y]);
  root.dataset.tools = 'ready';
});
