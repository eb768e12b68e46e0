// Quiet: nothing on the page has changed for a moment.

const watched = new WeakSet();
let changed = performance.now();
const watch = (root) => {
  if (!watched.has(root)) {
    watched.add(root);
    changed = performance.now();
    new MutationObserver(() => { changed = performance.now(); })
      .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  }
  for (const each of all(root, '*')) if (shadowOf(each)) watch(shadowOf(each));
};
// Since it was asked, too: what was done just before may show later.
let [turn, asked] = [0, 0];
const quiet = ({ moment, turn: now }) => {
  watch(document);
  if (turn !== now) [turn, asked] = [now, performance.now()];
  return document.readyState === 'complete' && performance.now() - Math.max(changed, asked) >= moment;
};
