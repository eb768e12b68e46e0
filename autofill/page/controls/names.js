// What a control is called: its words as people read them.

const WORDLESS = `script,style,template,${NATIVE},[role=combobox],[role=listbox],[role=textbox],[aria-hidden=true]`;
const words = (node, every = false, but = WORDLESS) => {
  let text = '';
  const root = (nodeType(node) === 1 && shadowOf(node)) || node;
  const inside = root.localName === 'slot' ? root.assignedNodes() : [];
  for (const each of inside.length ? inside : children(root)) {
    if (nodeType(each) === 3) text += textContent(each);
    if (nodeType(each) !== 1 || (is(each, `${WORDLESS},${but}`) && !(every && !is(each, 'script,style,template')))) continue;
    const style = getComputedStyle(each);
    if (style.display === 'none') continue;
    const line = style.display.startsWith('inline') || style.display === 'contents' ? '' : '\n';
    text += line + (each.localName === 'img' ? attr(each, 'alt') || '' : each.localName === 'br' ? '\n' : words(each, every, but)) + line;
  }
  return text;
};
const named = (element) => {
  const root = rootOf(element);
  const byId = (id) => all(root, `[id=${CSS.escape(id)}]`)[0];
  const ids = (attr(element, 'aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const labelled = ids.map(byId).filter(Boolean).map((each) => words(each));
  return [labelled.join(' '), attr(element, 'aria-label') || '', ...labelled];
};
const labelsOf = (element) => {
  const native = element.labels ? [...element.labels] : [];
  const id = element.id && typeof element.id === 'string' ? element.id : '';
  const said = native.length || !id ? native : all(rootOf(element), `label[for=${CSS.escape(id)}]`);
  // A label around something that is none of the browser's own controls labels it all the same; so does one that a
  // browser takes for that of the button for help in it.
  const outer = said.length ? null : above(element, (each) => is(each, 'label') && (is(element, NATIVE)
    ? is(each.control, 'button') && deep(each, CONTROL).length === 1
    : !each.control || each.control === element || is(each.control, 'button')));
  return said.length ? said : outer ? [outer] : labelsAround(element);
};
// Those of something around it that is no control itself, and holds no other; of the browser's own controls, those of
// the element in whose shadow they are.
const labelsAround = (element) => {
  const { host } = rootOf(element);
  const around = host && deep(rootOf(element), CONTROL).length === 1 && above(host, (each) => is(each, 'label'));
  if (around && [host, null].includes(around.control)) return [around];
  for (let up = is(element, NATIVE) ? host : parentOf(element), far = 0; up && far < 5 && nodeType(up) === 1; up = parentOf(up), far += 1) {
    if (deep(up, CONTROL).length > 1) break;
    const said = attr(up, 'id') ? all(rootOf(up), `label[for=${CSS.escape(attr(up, 'id'))}]`) : [];
    if (said.length) return said;
  }
  return [];
};
// Everything that a control is called; the first line of a label that says more is a name, too.
// Of several labels each is a name, and so are all together, as browsers read them.
const labels = (element) => {
  const said = labelsOf(element);
  const texts = said.map((label) => words(label));
  // What stands on a button for help in a label is none of it.
  const bare = said.filter((label) => deep(label, OPENER).length).map((label) => words(label, false, OPENER));
  return [...texts, ...bare, ...(texts.length > 1 ? [texts.join(' ')] : [])].flatMap((text) => [text, text.trim().split('\n')[0]]);
};
const CONTENT = '[role=switch],[role=checkbox],[role=radio],[role=option],[role=button],button,label,li';
const legendOf = (group) => all(group, 'legend').find((each) => parentNode(each) === group);
const own = (element) => {
  let texts = [...named(element), ...labels(element)];
  const legend = element.localName === 'fieldset' && legendOf(element);
  if (legend) texts.push(words(legend));
  if (!texts.some(single) && is(element, CONTENT)) texts = [words(element)];
  return [...new Set(texts.map(plain).filter(Boolean))];
};
// What nobody calls a control by if it has a name.
const HINTS = ['title', 'placeholder', 'aria-placeholder'];
const readings = (element) => {
  const names = own(element);
  return names.length ? names : HINTS.map((name) => plain(attr(element, name) || '')).filter(Boolean).slice(0, 1);
};
