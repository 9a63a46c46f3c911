$('search').addEventListener('submit', event => {
  event.preventDefault();
  const wanted = $('query').value.trim(), low = wanted.toLowerCase();
  if (!wanted) return;
  const tests = [row => row[0] === wanted, row => row[0].toLowerCase() === low,
    row => row[0].toLowerCase().includes(low) || row[1].toLowerCase().includes(low)];
  for (const test of tests) {
    const found = [];
    for (const kind of kinds) data[kind].forEach((row, n) => { if (test(row)) found.push([kind, n]); });
    if (found.length === 1) return choose(...found[0], true);
    if (found.length) return list(`${found.length} found${found.length > 50 ? ', the first 50' : ''}`, found, one => one[0]);
  }
  clear();
  $('what').textContent = 'Nothing found';
});
