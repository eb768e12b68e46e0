"""The form map as it has to be after its pages were seen, and every difference in a sentence. Pure.

What was seen is `seen`, with the source that says where and when. What this inquiry could not show stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from autofill.forms.control import Control, ControlKind, Limit
from autofill.forms.element import Element, slug
from autofill.forms.form_map import FormMap, FormPage
from autofill.forms.planning import all_hold
from autofill.inquiry.fields import ANSWERS, Fields, question
from autofill.language import _
from autofill.mapping.asking import bare
from autofill.mapping.drafted import DraftedControl
from autofill.mapping.learning import Found, PageSeen, sort_on
from autofill.organisations.model import Fact

# Headings of which so much is the same mean the same page.
_LIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Learned:
    """The corrected map, and in sentences what differs from the one before, and what was not seen."""

    form_map: FormMap
    differences: tuple[str, ...]
    not_seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it was seen, and the controls of the map that were on it."""

    page: PageSeen
    found: tuple[Found, ...]


def as_seen(control: Control, seen: DraftedControl) -> Control:
    """The control as the page has it: how it is found, what it is, and how much it takes."""
    changes: dict[str, Any] = {}
    words = bare(seen.question.words)
    if words not in map(bare, control.names):
        place = {key: seen.entry.get(key) for key in ("label", "placeholder", "near", "css", "within", "frame")}
        nth = seen.entry.get("nth")
        changes = {**place, "name": words, "alternatives": (), "nth": int(str(nth)) if nth else None}
    if (kind := _kind(control, seen)) != control.kind:
        changes["kind"] = kind
    most = seen.control.maxlength
    if most > 0 and sort_on(seen) == "text" and (control.limit is None or control.limit.max != most):
        changes["limit"] = (control.limit or Limit(max=most)).model_copy(update={"max": most})
    if seen.required and not control.required:
        changes["required"] = True
    return control.model_copy(update=changes)


def _kind(control: Control, seen: DraftedControl) -> ControlKind | None:
    """What it is: another way to choose is another kind, and what looks alike is not."""
    if control.kind not in {"radio", "select", "combobox"} or sort_on(seen) != "choice":
        return control.kind
    if seen.control.type == "radio":
        return "radio"
    if control.kind == "radio":
        return "select" if seen.control.tag == "select" else "combobox"
    return control.kind


def learned(form_map: FormMap, fields: Fields, visits: Sequence[Visit], source: Mapping[str, str]) -> Learned:
    """The map with what was seen on these pages, in the order in which they came; `source` names where and when.

    Raises:
        LookupError: no page was seen.
    """
    return _Lesson(form_map, fields, visits, Fact(mark="seen", source=next(iter(source)))).learned(source)


