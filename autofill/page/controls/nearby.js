// Text beside or above: it belongs to the control nearest to it, if that stands to its right or below.

const ASIDE = `script,style,template,select,textarea,option,button,${EDITABLE}`;
const besideIn = BESIDE_JS;
const ownerOf = (node, stray) => {
  const label = above(node, (up) => is(up, 'label'));
  return label && [...stray(rootOf(label))].filter(([, own]) => own === label).map(([control]) => control)[0];
};
const spotsOf = (root, wanted, stray) => {
  const spots = [];
  const walk = (node) => {
    for (const each of children(node)) {
      if (nodeType(each) === 1 && !is(each, ASIDE)) {
        if (shadowOf(each)) walk(shadowOf(each));
        if (!is(each, 'label') || !(each.control)) walk(each);
      }
      if (nodeType(each) !== 3 || !single(textContent(each))) continue;
      // The words may be in several pieces, of which this is the first.
      const piece = unspaced(textContent(each));
      if (!wanted.some((text) => text.startsWith(piece))) continue;
      const says = (node) => wanted.includes(unspaced(textContent(node)));
      let whole = each;
      for (let up = 0; up < 3 && whole && !says(whole); up += 1) whole = parentNode(whole);
      if (!whole || nodeType(whole) > 3 || !says(whole)) continue;
      const range = document.createRange();
      range.selectNodeContents(whole);
      const area = range.getBoundingClientRect();
      const same = (spot) => spot.left === area.left && spot.top === area.top;
      area.owner = ownerOf(each, stray);
      area.node = each;
      area.cell = is(parentOf(each), 'td,th,dt') ? parentOf(each) : above(each, (up) => is(up, 'td,th,dt'));
      if (area.width && area.height && !spots.some(same)) spots.push(area);
    }
  };
  walk(root);
  return spots;
};
const BOX = '[type=radio],[type=checkbox],[role=radio],[role=checkbox],[role=switch]';
const gapOf = (spot, element, area) => {
  const [across, down] = [Math.min(spot.right, area.right) - Math.max(spot.left, area.left),
    Math.min(spot.bottom, area.bottom) - Math.max(spot.top, area.top)];
  if (down >= Math.min(spot.height, area.height) / 2) {
    return area.left >= spot.left ? { gap: area.left - spot.right, ok: true } : { gap: spot.left - area.right, behind: true, ok: is(element, BOX) };
  }
  if (across <= 0) return { gap: Infinity };
  return area.top >= spot.top ? { gap: area.top - spot.bottom, ok: true } : { gap: spot.top - area.bottom };
};
// Whether a text could as well be the other's: not if both are of one group and behind it, nor if only the other has a name already,
// and stands where a text has nothing to say of it.
const rivals = (first, other, near, found) => {
  const named = (one) => near.every(({ each }) => each.element !== one.each.element || (!each.loose && own(each.element).length));
  return other.each.element !== first.each.element && (other.ok || !named(other) || named(first))
    && (first.behind !== other.behind || !found.some(({ members }) => members.includes(other.each.element) && members.includes(first.each.element)));
};
const closer = (node, one, other) => {
  const shared = above(node, (each) => within(each, one) || within(each, other));
  return within(shared, one) && !within(shared, other);
};
// What a slider moves along, and whatever belongs to that.
const trackOf = (element) => {
  let track = element;
  const alone = (around) => nodeType(around) !== 1 || (single(words(around)) === single(words(element)) && deep(around, CONTROL).length === 1);
  for (let up = parentOf(track), far = 0; up && far < 5 && alone(up); up = parentOf(up), far += 1) if (nodeType(up) === 1) track = up;
  return track;
};
// Where people see it.
const placeOf = ({ element, does }) => {
  if (does === 'slider') return box(trackOf(element));
  return box((is(element, BOX) && tiny(element) && labelsOf(element).find(drawn)) || element);
};
const FAR = 420;
// The innermost block that a text shares with something to fill in; a row of a table that has only words is all by itself.
const homeOf = ({ node, cell }, visible) => {
  const shared = (each) => visible.some(({ element }) => within(each, element));
  const line = cell && above(cell, (each) => is(each, 'tr'));
  return line && !shared(line) ? line : above(node, shared);
};
const comesAfter = (node, element) => (Node.prototype.compareDocumentPosition.call(element, node) & 4) > 0;
const beside = (root, found, wanted) => {
  const matches = [];
  const scopes = new Map();
  const stray = (scope) => scopes.get(scope) || scopes.set(scope, besideIn(scope)).get(scope);
  const isCalled = ({ element }) => labelsOf(element).some(drawn) || stray(rootOf(element)).has(element);
  const visible = found.filter((each) => each.does !== 'chooser' && !each.unclear && drawn(each.element));
  // In a table the words of a cell are those of the next cell's controls, however near the row below is; so in a list
  // of terms.
  const inRow = (cell) => {
    for (let next = cell && cell.nextElementSibling; next && !is(next, 'dt'); next = next.nextElementSibling) {
      const inside = visible.filter(({ element }) => within(next, element));
      if (inside.length) return inside;
    }
    return visible;
  };
  for (const spot of spotsOf(root, wanted, stray)) {
    const owned = visible.filter(({ element, members }) => spot.owner && (element === spot.owner || members[0] === spot.owner));
    if (owned.length) {
      matches.push(owned.find(({ members }) => members.length) || owned[0]);
      continue;
    }
    const home = homeOf(spot, visible);
    // What has words of its own needs none from below it, nor from the next block.
    const near = inRow(spot.cell).map((each) => ({ each, ...gapOf(spot, each.element, placeOf(each)) }))
      .filter(({ each, gap, ok }) => gap < FAR && (ok || !home || within(home, each.element)) && (ok || !isCalled(each) || !comesAfter(spot.node, each.element)))
      .sort((one, other) => one.gap - other.gap);
    const first = near.find(({ ok }) => ok);
    // Two that are about as near: whose it is would be a guess.
    // Unless one of them is together with the words in something that the other is not in.
    if (!first || near.some((other) => other.gap < Math.max(first.gap, 4) * 1.25 && rivals(first, other, near, found)
      && !closer(spot.node, first.each.element, other.each.element))) continue;
    const here = near.filter(({ each }) => each.element === first.each.element).map(({ each }) => each);
    // The text before the first of several is theirs, the text behind it its own.
    matches.push(here.find((each) => each.loose && !first.behind) || here.find((each) => !each.members.length) || here[0]);
  }
  return matches;
};
