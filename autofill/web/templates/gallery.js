// Makes the page of one recording handier: one frame at a time, zoom, the slider. Everything is there without it, too.
"use strict";

const viewer = document.querySelector(".viewer");
if (viewer) {
  const frames = [...viewer.querySelectorAll(".frame")];
  const links = [...viewer.querySelectorAll(".strip a")];
  const where = viewer.querySelector(".where");
  const keys = viewer.querySelector(".keys");
  const ZOOMS = [1, 1.5, 2, 3];
  let now = -1;
  let zoom = 0;

  const resize = (level) => {
    zoom = Math.min(Math.max(level, 0), ZOOMS.length - 1);
    viewer.style.setProperty("--zoom", ZOOMS[zoom]);
    viewer.classList.toggle("zoomed", zoom > 0);
  };

  const show = (index) => {
    const next = Math.min(Math.max(index, 0), frames.length - 1);
    if (next === now) return;
    now = next;
    resize(0);
    frames.forEach((frame, place) => { frame.hidden = place !== now; });
    links.forEach((link, place) => {
      if (place === now) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    const strip = links[now].closest("ol");
    const item = links[now].parentElement;
    strip.scrollLeft = item.offsetLeft - strip.offsetLeft - (strip.clientWidth - item.clientWidth) / 2;
    where.textContent = viewer.dataset.position.replace("{n}", now + 1).replace("{all}", frames.length)
      .replace("{name}", () => frames[now].dataset.name);
  };

  const steps = { ArrowLeft: () => show(now - 1), ArrowRight: () => show(now + 1), Home: () => show(0),
    End: () => show(frames.length - 1), "+": () => resize(zoom + 1), "=": () => resize(zoom + 1),
    "-": () => resize(zoom - 1), "?": () => keys.showModal() };
  const buttons = { back: "ArrowLeft", on: "ArrowRight", in: "+", out: "-", keys: "?" };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const elsewhere = at !== document.body && !viewer.contains(at);
    if (event.ctrlKey || event.metaKey || event.altKey || elsewhere || keys.open || !steps[event.key]) return;
    // A picture larger than its frame is scrolled with the same keys.
    if (zoom > 0 && at.closest(".sheet") && event.key.length > 1) return;
    event.preventDefault();
    steps[event.key]();
  });
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    const place = links.indexOf(event.target.closest(".strip a"));
    const picture = event.target.closest(".sheet a");
    if (button) steps[buttons[button.dataset.action]]();
    else if (place >= 0) { event.preventDefault(); show(place); }
    else if (picture && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const sheet = picture.closest(".sheet");
      const box = picture.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      resize(zoom > 0 ? 0 : 2);
      sheet.scrollTo(x * sheet.scrollWidth - sheet.clientWidth / 2,
        y * picture.offsetHeight + picture.offsetTop - sheet.offsetTop - sheet.clientHeight / 2);
    }
  });

  viewer.classList.add("one-by-one");
  viewer.querySelector(".tools").hidden = false;
  const asked = frames.findIndex((frame) => `#${frame.id}` === location.hash);
  show(asked >= 0 ? asked : frames.length - 1);
}

const pair = document.querySelector(".pair");
if (pair && pair.querySelectorAll(".both img").length >= 2) {
  const slide = pair.querySelector("#slide");
  const both = pair.querySelector(".both");
  const draw = () => both.style.setProperty("--at", `${slide.value}%`);
  pair.classList.add("sliding");
  pair.querySelector(".slide").hidden = false;
  slide.addEventListener("input", draw);
  both.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons !== 1) return;
    const box = both.getBoundingClientRect();
    slide.value = ((event.clientX - box.left) / box.width) * 100;
    draw();
  });
  both.addEventListener("dragstart", (event) => event.preventDefault());
  draw();
}
