"""Score of finding controls again after real redesigns, beside the old selectors alone.

    python -m tests.mapping.score_drift REDESIGNS

`REDESIGNS` is a folder of pairs of one form, before and after, beside a folder `labels` of real pages; nothing of them
is part of the product. A control that is taken for one that takes something else is wrong. Where that one has the id or
the name of the old one, it is the same control, whose recorded answer is another now; no page shows that.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from autofill.inquiry.fields import question
from autofill.mapping.alike import is_called_same
from autofill.mapping.drift import Drift, drift
from autofill.mapping.fingerprint import ControlPrint, PagePrint
from autofill.page.browser import BrowserSettings, candidates
from tests.mapping.redesigns import Labels, Pool, Recorded, Side, read_pairs, real_labels, side_of

SETTINGS: Final[Sequence[tuple[Labels, int]]] = (
    ("generated", 1),
    *(("real", seed) for seed in range(1, 6)),
    ("none", 1),
)
"""Labels of the new pages, and the seed by which real ones are drawn."""


@dataclass
class Tally:
    """What came of all pairs, and what of the forms as wholes."""

    counts: Counter[str] = field(default_factory=Counter)
    forms: int = 0
    whole: int = 0
    filled: int = 0
    filled_wrong: int = 0

    def add(self, pair: Counter[str]) -> None:
        """Count one pair."""
        self.counts += pair
        self.forms += 1
        self.whole += pair["found"] == pair["there"] and not pair["wrong"]
        if pair["certain"] == pair["known"] and not pair["stops"]:
            self.filled += 1
            self.filled_wrong += bool(pair["another"])

    @property
    def line(self) -> str:
        """The figures."""
        n = self.counts
        return (
            f"found again {_share(n['found'], n['there'])} of {n['there']}, certain {_share(n['certain'], n['there'])}"
            f"; wrong {n['wrong']} of {n['known']}, of these another control {n['another']}"
            f", certain and another {n['certain another']}"
            f"; gone {n['gone']}, named {n['gone and named']}, their controls there still {n['gone, control there']}"
            f"; new {n['new']}, named {n['new and named']}"
            f"; answers no longer offered {n['not offered']}, filled {n['not offered and filled']}"
            f"; forms whole {self.whole}/{self.forms}, filled without asking {self.filled}"
            f", of these with another control {self.filled_wrong}"
            f" || old selectors: {_share(n['selected'], n['there'])}, wrong {n['selected wrong']}"
        )


def _share(some: int, of: int) -> str:
    return f"{100 * some / of:.1f} %"


def counted(old: Side, new: Side) -> Counter[str]:
    """What came of one pair."""
    before = _remembered(old)
    found = drift(before, new.page)
    return Counter(_counted(before, new, found, old.known))


def _counted(before: PagePrint, new: Side, found: Drift, known: Mapping[int, Recorded]) -> Iterator[str]:
    there = Counter(each.variable for each in (*new.known.values(), *new.unseen))
    matched = {id(match.old): match for match in found.matches}
    named = {id(change.old) for change in found.changes if change.kind == "removed"}
    for number, recorded in known.items():
        control = before.controls[number]
        is_there = recorded.turn <= there[recorded.variable]
        match = matched.get(id(control))
        right = match is not None and recorded.variable == _variable(match.new, new)
        yield "known"
        yield "there" if is_there else "gone"
        if not is_there and id(control) in named:
            yield "gone and named"
        elif not is_there and match and (right or is_called_same(control, match.new)):
            yield "gone, control there"
        if is_there and right:
            yield "found"
        if match is not None:
            yield from _of_match(match.old, match.new, right=right, certain=match.certain)
            if _is_lost(match.old, match.new):
                yield "not offered"
                stops = any(change.stops and change.old is match.old for change in found.changes)
                yield "not offered and stopped" if stops else "not offered and filled"
        yield from _by_selector(control, new, recorded, is_there=is_there)
    yield from _new(new, found)
    if found.stops:
        yield "stops"


def _of_match(old: ControlPrint, new: ControlPrint, *, right: bool, certain: bool) -> Iterator[str]:
    if certain:
        yield "certain"
    if not right:
        yield "wrong"
        if not is_called_same(old, new):
            yield "another"
            if certain:
                yield "certain another"


def _new(new: Side, found: Drift) -> Iterator[str]:
    """What of the new page is no control of the old one, and whether it was named."""
    taken = {id(match.new) for match in found.matches}
    named = {id(change.new) for change in found.changes if change.kind == "added"}
    for control in new.page.controls:
        if id(control) not in taken and not control.aside:
            yield "new"
            if id(control) in named:
                yield "new and named"


def _by_selector(old: ControlPrint, new: Side, recorded: Recorded, *, is_there: bool) -> Iterator[str]:
    """What a script has that knows the old page's ids and names."""
    selected = next((each for each in new.page.controls if is_called_same(old, each)), None)
    if selected is not None:
        right = recorded.variable == _variable(selected, new)
        if right and is_there:
            yield "selected"
        elif not right:
            yield "selected wrong"


def _variable(control: ControlPrint, side: Side) -> str:
    number = next(number for number, each in enumerate(side.page.controls) if each is control)
    return side.known[number].variable if number in side.known else ""


def _remembered(side: Side) -> PagePrint:
    """The old page, with what a map would say of each control that was recorded, and the answer of a list.

    Whoever has a map has chosen something from each list: what was recorded, where that is one of its words, or else
    the list's first.
    """
    controls = list(side.page.controls)
    for number, recorded in side.known.items():
        each = controls[number]
        own = [option for option in each.options if question(option) == question(recorded.variable)]
        chosen = (own or [*each.options])[:1]
        said = {"field": recorded.field, "needed": True, "chosen": tuple(chosen), "aside": False}
        controls[number] = each.model_copy(update=said)
    return side.page.model_copy(update={"controls": tuple(controls)})


def _is_lost(old: ControlPrint, new: ControlPrint) -> bool:
    offered = {question(each) for each in new.options}
    return new.is_closed and not {question(each) for each in old.chosen} <= offered


def score(pairs: Sequence[Mapping[str, Any]], pool: Pool, labels: Labels, seed: int) -> Tally:
    """What comes of all pairs where the new pages have these labels."""
    chance, tally = random.Random(seed), Tally()
    for pair in pairs:
        old = side_of(pair["old"], "none" if labels == "none" else "generated", pool, chance)
        tally.add(counted(old, side_of(pair["new"], labels, pool, chance)))
    return tally


def main() -> None:
    """Read every page once, then print a line for each way of labelling the new ones."""
    folder = Path(sys.argv[1]).resolve()
    with sync_playwright() as playwright:
        own = {"executable_path": playwright.chromium.executable_path}
        path = {**own, **candidates(BrowserSettings())[0].start}["executable_path"]
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        pairs = list(read_pairs(folder, page))
        browser.close()
    pool = real_labels(folder.parent / "labels")
    for labels, seed in SETTINGS:
        print(f"{labels} {seed}: {score(pairs, pool, labels, seed).line}", flush=True)


if __name__ == "__main__":
    main()
