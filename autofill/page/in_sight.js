// Selector engine that gives back the element that it is asked of, if text of it can be seen: drawn, on the page, not
// clipped to a dot, not transparent.
(() => {
  const canBeSeen = (element) => {
    const view = element.ownerDocument.defaultView, range = element.ownerDocument.createRange();
    range.selectNodeContents(element);
    const {left, top, right, bottom} = range.getBoundingClientRect();
    const box = {left, top, right, bottom};
    let opacity = 1;
    for (let up = element; up instanceof view.Element; up = up.parentNode?.host ?? up.parentNode) {
      const style = view.getComputedStyle(up), around = up.getBoundingClientRect();
      opacity *= Number(style.opacity);
      if (style.overflowX !== 'visible' && up.parentNode instanceof view.Element && up.localName !== 'body') {
        for (const side of ['left', 'top']) box[side] = Math.max(box[side], around[side]);
        for (const side of ['right', 'bottom']) box[side] = Math.min(box[side], around[side]);
      }
    }
    const onPage = box.right + view.scrollX > 0 && box.bottom + view.scrollY > 0;
    const colour = view.getComputedStyle(element).color.match(/[\d.]+/g) ?? [];
    return onPage && box.right - box.left > 4 && box.bottom - box.top > 4 && opacity > 0.2 &&
      Number(colour[3] ?? 1) > 0.2 && element.checkVisibility({visibilityProperty: true});
  };
  return {queryAll: (element) => (canBeSeen(element) ? [element] : [])};
})()
