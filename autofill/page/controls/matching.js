// The controls that a question of the map means.

// Which of them a kind of the map means.
const CHOICE = ['select', 'list', 'listbox', 'pair', 'typeahead', 'datalist'];
const MEANS = {
  text: ['text', 'rich', 'datalist', 'date'], textarea: ['text', 'rich'], date: ['text', 'date', 'parts', 'segments', 'calendar'],
  select: CHOICE, combobox: CHOICE, radio: ['radios', 'toggles'], choice: [...CHOICE, 'radios', 'boxes', 'toggles'],
  checkbox: ['yes-no'], 'yes-no': ['yes-no', 'radio'], typeahead: ['typeahead', 'datalist', 'text', 'list'],
  file: ['file', 'chooser'], slider: ['slider'],
};

const matching = (root, question, known = new Map()) => {
  const wanted = question.words.map(unspaced);
  const says = (text) => wanted.includes(unspaced(text || ''));
  const scopes = question.within ? deep(root, `${GROUP},dialog,[role=dialog],[role=alertdialog],[role=region],[role=form],[aria-label],[aria-labelledby]`)
    .filter((each) => readings(each).map(unspaced).includes(unspaced(question.within))) : [];
  const inScope = (each) => !question.within || scopes.some((scope) => within(scope, each.element));
  const sort = { file: 'file', date: 'date', choice: 'choice', select: 'choice', combobox: 'choice' };
  const kind = sort[question.kind] || (question.kind || !question.day ? '' : 'date');
  if (!known.has(kind)) known.set(kind, candidates(root, kind));
  const found = known.get(kind).filter(inScope);
  const by = {
    name: (each) => each.names.some(says),
    label: (each) => labels(each.element).some(says) || Boolean(each.behind && labels(each.behind).some(says)) || (each.members.length > 0 && each.names.some(says)),
    placeholder: (each) => says(attr(each.element, 'placeholder') || attr(each.element, 'aria-placeholder')),
    // What finds each radio of a group finds the group.
    css: (each) => question.words.some((css) => (each.does === 'radios' && each.members.every((member) => is(member, css)))
      || (is(each.element, css) && !each.loose)),
    near: () => false,
  }[question.by];
  let matches = found.filter((each) => by(each) && (lone(each, found) || question.kind === 'yes-no'));
  if (question.by === 'near') matches = beside(root, found, wanted);
  const unnamed = (each) => !each.names.length || (!each.members.length && !own(each.element).length);
  if (question.by === 'name' && !matches.length && found.some(unnamed)) matches = beside(root, found, wanted).filter(unnamed);
  if (matches.some(({ unclear }) => !unclear)) matches = matches.filter(({ unclear }) => !unclear);
  // A list that opens is called as what opens it; a group as its only member.
  const opener = matches.some(({ does }) => does === 'list' || does === 'typeahead');
  matches = matches.filter(({ does }) => does !== 'listbox' || !opener);
  // So may the button be beside a field, which opens the same list.
  matches = matches.filter(({ element, does }) => does !== 'list' || !is(element, OPENER)
    || !matches.some((each) => each.does === 'typeahead' && each.element.parentElement === element.parentElement));
  const shown = [seen, wanting, () => true].map((accept) => matches.filter(({ element }) => accept(element)))
    .find((some) => some.length) || [];
  const meant = shown.filter(({ does }) => !question.kind || MEANS[question.kind].includes(does));
  // The parts of a day may all be called as the day is.
  const days = meant.filter(({ does }) => does === 'parts' || does === 'segments');
  const fitting = meant.filter((each) => days.includes(each) || !days.some(({ members }) => members.includes(each.element)));
  const distinct = fitting.filter((each, n) => !fitting.slice(0, n).some((other) => other.element === each.element
    || (other.members.length && other.members[0] === each.members[0])));
  return { found, shown: distinct.length ? [] : shown, fitting: question.nth ? distinct.slice(question.nth - 1, question.nth) : distinct };
};
// What is drawn by something else is there all the same: a file's input, a list that is clipped to a dot, and boxes
// with a label to click on.
const wanting = (element) => is(element, '[type=file i]') || (is(element, 'select') && drawn(element))
  || (is(element, '[type=radio],[type=checkbox]') && labelsOf(element).some(drawn));
