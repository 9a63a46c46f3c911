// The first drawing, and those of a pane of another size.
whole();
draw(false);
sayFilter();
let [width, height] = size();
new ResizeObserver(() => {
  const [w, h] = size();
  if (w === width && h === height) return;
  [width, height] = [w, h];
  if (isWhole) whole(); else clamp();
  draw();
  drawRows();
}).observe($('pane'));
