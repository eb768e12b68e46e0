// Saves the page while one writes: 0.4 s after the last change the whole form is sent, and what the answer says of each
// field is put in its place. Without this script a button does the same.
"use strict";

const DELAY = 400;
let waiting = 0;
let sending = false;
let again = false;
let dirty = false;

const form = () => document.getElementById("write");

const mark = () => {
  const field = document.activeElement && document.activeElement.closest(".field");
  const says = field && field.querySelector("[data-lines]");
  const [first, last] = says ? says.dataset.lines.split("-").map(Number) : [0, -1];
  document.querySelectorAll("#file .yaml li").forEach((line, index) => {
    line.classList.toggle("here", index + 1 >= first && index + 1 <= last);
  });
};

const replaceWhole = (here, there) => {
  const focused = document.activeElement ? document.activeElement.id : "";
  const name = document.activeElement ? document.activeElement.name : "";
  const value = document.activeElement ? document.activeElement.value : "";
  here.replaceChildren(...there.childNodes);
  const radio = name && [...here.querySelectorAll("input[type=radio]")].find((one) => one.name === name && one.value === value);
  const wanted = radio || (focused && document.getElementById(focused));
  if (wanted) wanted.focus({ preventScroll: true });
};

const put = (page) => {
  const here = document.getElementById("questions");
  const there = page.getElementById("questions");
  if (!there || page.getElementById("conflict") || document.getElementById("conflict")) {
    replaceWhole(document.getElementById("main"), page.getElementById("main"));
    return;
  }
  const parts = [...page.querySelectorAll("[data-part]")];
  const invalid = new Map([...there.querySelectorAll("[id]")].map((one) => [one.id, one.getAttribute("aria-invalid")]));
  if (here.dataset.key !== there.dataset.key) {
    here.dataset.key = there.dataset.key;
    replaceWhole(here, there);
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

// The app does not answer: what was typed is on the page only, and goes along with the next change.
const tellUnsaved = () => {
  dirty = true;
  const place = document.getElementById("saved");
  const words = document.createElement("span");
  words.className = "marked bad";
  words.textContent = place.dataset.unsaved;
  place.replaceChildren(words);
};

const ask = (method, body) => {
  sending = true;
  const request = new XMLHttpRequest();
  request.open(method, form().action);
  request.responseType = "document";
  request.addEventListener("loadend", () => {
    sending = false;
    if (request.response && request.response.getElementById("main")) put(request.response);
    else tellUnsaved();
    if (again) save();
  });
  request.send(body);
};

const save = (extra) => {
  window.clearTimeout(waiting);
  again = sending;
  if (sending || !form()) return;
  dirty = false;
  const data = new URLSearchParams(new FormData(form()));
  if (extra) data.append(extra.name, extra.value);
  if (extra && extra.name === "use") {
    // The answer is put in by the app: the questions are to show it.
    document.getElementById("questions").dataset.key = "";
    extra.closest(".field").querySelector("input, select, textarea").focus();
  }
  ask("POST", data);
};

document.addEventListener("input", (event) => {
  if (!form() || event.target.form !== form()) return;
  dirty = true;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(save, DELAY);
});
document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  save(event.submitter && event.submitter.name ? event.submitter : null);
});
document.addEventListener("focusin", mark);
window.addEventListener("pagehide", () => {
  if (dirty && form()) navigator.sendBeacon(form().action, new URLSearchParams(new FormData(form())));
});
// What is not saved yet goes along before a link is followed; the next page is to show it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !dirty || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  save();
  const leave = () => (sending ? window.setTimeout(leave, 50) : location.assign(link.href));
  leave();
});
// The file may have been edited elsewhere meanwhile.
window.addEventListener("focus", () => {
  if (form() && !dirty && !sending && !document.getElementById("conflict")) refresh();
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
