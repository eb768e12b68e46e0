function (count, ...nodes) {
  // Runs in the page. What the page has changed about its own means can make this fail, which a new snapshot shows.
  const undo = [];
  const lay = (element, style) => {
    const animation = element.animate([style, style], { duration: 1e9, fill: "both" });
    animation.pause();
    undo.push(() => animation.cancel());
  };
  const keepScrolled = (what, left, top) => {
    undo.push(() => what.scrollTo({ left, top, behavior: "instant" }));
  };
  const around = (element) =>
    element.assignedSlot ??
    element.parentElement ??
    element.getRootNode().host ??
    element.ownerDocument.defaultView?.frameElement;
  const isPage = (element) => element.localName === "html" || element.localName === "body";

  const open = (element) => {
    const style = getComputedStyle(element);
    const field = ["input", "textarea"].includes(element.localName);
    if (style.contentVisibility !== "visible") lay(element, { contentVisibility: "visible" });
    if (style.position === "fixed") {
      const { left, top, width } = element.getBoundingClientRect();
      const [right, bottom, margin, transform] = ["auto", "auto", "0", "none"];
      const place = { left: `${left}px`, top: `${top}px`, width: `${width}px`, right, bottom, margin, transform };
      lay(element, { position: "absolute", ...place });
    }
    if (!field && (style.overflowX !== "visible" || style.overflowY !== "visible")) {
      keepScrolled(element, element.scrollLeft, element.scrollTop);
      const wraps = style.whiteSpaceCollapse !== "collapse" || style.textWrapMode !== "nowrap";
      lay(element, { overflow: "visible", webkitLineClamp: "none", textOverflow: "clip", contain: "none" });
      if (!wraps) lay(element, { textWrapMode: "wrap", height: "auto" });
    }
    if (element.clientHeight && element.scrollHeight > element.clientHeight + 1) {
      const height = element.scrollHeight + element.offsetHeight - element.clientHeight;
      lay(element, { minHeight: `${height}px`, maxHeight: "none" });
    }
    if (element.contentDocument) {
      lay(element, { minHeight: `${element.contentDocument.documentElement.scrollHeight}px`, maxHeight: "none" });
    }
    if (field && element.scrollWidth > element.clientWidth + 1) {
      const width = element.scrollWidth + element.offsetWidth - element.clientWidth;
      lay(element, { minWidth: `${width}px`, maxWidth: "none" });
    }
  };

  const stuck = (element) => {
    while (element && !["fixed", "sticky"].includes(getComputedStyle(element).position)) element = around(element);
    return element;
  };
  const touches = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  keepScrolled(window, scrollX, scrollY);
  scrollTo({ left: 0, top: 0, behavior: "instant" });
  const elements = nodes.map((node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement));
  const hidden = elements.slice(0, count);
  for (const inner of hidden) for (let each = inner; each; each = around(each)) if (!isPage(each)) open(each);
  for (const bar of new Set(elements.slice(count).map(stuck))) {
    const place = bar?.getBoundingClientRect();
    const small = place && place.width * place.height * 3 < innerWidth * innerHeight;
    const lies = hidden.some((each) => place && touches(place, each.getBoundingClientRect()));
    if (small && lies && !hidden.some((each) => bar.contains(each))) lay(bar, { visibility: "hidden" });
  }
  return undo;
}
