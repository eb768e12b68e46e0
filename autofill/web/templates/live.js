// Keeps the page of a run or a batch up to date: at every event the page is asked for anew, and what has changed is put in place.
"use strict";

const live = document.querySelector("[data-events]");
if (live) {
  const source = new EventSource(live.dataset.events);
  let asking = false;
  let outdated = false;

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
    if (!page.querySelector("[data-events]")) source.close();
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

  source.addEventListener("message", renew);
  source.addEventListener("over", renew);
}
