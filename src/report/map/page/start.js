// The first drawing, and those of a pane of another size.
whole();
draw(false);
showTime();
let width = size()[0];
new ResizeObserver(() => {
  const [w] = size();
  if (w === width) return draw();
  const isWhole = view.w >= data.width - 1;
  width = w;
  if (isWhole) whole();
  draw();
}).observe($('pane'));
