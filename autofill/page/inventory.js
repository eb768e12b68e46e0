// The controls of one document and of its open shadow roots, in one pass that changes nothing.
//
// Without an element: {controls, forms, language}. With one (a frame's): only where it is, and why nobody sees it.
(element) => {
  // Controls take over properties of their form, and images those of the document (<input name=parentElement>,
  // <img name=documentElement>): a reader then fails, or finds nothing and does not know. So everything is asked of
  // the prototypes.
  const getter = (type, name) => {
    const {get} = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => get.call(node);
  };
  const method = (type, name) => {
    const own = type.prototype[name];
    return (node, ...rest) => own.call(node, ...rest);
  };
  const [firstChild, nextSibling, nodeType, parentElement, textContent] =
    ["firstChild", "nextSibling", "nodeType", "parentElement", "textContent"].map((name) => getter(Node, name));
  const [tagName, shadowRoot, children, previousElement] =
    ["tagName", "shadowRoot", "children", "previousElementSibling"].map((name) => getter(Element, name));
  const slotOf = getter(Element, "assignedSlot");
  const [attribute, has, find, findAll, closest, rectangle, isRendered] =
    ["getAttribute", "hasAttribute", "querySelector", "querySelectorAll", "closest", "getBoundingClientRect",
      "checkVisibility"].map((name) => method(Element, name));
  const [rootOf, contains] = ["getRootNode", "contains"].map((name) => method(Node, name));
  const root = getter(Document, "documentElement")(document);
  const allIn = (scope, css) => [...({9: Document, 11: DocumentFragment}[nodeType(scope)] || Element).prototype.querySelectorAll.call(scope, css)];

  const NATIVE = /^(INPUT|SELECT|TEXTAREA)$/;
  const FILLED = "input:not([type=hidden]),select,textarea";
  const ROLES = /^(textbox|searchbox|combobox|listbox|spinbutton|slider|switch|checkbox|radio|button)$/;
  // What has no label says itself what it is.
  const SAYING = /^(radio|checkbox|switch)$/;
  const BUTTON = /^(button|submit|reset|image)$/;
  const BLOCK = /^(P|DIV|LI|TR|TD|TH|FIELDSET|FORM|TABLE|DT|DD|UL|SECTION|H[1-6]|BR|HR|LEGEND|A)$/;
  const WORDLESS = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|OPTION|OPTGROUP|SELECT|TEXTAREA|HEAD|SVG|OBJECT|IFRAME|FRAME)$/i;
  const MOST_TEXTS = 60000, MOST_OPTIONS = 400, LONGEST_TEXT = 600;
  const squeeze = (text, length = 160) => (text || "").replace(/\s+/g, " ").trim().slice(0, length);
  const above = (node) => parentElement(node) || rootOf(node).host || null;
  const styles = new WeakMap();
  const styleOf = (node) => {
    if (!styles.has(node)) styles.set(node, getComputedStyle(node));
    return styles.get(node);
  };

  // Why a person could not see something, as far as its own document knows; nothing if they could.
  const hiddenBecause = (node, area) => {
    const why = new Set();
    let opacity = 1;
    for (let each = node, depth = 0; each && depth < 60; each = above(each), depth += 1) {
      const style = styleOf(each);
      if (style.display === "none") {
        why.add("not displayed");
        break;
      }
      if (each === node && style.visibility !== "visible") why.add("invisible");
      opacity *= parseFloat(style.opacity || 1);
      if (/opacity\(0(\.0\d*)?%?\)/.test(style.filter)) opacity = 0;
      if (each !== node && /hidden|clip/.test(style.overflow) && !/^(BODY|HTML)$/.test(tagName(each))) {
        const room = rectangle(each);
        const outside = area.right <= room.left || area.left >= room.right || area.bottom <= room.top ||
          area.top >= room.bottom;
        if (room.width <= 2 || room.height <= 2 || (area.width && outside && style.overflowY !== "auto")) {
          why.add("cut off");
        }
      }
      if (/^rect\(([01]px[ ,]*){4}\)$/.test(style.clip) || /inset\((50|100)%|circle\(0/.test(style.clipPath)) {
        why.add("cut off");
      }
      if (/polygon\(((0(px|%)? ?){2},? ?)+\)/.test(style.clipPath)) why.add("cut off");
      const mask = (style.maskImage || "").match(/rgba?\([^)]*\)/g);
      if (mask && mask.every((colour) => /, 0\)$/.test(colour))) why.add("transparent");
      if (/^matrix\(0, 0, 0, 0/.test(style.transform)) why.add("no size");
      if (style.position === "fixed" && (area.top >= innerHeight || area.left >= innerWidth)) why.add("off the page");
      if (has(each, "inert")) why.add("inert");
      if (attribute(each, "aria-hidden") === "true") why.add("hidden from screen readers");
    }
    if (opacity < 0.05) why.add("transparent");
    const thorough = {contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true};
    if (!why.size && !isRendered(node, thorough)) why.add("not displayed");
    const {color, backgroundColor, borderTopStyle} = styleOf(node);
    const isClear = (colour) => /, 0\)$/.test(colour);
    // Letters of no colour may be a script's that draws them itself; with a label of no colour, too, they are hidden.
    const unlabelled = [...(node.labels || [])].some((label) => isClear(styleOf(label).color));
    if (!why.size && color === backgroundColor && borderTopStyle === "none" && (!isClear(color) || unlabelled)) {
      why.add("same colour as its ground");
    }
    if (!why.size && (area.width <= 2 || area.height <= 2)) why.add("no size");
    const [x, y] = [area.left + scrollX, area.top + scrollY];
    if (area.width && (x + area.width <= 0 || y + area.height <= 0 || x > 9000)) why.add("off the page");
    return [...why];
  };
  const boxOf = (area) => [area.left + scrollX, area.top + scrollY, area.width, area.height].map(Math.round);
  if (element) {
    const area = rectangle(element);
    return {
      box: boxOf(area), hidden: hiddenBecause(element, area), id: attribute(element, "id") || "",
      title: squeeze(attribute(element, "title")),
    };
  }

  // ---- the page as one row of things: controls, pieces of text, headings, and where blocks begin
  const row = [];
  const places = new Map();
  const natives = allIn(document, "input,select,textarea");
  for (const node of natives) places.set(node, places.size);
  const isControl = (node, tag) => {
    if (NATIVE.test(tag) || tag === "BUTTON") return true;
    if (/^(true|plaintext-only|)$/.test(attribute(node, "contenteditable") ?? "no")) return true;
    // A box around an input that is the control itself is not one; but who draws a box himself may keep one unseen in it.
    const role = attribute(node, "role") || "";
    const inner = ROLES.test(role) ? [...findAll(node, FILLED)].filter((each) => !closest(each, "[role=option]")) : [];
    return ROLES.test(role) && !inner.some((each) => !SAYING.test(role) || isRendered(each));
  };
  // A field that takes no keys, or a button with a label that opens something, is for a day if its code or its words
  // say so: what opens then is a calendar. Words alone do where it has to be filled, and there is no other way to.
  const DAY = /(?<![a-z])dates?(?![a-z])|dat(um|o)(?![a-z])|날짜|일자|tanggal|fecha|calend|kalend|달력/i;
  const PICKS = /date-?pick|(?<![a-z])date-?(in|ed|field)|(?<![a-z])picker|pickr|calend|kalend|달력/i;
  const FORMAT = /[dtj]{1,2}[./-]m{1,2}[./-][yja]{2}|m{1,2}[./-]d{1,2}[./-]y{2}|y{4}[./년 -]+m{1,2}/i;
  const NO_DAY = /time|hour|uhrzeit|시간|colou?r|range/i;
  const opensDays = (node, tag, type) => {
    const isField = tag === "INPUT" && type === "text" && (node.readOnly || attribute(node, "inputmode") === "none");
    const isButton = type === "button" && /^(dialog|grid)$/.test(attribute(node, "aria-haspopup") || "");
    const label = [...(node.labels || [])].map(textContent).join(" ") || attribute(node, "aria-label") || "";
    if (!isField && !(isButton && label)) return false;
    const code = [attribute(node, "class"), ...node.getAttributeNames().filter((name) => name.startsWith("data-"))];
    for (let each = above(node), far = 0; each && far < 3 && findAll(each, FILLED).length < 2; each = above(each), far += 1) {
      if (/^(FORM|BODY|HTML)$/.test(tagName(each))) break;
      for (const one of [each, ...findAll(each, "button,i,svg,span")]) code.push(attribute(one, "class"), attribute(one, "aria-label"));
    }
    const signs = code.filter(Boolean).join(" ");
    const words = [label, attribute(node, "placeholder") || "", isButton ? textContent(node) : ""].join(" ");
    if (NO_DAY.test(`${signs} ${words}`) && !DAY.test(words)) return false;
    return PICKS.test(signs) || FORMAT.test(words) || (DAY.test(words) && (isButton || (node.required && !node.value)));
  };
  const walk = (parent, shadow) => {
    for (let node = firstChild(parent); node; node = nextSibling(node)) {
      if (nodeType(node) === 3) {
        const text = squeeze(node.data, LONGEST_TEXT);
        if (text && text.length < LONGEST_TEXT && row.length < MOST_TEXTS) row.push({kind: "text", text, node});
      }
      if (nodeType(node) !== 1) continue;
      const tag = tagName(node).toUpperCase();
      if (isControl(node, tag)) {
        const role = attribute(node, "role") || "";
        const own = NATIVE.test(tag) || (tag === "BUTTON" && !SAYING.test(role));
        const plain = own ? node.type : role || "textbox";
        const days = opensDays(node, tag, plain);
        const type = days ? "date" : plain;
        const kind = type === "button" || BUTTON.test(type) ? "button" : "control";
        if (type !== "hidden") row.push({kind, node, tag, type, days, shadow, place: places.get(node) ?? -1});
        continue;
      }
      if (/^H[1-6]$/.test(tag) || attribute(node, "role") === "heading") {
        row.push({kind: "heading", text: squeeze(textContent(node), 120)});
      }
      if (BLOCK.test(tag)) row.push({kind: "edge"});
      // What is in an option of a drawn list is no question either.
      if (WORDLESS.test(tag) || attribute(node, "role") === "option") continue;
      const inner = shadowRoot(node);
      if (inner) walk(inner, true);
      // What is slotted is walked where it stands, as a child of the host.
      if (tag !== "SLOT" || !rootOf(node).host) walk(node, shadow);
      if (BLOCK.test(tag)) row.push({kind: "edge"});
    }
  };
  walk(root || document, false);
  row.forEach((item, index) => { item.index = index; });

  // ---- words of a control
  // Some lists are called by what is chosen in them, too.
  const opensList = (node) => attribute(node, "role") === "combobox" || attribute(node, "aria-haspopup") === "listbox";
  const byId = (node, name) => squeeze((attribute(node, name) || "").split(/\s+/).filter(Boolean).map((id) => {
    const scope = rootOf(node);
    const found = scope.getElementById ? scope.getElementById(id) : null;
    return found && !(opensList(node) && contains(node, found)) ? textContent(found) : "";
  }).join(" "));
  const ariaLabel = (node, length) => {
    const words = squeeze(attribute(node, "aria-label"), length);
    return opensList(node) && words === squeeze(textContent(node)) ? "" : words;
  };
  // Text without that of the controls inside: a select's options are not its label.
  const ownText = (node) => {
    let text = "";
    const gather = (parent) => {
      for (let child = firstChild(parent); child; child = nextSibling(child)) {
        if (nodeType(child) === 3) text += ` ${child.data}`;
        const words = nodeType(child) === 1 && !WORDLESS.test(tagName(child)) && tagName(child) !== "BUTTON";
        // What a slot shows stands outside of the shadow.
        const slotted = words && tagName(child) === "SLOT" && child.assignedNodes().length
          ? child.assignedNodes({flatten: true}) : [];
        if (words && !slotted.length) gather(child);
        for (const each of slotted) {
          if (nodeType(each) === 3) text += ` ${each.data}`;
          else if (!WORDLESS.test(tagName(each))) gather(each);
        }
      }
    };
    gather(node);
    return squeeze(text, 200);
  };
  // A card to choose has a title in an element of its own, and below it what it is.
  const titleOf = (label) => {
    const parts = [...findAll(label, "*")].filter((each) => !WORDLESS.test(tagName(each)) && textContent(each).trim());
    const title = parts[0] && squeeze(textContent(parts[0])), whole = ownText(label);
    const below = parts.find((each) => !contains(parts[0], each) && rectangle(each).top >= rectangle(parts[0]).bottom - 2);
    const both = below && whole.startsWith(title) && [title, squeeze(textContent(below))].join(" ") === whole;
    return both && title.length > 2 ? title : whole;
  };
  const beside = new Map();
  const besideIn = BESIDE_JS;
  const labelsOf = (node) => {
    if (node.labels?.length || /^(radio|checkbox)$/.test(node.type)) return [...(node.labels || [])];
    // Browsers take a label for that of the button for help in it.
    const around = NATIVE.test(tagName(node)) && closest(node, "label");
    if (around?.control && tagName(around.control) === "BUTTON" && findAll(around, FILLED).length === 1) return [around];
    const scope = rootOf(node), id = !NATIVE.test(tagName(node)) && attribute(node, "id");
    const said = id ? allIn(scope, `label[for=${CSS.escape(id)}]`) : [];
    if (said.length) return said;
    if (!beside.has(scope)) beside.set(scope, besideIn(scope));
    return [beside.get(scope).get(node)].filter(Boolean);
  };
  const headsOf = (node) => {
    const cell = closest(node, "td,th");
    const term = closest(node, "dd") && previousElement(closest(node, "dd"));
    let [head, column] = [term && tagName(term) === "DT" ? squeeze(textContent(term), 120) : "", ""];
    if (!cell) return [head, column];
    const line = parentElement(cell), cells = [...children(line)], index = cells.indexOf(cell);
    for (let at = index - 1; at >= 0 && !find(cells[at], FILLED); at -= 1) {
      const text = ownText(cells[at]);
      if (text) return [text, column];
    }
    const over = previousElement(line);
    if (over && children(over)[index] && !find(over, FILLED)) column = ownText(children(over)[index]);
    const table = closest(cell, "table"), top = table && table.rows[0];
    const cap = top && top !== line ? top.cells[index] : null;
    if (!column && cap && tagName(cap) === "TH") column = squeeze(textContent(cap), 120);
    return [head, column];
  };
  const legendOf = (node) => {
    const GROUP = "fieldset,[role=group],[role=radiogroup]";
    let group = closest(node, GROUP);
    // In a slot, or in the shadow of what stands in one.
    for (let each = node; each && !group; each = rootOf(each).host) {
      for (let up = each; up && !group; up = parentElement(up)) group = slotOf(up) && closest(slotOf(up), GROUP);
    }
    // A label may be for what is around the boxes of one question.
    for (let up = parentElement(node), depth = 0; !group && /^(radio|checkbox)$/.test(node.type) && up && depth < 4; up = parentElement(up), depth += 1) {
      const label = attribute(up, "id") && allIn(rootOf(up), `label[for=${CSS.escape(attribute(up, "id"))}]`)[0];
      if (label) return squeeze(ownText(label), 120);
    }
    if (!group) return "";
    const legend = find(group, "legend");
    const words = legend ? textContent(legend) : attribute(group, "aria-label") || byId(group, "aria-labelledby");
    return squeeze(words, 120);
  };
  const optionsOf = (node, tag) => {
    if (tag === "SELECT") return [...node.options].slice(0, MOST_OPTIONS).map((each) => [each.text, each.value]);
    const list = node.list || rootOf(node).getElementById?.(attribute(node, "aria-controls") ||
      attribute(node, "aria-owns") || "") || node;
    const found = list === node && NATIVE.test(tag) ? [] : [...findAll(list, "option,[role=option]")];
    const words = (each) => textContent(each).trim() || (shadowRoot(each) && ownText(shadowRoot(each))) || each.value || "";
    return found.slice(0, MOST_OPTIONS).map((each) => [words(each), attribute(each, "value") || ""]);
  };
  // What a button sends is not on it, unless it is an input.
  const wordsOn = (button) => {
    if (tagName(button) === "INPUT") return squeeze(button.value || button.alt);
    const picture = find(button, "img[alt],[aria-label]");
    const drawn = picture ? attribute(picture, "alt") || attribute(picture, "aria-label") : "";
    return squeeze(attribute(button, "aria-label") || textContent(button) || drawn);
  };
  const formNumbers = new Map(), forms = [];
  const formOf = (node) => {
    let form = node.form;
    for (let each = node; each && !form; each = rootOf(each).host) form = closest(each, "form,[role=form]");
    if (!form) return -1;
    if (!formNumbers.has(form)) {
      const buttons = [...findAll(form, "button,input[type=submit],input[type=button],input[type=image]")];
      const shown = buttons.filter((each) => isRendered(each, { visibilityProperty: true }));
      const sending = shown.filter((each) => /^(submit|image)$/.test(each.type));
      formNumbers.set(form, forms.length);
      forms.push({
        id: attribute(form, "id") || "", name: attribute(form, "name") || "",
        classes: squeeze(attribute(form, "class")), action: attribute(form, "action") || "",
        method: (attribute(form, "method") || "get").toLowerCase(),
        buttons: buttons.map(wordsOn).filter(Boolean).slice(0, 6),
        leads: (sending.length ? sending : shown).map(wordsOn).filter(Boolean).slice(-3),
      });
    }
    return formNumbers.get(form);
  };

  // ---- text near a control
  const controls = row.filter((item) => item.kind === "control" || item.kind === "button");
  const claimed = new Set();
  for (const item of controls) {
    item.area = rectangle(item.node);
    item.hidden = hiddenBecause(item.node, item.area);
    for (const label of item.kind === "button" ? [] : labelsOf(item.node)) {
      const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) claimed.add(texts.currentNode);
    }
  }
  const within = (outer, inner) => {
    for (let each = inner; each; each = above(each)) if (each === outer) return true;
    return false;
  };
  // What is drawn in place of a native list or text area that nobody sees is asked as that is; its parts are not.
  const placesFor = PLACES_JS;
  const LIST = /^(combobox|listbox|text|search|button)$/;
  const standsFor = (native, {node, type}) => (native.tag === "TEXTAREA" ? has(node, "contenteditable")
    : !has(node, "name") && !/^SELECT$/.test(tagName(node)) && LIST.test(attribute(node, "role") || type));
  const editorIn = (place) => {
    const frames = [...findAll(place, "iframe")], body = frames.length === 1 && frames[0].contentDocument?.body;
    return body && has(body, "contenteditable") ? frames[0] : null;
  };
  const drawnFor = (native) => {
    for (const place of placesFor(native.node)) {
      const inside = controls.filter((each) => each !== native && within(place, each.node));
      const seen = inside.filter((each) => !each.hidden.length && (each.kind === "control" || opensList(each.node)));
      const whole = seen.filter((each) => standsFor(native, each) && !seen.some((other) => other !== each && within(other.node, each.node)));
      // The place itself, or the document that an editor has of its own.
      const outer = native.tag === "TEXTAREA" ? editorIn(place) : !seen.length && /^(combobox|listbox)$/.test(attribute(place, "role") || "") ? place : null;
      if (whole.length === 1 || outer) return {area: outer ? rectangle(outer) : whole[0].area, inside};
      if (seen.some(({node}) => attribute(node, "role") !== "listbox")) return null;
    }
    return null;
  };
  const parts = new Set();
  for (const item of controls.filter(({tag, hidden}) => /^(SELECT|TEXTAREA)$/.test(tag) && hidden.length)) {
    const drawn = labelsOf(item.node).length ? drawnFor(item) : null;
    if (!drawn) continue;
    Object.assign(item, {area: drawn.area, hidden: [], drawn: true});
    for (const each of drawn.inside) parts.add(each);
  }
  const frame = window.frameElement;
  if (frame && allIn(frame.ownerDocument, "textarea").some((each) => !isRendered(each) && each.labels.length && placesFor(each).some((place) => editorIn(place) === frame))) {
    for (const each of controls) if (each.tag === "BODY") parts.add(each);
  }
  const fields = controls.filter((item) => item.kind === "control" && !parts.has(item));
  const shown = fields.filter((item) => !item.hidden.length);
  // A text in the label of another control says nothing about this one.
  const isOthers = (text, item) => claimed.has(text.node) &&
    !labelsOf(item.node).some((label) => contains(label, text.node));
  const isShown = (text) => {
    const parent = parentElement(text.node);
    return !parent || isRendered(parent);
  };
  const textBefore = (item) => {
    let [text, edges] = ["", 0];
    for (let at = item.index - 1; at >= Math.max(0, item.index - 60) && text.length <= 160; at -= 1) {
      const other = row[at];
      if (other.kind === "control" && !other.hidden.length) break;
      if (other.kind === "text" && isShown(other)) {
        if (!isOthers(other, item)) text = `${other.text} ${text}`;
        else if (text) break;
      }
      if (other.kind === "edge" && text) edges += 1;
      if (edges > 1) break;
    }
    return text.replace(/\s+/g, " ").trim().slice(-160);
  };
  const textAfter = (item) => {
    let text = "";
    for (const other of row.slice(item.index + 1, item.index + 13)) {
      if (other.kind === "control" || (other.kind === "edge" && text) || text.length > 80) break;
      if (other.kind === "text" && !claimed.has(other.node) && isShown(other)) text += ` ${other.text}`;
    }
    return squeeze(text, 80);
  };
  const range = new Range();
  const areaOf = (text) => {
    if (text.area === undefined) {
      range.selectNodeContents(text.node);
      const area = range.getBoundingClientRect();
      text.area = area.width > 0 && area.height > 0 ? area : null;
    }
    return text.area;
  };
  // The nearest text on the same line and the nearest over it, with no other control between. Only texts that stand
  // close in the source are measured, so that long pages stay quick.
  const textsAround = (item) => {
    const best = {left: ["", 420], above: ["", 70]};
    const box = item.area, middle = box.top + Math.min(box.height / 2, 14);
    if (item.hidden.length) return {left: "", above: ""};
    const others = shown.filter((each) => each !== item && Math.abs(each.index - item.index) < 60);
    for (const text of row.slice(Math.max(0, item.index - 160), item.index + 60)) {
      // An asterisk alone is a mark on other words.
      if (text.kind !== "text" || text.text.length > 120 || !/[\p{L}\p{N}]/u.test(text.text) || isOthers(text, item)) continue;
      const area = areaOf(text);
      if (!area) continue;
      if (area.right <= box.left + 6 && area.top - 4 <= middle && area.bottom + 4 >= middle) {
        const gap = box.left - area.right;
        const between = ({area: other}) => other.left >= area.right - 4 && other.right <= box.left + 4 &&
          other.top < middle && other.bottom > middle;
        if (gap < best.left[1] && !others.some(between)) best.left = [text.text, gap];
      }
      if (area.bottom <= box.top + 6 && area.left < box.right && area.right > box.left - 4) {
        const gap = box.top - area.bottom + Math.abs(area.left - box.left) * 0.15;
        const between = ({area: other}) => other.bottom <= box.top + 4 && other.top >= area.bottom - 4 &&
          other.left < box.right && other.right > box.left;
        if (gap < best.above[1] && !others.some(between)) best.above = [text.text, gap];
      }
    }
    return {left: best.left[0], above: best.above[0]};
  };
  const wrappersOf = (node) => {
    const found = [], isOuter = (each) => /^(FORM|BODY)$/.test(tagName(each));
    for (let each = above(node), depth = 0; each && depth < 3 && !isOuter(each); each = above(each)) {
      const names = [attribute(each, "id") ? `#${attribute(each, "id")}` : "", attribute(each, "class") || ""];
      if (names.join("")) found.push(squeeze(names.join(" "), 80));
      depth += 1;
    }
    return found;
  };

  // ---- roles as browsers give them, where the page gives none
  const NATIVE_ROLES = {
    textarea: "textbox", "select-one": "combobox", "select-multiple": "listbox", checkbox: "checkbox", radio: "radio",
    number: "spinbutton", range: "slider", search: "searchbox", button: "button", submit: "button", reset: "button",
    image: "button", text: "textbox", email: "textbox", tel: "textbox", url: "textbox",
  };
  const roleOf = ({node, type, days}) => {
    if (days) return "";
    // Menus and tabs are buttons to press, as long as they are made of some.
    if (attribute(node, "role") && (ROLES.test(attribute(node, "role")) || !BUTTON.test(type))) return attribute(node, "role");
    if (node.list || attribute(node, "aria-haspopup") === "listbox") return "combobox";
    if (node.size > 1 && type === "select-one") return "listbox";
    return NATIVE_ROLES[type] || (NATIVE.test(tagName(node)) ? "" : "textbox");
  };
  const number = (value) => (value > 0 && value < 100000 ? value : 0);
  let heading = "";
  const headingAt = new Map();
  for (const item of row) {
    if (item.kind === "heading") heading = item.text;
    headingAt.set(item, heading);
  }
  const read = (item) => {
    const {node, tag, type} = item;
    const text = (name, length) => squeeze(attribute(node, name), length);
    const labels = labelsOf(node), native = labels.filter((each) => each !== beside.get(rootOf(node))?.get(node));
    const own = item.kind === "button" ? wordsOn(node) : SAYING.test(type) && !NATIVE.test(tag) ? ownText(node) : "";
    const said = type === "radio" ? titleOf : ownText;
    const label = squeeze(labels.map(said).filter(Boolean).join(" | "), 200);
    const names = [
      ["aria-labelledby", byId(node, "aria-labelledby")], ["aria-label", ariaLabel(node)],
      ["label", native.map(said).join(" ").trim()], ["text", own], ["title", text("title", 120)],
      ["placeholder", text("placeholder", 120) || text("aria-placeholder", 120)],
    ];
    const [name_from, name] = names.find(([, words]) => words) || ["", ""];
    const [row_head, column_head] = headsOf(node);
    // Under a row of heads, what was said last is the last column's.
    const before = column_head && !ownText(closest(node, "td,th")) ? "" : textBefore(item);
    return {
      place: item.place, shadow: item.shadow, tag: tag.toLowerCase(), type, role: roleOf(item), name, name_from, label,
      label_from: native.some((each) => contains(each, node)) ? "around" : native.length ? "for" : label && "beside",
      aria_label: names[1][1] || names[0][1], placeholder: names[5][1], title: names[4][1],
      description: byId(node, "aria-describedby"), autocomplete: text("autocomplete").toLowerCase(),
      html_name: attribute(node, "name") || "", html_id: attribute(node, "id") || "", classes: text("class", 100),
      // What the page wrote there; never what a person has typed since.
      preset: squeeze(/^(checkbox|radio)$/.test(type) ? node.value : tag === "SELECT" ? "" : node.defaultValue, 80),
      ticked: node.checked === true || attribute(node, "aria-checked") === "true",
      // What is drawn may be written as HTML in the list behind it.
      options: optionsOf(node, tag).map(([words, value]) => [squeeze(item.drawn ? words.replace(/<\/?[a-z][^<>]*>/gi, "") : words, 80), squeeze(value, 80)]),
      maxlength: number(node.maxLength), pattern: text("pattern"), minimum: text("min"), maximum: text("max"),
      step: text("step"), accept: text("accept"), inputmode: text("inputmode"), multiple: node.multiple === true,
      required: node.required === true || attribute(node, "aria-required") === "true",
      readonly: item.days ? false : node.readOnly === true || attribute(node, "aria-readonly") === "true",
      disabled: node.disabled === true || attribute(node, "aria-disabled") === "true",
      tabindex: text("tabindex"), box: boxOf(item.area), hidden: item.hidden,
      before, after: textAfter(item), ...textsAround(item), row_head, column_head,
      legend: legendOf(node), heading: headingAt.get(item), wrappers: wrappersOf(node), form: formOf(node),
    };
  };
  return {
    controls: controls.filter((each) => !parts.has(each)).map(read), forms, natives: row.filter((item) => NATIVE.test(item.tag || "")).length,
    language: root ? attribute(root, "lang") || "" : "",
  };
}
