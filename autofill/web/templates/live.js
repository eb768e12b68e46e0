// Keeps the page of a run or a batch up to date: at every event the page is asked for anew, and what has changed is put in place.
"use strict";

const PATIENCE = 5000;

const live = document.querySelector("[data-events]");
if (live) {
  const source = new EventSource(live.dataset.events);
  let asking = false;
  let outdated = false;
  let over = false;

  const put = (page) => {
    document.title = page.title;
    for (const part of page.querySelectorAll("[data-part]")) {
      const place = document.getElementById(part.id);
      if (!place || place.innerHTML === part.innerHTML) continue;
      const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
      place.replaceChildren(...part.childNodes);
      const wanted = place.querySelector("[data-focus]") || (focused && document.getElementById(focused));
      if (wanted) wanted.focus();
    }
    if (page.querySelector("[data-events]")) return;
    over = true;
    source.close();
  };

  const renew = () => {
    outdated = asking;
    if (asking) return;
    asking = true;
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("loadend", () => {
      asking = false;
      if (request.status === 200 && request.response) put(request.response);
      if (outdated) renew();
    });
    request.send();
  };

  // A browser asks anew by itself after some seconds; an app that was opened again is another one.
  const gone = document.getElementById("gone");
  const tellGone = () => {
    gone.hidden = over || source.readyState === EventSource.OPEN;
  };
  source.addEventListener("open", tellGone);
  source.addEventListener("error", () => window.setTimeout(tellGone, PATIENCE));
  source.addEventListener("message", renew);
  source.addEventListener("over", renew);
}
