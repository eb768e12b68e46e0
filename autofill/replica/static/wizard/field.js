// The base class of controls with an answer: their value, its error, and the line that shows it.
// How a control looks is in the files beside this one.
import { Component, native } from "./component.js";

export const MESSAGES = {
  required: "Complete this field.",
  pattern: "Your entry does not match the allowed pattern.",
  email: "Enter a valid email address, such as name@email.com.",
  date: "Your entry does not match the allowed format Dec 31, 2024.",
};

export class Field extends Component {
  label = "";
  name = "";
  required = false;
  value = "";
  complaint = ""; // what the server or a neighbouring control holds against the value

  connectedCallback() {
    this.classList.add("slds-form-element");
    super.connectedCallback();
  }

  // What is wrong with the value by itself; empty when nothing is.
  problem() {
    return this.required && !this.value.trim() ? MESSAGES.required : "";
  }

  get validationMessage() {
    return this.problem() || this.complaint;
  }

  get validity() {
    return { valid: !this.validationMessage, valueMissing: this.required && !this.value.trim() };
  }

  checkValidity() {
    return !this.validationMessage;
  }

  setCustomValidity(message) {
    this.complaint = message;
  }

  reportValidity() {
    const message = this.validationMessage;
    this.classList.toggle("slds-has-error", Boolean(message));
    this.toggleAttribute("invalid", Boolean(message));
    this.showProblem(message);
    return !message;
  }

  // Takes a new value from the person, and tells the screen when it is a finished one.
  take(value, { finished }) {
    if (value !== this.value) this.complaint = "";
    this.value = value;
    if (finished) this.dispatchEvent(new CustomEvent("answer"));
  }

  // Fills (or empties) a line that is always in the page.
  showLine(line, control, message) {
    line.replaceChildren(...(message ? [this.el("span", { class: "slds-assistive-text" }, this.label), message] : []));
    this.mark(control, line, message);
  }

  // Puts a line below a control only while there is something to say.
  showNewLine(place, control, message, id) {
    place.replaceChildren();
    const line = this.el("div", { id, class: "slds-form-element__help" });
    if (message) place.append(line);
    this.showLine(line, control, message);
  }

  // In native shadow roots the relation exists only as a property, and its attribute is empty.
  mark(control, line, message) {
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (native) control.ariaDescribedByElements = message ? [line] : null;
    else if (message) control.setAttribute("aria-describedby", line.id);
    else control.removeAttribute("aria-describedby");
  }
}
