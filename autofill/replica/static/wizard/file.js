// The file control: its input is out of sight, and what was chosen is not shown.
import { Component } from "./component.js";

class PrimitiveFile extends Component {
  draw() {
    const { host } = this;
    this.control = this.el("input", {
      id: "input-file",
      class: "slds-file-selector__input slds-assistive-text",
      type: "file",
      name: host.name,
      multiple: true,
      "aria-labelledby": "form-label file-selector-label",
      on: {
        change: () => {
          host.files = [...this.control.files];
          host.take(host.files.map((file) => file.name).join(", "), { finished: true });
        },
      },
    });
    this.line = this.el("div", { id: "help-message", class: "slds-form-element__help", role: "status" });
    return [
      this.el("span", { id: "form-label", class: "slds-form-element__label" }, host.label),
      this.el(
        "div",
        { class: "slds-form-element__control slds-file-selector slds-file-selector_files" },
        this.el(
          "lightning-primitive-file-droppable-zone",
          { class: "slds-file-selector__dropzone" },
          this.control,
          this.el(
            "label",
            { id: "file-selector-label", class: "slds-file-selector__body", for: "input-file" },
            this.el("span", { class: "slds-file-selector__button slds-button" }, "Upload Files"),
            this.el("span", { class: "slds-file-selector__text" }, "Or drop files"),
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

customElements.define("lightning-primitive-input-file", PrimitiveFile);
