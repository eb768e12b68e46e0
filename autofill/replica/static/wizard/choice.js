// lightning-select and lightning-radio-group: choices that are native controls at heart.
import { Field } from "./field.js";

// A group is judged a moment after it is left, because pressing on a label leaves it and comes back.
const JUDGED_AFTER_MS = 200;

class Select extends Field {
  draw() {
    const options = [["", "Select an Option"], ...Object.entries(this.choices)];
    this.control = this.el(
      "select",
      {
        id: "select",
        class: "slds-select",
        name: this.name,
        required: this.required,
        on: {
          change: () => this.take(this.control.value, { finished: true }),
          blur: () => this.reportValidity(),
        },
      },
      options.map(([value, text]) => this.el("option", { value, selected: value === this.value }, text)),
    );
    this.place = this.el("div", { role: "status" });
    return [
      this.el("label", { class: "slds-form-element__label", for: "select" }, this.star(this.required, { hidden: false }), this.label),
      this.el("div", { class: "slds-form-element__control" }, this.el("div", { class: "slds-select_container" }, this.control)),
      this.place,
    ];
  }

  focus() {
    this.control.focus();
  }

  showProblem(message) {
    this.showNewLine(this.place, this.control, message, "help-message-err");
  }
}

class RadioGroup extends Field {
  draw() {
    this.place = this.el("div", { class: "slds-form-element__message" });
    this.group = this.el(
      "fieldset",
      {
        class: "slds-form-element",
        role: "radiogroup",
        "aria-required": String(this.required),
        on: { focusin: () => clearTimeout(this.timer), focusout: () => this.leave() },
      },
      this.el("legend", { class: "slds-form-element__legend slds-form-element__label" }, this.star(this.required, { hidden: false }), this.label),
      this.el("div", { class: "slds-form-element__control" }, Object.entries(this.choices).map(([value, text], n) => this.radio(value, text, n))),
      this.place,
    );
    return this.group;
  }

  leave() {
    this.timer = setTimeout(() => this.reportValidity(), JUDGED_AFTER_MS);
  }

  radio(value, text, n) {
    return this.el(
      "span",
      { class: "slds-radio" },
      this.el("input", {
        id: `radio-${n}`,
        type: "radio",
        // Two groups of one name in one tree would switch each other off.
        name: `${this.name}-${this.number}`,
        value,
        required: this.required,
        props: { checked: value === this.value },
        on: { change: () => this.take(value, { finished: true }) },
      }),
      this.el(
        "label",
        { class: "slds-radio__label", for: `radio-${n}` },
        this.el("span", { class: "slds-radio_faux" }),
        this.el("span", { class: "slds-form-element__label" }, text),
      ),
    );
  }

  focus() {
    this.group.querySelector("input").focus();
  }

  // The only control whose error line is named by a real id in both ways of building.
  showProblem(message) {
    this.place.replaceChildren();
    const line = this.el("div", { id: "help-message-err", class: "slds-form-element__help" });
    if (message) line.append(this.el("span", { class: "slds-assistive-text" }, this.label), message);
    if (message) this.place.append(line);
    for (const input of this.group.querySelectorAll("input")) {
      for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", line.id]]) {
        if (message) input.setAttribute(name, value);
        else input.removeAttribute(name);
      }
    }
  }
}

customElements.define("lightning-select", Select);
customElements.define("lightning-radio-group", RadioGroup);
