// lightning-input for text, e-mail and telephone, and for a checkbox; lightning-helptext.
import { Component, settings } from "./component.js";
import { Field, MESSAGES } from "./field.js";
import "./date.js";
import "./file.js";

const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const WARNING = "M12 3 22 21H2Zm-1 6v6h2V9Zm0 8v2h2v-2Z";

class PrimitiveSimple extends Component {
  draw() {
    const { host } = this;
    const email = host.type === "email";
    this.control = this.el("input", {
      id: "input",
      class: "slds-input",
      type: email ? "text" : host.type,
      inputmode: email && "email",
      name: host.name,
      required: host.required,
      maxlength: host.maxLength,
      pattern: host.pattern,
      placeholder: settings.bare && host.label,
      props: { value: host.value },
      on: {
        input: () => host.take(this.control.value, { finished: false }),
        change: () => host.take(this.control.value, { finished: true }),
        blur: () => host.reportValidity(),
      },
    });
    this.box = this.el("div", { class: "slds-form-element__control slds-grow", part: "input-container" }, this.control);
    this.line = this.el("div", {
      id: "help-message",
      class: "slds-form-element__help",
      "data-help-message": true,
      "data-name": host.name,
      "aria-live": "polite",
    });
    return [
      this.el(
        "div",
        { part: "input-text" },
        !settings.bare && this.el("label", { class: "slds-form-element__label slds-no-flex", for: "input" }, this.star(host.required, { hidden: true }), host.label),
        host.info && this.el("lightning-helptext", { props: { label: host.label, content: host.info } }),
        this.box,
      ),
      this.line,
    ];
  }

  showProblem(message) {
    this.box.querySelector("lightning-primitive-icon")?.remove();
    if (message) this.box.prepend(this.icon(WARNING, "slds-input__icon"));
    this.box.classList.toggle("slds-input-has-icon", Boolean(message));
    this.box.classList.toggle("slds-input-has-icon_left", Boolean(message));
    this.host.showLine(this.line, this.control, message);
  }
}

class PrimitiveCheckbox extends Component {
  draw() {
    const { host } = this;
    this.control = this.el("input", {
      id: "checkbox",
      type: "checkbox",
      name: host.name,
      required: host.required,
      props: { checked: host.value === "true" },
      on: {
        change: () => host.take(this.control.checked ? "true" : "", { finished: true }),
        blur: () => host.reportValidity(),
      },
    });
    this.line = this.el("div", { id: "help-message", class: "slds-form-element__help", "data-help-message": true, "aria-live": "polite" });
    return [
      this.el(
        "div",
        { class: "slds-form-element__control" },
        this.el(
          "span",
          { class: "slds-checkbox" },
          this.star(host.required, { hidden: true }),
          this.control,
          this.el(
            "label",
            { class: "slds-checkbox__label", for: "checkbox" },
            this.el("span", { class: "slds-checkbox_faux" }),
            this.el("span", { class: "slds-form-element__label" }, host.label),
          ),
        ),
      ),
      this.line,
    ];
  }

  showProblem(message) {
    this.host.showLine(this.line, this.control, message);
  }
}

const INSIDES = { checkbox: "lightning-primitive-input-checkbox", date: "lightning-datepicker", file: "lightning-primitive-input-file" };

class Input extends Field {
  type = "text";

  draw() {
    this.inside = this.el(INSIDES[this.type] ?? "lightning-primitive-input-simple", { props: { host: this } });
    return this.inside;
  }

  problem() {
    if (this.inside.problem) return this.inside.problem();
    if (super.problem() || !this.value) return super.problem();
    if (this.type === "email" && !EMAIL.test(this.value)) return MESSAGES.email;
    return this.pattern && !new RegExp(`^(${this.pattern})$`).test(this.value) ? MESSAGES.pattern : "";
  }

  focus() {
    this.inside.control.focus();
  }

  showProblem(message) {
    this.inside.showProblem(message);
  }
}

class HelpText extends Component {
  draw() {
    return this.el(
      "span",
      { class: "slds-form-element__icon" },
      this.el("button", { type: "button", class: "slds-button slds-button_icon", title: this.content }, this.el("span", { "aria-hidden": "true" }, "i"), this.el("span", { class: "slds-assistive-text" }, `${this.label} Help Info`)),
    );
  }
}

customElements.define("lightning-primitive-input-simple", PrimitiveSimple);
customElements.define("lightning-primitive-input-checkbox", PrimitiveCheckbox);
customElements.define("lightning-helptext", HelpText);
customElements.define("lightning-input", Input);
