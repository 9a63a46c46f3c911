// The map's part of a sheet of paper, in pixels of CSS, where the page has one.
const sheet = $('sheet') && $('sheet').dataset, paper = sheet && [+sheet.width, +sheet.height];
// In print the scale is in the title block, where it hides nothing of the map. What is printed may be another view than the
// whole: its fraction is that of the view.
const sayScale = () => {
  if (!sheet) return;
  if (!isPrinting) return map.append($('scale'));
  $('sheet-scale').append($('scale'));
  $('scale').setAttribute('transform', 'translate(8 52)');
  const exact = k * data.mpp / (.0254 / 96), three = 10 ** (Math.floor(Math.log10(exact)) - 2), near = Math.round(exact / three) * three;
  const about = Math.abs(near / exact - 1) < 1e-4 ? '' : 'about ';
  $('fraction').textContent = `${about}1:${near.toLocaleString('en', {maximumFractionDigits: 2})} at ${sheet.paper}`;
};
