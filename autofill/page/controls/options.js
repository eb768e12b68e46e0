// The choices of a control.

const aside = (element, side) => {
  const texts = [];
  for (let each = element[side]; each; each = each[side]) {
    if (nodeType(each) === 1 && (is(each, `br,label,${CONTROL}`) || deep(each, CONTROL).length)) break;
    texts.push(textContent(each));
  }
  return single((side === 'nextSibling' ? texts : texts.reverse()).join(''));
};
// Without labels the text behind is a box's own, if each has some and none can be taken for the one before a box.
const memberWords = (member, { members }) => {
  const names = readings(member);
  if (names.length) return names;
  const texts = members.map((each) => aside(each, 'nextSibling'));
  const sure = texts.every((text) => text && !/[:：]$/.test(text)) && /^$|[:：?？]$/.test(aside(members[0], 'previousSibling'));
  return sure ? [plain(texts[members.indexOf(member)])] : [];
};
const optionWords = (option) => [option.label, words(option), textContent(option), attr(option, 'aria-label')]
  .map((text) => single(text || '')).filter(Boolean);
// Items of lists without a role may be suggestions if they were not there before.
const standing = new WeakSet();
const items = () => deep(document, 'li').filter((each) => drawn(each) && !deep(each, 'li').length);
const boxed = (element) => box(element).width > 0 && box(element).height > 0;
// What is drawn in place of options that are there for readers of screens only: each line of text around them.
const linesBeside = (option, opener) => {
  const list = above(option, (each) => is(each, '[role=listbox]')) || option;
  const around = above(list, boxed);
  if (!around || within(around, opener) || is(around, 'form,body,html')) return [];
  const lines = deep(around, '*').filter((each) => !within(list, each) && drawn(each) && single(words(each)));
  return lines.filter((each) => !lines.some((other) => other !== each && within(each, other)));
};
// Nor need they be items of a list: any line of text that lies over the page will do.
const overlaid = () => {
  const over = (element) => /^(absolute|fixed)$/.test(getComputedStyle(element).position);
  const says = (each) => !is(each, WORDLESS) && drawn(each) && [...children(each)].some((node) => nodeType(node) === 3 && single(textContent(node)));
  const blockOf = (each) => (getComputedStyle(each).display.startsWith('inline') && around(each) ? blockOf(around(each)) : each);
  const blocks = new Set(deep(document.body, '*').filter(says).map(blockOf));
  // What is said to readers of screens only is no option.
  const cutOff = (each) => dot(each) && getComputedStyle(each).overflow !== 'visible';
  const spoken = (each) => cutOff(each) || is(each, '[aria-live],[role=log],[role=status],[role=alert]');
  return [...blocks].filter((each) => (over(each) || above(each, over)) && !dot(each) && !spoken(each) && !above(each, spoken));
};
// The lists that an element says are its own.
const listsOf = (element) => [element, wrapperOf(element)].filter(Boolean)
  .flatMap((each) => `${attr(each, 'aria-controls') || ''} ${attr(each, 'aria-owns') || ''}`.split(/\s+/)).filter(Boolean)
  .flatMap((id) => all(rootOf(element), `[id=${CSS.escape(id)}]`));
const dialogOf = ({ element, unclear }) => (unclear && is(element, OPENER) ? deep(document, 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]').filter(drawn).pop() : null);
const popup = (candidate, texts = []) => {
  const { element, behind } = candidate;
  const options = (node) => inside(node, OPTION).filter(drawn);
  const shown = (found) => (found.some(boxed) ? found : linesBeside(found[0], element));
  const dialog = dialogOf(candidate);
  if (dialog) return inside(dialog, `${OPTION},[role=radio],[role=checkbox]`).filter(drawn);
  for (const list of listsOf(element)) if (options(list).length) return shown(options(list));
  // What has been chosen already may be drawn as options, too, beside the native list.
  const offered = (node) => options(node).filter((each) => behind?.localName !== 'select' || !within(around(behind), each));
  for (const those of [offered, options]) for (let node = element; node; node = parentOf(node)) if (those(node).length) return shown(those(node));
  const lines = items().filter((each) => !standing.has(each));
  if (lines.length || !texts.length) return lines;
  // Labels and hints may lie there, too: without any that says it, there is no list.
  const over = overlaid().filter((each) => !standing.has(each));
  const asked = texts.map((each) => plain(each).toLowerCase());
  return over.some((each) => optionWords(each).some((text) => asked.includes(plain(text).toLowerCase()))) ? over : [];
};
const ofSeveral = (option) => Boolean(option && (role(option) === 'menuitemcheckbox' || above(option, (each) => is(each, '[aria-multiselectable=true]'))));
const optionsOf = (candidate, texts) => {
  const { element, does, members } = candidate;
  if (does === 'select') return [...element.options].filter((each) => !each.disabled);
  if (does === 'pair') return candidate.lists.flatMap(itemsOf);
  if (members.length) return members;
  if (does === 'listbox') return inside(element, OPTION);
  return does === 'datalist' ? [...element.list.options] : popup(candidate, texts);
};
const offers = (candidate, option, text, fold) => {
  return (candidate.members.length ? memberWords(option, candidate) : optionWords(option)).some((each) => fold(plain(each)) === fold(plain(text)));
};
// Exactly, or else however it is capitalised; one number for each option that says it.
const picked = (candidate, list, text) => {
  const saying = (wanted, fold) => list.flatMap((each, n) => (offers(candidate, each, wanted, fold) ? [candidate.does === 'select' ? each.index : n] : []));
  const exact = saying(text, (words) => words);
  return exact.length ? exact : saying(text, (words) => words.toLowerCase());
};
// Whether what goes in has to be one of the options, and they can be seen by now.
const limited = ({ does }, { options, open, kind }) => {
  if (!options.length) return false;
  if (does === 'datalist') return /^(choice|select|combobox)$/.test(kind || '');
  return /^(select|radios|boxes|toggles|listbox|pair)$/.test(does) || Boolean(open);
};
