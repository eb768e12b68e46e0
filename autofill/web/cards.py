"""The cards of the list, its filters and its pages. Pure.

Reads no file, no database and no request.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from autofill.cases.ledger.reviews import Review, ReviewStance
from autofill.cases.model.case_status import CaseStatus
from autofill.events import Verdict
from autofill.evidence.keeping.report import Outcome
from autofill.language import _, gettext_noop
from autofill.web.labels import outcome_for, stance_in_words
from autofill.web.recording_store import RecordingEntry

# A page of the list: few enough that no browser asks for sixty pictures at once.
PAGE: Final = 48
_NOBODY: Final = "none"
_FILTERS: Final = ("verdict", "form", "case", "yours", "text")
_YOURS, _OPEN, _OVER = "yours", "open", "over"
_CASES: Final = {
    _YOURS: gettext_noop("Your move"),
    _OPEN: gettext_noop("Waiting for them"),
    _OVER: gettext_noop("Over"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A recording on the list. `case_status` is that of its case, if it has one; `reviews` are oldest first."""

    entry: RecordingEntry
    case_status: CaseStatus | None = None
    reviews: tuple[Review, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Verdict or condition, in words."""
        return outcome_for(self.entry)

    @property
    def kind(self) -> str:
        """What a person filters by: the verdict's word, or the condition's if there is no verdict."""
        return self.entry.summary.verdict if self.entry.summary else self.entry.condition

    @property
    def case(self) -> str:
        """What a person filters cases by: whether it waits for them, or for the organisation, or is over."""
        if self.case_status is None:
            return ""
        return _YOURS if self.case_status.is_due else _OPEN if self.case_status.is_open else _OVER

    @property
    def form(self) -> str:
        """The form map's name."""
        return self.entry.summary.form if self.entry.summary else ""

    @property
    def stance(self) -> ReviewStance | None:
        """What a person last thought of it; a note after it changes nothing."""
        sides = (said.stance for said in reversed(self.reviews) if said.stance is not ReviewStance.NOTE)
        return next(sides, None)

    @property
    def words(self) -> str:
        """The text that a search looks in."""
        run = self.entry.summary
        said = (run.case_number, run.topic, run.form, run.profile, run.stopped_at, run.error) if run else ()
        texts = [self.entry.name, *said, *(run.messages if run else ()), *(one.note for one in self.reviews)]
        return _folded("\n".join(text for text in texts if text))


@dataclass(frozen=True, slots=True)
class CardFilter:
    """The filters of the list; empty texts filter nothing. `page` counts from 1."""

    verdict: str = ""
    form: str = ""
    case: str = ""
    yours: str = ""
    text: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> CardFilter:
        """From a request's query; what makes no sense there filters nothing."""
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
        return cls(**{name: query.get(name, "")[:200] for name in _FILTERS}, page=max(1, number))

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, name) for name in _FILTERS)

    def link(self, page: int) -> str:
        """The address of another page of the same list."""
        query = {name: text for name in _FILTERS if (text := getattr(self, name))}
        query |= {"page": str(page)} if page > 1 else {}
        return "/?" + urlencode(query) if query else "/"

    def takes(self, card: Card) -> bool:
        """Whether a card is among those wanted."""
        return (
            self.verdict in {"", card.kind}
            and self.form in {"", card.form}
            and self.case in {"", card.case}
            and self.yours in {"", card.stance or _NOBODY}
            and all(word in card.words for word in _folded(self.text).split())
        )


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One option of a filter: its value in the address, its label, and how many cards match."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list, with the options of its filters."""

    cards: tuple[Card, ...]
    wanted: CardFilter
    found: int
    total: int
    verdicts: tuple[FilterOption, ...]
    forms: tuple[FilterOption, ...]
    cases: tuple[FilterOption, ...]
    yours: tuple[FilterOption, ...]

    @property
    def first(self) -> int:
        """The place of the page's first card among those found, from 1."""
        return (self.wanted.page - 1) * PAGE + 1

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty one has one."""
        return max(1, -(-self.found // PAGE))


def listing(cards: Sequence[Card], wanted: CardFilter) -> Listing:
    """The page of the list that is wanted; a page after the last one is the last one."""
    found = [card for card in cards if wanted.takes(card)]
    page = min(wanted.page, max(1, -(-len(found) // PAGE)))
    kinds = {card.kind: card.outcome.badge for card in cards} | {Verdict.NOT_SUBMITTED: _("Not sent")}
    cases = {case: _(words) for case, words in _CASES.items()}
    stances = {stance: stance_in_words(stance).badge for stance in ReviewStance} | {_NOBODY: _("No verdict yet")}
    return Listing(
        tuple(found[(page - 1) * PAGE : page * PAGE]),
        replace(wanted, page=page),
        len(found),
        len(cards),
        verdicts=_filter_options((card.kind for card in cards), kinds),
        forms=_filter_options((card.form for card in cards if card.form), {}),
        cases=_filter_options((card.case for card in cards if card.case), cases),
        yours=_filter_options((card.stance or _NOBODY for card in cards), stances),
    )


def _filter_options(values: Iterable[str], words: Mapping[str, str]) -> tuple[FilterOption, ...]:
    """The options of a filter, the most frequent first."""
    return tuple(FilterOption(value, words.get(value, value), count) for value, count in Counter(values).most_common())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
