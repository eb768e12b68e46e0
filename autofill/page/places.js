// Where a script draws what stands in for a native list or text area that nobody sees, the nearest first: beside it, or,
// for a list, around it; what has labels of its own has controls of its own.
(native) => {
  const getter = (type, name) => {
    const {get} = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => get.call(node);
  };
  const parent = getter(Node, "parentElement");
  const [next, previous] = ["nextElementSibling", "previousElementSibling"].map((name) => getter(Element, name));
  const isList = Element.prototype.matches.call(native, "select");
  const outer = isList ? [parent(native), parent(native) && parent(parent(native))] : [];
  return [next(native), previous(native), ...outer].filter((each) => each
    && !Element.prototype.matches.call(each, "form,body,html,label,select,textarea")
    && (!isList || !Element.prototype.querySelector.call(each, "label,legend")));
}
