// On paper the map is as wide as its page, and as high as it is.
const print = is => () => {
  isPrinting = is;
  if (isWhole) whole();
  draw(false);
  ring();
};
addEventListener('beforeprint', print(true));
addEventListener('afterprint', print(false));
