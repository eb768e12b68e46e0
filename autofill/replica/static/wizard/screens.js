// The screens of the wizard and its confirmation. Which one is shown is decided in wizard.js.
import { Component, settings } from "./component.js";
import { QUESTIONS, isAsked, isRequired, readableAnswer } from "./questions.js";

const TAGS = { textarea: "lightning-textarea", select: "lightning-select", combobox: "lightning-combobox", radio: "lightning-radio-group" };
const WIDE = new Set(["textarea", "radio", "checkbox", "file"]);
const MAILPIECE = { mail_class: "Mail class", mailed: "Mailing date", origin: "Origin", destination: "Destination", expected: "Expected delivery" };

const said = (usual) => settings.words[usual] ?? usual;

class Screen extends Component {
  draw() {
    this.heading = this.el("h2", { class: "screen-heading", tabindex: -1 }, this.called);
    return [this.heading, this.body(), this.navigation()];
  }

  navigation() {
    const { wizard } = this;
    const button = (label, variant, press) => this.el("lightning-button", { props: { label, variant, press } });
    return this.el(
      "div",
      { class: "navigation" },
      wizard.position > 0 && button(said("Previous"), "neutral", () => this.retreat()),
      wizard.isLast ? button(said("Submit"), "brand", () => wizard.submit()) : button(said("Next"), "brand", () => this.advance()),
    );
  }

  retreat() {
    this.wizard.go(this.wizard.position - 1);
  }

  advance() {
    this.wizard.go(this.wizard.position + 1);
  }

  facts(pairs) {
    const rows = pairs.map(([term, text]) => this.el("div", {}, this.el("dt", {}, term), this.el("dd", {}, text)));
    return this.el("dl", { class: "facts" }, rows);
  }
}

// A screen of questions; a question comes and goes with the answers it depends on.
class Questions extends Screen {
  hosts = new Map();

  body() {
    this.grid = this.el("div", { class: "grid" });
    return [this.grid, settings.trap && this.trap()];
  }

  // Nobody sees it; what programs put in goes along, and was not asked.
  trap() {
    this.bait = this.el("input", { id: "bait", name: settings.trap, tabindex: -1, autocomplete: "off" });
    const label = this.el("label", { for: "bait" }, "Website");
    return this.el("div", { style: "position: absolute; left: -9999px" }, label, this.bait);
  }

  drawn() {
    this.refresh();
  }

  // Goes before `insert`: two questions can share one answer, and the one that leaves takes it along.
  refresh() {
    const { answers } = this.wizard;
    for (const [question, host] of this.hosts) {
      if (!this.isReady(question)) {
        answers.delete(question.name);
        this.discard(question);
      } else if (host.required !== isRequired(question, answers)) this.discard(question);
    }
    for (const question of this.questions) if (this.isReady(question) && !this.hosts.has(question)) this.insert(question);
  }

  isReady(question) {
    return isAsked(question, this.wizard.answers) && Boolean(this.wizard.choicesOf(question));
  }

  insert(question) {
    const { answers, complaints } = this.wizard;
    const host = this.el(TAGS[question.kind] ?? "lightning-input", {
      class: WIDE.has(question.kind) && "wide",
      on: { answer: () => this.settle() },
      props: {
        name: settings.names[question.name] ?? question.name,
        label: question.label,
        type: question.kind,
        required: isRequired(question, answers),
        maxLength: question.max_length,
        pattern: question.pattern,
        info: question.info,
        choices: this.wizard.choicesOf(question),
        value: answers.get(question.name) ?? "",
        complaint: complaints.get(question.name) ?? "",
      },
    });
    const later = this.questions.slice(this.questions.indexOf(question) + 1).find((other) => this.hosts.has(other));
    this.grid.insertBefore(host, this.hosts.get(later) ?? null);
    this.hosts.set(question, host);
    if (host.complaint || (settings.errorsFirst && host.required)) host.reportValidity();
  }

  discard(question) {
    this.hosts.get(question).remove();
    this.hosts.delete(question);
  }

