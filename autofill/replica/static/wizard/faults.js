// The wizard or the hub with something wrong: which fault is done when, and controls that do not do as they should.
// What a fault is stands in page_faults.js.
import { Part, settings } from "./base.js";
import { PAGE_FAULTS } from "./page_faults.js";

const STEPS = { getSubTopics: "topic", getTrackingData: "tracking", submitInquiry: "submit" };

const wanted = (name) => settings.faults.filter((fault) => fault.name === name).map(({ value }) => value);

// Does what is due; false when the page must not go on.
async function strike(step, when, wizard) {
  for (const [name, happen] of Object.entries(PAGE_FAULTS)) {
    const fault = settings.faults.find((other) => other.name === name && other.step === step && other.when === when);
    if (fault && (await happen(fault.value, wizard)) === false) return false;
  }
  return true;
}

const questions = [...(settings.problemDetails ?? []), ...(settings.contactInformation ?? [])];
const namesOf = (labels) => questions.filter(({ label }) => labels.includes(label)).map(({ name }) => name);

const idle = wanted("disabled");
const idleNames = namesOf(idle);
const marked = wanted("script-in-texts").length > 0;
const MARKUP = '<script>alert("script")</script><img src=x onerror=alert("image")>';
const el = Part.prototype.el;
Part.prototype.el = function (tag, options = {}, ...children) {
  const texts = marked && (tag === "p" || tag === "li") ? [...children, ` ${MARKUP}`] : children;
  const element = el.call(this, tag, options, ...texts);
  // A radio button's name ends in its group's number.
  const name = options.name?.replace(/-\d+$/, "");
  if (idleNames.includes(name) || (tag === "button" && idle.includes(children[0]))) element.disabled = true;
  return element;
};
if (marked) document.title += ` ${MARKUP}`;

const masked = namesOf(wanted("mask"));
const rewrite = (text) => text.toUpperCase().replace(/(\w{3})(?=\w)/g, "$1-");
document.addEventListener(
  "input",
  (event) => {
    const [control] = event.composedPath();
    if (masked.includes(control.name)) control.value = rewrite(control.value);
  },
  true,
);

// The wizard waits for what is due on opening, so that nobody can begin before.
const place = document.querySelector("c-email-us");
const mark = document.createComment("");
place?.replaceWith(mark);
const goesOn = await strike(settings.step, "before");
if (place && goesOn) {
  await import("./wizard.js");
  const { ask } = customElements.get("c-email-us").prototype;
  customElements.get("c-email-us").prototype.ask = async function (action, params) {
    if (!(await strike(STEPS[action], "before", this))) return null;
    const outcome = await ask.call(this, action, params);
    return (await strike(STEPS[action], "after", this)) ? outcome : null;
  };
  mark.replaceWith(document.createElement("c-email-us"));
}
await strike(settings.step, "after");
