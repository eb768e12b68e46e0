// lightning-textarea: a long text with its limit.
import { settings } from "./component.js";
import { Field } from "./field.js";

class TextArea extends Field {
  draw() {
    this.control = this.el("textarea", {
      id: "input",
      class: "slds-textarea",
      name: this.name,
      rows: 6,
      required: this.required,
      maxlength: this.maxLength,
      placeholder: settings.bare && this.label,
      props: { value: this.value },
      on: {
        input: () => {
          this.take(this.control.value, { finished: false });
          this.warn();
        },
        change: () => this.take(this.control.value, { finished: true }),
        blur: () => this.reportValidity(),
      },
    });
    this.place = this.el("div", { role: "status" });
    this.box = this.el("div", { class: "slds-form-element__control slds-grow textarea-container" }, this.control);
    return [
      !settings.bare && this.el("label", { class: "slds-form-element__label", for: "input" }, this.star(this.required, { hidden: true }), this.label),
      this.box,
      this.place,
    ];
  }

  warn() {
    const full = this.maxLength && this.value.length >= this.maxLength;
    this.box.querySelector("p")?.remove();
    if (!full) return;
    this.box.append(this.el("p", { id: "char-limit-warning", class: "slds-assistive-text", role: "alert" }, `You have reached the limit of ${this.maxLength} characters.`));
  }

  focus() {
    this.control.focus();
  }

  showProblem(message) {
    this.showNewLine(this.place, this.control, message, "help-message");
  }
}

customElements.define("lightning-textarea", TextArea);
