// Walks through the enlarged pictures by arrow keys, and closes them by Escape. Their links do the same without it.
"use strict";

const pictures = [...document.querySelectorAll(".enlarged")];
document.addEventListener("keydown", (event) => {
  const now = pictures.findIndex((picture) => `#${picture.id}` === location.hash);
  if (now < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = pictures.length - 1;
  const to = { ArrowLeft: Math.max(now - 1, 0), ArrowRight: Math.min(now + 1, last), Home: 0, End: last }[event.key];
  if (to === undefined && event.key !== "Escape") return;
  event.preventDefault();
  location.replace(to === undefined ? "#steps" : `#${pictures[to].id}`);
  focusShown();
});
const focusShown = () => document.querySelector(".enlarged:target .button")?.focus();
addEventListener("hashchange", focusShown);
