// The wizard: the answers given so far, the screen that is shown, and the submission.
// Screens are drawn in screens.js, controls in the files beside it.
import { Component, settings } from "./component.js";
import "./choice.js";
import "./combobox.js";
import "./layout.js";
import "./input.js";
import "./textarea.js";
import { SCREENS } from "./screens.js";
import { call, encodeFile } from "./server.js";

class EmailUs extends Component {
  answers = new Map(Object.entries(settings.prefilled));
  complaints = new Map(); // what the server held against an answer, by name
  files = [];
  subTopics = { of: "", choices: null };
  mailpiece = { of: "", facts: null };
  position = 0;

  draw() {
    this.top = this.el("div", { class: "top" });
    this.notices = this.el("div", { class: "notices" });
    this.stage = this.el("div", { class: "stage" });
    return this.el("div", { class: "card" }, this.top, this.notices, this.stage);
  }

  drawn() {
    this.show();
  }

  get isLast() {
    return this.position === SCREENS.length - 1;
  }

  // The choices a question offers now; null while only the server knows them.
  choicesOf(question) {
    return question.name === "sub_topic" ? this.subTopics.choices : (question.choices ?? {});
  }

  show() {
    const steps = SCREENS.map(({ heading }) => heading);
    this.top.replaceChildren(this.el("lightning-progress-indicator", { props: { steps, current: this.position } }));
    const { tag, props } = SCREENS[this.position];
    this.screen = this.el(tag, { props: { wizard: this, ...props } });
    this.stage.replaceChildren(this.screen);
  }

  go(position) {
    this.position = position;
    this.notices.replaceChildren();
    this.show();
    this.begin();
  }

  begin() {
    window.scrollTo(0, 0);
    this.screen.heading.focus({ preventScroll: true });
  }

  // Asks the server under a spinner that is there before anything else can be pressed; null, and a toast, when it refuses.
  async ask(action, params) {
    const spinner = this.el("lightning-spinner");
    this.stage.append(spinner);
    try {
      return await call(action, await params);
    } catch (refusal) {
      this.refuse(refusal);
      return null;
    } finally {
      spinner.remove();
    }
  }

  async inquiry() {
    const given = [...this.answers].filter(([name, answer]) => answer && name !== "files");
    return { answers: Object.fromEntries(given), files: await Promise.all(this.files.map(encodeFile)) };
  }

  async submit() {
    const outcome = await this.ask("submitInquiry", this.inquiry());
    if (!outcome) return;
    this.top.replaceChildren();
    this.screen = this.el("c-confirmation", { props: { caseNumber: outcome.caseNumber } });
    this.stage.replaceChildren(this.screen);
    this.begin();
  }

  // Leads back to the first screen with a field to correct, if any.
  refuse(refusal) {
    if (!refusal.errors) throw refusal;
    this.complaints = new Map(refusal.errors.map(({ name, message }) => [name, message]));
    const position = SCREENS.findIndex(({ names }) => [...names].some((name) => this.complaints.has(name)));
    if (position >= 0) this.go(position);
    this.notices.replaceChildren(this.el("lightning-toast", { props: { messages: refusal.messages } }));
  }
}

customElements.define("c-email-us", EmailUs);
