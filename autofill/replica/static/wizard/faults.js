// The faults of the wizard's and the hub's page: which one is applied when, and controls that misbehave.
// What a fault does is in page_faults.js.
import { Component, settings } from "./component.js";
import { PAGE_FAULTS } from "./page_faults.js";

const STEPS = { getSubTopics: "topic", getTrackingData: "tracking", submitInquiry: "submit" };

const wanted = (name) => settings.faults.filter((fault) => fault.name === name).map(({ value }) => value);

// Applies the faults of this moment; false when the page must not go on.
async function applyFaults(step, when, wizard) {
  for (const [name, applyFault] of Object.entries(PAGE_FAULTS)) {
    const fault = settings.faults.find((other) => other.name === name && other.step === step && other.when === when);
    if (fault && (await applyFault(fault.value, wizard)) === false) return false;
  }
  return true;
}

const questions = (settings.screens ?? []).flatMap((screen) => screen.questions);
const namesOf = (labels) => questions.filter(({ label }) => labels.includes(label)).map(({ name }) => name);

const disabled = wanted("disabled");
const disabledNames = namesOf(disabled);
const marked = wanted("script-in-texts").length > 0;
const MARKUP = '<script>alert("script")</script><img src=x onerror=alert("image")>';
const el = Component.prototype.el;
Component.prototype.el = function (tag, options = {}, ...children) {
  const texts = marked && (tag === "p" || tag === "li") ? [...children, ` ${MARKUP}`] : children;
  const element = el.call(this, tag, options, ...texts);
  // A radio button's name ends in its group's number.
  const name = options.name?.replace(/-\d+$/, "");
  if (disabledNames.includes(name) || (tag === "button" && disabled.includes(children[0]))) element.disabled = true;
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

// The wizard waits for the faults of its opening, so that nobody can begin before.
const place = document.querySelector("c-email-us");
const mark = document.createComment("");
place?.replaceWith(mark);
const goesOn = await applyFaults(settings.step, "before");
if (place && goesOn) {
  await import("./wizard.js");
  const { ask } = customElements.get("c-email-us").prototype;
  customElements.get("c-email-us").prototype.ask = async function (action, params) {
    if (!(await applyFaults(STEPS[action], "before", this))) return null;
    const outcome = await ask.call(this, action, params);
    return (await applyFaults(STEPS[action], "after", this)) ? outcome : null;
  };
  mark.replaceWith(document.createElement("c-email-us"));
}
await applyFaults(settings.step, "after");
