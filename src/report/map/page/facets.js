// Lists of values to choose from, made when they are opened.
const MOST_VALUES = 40;
const facetList = (name, holder) => {
  const facet = facets[name], names = facet.names(), counts = new Map(), wanted = holder.dataset.search || '';
  for (let n = 0; n < total; n++) {
    if (!passes(n, name)) continue;
    for (const value of facet.of(n)) counts.set(value, (counts.get(value) || 0) + 1);
  }
  for (const value of filter[name]) if (!counts.has(value)) counts.set(value, 0);
  const label = value => value === NO_VALUE ? 'none' : names[value];
  const found = [...counts].filter(([value]) => !wanted || label(value).toLowerCase().includes(wanted));
  found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  holder.replaceChildren(...found.slice(0, MOST_VALUES).map(([value, many]) => {
    const box = make('input', {type: 'checkbox', checked: filter[name].has(value)});
    box.dataset.value = value;
    box.addEventListener('change', () => {
      if (box.checked) filter[name].add(value); else filter[name].delete(value);
      applyFilter();
      const again = holder.querySelector(`[data-value="${value}"]`);
      if (again) again.focus();
    });
    return make('label', {}, box, make('span', {dir: 'auto', textContent: label(value)}), make('span', {className: 'count', textContent: number(many)}));
  }));
  if (found.length > MOST_VALUES) holder.append(make('p', {className: 'hint', textContent: `${found.length - MOST_VALUES} more: search for them above`}));
};
const refreshFacets = () => {
  for (const panel of document.querySelectorAll('.facet')) {
    const name = panel.dataset.facet, many = filter[name].size;
    panel.querySelector('.state').textContent = many ? `${many} chosen` : 'all';
    if (panel.open) facetList(name, panel.querySelector('.values'));
  }
};
const buildFacets = () => {
  for (const [name, facet] of Object.entries(facets)) {
    const has = name === 'corridor' ? data.corridor.length && data.corridor_of : name === 'post' ? data.post.length && data.post_of : data.known[name].length;
    if (!has) continue;
    const values = make('div', {className: 'values', role: 'group', ariaLabel: facet.title});
    const panel = make('details', {className: 'facet'}, make('summary', {}, facet.title, make('span', {className: 'state', textContent: 'all'})), values);
    panel.dataset.facet = name;
    panel.addEventListener('toggle', () => {
      if (!panel.open) return;
      if (!panel.querySelector('input[type=search]') && facet.names().length > 12) {
        const search = make('input', {type: 'search', ariaLabel: `Search values: ${facet.title}`, placeholder: 'Search values'});
        search.addEventListener('input', () => { values.dataset.search = search.value.trim().toLowerCase(); facetList(name, values); });
        values.before(search);
      }
      facetList(name, values);
    });
    $('facets').append(panel);
  }
};
