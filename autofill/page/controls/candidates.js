// Everything on a page that can be filled, each with its names.

const candidates = (root, kind) => {
  const elements = deep(root, CONTROL).filter((each) => !isTwin(each) && !standsIn(each) && !(is(each, '[role=combobox],[role=textbox],[role=searchbox]')
    && !is(each, NATIVE) && deep(each, NATIVE).some(drawn)));
  const found = standingIn(root, elements.map((element) => ({ element, does: behaviour(element), names: readings(element), members: [] })));
  const loose = new Map();
  for (const each of elements) {
    const does = behaviour(each);
    const key = does === 'radio' ? each.name || together(each) : does === 'yes-no' && each.name;
    if (!key) continue;
    const members = loose.get(key) || [];
    if (!members.length || members[0].form === each.form) loose.set(key, [...members, each]);
  }
  for (const members of loose.values()) {
    if (members.length < 2) continue;
    const does = behaviour(members[0]) === 'radio' ? 'radios' : 'boxes';
    found.push({ element: members[0], does, names: [], members, loose: true });
  }
  for (const around of new Set(elements.filter((each) => is(each, 'select')).map(parentOf))) {
    const selects = nodeType(around) === 1 && !is(around, GROUP) ? deep(around, 'select') : [];
    const members = selects.length === 3 && dateParts(selects);
    if (members) found.push({ element: selects[0], does: 'parts', names: [], members, loose: true });
  }
  // A label may be for what is around controls; or for nothing, and then what comes next has them.
  const labelled = new Map();
  for (const label of deep(root, 'label[for]').filter((each) => !each.control)) {
    const meant = all(rootOf(label), `[id=${CSS.escape(attr(label, 'for'))}]`)[0];
    const place = meant || label.nextElementSibling;
    const inside = place ? found.filter(({ element }) => within(place, element)) : [];
    if (meant && inside.length === 1 && inside[0].element !== place) inside[0].names = [...new Set([...inside[0].names, ...readings(place)])];
    else if (inside.length > 1 && !is(place, 'label')) labelled.set(place, [plain(words(label))]);
  }
  for (const group of new Set([...deep(root, GROUP), ...labelled.keys()])) {
    const what = groupOf(group);
    const names = [...new Set([...readings(group), ...labelled.get(group) || []])];
    const lists = pairOf(group);
    if (lists && names.length) found.push({ element: group, does: 'pair', names, members: [], lists });
    if (what && names.length) found.push({ element: group, names, ...what });
    else if (what && what.members.length > 1 && !found.some(({ loose: any, members }) => any && members[0] === what.members[0])) {
      found.push({ element: what.members[0], names: [], ...what, loose: true });
    }
  }
  for (const members of toggleRows(root, elements)) {
    if (!found.some((each) => each.members.includes(members[0]))) found.push({ element: members[0], does: 'toggles', names: [], members, loose: true });
  }
  for (const [element, names] of unclearOpeners(root)) found.push({ element, does: 'list', names, members: [], unclear: true });
  if (kind === 'file') for (const element of openers(root)) found.push({ element, does: 'chooser', names: readings(element), members: [] });
  // Where the map speaks of a choice, a field in which nobody can type may open its list at a click.
  if (kind === 'choice') for (const each of found) if (each.does === 'text' && is(each.element, 'input') && each.element.readOnly) each.does = 'list';
  if (kind === 'date') {
    for (const element of openers(root).filter((each) => attr(each, 'aria-haspopup') === 'grid')) found.push({ element, does: 'list', names: readings(element), members: [], unclear: true });
    for (const each of found) if (onlyClicked(each)) each.does = 'calendar';
  }
  return found;
};
// A day that is clicked in a calendar: over a field that takes no keys, or a button
const openers = (root) => deep(root, OPENER).filter((each) => !deep(each, OPENER).length);
const onlyClicked = ({ element, does, unclear }) => (is(element, 'input') ? /^(text|typeahead|list)$/.test(does) && (element.readOnly || attr(element, 'inputmode') === 'none')
  : unclear && is(element, OPENER) && element.type !== 'submit');
const lone = (candidate, others) => candidate.does !== 'radio'
  || !others.some((each) => each.members.length > 1 && each.members.includes(candidate.element));