  // Takes over what the controls hold; what the server held against an answer goes with the answer.
  collect() {
    const { answers, complaints, files } = this.wizard;
    if (this.bait?.value) answers.set(settings.trap, this.bait.value);
    for (const [question, host] of this.hosts) {
      if (host.value !== (answers.get(question.name) ?? "")) complaints.delete(question.name);
      answers.set(question.name, host.value);
      if (host.files) files.splice(0, Infinity, ...host.files);
    }
    for (const [question, host] of this.hosts) {
      if (!question.same_as) continue;
      host.setCustomValidity(host.value === answers.get(question.same_as) ? "" : "The two email addresses are not the same.");
    }
  }

  settle() {
    this.collect();
    this.refresh();
  }

  retreat() {
    this.collect();
    super.retreat();
  }

  advance() {
    this.collect();
    const wrong = [...this.hosts.values()].filter((host) => !host.reportValidity());
    if (wrong.length) wrong[0].focus();
    else super.advance();
  }
}

class ProblemDetails extends Questions {
  drawn() {
    super.drawn();
    this.ask();
  }

  settle() {
    super.settle();
    this.ask();
  }

  // What follows from the topic and from the tracking number is known to the server only.
  async ask() {
    const { answers } = this.wizard;
    const topic = answers.get("topic") ?? "";
    if (topic !== this.wizard.subTopics.of) await this.findSubTopics(topic);
    const number = answers.get("tracking_number") ?? "";
    if (number !== this.wizard.mailpiece.of) await this.findMailpiece(number);
  }

  async findSubTopics(topic) {
    const { wizard } = this;
    wizard.subTopics = { of: topic, choices: null };
    this.refresh();
    const choices = topic && (await wizard.ask("getSubTopics", { topic }));
    wizard.subTopics = choices ? { of: topic, choices: Object.fromEntries(choices) } : { of: "", choices: null };
    this.refresh();
  }

  async findMailpiece(number) {
    const { wizard } = this;
    const facts = number.trim() && (await wizard.ask("getTrackingData", { trackingNumber: number }));
    wizard.mailpiece = { of: number, facts };
    this.refresh();
  }

  refresh() {
    if (!this.isConnected) return;
    super.refresh();
    this.box?.remove();
    const { facts } = this.wizard.mailpiece;
    const tracking = [...this.hosts].find(([question]) => question.name === "tracking_number")?.[1];
    if (!facts || !tracking) return;
    this.box = this.el(
      "section",
      { class: "mailpiece wide", "aria-label": "Mailpiece information" },
      this.el("h3", {}, "Mailpiece information"),
      this.facts(Object.entries(MAILPIECE).map(([key, term]) => [term, facts[key]])),
    );
    tracking.after(this.box);
  }
}

class ContactInformation extends Questions {}

class Review extends Screen {
  body() {
    const { answers } = this.wizard;
    const given = QUESTIONS.filter(
      (question) => isAsked(question, answers) && answers.get(question.name) && !question.same_as,
    );
    return [
      this.el("p", {}, "Please check what you have entered. Choose Previous to change it."),
      this.facts(given.map((question) => [question.label, readableAnswer(question, answers.get(question.name), this.wizard.choicesOf(question))])),
    ];
  }
}

class Submit extends Screen {
  body() {
    return this.el("p", {}, "Your inquiry is complete. Choose Submit to send it to Customer Support.");
  }
}

class Confirmation extends Component {
  draw() {
    this.heading = this.el("h2", { class: "screen-heading", tabindex: -1 }, "Thank you for contacting us");
    return this.el(
      "div",
      { class: "confirmation" },
      this.heading,
      [this.caseNumber].flat().map((number) => this.el("p", { class: "case-number" }, "Your Service Request Number is ", this.el("strong", {}, number), ".")),
      this.el("h3", {}, "Next steps"),
      this.el(
        "ul",
        {},
        this.el("li", {}, "We have sent an email with this number to the address you gave us."),
        this.el("li", {}, "You can expect an answer within 1 to 3 business days."),
        this.el("li", {}, "Please give this number whenever you contact us about the same matter."),
      ),
    );
  }
}

const KINDS = { "problem-details": ProblemDetails, "contact-information": ContactInformation, review: Review, submit: Submit };
for (const [kind, screen] of Object.entries(KINDS)) customElements.define(`c-${kind}`, screen);
customElements.define("c-confirmation", Confirmation);

export const SCREENS = settings.screens.map(({ kind, heading, questions }) => ({
  heading,
  tag: `c-${kind}`,
  props: { called: heading, questions },
  names: new Set(questions.map((question) => question.name)),
}));
