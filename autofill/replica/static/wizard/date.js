// lightning-datepicker: a text control that reads "Nov 2, 2026", and its calendar.
import { Component } from "./component.js";
import { MESSAGES } from "./field.js";
import { MONTHS, isoDate, readDate, writeDate } from "./questions.js";

const CALENDAR = "M7 2h2v2h6V2h2v2h4v18H3V4h4Zm-2 8v10h14V10Z";

class DatePicker extends Component {
  draw() {
    const { host } = this;
    this.control = this.el("input", {
      id: "input",
      class: "slds-input",
      type: "text",
      name: host.name,
      autocomplete: "off",
      required: host.required,
      props: { value: writeDate(host.value) },
      on: { change: () => this.read(), click: () => this.open() },
    });
    this.button = this.el("lightning-button-icon", {
      class: "slds-input__icon_right",
      props: { label: `Select a date for ${host.label}`, drawing: CALENDAR, press: () => this.open() },
    });
    this.line = this.el("div", { id: "error-message", class: "slds-form-element__help", "data-error-message": true, "aria-live": "polite" });
    this.picker = this.el(
      "div",
      { class: "slds-dropdown-trigger", role: "group", on: { focusout: (event) => this.leave(event), keydown: (event) => event.key === "Escape" && this.close() } },
      this.el("label", { class: "slds-form-element__label", for: "input" }, this.star(host.required, { hidden: true }), host.label),
      this.el("div", { class: "slds-form-element__control slds-input-has-icon slds-input-has-icon_right" }, this.control, this.button),
    );
    return [this.picker, this.el("div", { id: "fmt-text", class: "slds-form-element__format" }, "Format: Dec 31, 2024"), this.line];
  }

  // The genuine control empties itself, without a word, when it is given an ISO date.
  read() {
    const text = this.control.value;
    if (/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) this.control.value = "";
    this.put(readDate(this.control.value));
  }

  put(value) {
    if (value) this.control.value = writeDate(value);
    this.host.take(value, { finished: true });
  }

  problem() {
    if (this.host.value) return "";
    if (this.control.value.trim()) return MESSAGES.date;
    return this.host.required ? "Complete this field with format Dec 31, 2024." : "";
  }

  open() {
    if (this.calendar) return;
    this.calendar = this.el("lightning-calendar", {
      props: {
        day: this.host.value,
        pick: (value) => {
          this.put(value);
          this.close();
          this.control.focus();
        },
      },
    });
    this.picker.append(this.calendar);
  }

  close() {
    this.calendar?.remove();
    this.calendar = null;
  }

  // An error shows only when the focus has left the text, the button and the calendar.
  leave(event) {
    if (event.relatedTarget && this.picker.contains(event.relatedTarget)) return;
    this.close();
    this.host.reportValidity();
  }

  showProblem(message) {
    this.host.showLine(this.line, this.control, message);
  }
}

class Calendar extends Component {
  draw() {
    const start = this.day ? new Date(`${this.day}T00:00`) : new Date();
    this.year = start.getFullYear();
    this.month = start.getMonth();
    this.box = this.el("div", {
      class: "slds-datepicker slds-dropdown",
      role: "dialog",
      // Pressing on the calendar must not take the focus out of the picker; the list of years still has to open.
      on: { mousedown: (event) => event.composedPath()[0].localName !== "select" && event.preventDefault() },
    });
    return this.box;
  }

  drawn() {
    this.turn(0);
  }

  turn(months) {
    const first = new Date(this.year, this.month + months, 1);
    this.year = first.getFullYear();
    this.month = first.getMonth();
    this.box.setAttribute("aria-label", `Date picker: ${MONTHS[this.month]}`);
    this.box.replaceChildren(this.head(), this.grid(first), this.today());
  }

  head() {
    const years = Array.from({ length: 11 }, (_, n) => this.year - 9 + n);
    const turner = (label, sign, months) =>
      this.el("button", { type: "button", class: "slds-button slds-button_icon", title: label, "aria-label": label, on: { click: () => this.turn(months) } }, sign);
    return this.el(
      "div",
      { class: "slds-datepicker__filter" },
      turner("Previous Month", "\u2039", -1),
      this.el("h2", { "aria-live": "polite" }, MONTHS[this.month]),
      turner("Next Month", "\u203a", 1),
      this.el(
        "select",
        { "aria-label": "Pick a Year", on: { change: (event) => this.turn((Number(event.target.value) - this.year) * 12) } },
        years.map((year) => this.el("option", { value: year, selected: year === this.year }, String(year))),
      ),
    );
  }

  grid(first) {
    const days = new Date(this.year, this.month + 1, 0).getDate();
    const cells = [...Array(first.getDay()).fill(null), ...Array.from({ length: days }, (_, n) => n + 1)];
    const rows = Array.from({ length: Math.ceil(cells.length / 7) }, (_, n) => cells.slice(n * 7, n * 7 + 7));
    const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].map((name) => this.el("th", { scope: "col" }, name));
    return this.el(
      "table",
      { role: "grid" },
      this.el("thead", {}, this.el("tr", {}, names)),
      this.el("tbody", {}, rows.map((row) => this.el("tr", {}, row.map((day) => this.cell(day))))),
    );
  }

  cell(day) {
    if (day === null) return this.el("td");
    const value = isoDate(this.year, this.month, day);
    const button = this.el("button", { type: "button", on: { click: () => this.pick(value) } }, String(day));
    return this.el("td", { role: "gridcell", "data-value": value, "aria-selected": String(value === this.day) }, button);
  }

  today() {
    const now = new Date();
    const value = isoDate(now.getFullYear(), now.getMonth(), now.getDate());
    return this.el("button", { type: "button", class: "slds-button", on: { click: () => this.pick(value) } }, "Today");
  }
}

class ButtonIcon extends Component {
  draw() {
    return this.el(
      "button",
      { type: "button", class: "slds-button slds-button_icon", title: this.label, on: { click: () => this.press() } },
      this.icon(this.drawing, "slds-button__icon"),
      this.el("span", { class: "slds-assistive-text" }, this.label),
    );
  }
}

customElements.define("lightning-button-icon", ButtonIcon);
customElements.define("lightning-calendar", Calendar);
customElements.define("lightning-datepicker", DatePicker);
