// The base class of all components: elements drawn once for both ways of building a page, flat and native.
export const settings = JSON.parse(document.getElementById("settings").textContent);
export const native = settings.shadow === "native";

const ID_ATTRIBUTES = new Set(["id", "for", "aria-labelledby", "aria-describedby", "aria-controls"]);
const sheet = native ? await controlsSheet() : null;
let nextNumber = settings.firstId;

async function controlsSheet() {
  const response = await fetch("/static/controls.css");
  return new CSSStyleSheet().replace(await response.text());
}

// One scope for each kind of control, and one that says nothing to a reader, as on the genuine platform.
function scopeOf(tag) {
  let hash = 7;
  for (const letter of tag) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  return `lwc-${hash.toString(36)}`;
}

export class Component extends HTMLElement {
  connectedCallback() {
    if (this.root) return;
    this.number = nextNumber++;
    this.scope = scopeOf(this.localName);
    this.root = native ? this.attachShadow({ mode: "open" }) : this;
    if (native) this.root.adoptedStyleSheets = [sheet];
    else this.setAttribute(`${this.scope}-host`, "");
    this.root.append(...[this.draw()].flat(Infinity).filter(Boolean));
    this.drawn();
  }

  // Returns the element, or elements, inside this one.
  draw() {
    return [];
  }

  // Called once, when everything inside has drawn itself too.
  drawn() {}

  // Ids are as written in native shadow roots, and numbered where all controls share one tree.
  localId(id) {
    return native ? id : settings.ids.replace("N", this.number).replace("ID", id);
  }

  // Makes an element: `on` holds listeners, `props` properties, the rest are attributes; false and null ones are left out.
  el(tag, { on = {}, props = {}, ...attributes } = {}, ...children) {
    const element = document.createElement(tag);
    if (!native) element.setAttribute(this.scope, "");
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined) continue;
      const text = value === true ? "" : String(value);
      element.setAttribute(name, ID_ATTRIBUTES.has(name) ? text.split(" ").map((id) => this.localId(id)).join(" ") : text);
    }
    for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
    Object.assign(element, props);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  // The star of a required control; whether a screen reader finds it differs from control to control.
  star(required, { hidden }) {
    if (!required || !settings.star) return null;
    return this.el("abbr", { class: "slds-required", title: "required", "aria-hidden": hidden && "true" }, "*");
  }

  icon(path, name) {
    const icon = this.el("lightning-primitive-icon");
    icon.innerHTML = `<svg class="${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"></path></svg>`;
    return icon;
  }
}
