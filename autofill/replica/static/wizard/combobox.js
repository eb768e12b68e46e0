// lightning-combobox: a button that opens a list. It is no native control, and cannot be filled like one.
import { Component } from "./component.js";
import { Field } from "./field.js";

const PLACEHOLDER = "Select an Option";
const CHECK = "M9 16.2 4.800 12l-1.400 1.400L9 19 21 7l-1.400-1.400Z";
const TYPE_AHEAD_MS = 800;

class Combobox extends Field {
  draw() {
    this.base = this.el("lightning-base-combobox", { props: { host: this } });
    this.place = this.el("div", { role: "status" });
    this.caption = this.el("label", { class: "slds-form-element__label", for: "combobox-button" }, this.star(this.required, { hidden: false }), this.label);
    return [this.el("span", {}, this.caption), this.el("div", { class: "slds-form-element__control" }, this.base), this.place];
  }

  drawn() {
    this.caption.setAttribute("for", this.base.button.id);
  }

  focus() {
    this.base.button.focus();
  }

  showProblem(message) {
    this.showNewLine(this.place, this.base.button, message, "help-text");
  }
}

class BaseCombobox extends Component {
  active = -1;
  typed = "";
  typedAt = 0;

  draw() {
    const { host } = this;
    this.caption = this.el("span", { class: "slds-truncate" });
    this.button = this.el(
      "button",
      {
        type: "button",
        id: "combobox-button",
        class: "slds-combobox__input slds-input_faux",
        role: "combobox",
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        "aria-controls": "dropdown-element",
        "aria-label": host.label,
        "aria-required": String(host.required),
        name: host.name,
        on: {
          click: () => (this.isOpen ? this.close() : this.open()),
          keydown: (event) => this.press(event),
          blur: () => {
            this.close();
            host.reportValidity();
          },
        },
      },
      this.caption,
    );
    this.list = this.el("div", {
      id: "dropdown-element",
      class: "slds-listbox slds-dropdown slds-dropdown_fluid",
      role: "listbox",
      "aria-label": host.label,
      // Pressing on the list must leave the focus on the button, whose blur closes the list.
      on: { mousedown: (event) => event.preventDefault() },
    });
    this.trigger = this.el("div", { class: "slds-combobox slds-dropdown-trigger" }, this.el("div", { class: "slds-combobox__form-element" }, this.button), this.list);
    this.showChoice();
    return this.el("div", { class: "slds-combobox_container" }, this.trigger);
  }

  get isOpen() {
    return this.trigger.classList.contains("slds-is-open");
  }

  // The button's data-value holds the words, not the value, as measured.
  showChoice() {
    const text = this.host.choices[this.host.value] ?? "";
    this.caption.textContent = text || PLACEHOLDER;
    this.button.setAttribute("data-value", text);
    this.button.classList.toggle("slds-is-empty", !text);
  }

  open() {
    if (!this.items) this.fill();
    this.trigger.classList.add("slds-is-open");
    this.button.setAttribute("aria-expanded", "true");
    this.activate(this.items.findIndex((item) => item.value === this.host.value));
  }

  close() {
    this.trigger.classList.remove("slds-is-open");
    this.button.setAttribute("aria-expanded", "false");
    this.button.removeAttribute("aria-activedescendant");
  }

  // The list stays empty until it is first opened, and is kept from then on.
  fill() {
    this.items = Object.entries(this.host.choices).map(([value, text], n) =>
      this.el("lightning-base-combobox-item", {
        id: `combobox-button-${n}`,
        class: "slds-media slds-listbox__option",
        role: "option",
        "data-value": value,
        props: { value, text },
        on: { click: () => this.pick(n), mousemove: () => this.active === n || this.activate(n) },
      }),
    );
    this.list.append(...this.items);
    this.select();
  }

  select() {
    for (const item of this.items) {
      const chosen = String(item.value === this.host.value);
      item.setAttribute("aria-selected", chosen);
      item.setAttribute("aria-checked", chosen);
      item.classList.toggle("slds-is-selected", chosen === "true");
    }
  }

  pick(n) {
    this.close();
    this.host.take(this.items[n].value, { finished: false });
    this.select();
    this.showChoice();
    this.host.take(this.host.value, { finished: true });
  }

  activate(n) {
    this.items[this.active]?.classList.remove("slds-has-focus");
    this.active = n;
    const item = this.items[n];
    if (!item) return;
    item.classList.add("slds-has-focus");
    item.scrollIntoView({ block: "nearest" });
    this.button.setAttribute("aria-activedescendant", item.id);
  }

  press(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Enter" || (event.key === " " && !this.typed)) {
      if (!this.isOpen) this.open();
      else if (this.active >= 0) this.pick(this.active);
    } else if (event.key === "Escape") this.close();
    else if (event.key in steps) this.step(steps[event.key]);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.typeAhead(event);
    else return;
    event.preventDefault();
  }

  step(by) {
    if (!this.isOpen) this.open();
    else this.activate(Math.min(Math.max(this.active + by, 0), this.items.length - 1));
  }

  typeAhead(event) {
    if (!this.isOpen) this.open();
    this.typed = event.timeStamp - this.typedAt < TYPE_AHEAD_MS ? this.typed + event.key : event.key;
    this.typedAt = event.timeStamp;
    const start = this.typed.toLowerCase();
    const found = this.items.findIndex((item) => item.text.toLowerCase().startsWith(start));
    if (found >= 0) this.activate(found);
  }
}

class BaseComboboxItem extends Component {
  draw() {
    return [
      this.el("span", { class: "slds-media__figure" }, this.icon(CHECK, "slds-listbox__check")),
      this.el("span", { class: "slds-media__body" }, this.el("span", { class: "slds-truncate", title: this.text }, this.text)),
    ];
  }
}

customElements.define("lightning-base-combobox-item", BaseComboboxItem);
customElements.define("lightning-base-combobox", BaseCombobox);
customElements.define("lightning-combobox", Combobox);
