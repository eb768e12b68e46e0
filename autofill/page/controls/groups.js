// Controls that are one question: radios, boxes, toggles, the parts of a day.

const TOGGLE = 'button[aria-pressed],[role=button][aria-pressed]';
const MEMBER = `${NATIVE},[role=radio],[role=checkbox]`;
// Two lists between which choices are moved: what the second one holds is chosen, if it was empty at first.
const targets = new WeakSet();
const itemsOf = (list) => (is(list, 'select') ? [...list.options] : inside(list, OPTION));
const moversIn = (group) => inside(group, OPENER).filter((each) => drawn(each) && !(each.type === 'submit' && each.form));
const pairOf = (group) => {
  const lists = deep(group, 'select[multiple],[role=listbox]').filter(seen);
  if (lists.length !== 2 || !moversIn(group).length || deep(group, CONTROL).filter(seen).some((each) => !lists.some((list) => within(list, each)))) return null;
  const [first, second] = lists.map((each) => itemsOf(each).length);
  if (first && !second) targets.add(lists[1]);
  return targets.has(lists[1]) ? lists : null;
};
const groupOf = (group) => {
  const members = inside(group, MEMBER).filter((each) => !isTwin(each));
  const kinds = members.map(behaviour);
  const free = kinds.filter((kind) => kind === 'text').length;
  const only = (kind) => kinds.every((each) => each === kind || (free < 2 && each === 'text'));
  const of = (kind) => members.filter((_, n) => kinds[n] === kind);
  const names = new Set(of('radio').map((each) => each.name || ''));
  const typed = segments(deep(group, '[role=spinbutton]'));
  if (typed && !members.some(seen)) return { does: 'segments', members: typed };
  const pressed = deep(group, TOGGLE).filter((each) => !(each.type === 'submit' && each.form));
  if (!members.length && pressed.length > 1) return { does: 'toggles', members: pressed };
  if (kinds.includes('radio') && only('radio') && names.size === 1) return { does: 'radios', members: of('radio') };
  if (kinds.includes('yes-no') && only('yes-no')) return { does: 'boxes', members: of('yes-no') };
  const counted = members.filter((each, n) => kinds[n] !== 'text' || !tiny(each));
  const parts = counted.length === 3 && counted.every((each) => is(each, 'select,input')) && dateParts(counted);
  return parts ? { does: 'parts', members: parts } : null;
};
// Year, month and day that are typed each for itself, told by how far they count.
const segments = (parts) => {
  const upTo = (low, high) => parts.find((each) => Number(attr(each, 'aria-valuemax')) >= low && Number(attr(each, 'aria-valuemax')) <= high);
  const three = [upTo(1900, Infinity), upTo(12, 12), upTo(28, 31)];
  return parts.length === 3 && three.every(Boolean) ? three : null;
};
const segmentsHeld = (parts) => {
  const numbers = parts.map((each) => attr(each, 'aria-valuenow'));
  return numbers.every(Boolean) ? numbers.map((each, n) => each.padStart(n ? 2 : 4, '0')).join('-') : '';
};
const number = (option) => parseInt(single(option.label), 10);
// One that is typed is told by how far it counts, or by what people or the page's own code call it.
const PART_WORDS = {
  31: /^(day|tag|jour|día|dia|giorno|dag|hari|tanggal|일|日|dd|tt|jj)$/i, 12: /^(month|monat|mois|mes|mese|maand|bulan|월|月|mm)$/i,
  2100: /^(year|jahr|année|annee|año|anno|ano|jaar|tahun|년|年|yyyy|jjjj|aaaa)$/i,
};
const typedPart = (element, most, called) => is(element, 'input') && behaviour(element) === 'text'
  && (Number(attr(element, 'max')) === most || (most > 31 && Number(attr(element, 'min')) >= 1800) || called.test(element.name || element.id || '')
    || readings(element).some((words) => PART_WORDS[most].test(words)));
const dateParts = (members) => {
  const counted = (low, high) => (each) => is(each, 'select') && real(each).length >= low && real(each).length <= high
    && real(each).every((option) => option.label.length < 12);
  const day = members.filter((each) => counted(28, 31)(each) || typedPart(each, 31, /(^|[^a-z])day[^a-z]*$/i));
  const month = members.filter((each) => counted(12, 12)(each) || typedPart(each, 12, /(^|[^a-z])month[^a-z]*$/i));
  const year = members.filter((each) => (is(each, 'select') ? real(each).length && real(each).every((option) => /^\d{4}$/.test(single(option.label)))
    : typedPart(each, 2100, /(^|[^a-z])year[^a-z]*$/i)));
  const parts = [year[0], month.filter((each) => each !== year[0])[0], day.filter((each) => each !== year[0])[0]];
  return new Set(parts.filter(Boolean)).size === 3 && day.length === 1 ? parts : null;
};

// Radios without a name are of one group if nothing else is around them.
const together = (radio) => {
  const around = above(radio, (each) => inside(each, CONTROL).length > 1);
  return around && inside(around, CONTROL).every((each) => behaviour(each) === 'radio') ? around : parentOf(radio);
};
// Buttons with words that stay pressed, side by side; what stands over an editor is its toolbar.
const toggleRows = (root, elements) => {
  const rows = new Map();
  for (const each of deep(root, TOGGLE)) {
    const free = !(each.type === 'submit' && each.form) && single(words(each)) && !above(each, (up) => is(up, `${GROUP},[role=toolbar]`));
    if (free) rows.set(parentOf(each), [...rows.get(parentOf(each)) || [], each]);
  }
  const next = (members) => elements.find((each) => comesAfter(each, members[members.length - 1]));
  return [...rows.values()].filter((members) => members.length > 1 && !(next(members) && behaviour(next(members)) === 'rich'));
};
// What may open a list, but says nothing of it: what opens a dialog, and what can only have the focus and is alone
// with a label. It counts only where nothing else is called so.
const unclearOpeners = (root) => {
  const dialogs = deep(root, OPENER).filter((each) => attr(each, 'aria-haspopup') === 'dialog').map((each) => [each, readings(each)]);
  const alone = deep(root, 'label:not([for])').filter((label) => !label.control).map((label) => {
    const place = parentOf(label);
    const inside = nodeType(place) === 1 && !deep(place, CONTROL).length && deep(place, 'label').length === 1 ? deep(place, '[tabindex="0"]:not([role],a,button)') : [];
    return inside.length === 1 && deep(place, `a,${OPENER}`).every((each) => within(inside[0], each)) && [inside[0], [plain(words(label))]];
  });
  return [...dialogs, ...alone.filter(Boolean)];
};
