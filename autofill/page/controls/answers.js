// Answers to questions: what there is, what it holds, and the elements to act on.
//
// A selector is a question in JSON (autofill/page/seen.py). `find` says what is given back: the control itself, its
// label, one of its options, its parts; or `about`, an element that is nowhere on the page, whose text is the answer.
// `calendar` asks of what a control opens in which one clicks a day (calendar.js).
// A `listener` is the element that is asked; `deaf` is the page, as long as no listener of this number has heard a click.

const { answers: ofCalendar, daysIn } = (CALENDAR_JS)({
  above, around, attr, box, children, deep, drawn, is, named, nodeType, openers, quiet, single, textContent, tiny, within, words,
});
const shows = ({ element }) => seen(element) || wanting(element);
const shownBy = (candidate, wanted) => ([candidate, ...candidate.members.map((element) => ({ element }))].some(shows) ? held(candidate, wanted) : '');
const answer = (root, question, known) => {
  const { found, shown, fitting } = matching(root, question, known);
  const [one] = fitting;
  if (fitting.length !== 1) {
    return {
      count: fitting.length, held: fitting.filter((each) => !nothing(each)).map((each) => shownBy(each)).filter(Boolean).join('\n'),
      others: fitting.length ? [] : shown.map(({ does }) => does),
      labels: fitting.length ? [] : [...new Set(found.flatMap(({ names }) => names))].slice(0, 200),
    };
  }
  const texts = limited(one, question) ? question.options : [];
  const list = texts.length ? optionsOf(one, texts) : [];
  const indices = one.does === 'parts' ? partsOf(one.members, question.day)
    : one.does === 'segments' && !question.day ? [[]] : texts.map((text) => picked(one, list, text));
  return {
    count: 1, does: one.does, chosen: chosenIn(one), held: shownBy(one, question.texts), nothing: Boolean(nothing(one)), usable: usable(one),
    drawn: drawn(one.members[0] || one.element), type: one.element.type || role(one.element), indices,
    days: one.does === 'calendar' || (one.does === 'text' && question.kind === 'date') ? daysIn(held(one)) : [],
    several: Boolean(one.element.multiple) || chosenIn(one).length > 0 || (Boolean(question.open) && ofSeveral(list[0])) || attr(one.element, 'aria-multiselectable') === 'true' || /^(boxes|toggles|pair)$/.test(one.does),
    offered: indices.every((each) => each.length) ? [] : list.map((each) => (one.members.length ? memberWords(each, one) : optionWords(each))[0] || '').slice(0, 300),
  };
};
const settled = (asked) => ({ count, usable: can, indices }, n) => count > 1
  || (count === 1 && (can || !asked[n].use) && indices.every((each) => each.length));

const chosenOf = (one, text) => {
  const list = optionsOf(one, [text]);
  return picked(one, list, text).map((n) => list[n]);
};
// What a person clicks who means a control that is too small to be hit, or that lies below its own widget's words.
const faceOf = (element) => {
  const slight = (each) => box(each).width < 8 || box(each).height < 8;
  const small = (each) => slight(each) || (slight(around(each)) && getComputedStyle(around(each)).overflow !== 'visible');
  const alone = (outer) => deep(outer, `${NATIVE},${EDITABLE},button,[role=combobox]`).filter((each) => drawn(each) && !small(each))
    .every((each) => within(element, each) || within(each, element));
  let face = element;
  while (small(face) && around(face) && alone(around(face))) face = around(face);
  const { left, top, width, height } = box(face);
  const over = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
  const both = over && !within(face, over) && above(face, (each) => within(each, over));
  return both && !is(both, 'form,body,html') && box(over).height < 120 && alone(both) ? over : face;
};
// What one types into to search a list that has just opened, if it has taken the focus for that.
const searcherFor = (opener) => {
  let active = document.activeElement;
  while (active && shadowOf(active)?.activeElement) active = shadowOf(active).activeElement;
  const types = active && active !== opener && is(active, 'input[type=search],input[type=text],input:not([type])');
  return types && !active.value && !active.readOnly && drawn(active) ? active : null;
};
// What ends a dialog and keeps what was chosen in it.
const DONE = /^(ok|okay|done|apply|select|choose|confirm|확인|완료|적용|선택|fertig|übernehmen|auswählen|bestätigen|selesai|terapkan|pilih|aceptar|listo|hecho|aplicar|valider|confirmer|appliquer|terminé)$/i;
const FIND = {
  self: ({ element }) => [element],
  label: ({ element }) => [labelsOf(element).find(drawn) || element],
  members: ({ members }) => members,
  option: (one, { options }) => chosenOf(one, options[0]),
  'option-label': (one, { options }) => chosenOf(one, options[0]).map((each) => labelsOf(each).find(drawn) || each),
  face: ({ element }) => [faceOf(element)],
  movers: ({ element }) => moversIn(element).filter((each) => !is(each, ':disabled')),
  done: (one) => [dialogOf(one)].filter(Boolean).flatMap((dialog) => inside(dialog, OPENER).filter((each) => drawn(each) && DONE.test(single(words(each))))).slice(0, 1),
  searcher: ({ element }) => [searcherFor(element)].filter(Boolean),
  scroller: (one) => popup(one).slice(0, 1).map((each) => above(each, (up) => up.scrollHeight > up.clientHeight + 1)).filter(Boolean),
};
// The frames of the page's own site; others have to be asked themselves.
const framed = (root) => deep(root, 'iframe,frame').flatMap((each) => {
  const inner = each.contentDocument;
  return inner ? [inner, ...framed(inner)] : [];
});
// Clicks that are heard
const listeners = new Map();
const listener = (element, number) => {
  const heard = listeners.get(number) || { clicks: 0, by: new Set() };
  listeners.set(number, heard);
  const hear = () => { heard.clicks += 1; };
  if (!heard.by.has(element)) EventTarget.prototype.addEventListener.call(element, 'click', hear, { capture: true });
  heard.by.add(element);
  return [element];
};
return {
  queryAll(root, body) {
    const question = JSON.parse(body);
    if (question.find === 'listener') return listener(root, question.number);
    if (question.find === 'deaf') return listeners.get(question.number)?.clicks === 0 ? [root] : [];
    if (question.find === 'anywhere') {
      return [root, ...framed(root)].flatMap((each) => matching(each, question).fitting.map(({ element }) => element));
    }
    if (question.find === 'calendar') return ofCalendar(matching(root, question).fitting[0]?.element, question);
    if (question.find !== 'about') {
      return matching(root, question).fitting.flatMap((each) => FIND[question.find](each, question));
    }
    const before = !question.asked.some(({ open }) => open);
    if (before) items().forEach((each) => standing.add(each));
    const known = new Map();
    const answers = question.asked.map((each) => answer(root, each, known));
    if (before && answers.some(({ does }) => /^(list|typeahead)$/.test(does))) overlaid().forEach((each) => standing.add(each));
    const still = quiet(question);
    if (question.moment && !answers.every(settled(question.asked)) && !still) return [];
    const element = document.createElement('data');
    element.append(JSON.stringify(answers));
    return [element];
  },
};
