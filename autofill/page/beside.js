// The labels of a document, or of a shadow root, that are for nothing that is there, by the control that people read
// them for: the only one that stands with them, or the one right behind them; of the buttons of one question the first.
(root) => {
  const getter = (type, name) => {
    const {get} = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => get.call(node);
  };
  const [parentElement, textContent, nodeType] =
    ["parentElement", "textContent", "nodeType"].map((name) => getter(Node, name));
  const [next, previous, tagName] =
    ["nextElementSibling", "previousElementSibling", "tagName"].map((name) => getter(Element, name));
  const all = (node, css) =>
    ({9: Document, 11: DocumentFragment}[nodeType(node)] || Element).prototype.querySelectorAll.call(node, css);
  const BUTTONS = "[type=submit i],[type=button i],[type=reset i],[type=image i]";
  const FIELD = `input:not([type=hidden i],${BUTTONS}),select,textarea`;
  const isBox = (node) => /^(radio|checkbox)$/.test(node.type);
  const fieldsIn = (node) => [...(Element.prototype.matches.call(node, FIELD) ? [node] : all(node, FIELD))]
    .filter((each) => isBox(each) || Element.prototype.checkVisibility.call(each, {visibilityProperty: true}));
  // A lone box has its own words behind it.
  const onlyOf = (fields) => {
    const isOne = fields.length === 1 && !isBox(fields[0]);
    return isOne || (fields.length > 1 && fields.every((each) => isBox(each) && each.name === fields[0].name)) ? fields[0] : null;
  };
  const alone = (label) => {
    for (let each = parentElement(label), depth = 0; each && depth < 3; each = parentElement(each), depth += 1) {
      if (/^(FORM|BODY|HTML|MAIN)$/.test(tagName(each))) return null;
      const fields = fieldsIn(each);
      if (fields.length) return onlyOf(fields);
    }
    return null;
  };
  const found = new Map();
  const isNamed = (field) => field.labels?.length > 0 || found.has(field);
  const hasLabel = (node) => tagName(node) === "LABEL" || all(node, "label").length > 0;
  const behind = (start) => {
    let before = previous(start);
    for (; before && !hasLabel(before); before = previous(before)) {
      if (fieldsIn(before).some((field) => !isNamed(field))) return null; // here labels may stand behind
    }
    const there = [];
    for (let each = next(start); each && !hasLabel(each); each = next(each)) there.push(fieldsIn(each));
    const [first, ...others] = there.filter((fields) => fields.length);
    // A row of labels before a row of fields: the last label is not the first field's.
    if (first && others.length && before && !fieldsIn(before).length) return null;
    if (first) return onlyOf(first);
    const outer = parentElement(start);
    const isLine = outer && !next(start) && !/^(FORM|BODY|HTML|MAIN)$/.test(tagName(outer)) && !fieldsIn(outer).length;
    return isLine ? behind(outer) : null;
  };
  for (const label of all(root, "label")) {
    if (label.control || !textContent(label).trim()) continue;
    const field = alone(label) || behind(label);
    if (field && (isBox(field) || !isNamed(field)) && !found.has(field)) found.set(field, label);
  }
  return found;
}
