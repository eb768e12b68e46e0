// The page as it is: read by the getters of the prototypes, as a form can hide them behind names of its fields
// (parentNode, textContent, ...), and through open shadows.

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

// What is a control, and what can be seen
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
