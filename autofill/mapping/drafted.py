"""A drafted form: its pages, the map of it as a file, and what its buttons say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from autofill.forms.element import Element, slug
from autofill.language import _
from autofill.mapping.questions import Question
from autofill.page.inventory import PageControl
from autofill.sources.strict_yaml import Value
from autofill.sources.tables import alternatives
from autofill.sources.writing import yaml_line

_GUESS: Final = "Thank you"


@dataclass(frozen=True, slots=True)
class DraftedControl:
    """A control, or the buttons of one question, with its entry in the map and what a person should know of it.

    `kind` is what it was recognised as, and `question` what it asks. `control` is the first of the buttons.
    """

    control: PageControl
    entry: Mapping[str, Value]
    kind: str
    question: Question
    notes: tuple[str, ...]
    certain: bool
    required: bool

    @property
    def name(self) -> str:
        """What of an inquiry goes into it, as the map says."""
        return str(self.entry["value"])


@dataclass(frozen=True, slots=True)
class DraftedPage:
    """A page of a form: its headings, what it asks, the button that leads on, and what is `left` alone, and why.

    `echoes` says that it shows again what was entered before, `step` that it is one with others behind it, `unfolds`
    that it may ask more once something is chosen. `opener` is what opens the form, where that is all that the page is
    for.
    """

    controls: tuple[DraftedControl, ...]
    button: str
    left: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    echoes: bool = False
    step: bool = False
    unfolds: bool = False
    opener: Element | None = None

    @property
    def element(self) -> Element:
        """What leads on from it."""
        return self.opener or Element(name=self.button)

    @property
    def leads(self) -> Value:
        """The same as a map says it: by its words, if they are enough."""
        told: dict[str, Value] = {
            key: str(each) for key, each in self.element.model_dump(exclude_defaults=True).items()
        }
        return told if len(told) > 1 else self.button

    @property
    def goes_on(self) -> bool:
        """Whether its button leads to a further page instead of submitting, by its words or those of the page."""
        return self.step or says("onward", self.button)


@dataclass(frozen=True, slots=True)
class Draft:
    """The map of a form, as far as its pages show it.

    `hosts` are those from which it takes what it is made of, `sends_to` is the origin that takes what was typed if it
    is another one, `dismiss` is the button that puts away what lies over it,
    `asked` the requests by which its pages took a part of the inquiry along to the next: method and path, and the
    fields that were entered by then.
    """

    title: str
    url: str
    pages: tuple[DraftedPage, ...]
    hosts: tuple[str, ...] = ()
    sends_to: str = ""
    dismiss: str = ""
    asked: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def controls(self) -> tuple[DraftedControl, ...]:
        """What it asks, on all pages."""
        return tuple(control for page in self.pages for control in page.controls)

    @property
    def open(self) -> tuple[DraftedControl, ...]:
        """The required controls that nobody can be sure of."""
        return tuple(each for each in self.controls if each.required and not each.certain)

    @property
    def goes_on(self) -> bool:
        """Whether there are further pages, which are not known."""
        return self.pages[-1].goes_on

    @property
    def unfolds(self) -> bool:
        """Whether its page may ask more once something is chosen."""
        return self.pages[-1].unfolds

    @property
    def text(self) -> str:
        """The map as a file, with what is not certain as comments."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield "# " + _("Draft of a form map, made from the page. Check it: a ? marks what is not certain.")
        yield from (yaml_line("id", slug(self.title) or "form"), yaml_line("title", self.title))
        if self.sends_to:
            yield "# " + _("The form sends what is typed to another site") + f": {self.sends_to}"
        yield self._start()
        if self.dismiss:
            yield yaml_line("dismiss", [self.dismiss])
        yield "pages:"
        for number in range(len(self.pages)):
            lines = self._lines_of(number)
            yield f"  - {next(lines)}"
            yield from (f"    {line}" for line in lines)
        if self.asked:
            yield "lookups:"
        for (method, path), fields in self.asked.items():
            yield f"  - {yaml_line('', {'method': method, 'path': f'^{re.escape(path)}$', 'carries': [*fields]})}"
        untouched = "# " + _("Not touched") + ": "
        yield from (untouched + words for page in self.pages for words in page.left)
        yield "# ? " + _(
            "Write here what the page says after it accepted the inquiry. Until then a usual thank-you counts."
        )
        yield "# " + yaml_line("confirmation", _GUESS)

    def _start(self) -> str:
        parts = urlsplit(self.url)
        origins = [f"{parts.scheme}://{parts.netloc}", self.sends_to] if self.sends_to else []
        more: dict[str, Value] = {"origins": [*origins], "hosts": [*self.hosts]}
        told = {key: value for key, value in more.items() if value}
        return yaml_line("start", {"url": self.url, **told}) if told else yaml_line("url", self.url)

    def _lines_of(self, number: int) -> Iterator[str]:
        page = self.pages[number]
        if heading := self._heading(number):
            yield yaml_line("heading", heading)
        if page.echoes:
            yield "echoes: yes"
        if page.controls:
            yield "controls:"
        for control in page.controls:
            mark = "" if control.certain else "? "
            yield from (f"  # {mark if not n else ''}{note}" for n, note in enumerate(control.notes))
            yield f"  - {yaml_line('', dict(control.entry))}"
        yield yaml_line("submit" if number == len(self.pages) - 1 else "advance", page.leads)

    def _heading(self, number: int) -> str:
        """What stands over this page and none beside it; one page alone is known by its controls."""
        beside = (self.pages[n] for n in (number - 1, number + 1) if 0 <= n < len(self.pages))
        others = {heading for page in beside for heading in page.headings}
        own = (each for each in self.pages[number].headings if each and each not in others)
        return next(own, "") if len(self.pages) > 1 else ""


def step_words() -> re.Pattern[str]:
    """How a page says which step it is, and of how many."""
    return re.compile(_words_of("step"), re.IGNORECASE)


def has_further_steps(texts: Iterable[str]) -> bool:
    """Whether any of a page's texts says that it is a step with others behind it: “Step 1 of 3”."""
    found = (match for text in texts for match in step_words().finditer(" ".join(text.split())))
    numbers = ([int(each) for each in match.groups() if each] for match in found)
    return any(number < last for number, last in numbers)


@cache
def _words_of(kind: str) -> str:
    return alternatives(Path(__file__).with_name("page_words.txt"), kind)


def says(kind: str, words: str) -> bool:
    """Whether words are of a kind: those of a button that leads `onward` or `aside`, or of a notice over the page."""
    return bool(re.fullmatch(_words_of(kind), " ".join(words.split()).strip(" <>«»←→‹›"), re.IGNORECASE))
