"""What a page that was just seen has of a form map: which of its controls is which question of the page. Pure.

Nothing is taken that is not clear: by the same words, by what a list offers, by two readers, by words that clearly mean
the same; or by what a person typed there, who knows their own inquiry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from autofill.forms.control import TYPED, YES_NO, Control, ControlKind
from autofill.forms.entries import choices
from autofill.forms.plan import Entry
from autofill.inquiry.fields import Fields, question
from autofill.mapping.asking import bare
from autofill.mapping.drafted import DraftedControl
from autofill.mapping.fitting import tells
from autofill.mapping.gate import of_another
from autofill.mapping.match import match
from autofill.mapping.questions import Given
from autofill.mapping.reading import likeness, read
from autofill.mapping.recognise import FIELDS

How: TypeAlias = Literal["same words", "same choices", "recognised", "like words", "typed"]
Sort: TypeAlias = Literal["text", "choice", "yes-no", "file"]

# Of so many choices of a list as many are the map's, or it is another list.
_SAME_CHOICES: Final = 0.6
# So much of the words is the same where what was entered tells little.
_IN_COMMON: Final = 0.3


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as it was when it was left.

    `buttons` are the names of what can be pressed, with their roles; `pressed` is the one that led on. `held` is what
    each question's control holds, and `echoes` says that the page shows again what was entered.
    """

    url: str
    headings: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    questions: tuple[DraftedControl, ...] = ()
    held: tuple[str, ...] = ()
    echoes: bool = False
    pressed: str = ""

    @property
    def signs(self) -> object:
        """What shows that it is this page and no other."""
        return self.url, self.headings[:2], {each.question.words for each in self.questions[:1]}


@dataclass(frozen=True, slots=True)
class Found:
    """A control of the map, the number of the page's question that it is, and what showed that."""

    control: Control
    number: int
    how: How


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a form before it is seen: the controls that are there for this inquiry, and its entries."""

    controls: tuple[Control, ...]
    entries: Mapping[int, Entry]
    fields: Fields = field(default_factory=dict)

    @classmethod
    def of(cls, controls: Iterable[Control], entries: Iterable[Entry], fields: Fields) -> Known:
        """All of it; a control is known by being that one."""
        by_control = {id(entry.control): entry for entry in entries}
        return cls(tuple(controls), by_control, fields)

    def text(self, control: Control) -> str:
        """What goes into a control; nothing where the inquiry has nothing for it."""
        entry = self.entries.get(id(control))
        return entry.text if entry else ""

    def without(self, found: Iterable[Found]) -> Known:
        """What is left when these were found."""
        gone = {id(each.control) for each in found}
        return Known(tuple(each for each in self.controls if id(each) not in gone), self.entries, self.fields)


def found_on(page: PageSeen, known: Known) -> tuple[Found, ...]:
    """The controls of the map that are on the page, in the page's order."""
    left = _Left(page, known)
    left.take("same words", left.by_words)
    left.take("same choices", left.by_choices)
    left.take("recognised", left.recognised)
    left.take("like words", left.by_meaning)
    left.take("typed", left.by_value)
    return tuple(sorted(left.found, key=lambda each: each.number))


def sort_of(kind: ControlKind | None) -> Sort:
    """What sort of thing a control of the map takes."""
    if kind == "file":
        return "file"
    return "yes-no" if kind in YES_NO else "text" if kind in TYPED else "choice"


