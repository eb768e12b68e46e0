// What a control does, and which of several drawn and native ones is the one to drive.

const TYPED = /^(date|month|week|time|datetime-local)$/;
const role = (element) => (attr(element, 'role') || '').trim().split(/\s+/)[0];
const editable = (element) => is(element, EDITABLE);
const DIALOGS = /^(dialog|grid|tree)$/;
const wrapperOf = (input) => above(input, (each) => role(each) === 'combobox');
const suggests = (element) => (role(element) === 'combobox' && !DIALOGS.test(attr(element, 'aria-haspopup') || ''))
  || /^(list|both)$/.test(attr(element, 'aria-autocomplete') || '') || attr(element, 'aria-haspopup') === 'listbox'
  || (is(element, 'input') && wrapperOf(element) !== null);
const behaviour = (element) => {
  const [what, tag, type] = [role(element), element.localName, element.type];
  if (tag === 'select') return 'select';
  if (tag === 'input' && (type === 'radio' || type === 'checkbox')) return type === 'radio' ? 'radio' : 'yes-no';
  if (tag === 'input' && type === 'file') return 'file';
  if (tag === 'input' && type === 'range') return 'slider';
  if (tag === 'input' && TYPED.test(type)) return 'date';
  if (what === 'radio') return 'radio';
  if (what === 'checkbox' || what === 'switch') return 'yes-no';
  if (tag === 'input' || tag === 'textarea') {
    // Among what was entered before: words that nothing picks up there count for nothing.
    if (tag === 'input' && above(element, (each) => role(each) === 'listbox')) return 'typeahead';
    if (suggests(element)) return element.readOnly ? 'list' : 'typeahead';
    return tag === 'input' && element.list ? 'datalist' : 'text';
  }
  if (what === 'listbox') return 'listbox';
  if (what === 'combobox' || attr(element, 'aria-haspopup') === 'listbox') return editable(element) ? 'typeahead' : 'list';
  if (editable(element) && suggests(element)) return 'typeahead';
  if (what === 'slider' || (what === 'spinbutton' && !editable(element))) return 'slider';
  return editable(element) ? 'rich' : 'text';
};
// A box that nobody sees or hears of, behind the drawn one that it posts for.
const isTwin = (element) => is(element, 'input[aria-hidden=true]') && element.previousElementSibling !== null
  && is(element.previousElementSibling, '[role=radio],[role=checkbox],[role=switch]');
// What is drawn around a native list, and what one types into there to search it.
const standsIn = (element) => element.localName !== 'select'
  && [element, above(element, (each) => is(each, '[role=combobox],[role=listbox]'))]
    .some((each) => each && is(each, '[role=combobox],[role=listbox]') && deep(each, 'select').some(drawn));
// What is drawn in place of a native control that posts for it, and that nobody sees
const behindIt = (native) => (!drawn(native) || tiny(native)) && around(native) !== null && drawn(around(native));
const POSTS_FOR = { select: /^(list|typeahead|text)$/, textarea: /^(rich|typeahead)$/ };
const placesFor = PLACES_JS;
// What a drawn one is inside of, beside, or around; another one in between and it would be a guess.
const standIn = (native, found) => {
  const fits = ({ element, does }) => POSTS_FOR[native.localName].test(does) && !is(element, 'select,[name]') && seen(element) && !tiny(element);
  for (const place of placesFor(native)) {
    const inside = found.filter(({ element }) => within(place, element));
    const whole = inside.filter((each) => fits(each) && !inside.some((other) => other !== each && fits(other) && within(other.element, each.element)));
    if (whole.length) return whole.length === 1 ? whole[0] : null;
    if (inside.some(({ element, does }) => does !== 'listbox' && seen(element) && !tiny(element))) return null;
  }
  return null;
};
const editorIn = (frame) => (drawn(frame) && frame.contentDocument?.body && is(frame.contentDocument.body, EDITABLE) ? frame : null);
const editorFrame = (native) => {
  const frames = native.nextElementSibling ? deep(native.nextElementSibling, 'iframe') : [];
  return frames.length === 1 ? editorIn(frames[0]) : null;
};
// The names of the text area that the editor of a frame of its own stands for.
const namesOutside = (body) => {
  const host = body === document.body ? window.frameElement : null;
  const native = host && deep(host.ownerDocument, 'textarea').find((each) => behindIt(each) && editorFrame(each) === host);
  return native ? readings(native) : [];
};
const real = (select) => [...select.options].filter((each) => each.value !== '' && !each.disabled);
const standingIn = (root, found) => {
  for (const native of deep(root, 'select,textarea').filter(behindIt)) {
    const one = standIn(native, found);
    if (!one) continue;
    one.behind = native;
    if (one.does === 'text') one.does = 'typeahead';
    // A list that can be chosen from is driven itself: what is drawn follows it.
    if (native.localName === 'textarea' || !drawn(native) || !real(native).length) one.names = [...new Set([...readings(native), ...one.names])];
  }
  // Words of one's own may come to be those of a native field that nobody sees: it has the same id, but for an ending.
  for (const native of deep(root, 'input[id]:not([type=hidden i])').filter((each) => attr(each, 'id') && (!drawn(each) || tiny(each)))) {
    const one = found.find(({ element, does }) => /^(text|typeahead)$/.test(does) && !has(element, 'name') && (attr(element, 'id') || '').startsWith(`${attr(native, 'id')}-`));
    if (one) one.behind = one.behind || native;
  }
  for (const each of found) if (each.does === 'rich' && each.element === document.body) each.names = [...namesOutside(each.element), ...each.names];
  return found.filter(({ element }) => !(is(element, 'textarea') && behindIt(element) && editorFrame(element)));
};
