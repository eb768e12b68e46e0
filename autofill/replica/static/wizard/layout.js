// The components around the controls: buttons, the spinner, the progress indicator and the toast.
import { Component } from "./component.js";

class Button extends Component {
  draw() {
    this.button = this.el("button", { type: "button", class: `slds-button slds-button_${this.variant}`, part: "button", on: { click: () => this.press() } }, this.label);
    return this.button;
  }
}

// It overlays the nearest positioned element around it, and takes every click meant for what is below.
class Spinner extends Component {
  draw() {
    this.classList.add("slds-spinner_container");
    return [
      this.el("div", { part: "backdrop", class: "slds-spinner_backdrop" }),
      this.el(
        "div",
        { class: "slds-spinner", role: "status" },
        this.el("span", { class: "slds-assistive-text" }, "Loading"),
        this.el("div", { class: "slds-spinner__dot-a" }),
        this.el("div", { class: "slds-spinner__dot-b" }),
      ),
    ];
  }
}

class ProgressIndicator extends Component {
  draw() {
    const items = this.steps.map((step, n) => {
      const state = n < this.current ? "slds-is-completed" : n === this.current && "slds-is-active";
      const stage = n < this.current ? "Stage Complete" : n === this.current && "Current Stage";
      return this.el(
        "li",
        { class: `slds-progress__item ${state || ""}`, "aria-current": n === this.current && "step" },
        this.el("span", { class: "slds-progress__marker", "aria-hidden": "true" }, n < this.current ? "\u2713" : String(n + 1)),
        this.el("span", { class: "slds-progress__label" }, step, stage && this.el("span", { class: "slds-assistive-text" }, ` - ${stage}`)),
      );
    });
    const done = Math.round((100 * this.current) / (this.steps.length - 1));
    return this.el(
      "div",
      { class: "slds-progress" },
      this.el("ol", { class: "slds-progress__list" }, items),
      this.el(
        "div",
        { class: "slds-progress-bar", role: "progressbar", "aria-label": "Progress", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": done },
        this.el("span", { class: "slds-progress-bar__value", style: `width: ${done}%` }),
      ),
    );
  }
}

class Toast extends Component {
  draw() {
    return this.el(
      "div",
      { class: "slds-notify_container" },
      this.el(
        "div",
        { class: "slds-notify slds-notify_toast slds-theme_error", role: "alert", "aria-live": "polite" },
        this.el("h2", { class: "slds-text-heading_small" }, "Error"),
        this.el("ul", {}, this.messages.map((message) => this.el("li", {}, message))),
        this.el("button", { type: "button", class: "slds-button slds-button_icon", title: "Close", on: { click: () => this.remove() } }, "\u00d7"),
      ),
    );
  }
}

customElements.define("lightning-button", Button);
customElements.define("lightning-spinner", Spinner);
customElements.define("lightning-progress-indicator", ProgressIndicator);
customElements.define("lightning-toast", Toast);
