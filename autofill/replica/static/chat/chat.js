// The chat window: bubbles come and go through the server; what a person may answer stands below them.
const log = document.getElementById("log");
const typing = document.getElementById("typing");
const composer = document.getElementById("composer");
let chat = "";

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function button(label, kind, act) {
  const element = el("button", { type: "button", class: `slds-button slds-button_${kind}` }, label);
  element.addEventListener("click", act);
  return element;
}

// The agent's question is a heading, so that a screen reader finds it again; what the person wrote is plain text.
function agentBubble({ sentences, question, summary, number }) {
  const rows = summary.flatMap(([label, answer]) => [el("dt", {}, label), el("dd", {}, answer)]);
  const bubble = el("div", { class: "bubble bubble_agent" }, ...sentences.map((text) => el("p", {}, text)));
  if (rows.length) bubble.append(el("dl", {}, ...rows));
  bubble.append(el("h2", { class: "bubble-question" }, question));
  if (number) {
    const address = `/chat/transcript?chat=${encodeURIComponent(chat)}`;
    bubble.append(el("p", {}, el("a", { class: "slds-button slds-button_neutral", href: address, download: "" }, "Save transcript")));
  }
  log.append(bubble);
}

function showAgentLeft() {
  const again = el("a", { href: "/chat" }, "Start a new chat");
  log.append(el("div", { role: "alert", class: "bubble bubble_notice" }, el("p", {}, "The agent has left the chat."), again));
}

function showError() {
  log.append(el("div", { role: "alert", class: "bubble bubble_notice" }, el("p", {}, "Error: your message could not be delivered.")));
}

function offerText() {
  const box = el("textarea", { id: "message", class: "slds-textarea", rows: "3" });
  composer.append(el("label", { class: "slds-form-element__label", for: "message" }, "Your message"), box);
  composer.append(button("Send", "brand", () => box.value.trim() && send(box.value)));
  box.focus({ preventScroll: true });
}

function offerChoices(question, choices) {
  const group = el("fieldset", { role: "radiogroup" }, el("legend", { class: "slds-form-element__legend" }, question));
  choices.forEach((choice, n) => {
    const input = el("input", { type: "radio", name: "choice", id: `choice-${n}`, value: choice });
    const label = el("label", { class: "slds-radio__label", for: `choice-${n}` }, el("span", { class: "slds-radio_faux" }), el("span", { class: "slds-form-element__label" }, choice));
    group.append(el("span", { class: "slds-radio" }, input, label));
  });
  const chosen = () => group.querySelector("input:checked");
  composer.append(group, button("Send", "brand", () => chosen() && send(chosen().value)));
}

function offer({ question, choices, buttons, opens, number }) {
  if (number) return;
  if (buttons.length) {
    const [yes, no] = buttons;
    composer.append(button(yes, "brand", () => (opens ? ask("/chat/request", {}, yes) : send(yes))), button(no, "neutral", () => send(no)));
  } else if (choices.length) offerChoices(question, choices);
  else offerText();
}

const send = (text) => ask("/chat/messages", { text }, text);

async function ask(address, message, words) {
  composer.replaceChildren();
  if (words) log.append(el("div", { class: "bubble bubble_own" }, el("p", {}, words)));
  typing.append(el("span", { class: "slds-assistive-text" }, "Loading"), el("i"), el("i"), el("i"));
  try {
    const body = JSON.stringify({ chat, ...message });
    const response = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (!response.ok) throw new Error("refused");
    const turn = await response.json();
    if (turn.gone) {
      showAgentLeft();
      return;
    }
    chat ||= turn.chat;
    agentBubble(turn);
    offer(turn);
  } catch {
    showError();
  } finally {
    typing.replaceChildren();
    composer.scrollIntoView({ block: "nearest" });
  }
}

ask("/chat/start", {}, "");