class _Left:
    """The controls and the questions that have not found each other yet."""

    def __init__(self, page: PageSeen, known: Known) -> None:
        self.page, self.known = page, known
        self.found: list[Found] = []

    def take(self, how: How, pairs: Callable[[], Iterable[tuple[Control, int]]]) -> None:
        """Take the pairs that are the only ones for both."""
        wanted = list(pairs())
        for control, number in wanted:
            rivals = [pair for pair in wanted if (pair[0] is control) != (pair[1] == number)]
            if not rivals:
                self.found.append(Found(control, number, how))

    @property
    def controls(self) -> list[Control]:
        """The map's controls that are still looked for."""
        return [*self.known.without(self.found).controls]

    @property
    def numbers(self) -> list[int]:
        """The page's questions that are still free."""
        taken = {each.number for each in self.found}
        return [number for number in range(len(self.page.questions)) if number not in taken]

    @property
    def pairs(self) -> Iterator[tuple[Control, int]]:
        """Everything that could be the same by what it is, and by whom it is about."""
        for control in self.controls:
            for number in self.numbers:
                seen = self.page.questions[number]
                same_sort = sort_of(control.kind) == sort_on(seen) or control.kind is None
                if same_sort and (
                    not of_another(seen.control.legend, seen.control.heading) or of_another(control.name)
                ):
                    yield control, number

    def by_words(self) -> Iterator[tuple[Control, int]]:
        """Pairs of the same words, however they are capitalised and marked."""
        for control, number in self.pairs:
            names = {question(bare(name)) for name in control.names}
            if question(bare(self._words(number))) in names:
                yield control, number

    def by_choices(self) -> Iterator[tuple[Control, int]]:
        """Pairs in which the list offers what the map says it does."""
        for control, number in self.pairs:
            ours = {question(words) for words in choices(control, self.known.fields).values()}
            theirs = {question(words) for words in self.page.questions[number].question.options}
            if len(ours) > 1 and len(ours & theirs) >= _SAME_CHOICES * max(len(ours), len(theirs) - 1):
                yield control, number

    def recognised(self) -> Iterator[tuple[Control, int]]:
        """Pairs in which both readers are sure of what the page's control takes, and the map says the same."""
        for control, number in self.pairs:
            seen = self.page.questions[number]
            if seen.certain and FIELDS.get(seen.kind) == control.value and seen.kind != "email2":
                yield control, number

    def by_meaning(self) -> Iterator[tuple[Control, int]]:
        """Pairs whose words clearly mean the same, as answers are matched to questions."""
        controls, numbers = self.controls, self.numbers
        asked = [self.page.questions[number].question for number in numbers]
        said = [Given(bare(each.name), self._said(each), is_file=sort_of(each.kind) == "file") for each in controls]
        # What is agreed to with a tick is agreed to in these words and no others.
        possible = {(id(control), number) for control, number in self.pairs if sort_of(control.kind) != "yes-no"}
        for control, used in zip(controls, match(asked, said).answers, strict=True):
            if used.question is not None:
                number = next(n for n, each in zip(numbers, asked, strict=True) if each is used.question)
                if (id(control), number) in possible:
                    yield control, number

    def by_value(self) -> Iterator[tuple[Control, int]]:
        """Pairs in which a person entered what the inquiry has for the control; the same twice in the same order.

        A yes, a no or a figure may be the answer to anything, so the words have to have something in common, too.
        """
        pairs: dict[tuple[Sort, str], list[tuple[Control, int]]] = {}
        for control, number in self.pairs:
            text = question(self.known.text(control))
            if text and text == question(self.page.held[number]) and (tells(text) or self._alike(control, number)):
                pairs.setdefault((sort_of(control.kind), text), []).append((control, number))
        for same in pairs.values():
            controls, numbers = ({id(each): each for each, _n in same}.values(), sorted({n for _each, n in same}))
            if len(controls) == len(numbers):
                yield from zip(controls, numbers, strict=True)

    def _alike(self, control: Control, number: int) -> bool:
        return likeness(read(bare(control.name)), read(bare(self._words(number)))) >= _IN_COMMON

    def _words(self, number: int) -> str:
        return self.page.questions[number].question.words

    def _said(self, control: Control) -> str:
        """What goes into a control, or would: its words are what counts."""
        if text := self.known.text(control):
            return text
        return next(iter(choices(control, self.known.fields).values()), bare(control.name))


def sort_on(seen: DraftedControl) -> Sort:
    """What sort of thing a question of the page takes."""
    if seen.question.kind in {"choice", "choices"} or seen.control.role in {"combobox", "listbox"}:
        return "choice"
    if seen.question.kind == "yes/no":
        return "yes-no"
    return "file" if seen.question.kind == "file" else "text"
