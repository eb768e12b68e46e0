// What a control holds, as its page shows it.

const checked = (element) => (is(element, 'input') ? element.checked : [attr(element, 'aria-checked'), attr(element, 'aria-pressed')].includes('true'));
const chosen = (list) => list.filter((each) => attr(each, 'aria-selected') === 'true' || attr(each, 'aria-checked') === 'true');
const two = (value) => String(value).padStart(2, '0');
const partsOf = ([year, month, day], iso) => {
  const [y, m, d] = (iso || '').split('-').map(Number);
  // What is typed has no number of its own.
  const saying = (part, wanted) => (is(part, 'input') ? [-1] : real(part).filter((each) => number(each) === wanted).map((each) => each.index));
  return [saying(year, y), !m ? [] : is(month, 'input') ? [-1] : [real(month)[m - 1].index], saying(day, d)];
};
const partsHeld = ([year, month, day]) => {
  const value = (part) => (is(part, 'input') ? Number(part.value) || 0 : part.value === '' || !part.selectedOptions[0] ? 0 : number(part.selectedOptions[0]));
  const ofYear = is(month, 'input') ? value(month) : month.value === '' ? 0 : real(month).indexOf(month.selectedOptions[0]) + 1;
  return value(year) && ofYear && value(day) ? `${value(year)}-${two(ofYear)}-${two(value(day))}` : '';
};
// What stands beside an empty input that its widget took the words out of. A button that opens the list of a field beside
// it, and what is there for readers of screens, are no fields of their own.
const drawnAround = (input) => {
  const others = (each) => deep(each, CONTROL).filter((other) => other !== input && !is(other, OPENER) && !tiny(other));
  const around = above(input, (each) => single(words(each)) || others(each).length > 0);
  return around && !others(around).length && !labelsOf(input).some((each) => within(around, each)) ? around : null;
};
const drawnBy = (input) => (drawnAround(input) ? single(words(drawnAround(input))) : '');
// A name that is drawn inside of what it is the name of is none of its words; alone, it is what was chosen, as some
// lists are called by that.
const wordsIn = (element) => {
  const lines = words(element).split('\n').filter(single);
  return lines.slice(lines.length > 1 && single(lines[0]) === single(attr(element, 'aria-label') || '') ? 1 : 0).join('\n');
};
const piecesBeside = (input) => [...children(drawnAround(input) || input)].map((each) => single(textContent(each))).filter(Boolean).join('\n');
const fileNames = (input) => Array.from(input.files, (each) => each.name).join('\n');
const uploaded = (button) => {
  const around = above(button, (each) => deep(each, '[type=file i]').length || is(each, 'form,body'));
  return around ? deep(around, '[type=file i]').map(fileNames).filter(Boolean).join('\n') : '';
};
// What the native list behind it says, one a line, if that is what is drawn; not all of them are kept up.
const heldBehind = ({ behind, does }) => {
  if (behind?.localName !== 'select' || !/^(list|typeahead)$/.test(does)) return '';
  const chosen = [...behind.selectedOptions].filter((each) => each.value !== '').map((each) => single(each.label));
  const shown = single(words(around(behind), true));
  if (chosen.length && chosen.every((each) => each && shown.includes(each))) return chosen.join('\n');
  // Or what is drawn as chosen, without the buttons that take it away again.
  const bare = (option) => single([...children(option)].filter((each) => nodeType(each) !== 1 || !is(each, 'button,[role=button]')).map(textContent).join(''));
  return deep(around(behind), OPTION).filter((each) => drawn(each) && attr(each, 'aria-selected') === 'true').map(bare).join('\n');
};
const held = (candidate, wanted) => (candidate.behind?.localName === 'input' && !candidate.behind.value ? '' : heldBehind(candidate) || heldHere(candidate, wanted));
// What is chosen in its list of several, open or not; such a list says so, or what is shown of it is their number.
const chosenIn = ({ element, does }) => {
  if (does !== 'list') return [];
  const lists = listsOf(element).filter((each) => role(each) === 'listbox');
  const several = lists.filter((each) => attr(each, 'aria-multiselectable') === 'true');
  const said = (several.length ? several : lists).flatMap((each) => chosen(inside(each, OPTION))).map((each) => optionWords(each)[0] || '');
  return several.length || new RegExp(`(^|\\D)${said.length}(\\D|$)`).test(shownIn(element)) ? said : [];
};
const shownIn = (element) => single(element.value || (is(element, 'input') ? drawnBy(element) : wordsIn(element) || labelled(element)));
// What stands in the label of a button without words, beside the name.
const labelled = (element) => labelsOf(element).slice(0, 1).flatMap((label) => words(label, true).split('\n'))
  .filter((line) => single(line) && !own(element).includes(plain(line))).join('\n');
// Those words, if what is shown does not say more than they do.
const listHeld = (candidate) => {
  const [shown, said] = [shownIn(candidate.element), chosenIn(candidate)];
  const rest = said.reduce((text, each) => text.replace(each, ''), shown);
  return said.length && (rest === shown || !/[\p{L}\p{N}]/u.test(rest)) ? said.join('\n') : shown;
};
// Of several names the one that is asked about.
const calledAs = (names, wanted) => names.find((each) => wanted.some((text) => unspaced(text) === unspaced(each))) || names[0] || '';
const heldHere = (candidate, wanted = []) => {
  const { element, does, members } = candidate;
  switch (does) {
    case 'select': return [...element.selectedOptions].map((each) => each.label).join('\n');
    case 'radios': case 'boxes': case 'toggles': return members.filter(checked).map((each) => calledAs(memberWords(each, { members }), wanted)).join('\n');
    case 'yes-no': case 'radio': return checked(element) ? 'yes' : 'no';
    case 'file': return fileNames(element);
    case 'chooser': return uploaded(element);
    case 'list': return listHeld(candidate);
    case 'pair': return itemsOf(candidate.lists[1]).map((each) => optionWords(each)[0] || '').join('\n');
    case 'listbox': return chosen(inside(element, OPTION)).map((each) => optionWords(each)[0] || '').join('\n');
    case 'typeahead': return (is(element, 'input,textarea') ? element.value || drawnBy(element) : element.innerText).trim();
    case 'calendar': return is(element, 'input') ? element.value : wordsIn(element);
    case 'parts': return partsHeld(members);
    case 'segments': return segmentsHeld(members);
    case 'rich': return element.innerText;
    case 'slider': return is(element, 'input') ? element.value : attr(element, 'aria-valuenow') || '';
    // Words that were entered before may stand beside what one types the next into.
    default: return is(element, 'input,textarea') ? element.value || (candidate.behind ? piecesBeside(element) : '') : element.innerText;
  }
};
// Words of a choice that stands for none are no value; nor, before anything was picked, are those beside a field.
const nothing = ({ element, does, members, behind }) => (does === 'select' && !element.value)
  || (/^(list|typeahead)$/.test(does) && (behind ? !behind.value : is(element, 'input') && !element.value))
  || (does === 'list' && element.dataset.value === '') || (does === 'yes-no' && !checked(element))
  || (does === 'radio' && !checked(element)) || (does === 'calendar' && !is(element, 'input') && !daysIn(heldHere({ element, does })).length);
const usable = ({ element, does, members }) => {
  const each = members.length ? members.find((member) => !is(member, ':disabled')) : element;
  const locked = !each || is(each, ':disabled') || attr(each, 'aria-disabled') === 'true'
    || (is(each, 'input,textarea') && each.readOnly && /^(text|typeahead|date)$/.test(does));
  return !locked && shows({ element: each });
};
