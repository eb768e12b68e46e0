// Selector engine that finds controls as people do, by words and by what they do, and tells what they hold.
//
// It runs in a world of its own: nothing that the page did to its prototypes, nor a synthetic shadow, reaches it. What a
// form can hide behind names of its fields (parentNode, textContent, ...) is read by the getters of the prototypes.
// A selector is a question in JSON (autofill/page/seen.py). `find` says what is given back: the control itself, its
// label, one of its options, its parts; or `about`, an element that is nowhere on the page, whose text is the answer.
// `calendar` asks of what a control opens in which one clicks a day (calendar.js).
// A `listener` is the element that is asked; `deaf` is the page, as long as no listener of this number has heard a click.
(() => {
  const getter = (type, name) => {
    const get = Object.getOwnPropertyDescriptor(type.prototype, name).get;
    return (node) => get.call(node);
  };
  const parentNode = getter(Node, 'parentNode');
  const nodeType = getter(Node, 'nodeType');
  const children = getter(Node, 'childNodes');
  const textContent = getter(Node, 'textContent');
  const rootOf = (node) => Node.prototype.getRootNode.call(node);
  const shadowOf = (element) => (element.shadowRoot && nodeType(element.shadowRoot) === 11 ? element.shadowRoot : null);
  const attr = (element, name) => Element.prototype.getAttribute.call(element, name);
  const has = (element, name) => Element.prototype.hasAttribute.call(element, name);
  const is = (element, css) => Element.prototype.matches.call(element, css);
  const all = (node, css) => {
    const type = { 9: Document, 11: DocumentFragment }[nodeType(node)] || Element;
    return [...type.prototype.querySelectorAll.call(node, css)];
  };
  const slotOf = getter(Element, 'assignedSlot');
  // Through the border of a shadow; what stands in a slot is inside of what is around the slot.
  const parentOf = (node) => (nodeType(node) === 1 && slotOf(node)) || parentNode(node) || (nodeType(node) === 11 && node.host) || null;
  const above = (node, accept) => {
    for (let each = parentOf(node); each; each = parentOf(each)) if (nodeType(each) === 1 && accept(each)) return each;
    return null;
  };
  const around = (node) => above(node, () => true);
  const within = (outer, inner) => outer === inner || above(inner, (each) => each === outer) !== null;

  const single = (text) => text.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ').trim();
  const MARKS = 'required|optional|erforderlich|pflichtfeld|wajib( diisi)?|opsional|필수|선택|obligatorio|opcional|'
    + 'obligatoire|facultatif';
  // Signs of an icon font have private letters.
  const BEFORE = new RegExp(`^(\\*|\\p{Co}|\\((${MARKS})\\))\\s*`, 'iu');
  const BEHIND = new RegExp(`\\s*(\\*|\\p{Co}|\\((${MARKS})\\)|[:：])$`, 'iu');
  const plain = (text) => {
    let bare = single(text);
    for (let last = ''; last !== bare;) {
      last = bare;
      bare = bare.replace(BEFORE, '').replace(BEHIND, '');
    }
    return bare || single(text);
  };
  // Words as they are compared: where a label is made of several pieces, only its style tells how they are spaced.
  const unspaced = (text) => plain(text).replace(/ /g, '');

  // ---- what is a control, and what can be seen
  const INPUT = 'input:not([type=hidden i],[type=submit i],[type=button i],[type=reset i],[type=image i],[type=password i])';
  const NATIVE = `${INPUT},textarea,select`;
  const EDITABLE = '[contenteditable=""],[contenteditable=true i],[contenteditable=plaintext-only i]';
  const ROLES = ['textbox', 'searchbox', 'spinbutton', 'combobox', 'listbox', 'radio', 'checkbox', 'switch', 'slider'];
  const CONTROL = `${NATIVE},${EDITABLE},${ROLES.map((role) => `[role=${role}]`)},[aria-haspopup=listbox]`;
  const OPENER = 'button,[role=button]';
  const GROUP = 'fieldset,[role=group],[role=radiogroup]';
  const OPTION = '[role=option],[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox],[role=treeitem]';

  // In the order of the page, also inside of shadows.
  const deep = (root, css) => {
    const fitting = new Set(all(root, css));
    const found = [];
    for (const each of all(root, '*')) {
      if (fitting.has(each)) found.push(each);
      if (shadowOf(each)) found.push(...deep(shadowOf(each), css));
    }
    return found;
  };
  // What a group in a shadow holds may be shown there by a slot only.
  const inside = (group, css) => {
    const shown = deep(group, 'slot').flatMap((slot) => slot.assignedElements({ flatten: true }))
      .flatMap((each) => [...(is(each, css) ? [each] : []), ...(shadowOf(each) ? deep(shadowOf(each), css) : []), ...deep(each, css)]);
    return [...new Set([...deep(group, css), ...shown])];
  };
  const drawn = (element) => Element.prototype.checkVisibility.call(element, { visibilityProperty: true });
  const seen = (element) => drawn(element)
    && !(is(element, '[aria-hidden=true]') || above(element, (each) => is(each, '[aria-hidden=true],[inert]')));
  const box = (element) => Element.prototype.getBoundingClientRect.call(element);

  // By itself, or by what is around it and cuts it off.
  const dot = (element) => box(element).width <= 2 || box(element).height <= 2;
  const tiny = (element) => {
    const outer = around(element);
    return dot(element) || (outer !== null && dot(outer) && getComputedStyle(outer).overflow !== 'visible');
  };

  // ---- words
  const WORDLESS = `script,style,template,${NATIVE},[role=combobox],[role=listbox],[role=textbox],[aria-hidden=true]`;
  const words = (node, every = false) => {
    let text = '';
    const root = (nodeType(node) === 1 && shadowOf(node)) || node;
    const inside = root.localName === 'slot' ? root.assignedNodes() : [];
    for (const each of inside.length ? inside : children(root)) {
      if (nodeType(each) === 3) text += textContent(each);
      if (nodeType(each) !== 1 || (is(each, WORDLESS) && !(every && !is(each, 'script,style,template')))) continue;
      const style = getComputedStyle(each);
      if (style.display === 'none') continue;
      const line = style.display.startsWith('inline') || style.display === 'contents' ? '' : '\n';
      text += line + (each.localName === 'img' ? attr(each, 'alt') || '' : each.localName === 'br' ? '\n' : words(each, every)) + line;
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
    const without = (text, button) => text.replace(words(button), '');
    const texts = labelsOf(element).map((label) => deep(label, OPENER).reduce(without, words(label)));
    return [...texts, ...(texts.length > 1 ? [texts.join(' ')] : [])].flatMap((text) => [text, text.trim().split('\n')[0]]);
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

  // ---- what a control does
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
  // ---- what is drawn in place of a native control that posts for it, and that nobody sees
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
  // Which of them a kind of the map means.
  const CHOICE = ['select', 'list', 'listbox', 'pair', 'typeahead', 'datalist'];
  const MEANS = {
    text: ['text', 'rich', 'datalist', 'date'], textarea: ['text', 'rich'], date: ['text', 'date', 'parts', 'segments', 'calendar'],
    select: CHOICE, combobox: CHOICE, radio: ['radios', 'toggles'], choice: [...CHOICE, 'radios', 'boxes', 'toggles'],
    checkbox: ['yes-no'], 'yes-no': ['yes-no', 'radio'], typeahead: ['typeahead', 'datalist', 'text', 'list'],
    file: ['file', 'chooser'], slider: ['slider'],
  };
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
  // ---- everything that can be filled, each with its names; a loose group is called as the text before it says
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
  // ---- a day that is clicked in a calendar: over a field that takes no keys, or a button
  const openers = (root) => deep(root, OPENER).filter((each) => !deep(each, OPENER).length);
  const onlyClicked = ({ element, does, unclear }) => (is(element, 'input') ? /^(text|typeahead|list)$/.test(does) && (element.readOnly || attr(element, 'inputmode') === 'none')
    : unclear && is(element, OPENER) && element.type !== 'submit');
  const lone = (candidate, others) => candidate.does !== 'radio'
    || !others.some((each) => each.members.length > 1 && each.members.includes(candidate.element));

  // ---- text beside or above: it belongs to the control nearest to it, if that stands to its right or below
  const ASIDE = `script,style,template,select,textarea,option,button,${EDITABLE}`;
  const besideIn = BESIDE_JS;
  const ownerOf = (node, stray) => {
    const label = above(node, (up) => is(up, 'label'));
    return label && [...stray(rootOf(label))].filter(([, own]) => own === label).map(([control]) => control)[0];
  };
  const spotsOf = (root, wanted, stray) => {
    const spots = [];
    const walk = (node) => {
      for (const each of children(node)) {
        if (nodeType(each) === 1 && !is(each, ASIDE)) {
          if (shadowOf(each)) walk(shadowOf(each));
          if (!is(each, 'label') || !(each.control)) walk(each);
        }
        if (nodeType(each) !== 3 || !single(textContent(each))) continue;
        // The words may be in several pieces, of which this is the first.
        const piece = unspaced(textContent(each));
        if (!wanted.some((text) => text.startsWith(piece))) continue;
        const says = (node) => wanted.includes(unspaced(textContent(node)));
        let whole = each;
        for (let up = 0; up < 3 && whole && !says(whole); up += 1) whole = parentNode(whole);
        if (!whole || nodeType(whole) > 3 || !says(whole)) continue;
        const range = document.createRange();
        range.selectNodeContents(whole);
        const area = range.getBoundingClientRect();
        const same = (spot) => spot.left === area.left && spot.top === area.top;
        area.owner = ownerOf(each, stray);
        area.node = each;
        area.cell = is(parentOf(each), 'td,th,dt') ? parentOf(each) : above(each, (up) => is(up, 'td,th,dt'));
        if (area.width && area.height && !spots.some(same)) spots.push(area);
      }
    };
    walk(root);
    return spots;
  };
  const BOX = '[type=radio],[type=checkbox],[role=radio],[role=checkbox],[role=switch]';
  const gapOf = (spot, element, area) => {
    const [across, down] = [Math.min(spot.right, area.right) - Math.max(spot.left, area.left),
      Math.min(spot.bottom, area.bottom) - Math.max(spot.top, area.top)];
    if (down >= Math.min(spot.height, area.height) / 2) {
      return area.left >= spot.left ? { gap: area.left - spot.right, ok: true } : { gap: spot.left - area.right, behind: true, ok: is(element, BOX) };
    }
    if (across <= 0) return { gap: Infinity };
    return area.top >= spot.top ? { gap: area.top - spot.bottom, ok: true } : { gap: spot.top - area.bottom };
  };
  // Whether a text could as well be the other's: not if both are of one group and behind it, nor if only the other has a name already,
  // and stands where a text has nothing to say of it.
  const rivals = (first, other, near, found) => {
    const named = (one) => near.every(({ each }) => each.element !== one.each.element || (!each.loose && own(each.element).length));
    return other.each.element !== first.each.element && (other.ok || !named(other) || named(first))
      && (first.behind !== other.behind || !found.some(({ members }) => members.includes(other.each.element) && members.includes(first.each.element)));
  };
  const closer = (node, one, other) => {
    const shared = above(node, (each) => within(each, one) || within(each, other));
    return within(shared, one) && !within(shared, other);
  };
  // What a slider moves along, and whatever belongs to that.
  const trackOf = (element) => {
    let track = element;
    const alone = (around) => nodeType(around) !== 1 || (single(words(around)) === single(words(element)) && deep(around, CONTROL).length === 1);
    for (let up = parentOf(track), far = 0; up && far < 5 && alone(up); up = parentOf(up), far += 1) if (nodeType(up) === 1) track = up;
    return track;
  };
  // Where people see it.
  const placeOf = ({ element, does }) => {
    if (does === 'slider') return box(trackOf(element));
    return box((is(element, BOX) && tiny(element) && labelsOf(element).find(drawn)) || element);
  };
  const FAR = 420;
  // The innermost block that a text shares with something to fill in; a row of a table that has only words is all by itself.
  const homeOf = ({ node, cell }, visible) => {
    const shared = (each) => visible.some(({ element }) => within(each, element));
    const line = cell && above(cell, (each) => is(each, 'tr'));
    return line && !shared(line) ? line : above(node, shared);
  };
  const comesAfter = (node, element) => (Node.prototype.compareDocumentPosition.call(element, node) & 4) > 0;
  const beside = (root, found, wanted) => {
    const matches = [];
    const scopes = new Map();
    const stray = (scope) => scopes.get(scope) || scopes.set(scope, besideIn(scope)).get(scope);
    const isCalled = ({ element }) => labelsOf(element).some(drawn) || stray(rootOf(element)).has(element);
    const visible = found.filter((each) => each.does !== 'chooser' && !each.unclear && drawn(each.element));
    // In a table the words of a cell are those of the next cell's controls, however near the row below is; so in a list
    // of terms.
    const inRow = (cell) => {
      for (let next = cell && cell.nextElementSibling; next && !is(next, 'dt'); next = next.nextElementSibling) {
        const inside = visible.filter(({ element }) => within(next, element));
        if (inside.length) return inside;
      }
      return visible;
    };
    for (const spot of spotsOf(root, wanted, stray)) {
      const owned = visible.filter(({ element, members }) => spot.owner && (element === spot.owner || members[0] === spot.owner));
      if (owned.length) {
        matches.push(owned.find(({ members }) => members.length) || owned[0]);
        continue;
      }
      const home = homeOf(spot, visible);
      // What has words of its own needs none from below it, nor from the next block.
      const near = inRow(spot.cell).map((each) => ({ each, ...gapOf(spot, each.element, placeOf(each)) }))
        .filter(({ each, gap, ok }) => gap < FAR && (ok || !home || within(home, each.element)) && (ok || !isCalled(each) || !comesAfter(spot.node, each.element)))
        .sort((one, other) => one.gap - other.gap);
      const first = near.find(({ ok }) => ok);
      // Two that are about as near: whose it is would be a guess.
      // Unless one of them is together with the words in something that the other is not in.
      if (!first || near.some((other) => other.gap < Math.max(first.gap, 4) * 1.25 && rivals(first, other, near, found)
        && !closer(spot.node, first.each.element, other.each.element))) continue;
      const here = near.filter(({ each }) => each.element === first.each.element).map(({ each }) => each);
      // The text before the first of several is theirs, the text behind it its own.
      matches.push(here.find((each) => each.loose && !first.behind) || here.find((each) => !each.members.length) || here[0]);
    }
    return matches;
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

  // ---- options, and what is held
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
  // A button that opens the list of a field beside it, and what is there for readers of screens, are no fields of their own.
  // What stands beside an empty input that its widget took the words out of.
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

  // ---- quiet: nothing on the page has changed for a moment
  const watched = new WeakSet();
  let changed = performance.now();
  const watch = (root) => {
    if (!watched.has(root)) {
      watched.add(root);
      changed = performance.now();
      new MutationObserver(() => { changed = performance.now(); })
        .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    }
    for (const each of all(root, '*')) if (shadowOf(each)) watch(shadowOf(each));
  };
  // Since it was asked, too: what was done just before may show later.
  let [turn, asked] = [0, 0];
  const quiet = ({ moment, turn: now }) => {
    watch(document);
    if (turn !== now) [turn, asked] = [now, performance.now()];
    return document.readyState === 'complete' && performance.now() - Math.max(changed, asked) >= moment;
  };

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
  // ---- clicks that are heard
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
})()
