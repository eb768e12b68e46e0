// Saves the page while one writes: 0.4 s after the last change the whole form is sent, and what the answer says of each
// field is put in its place. Without this script a button does the same. While the file says something else than the page
// nothing is saved but by that button.
"use strict";

const DELAY = 400;
// By these the app knows what comes from one page, and which of it is newest: what is sent last may arrive first.
const PAGE = crypto.randomUUID();
let number = 0;
let waiting = 0;
let sending = null;
let again = null;
let dirty = false;

const form = () => document.getElementById("write");
const conflict = () => document.getElementById("conflict");

const mark = () => {
  const field = document.activeElement && document.activeElement.closest(".field");
  const says = field && field.querySelector("[data-lines]");
  const [first, last] = says ? says.dataset.lines.split("-").map(Number) : [0, -1];
  document.querySelectorAll("#file .yaml li").forEach((line, index) => {
    line.classList.toggle("here", index + 1 >= first && index + 1 <= last);
  });
};

// What was answered since the app was asked, by name.
const answeredSince = (sent) => {
  const now = new FormData(form());
  const names = sent ? new Set([...now.keys()].filter((name) => name.startsWith("a."))) : [];
  return new Map([...names].map((name) => [name, now.getAll(name)]).filter(([name, all]) => all.join() !== sent.getAll(name).join()));
};

const putBack = (answered) => {
  for (const control of document.querySelectorAll("#questions [name]")) {
    const values = answered.get(control.name);
    if (!values || control.type === "hidden") continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0];
  }
};

const replaceWhole = (here, there, sent) => {
  const { id, name, value, selectionStart: caret } = document.activeElement || {};
  const answered = answeredSince(sent);
  here.replaceChildren(...there.childNodes);
  putBack(answered);
  const radio = name && [...here.querySelectorAll("input[type=radio]")].find((one) => one.name === name && one.value === value);
  const wanted = radio || (id && document.getElementById(id));
  if (!wanted) return;
  wanted.focus({ preventScroll: true });
  if (typeof caret === "number" && typeof wanted.selectionStart === "number") wanted.setSelectionRange(caret, caret);
};

const put = (page, sent) => {
  const here = document.getElementById("questions");
  const there = page.getElementById("questions");
  if (page.getElementById("conflict") || conflict()) {
    replaceWhole(document.getElementById("main"), page.getElementById("main"), sent);
    return;
  }
  const parts = [...page.querySelectorAll("[data-part]")];
  const invalid = new Map([...there.querySelectorAll("[id]")].map((one) => [one.id, one.getAttribute("aria-invalid")]));
  if (here.dataset.key !== there.dataset.key) {
    here.dataset.key = there.dataset.key;
    replaceWhole(here, there, sent);
  }
  for (const part of parts) {
    const place = document.getElementById(part.id);
    if (!place || place.contains(part)) continue;
    if (part.dataset.lines) place.dataset.lines = part.dataset.lines;
    else delete place.dataset.lines;
    if (place.innerHTML !== part.innerHTML) place.replaceChildren(...part.childNodes);
  }
  for (const control of here.querySelectorAll("input, select, textarea")) {
    if (invalid.get(control.id)) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  mark();
};

// The app does not answer, or with a page that says why not: what was typed is on the page only, and goes along with the
// next change.
const tellUnsaved = (page) => {
  dirty = true;
  const place = document.getElementById("saved");
  const words = document.createElement("span");
  words.className = "marked bad";
  words.textContent = page ? place.dataset.theirs : place.dataset.unsaved;
  place.replaceChildren(words);
  if (page) document.getElementById("others").replaceChildren(...page.getElementById("main").childNodes);
};

const answers = (button) => {
  const data = new URLSearchParams(new FormData(form()));
  number += 1;
  data.append("page", PAGE);
  data.append("n", number);
  if (button) data.append(button.name, button.value);
  return data;
};

const ask = (method, body, button) => {
  sending = { button };
  const request = new XMLHttpRequest();
  request.open(method, form().action);
  request.responseType = "document";
  request.addEventListener("loadend", () => {
    sending = null;
    const page = request.response && request.response.getElementById("main") ? request.response : null;
    if (page && page.getElementById("questions")) put(page, body);
    else tellUnsaved(page);
    const next = again;
    again = null;
    if (next && !conflict()) save(next.button);
  });
  request.send(body);
};

const save = (button) => {
  window.clearTimeout(waiting);
  if (sending) again = { button: button || (again && again.button) };
  if (sending) return;
  dirty = false;
  // The answer is put in by the app: the questions are to show it.
  if (button && button.name === "use") document.getElementById("questions").dataset.key = "";
  ask("POST", answers(button), button);
};

const onceSaved = (leave) => {
  save();
  const wait = () => {
    if (sending) window.setTimeout(wait, 50);
    else if (!dirty && !conflict()) leave();
  };
  wait();
};

document.addEventListener("input", (event) => {
  if (event.target.form !== form()) return;
  dirty = true;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => conflict() || save(), DELAY);
});
document.addEventListener("submit", (event) => {
  if (event.target !== form()) {
    if (dirty && !conflict()) {
      event.preventDefault();
      onceSaved(() => event.target.requestSubmit(event.submitter));
    }
    return;
  }
  event.preventDefault();
  const button = event.submitter && event.submitter.name ? event.submitter : null;
  if (button && button.name === "use") button.closest(".field").querySelector("input, select, textarea").focus();
  save(button);
});
document.addEventListener("focusin", mark);
// A page that may not come back leaves behind what it did not save, or not all of it yet. A browser takes 64 KiB, so
// letters of all scripts go as they are.
const leaveBehind = () => {
  if (!(dirty || sending) || conflict()) return;
  const plain = (text) => text.replace(/[\u0000-\u007f]+/g, encodeURIComponent);
  const body = [...answers(sending && sending.button)].map((pair) => pair.map(plain).join("=")).join("&");
  navigator.sendBeacon(form().action, new Blob([body], { type: "application/x-www-form-urlencoded" }));
};
window.addEventListener("pagehide", leaveBehind);
document.addEventListener("visibilitychange", () => document.hidden && leaveBehind());
// What is not saved yet goes along before a link is followed or a file sent; the next page is to show it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const stays = !link || link.getAttribute("href").startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey;
  if (stays || !dirty || conflict()) return;
  event.preventDefault();
  onceSaved(() => location.assign(link.href));
});
// The file may have been edited elsewhere meanwhile.
window.addEventListener("focus", () => {
  if (!dirty && !sending && !conflict()) refresh();
});

const refresh = () => {
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.addEventListener("load", () => {
    const there = request.response && request.response.querySelector("#tag input");
    const here = document.querySelector("#tag input");
    if (there && here && there.value !== here.value && !dirty) {
      replaceWhole(document.getElementById("main"), request.response.getElementById("main"));
    }
  });
  request.send();
};
