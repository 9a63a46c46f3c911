// On paper the map is as wide as its page, and as high as it is; on a sheet it has its part of it.
const print = is => () => {
  isPrinting = is;
  // Names keep off the scale where it is over the map.
  if (!is) sayScale();
  if (isWhole) whole();
  draw(false);
  ring();
  if (is) sayScale();
};
addEventListener('beforeprint', print(true));
addEventListener('afterprint', print(false));