class _Lesson:
    """One map, and what was seen of its form."""

    def __init__(self, form_map: FormMap, fields: Fields, visits: Sequence[Visit], fact: Fact) -> None:
        if not visits:
            raise LookupError
        self.old, self.fields, self.visits, self.fact = form_map, fields, visits, fact
        self.where = {id(f.control): (n, f) for n, visit in enumerate(visits) for f in visit.found}
        self.bases = list(self._bases())
        self.said: list[str] = []
        self.not_seen: list[str] = []

    def learned(self, source: Mapping[str, str]) -> Learned:
        """The map and its differences."""
        places = self._places()
        pages = [self._page(n, places[n]) for n in range(len(self.visits))]
        pages = [*self._with_others(pages)]
        new = self.old.model_copy(update={"pages": tuple(pages), "sources": {**self.old.sources, **source}})
        return Learned(new, tuple(self.said), tuple(self.not_seen))

    # Which page of the map each seen page is

    def _bases(self) -> Iterator[FormPage | None]:
        """The page of the map that each page is; None is one that nobody has described."""
        used: list[int] = []
        for n in range(len(self.visits)):
            base = self._base(n, used)
            if base is not None:
                used.append(base)
            yield None if base is None else self.old.pages[base]

    def _base(self, n: int, used: Sequence[int]) -> int | None:
        visit = self.visits[n]
        own = {id(each.control) for each in visit.found}
        counts = {number: sum(id(each) in own for each in page.controls) for number, page in enumerate(self.old.pages)}
        free = [number for number in counts if number not in used]
        if having := [number for number in free if counts[number]]:
            return max(having, key=lambda each: (_is_headed(self.old.pages[each], visit.page), counts[each], -each))
        empty = [number for number in free if not self.old.pages[number].controls and number > max(used, default=-1)]
        if visit.page.questions or not empty:
            return None
        headed = [each for each in empty if _is_headed(self.old.pages[each], visit.page)]
        echoing = [each for each in empty if self.old.pages[each].echoes == visit.page.echoes]
        return next(iter((*headed, *echoing)), None)

    # Where the controls of the map go

    def _places(self) -> list[list[Control]]:
        """The controls of each seen page: as the page has them, with what was not to be seen behind its neighbour."""
        rows: list[list[tuple[tuple[float, int], Control]]] = [[] for _visit in self.visits]
        first = next((n for n, visit in enumerate(self.visits) if visit.found), 0)
        for page in self.old.pages:
            last: tuple[int, float] = (first, -1)
            for order, control in enumerate(page.controls):
                if id(control) in self.where:
                    n, found = self.where[id(control)]
                    last = (n, found.number)
                    rows[n].append(((found.number, 0), self._corrected(control, n, found)))
                elif not all_hold((*page.when, *control.when), self.fields):
                    rows[last[0]].append(((last[1], order + 1), self._as_before(page, control)))
                    self.not_seen.append(control.name)
                else:
                    self._say(_("“{name}” no longer exists and was removed."), name=control.name)
        for n, visit in enumerate(self.visits):
            known = {each.number for each in visit.found}
            strange = (number for number in range(len(visit.page.questions)) if number not in known)
            rows[n] += (((number, 0), self._new(visit.page.questions[number])) for number in strange)
        return [[control for _place, control in sorted(row, key=lambda each: each[0])] for row in rows]

    def _corrected(self, control: Control, n: int, found: Found) -> Control:
        new = as_seen(control, self.visits[n].page.questions[found.number])
        if new.name != control.name:
            self._say(_("“{name}” is now called “{words}”."), name=control.name, words=new.name)
        if new.kind != control.kind:
            self._say(_("“{name}” is now a {kind}."), name=new.name, kind=new.kind)
        if new.limit and (not control.limit or new.limit.max != control.limit.max):
            self._say(_("“{name}” now takes {most} characters."), name=new.name, most=new.limit.max)
        if new.required != control.required:
            self._say(_("“{name}” is now required."), name=new.name)
        return self._seen(new)

    def _as_before(self, page: FormPage, control: Control) -> Control:
        """A control that was not to be seen, under the words of the one that is there instead of it."""
        unseen = Fact(mark="unknown", source=self.fact.source, note="not to be seen with the inquiry of that day")
        changes: dict[str, Any] = {"fact": self.old.fact_of(page, control) or unseen}
        for n, found in self.where.values():
            if (found.control.name, found.control.value) == (control.name, control.value):
                changes["name"] = as_seen(found.control, self.visits[n].page.questions[found.number]).name
        return control.model_copy(update=changes)

    def _new(self, seen: DraftedControl) -> Control:
        words = bare(seen.question.words)
        self._say(_("“{name}” is new. Answer it in the profile under `answers`, with this name."), name=words)
        entry = {**seen.entry, "value": f"{ANSWERS}{words}"}
        return self._seen(Control.model_validate(entry))

    # Pages

    def _page(self, n: int, controls: list[Control]) -> FormPage:
        base, seen = self.bases[n], self.visits[n].page
        heading = self._heading(n)
        name = (
            (base.title or (base.heading.name if base.heading else "")) if base else (heading.name if heading else "")
        )
        if base is None:
            self._say(_("The page “{name}” is new."), name=name)
        elif heading and heading != base.heading:
            self._say(_("The heading of the page “{name}” is now “{words}”."), name=name, words=heading.name)
        self._say_order(n, name)
        button = self._button(n)
        last = n == len(self.visits) - 1
        page = base or FormPage(id=slug(name) or f"page-{n + 1}", echoes=seen.echoes)
        changes: dict[str, Any] = {
            "heading": heading, "controls": tuple(_in_order(controls)), "fact": self.fact,
            "when": () if last else page.when,
            "advance": None if last else button, "submit": button if last else None,
        }  # fmt: skip
        if page.title and base and base.heading and page.title == base.heading.name:
            changes["title"] = heading.name if heading else page.title
        return page.model_copy(update=changes)

    def _with_others(self, pages: list[FormPage]) -> Iterator[FormPage]:
        """The pages that came, and those that only come for other inquiries."""
        others = [page for page in self.old.pages if not any(page is base for base in self.bases)]
        for page in others:
            if all_hold(page.when, self.fields):
                self._say(_("The page “{name}” did not appear and was removed."), name=self.old.name_of(page))
        for n, page in enumerate(pages):
            yield from (each for each in others if not all_hold(each.when, self.fields) and self._follows(each) == n)
            yield page

    def _follows(self, page: FormPage) -> int:
        """The number of the seen page before which a page of the map belongs."""
        later = self.old.pages[self.old.pages.index(page) :]
        return next(
            (n for n, base in enumerate(self.bases) if any(base is each for each in later)), len(self.bases) - 1
        )

    def _heading(self, n: int) -> Element | None:
        base, seen = self.bases[n], self.visits[n].page
        if base and base.heading and _is_headed(base, seen):
            return base.heading
        around = [self.visits[each].page.headings for each in (n - 1, n + 1) if 0 <= each < len(self.visits)]
        own = [each for each in seen.headings if each and not any(each in others for others in around)]
        if not own:
            return None
        over = [each.control.heading for each in seen.questions if each.control.heading in own]
        like = [each for each in own if base and base.heading and _likeness(each, base.heading.name) > _LIKE]
        return Element(role="heading", name=(over or like or own)[0])

    def _button(self, n: int) -> Element:
        """What leads on: what was pressed, or else what is called so in the map, or stands on this page alone."""
        base, seen = self.bases[n], self.visits[n].page
        nearest = base or next((each for each in reversed(self.bases[:n]) if each), self.old.pages[-1])
        before = nearest.button
        assert before  # every page of a valid map has one
        named = {name: role for role, name in seen.buttons}
        if seen.pressed:
            name = seen.pressed
        elif known := [each for each in before.names if each in named]:
            name = known[0]
        else:
            elsewhere = {name for other in self.visits if other.page is not seen for _role, name in other.page.buttons}
            name = next((each for each in reversed(named) if each not in elsewhere), before.name)
        if bare(name) in map(bare, before.names):
            return before
        self._say(_("“{name}” now says “{words}”."), name=before.name, words=name)
        return before.model_copy(
            update={"name": name, "alternatives": (), "role": named.get(name, before.role), "nth": None}
        )

    def _say_order(self, n: int, name: str) -> None:
        places = {id(each): at for at, each in enumerate(c for page in self.old.pages for c in page.controls)}
        order = [places[id(each.control)] for each in self.visits[n].found]
        if order != sorted(order):
            names = ", ".join(
                self.visits[n].page.questions[each.number].question.words for each in self.visits[n].found
            )
            self._say(_("The page “{name}” now has another order: {names}."), name=name, names=names)

    def _seen(self, control: Control) -> Control:
        """The control as one that was seen; what is known of its parts is known by that, too."""
        limit = control.limit and control.limit.model_copy(update={"fact": None})
        return control.model_copy(update={"fact": self.fact, "limit": limit})

    def _say(self, sentence: str, /, **names: object) -> None:
        self.said.append(sentence.format(**names))


def _is_headed(page: FormPage, seen: PageSeen) -> bool:
    names = page.heading.names if page.heading else ()
    return not {*map(bare, names)}.isdisjoint(map(bare, seen.headings))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, question(one), question(other)).ratio()


def _in_order(controls: Sequence[Control]) -> Iterator[Control]:
    """The controls, each behind those whose fields it depends on."""
    waiting = list(controls)
    while waiting:
        there = {name for each in waiting for name in each.fields}
        ready = next((each for each in waiting if _needed(each).isdisjoint(there)), waiting[0])
        waiting.remove(ready)
        yield ready


def _needed(control: Control) -> set[str]:
    named = {each.field for each in control.when} | ({control.dependent.on} if control.dependent else set())
    return named - {*control.fields}
