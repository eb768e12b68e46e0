"""The cards of the list, its filters and its pages. Pure, but for the titles of forms.

Reads no recording, no database and no request.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.reviews import Review, ReviewStance
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import State
from autofill.events import Verdict
from autofill.evidence.keeping.report import Outcome
from autofill.forms.catalog import form_title
from autofill.language import _, gettext_noop
from autofill.web.labels import is_open_ended, outcome_for, stance_in_words
from autofill.web.ledger_gateway import LedgerSnapshot
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
    """A recording on the list. `case_status` is that of its case, if it has one; `reviews` are oldest first.

    `record` is its run as the ledger knows it now: the recording says only what was known when it was sealed.
    """

    entry: RecordingEntry
    case_status: CaseStatus | None = None
    reviews: tuple[Review, ...] = ()
    record: RunRecord | None = None

    @property
    def outcome(self) -> Outcome:
        """Verdict or condition, in words."""
        return outcome_for(self.entry, self.record)

    @property
    def case_number(self) -> str | None:
        """The number of its case: the one the run got, or what became known since."""
        said = (known.case_number for known in (self.entry.summary, self.record) if known)
        return next(filter(None, said), None)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return self.record is not None and self.record.state is State.UNKNOWN

    @property
    def is_settled(self) -> bool:
        """Whether it became known only after the run what became of it."""
        return self.record is not None and not self.is_unknown and is_open_ended(self.entry)

    @property
    def filed(self) -> Mapping[str, str]:
        """What the filters compare, by their names: verdict or condition, form map, whose move, last review."""
        run, case = self.entry.summary, self.case_status
        return {
            "verdict": self._verdict,
            "form": run.form if run else "",
            "case": "" if case is None else _YOURS if case.is_due else _OPEN if case.is_open else _OVER,
            "yours": self.stance or _NOBODY,
        }

    @property
    def _verdict(self) -> str:
        if self.record and self.is_settled:
            return self.record.state
        return self.entry.summary.verdict if self.entry.summary else self.entry.condition

    @property
    def stance(self) -> ReviewStance | None:
        """What a person last thought of it; a note after it changes nothing."""
        sides = (said.stance for said in reversed(self.reviews) if said.stance is not ReviewStance.NOTE)
        return next(sides, None)

    @property
    def words(self) -> str:
        """The text that a search looks in."""
        run = self.entry.summary
        said = (self.case_number, run.topic, run.form, run.profile, run.stopped_at, run.error) if run else ()
        texts = [self.entry.name, *said, *(run.messages if run else ()), *(one.note for one in self.reviews)]
        return _folded("\n".join(text for text in texts if text))


def card_of(entry: RecordingEntry, known: LedgerSnapshot) -> Card:
    """The card of a recording, with all that the ledger knows of its run."""
    name = entry.name
    return Card(entry, known.case_statuses.get(name), known.reviews.get(name, ()), known.runs.get(name))


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
        return "/recordings" + ("?" + urlencode(query) if query else "")

    def takes(self, card: Card) -> bool:
        """Whether a card is among those wanted."""
        chosen = all(getattr(self, name) in {"", value} for name, value in card.filed.items())
        return chosen and all(word in card.words for word in _folded(self.text).split())


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. `offered` are the options of each filter: value in the address, label, number of cards."""

    cards: tuple[Card, ...]
    wanted: CardFilter
    found: int
    total: int
    pages: int
    offered: Mapping[str, tuple[tuple[str, str, int], ...]]

    @property
    def first(self) -> int:
        """The place of the page's first card among those found, from 1."""
        return (self.wanted.page - 1) * PAGE + 1


def listing(cards: Sequence[Card], wanted: CardFilter) -> Listing:
    """The page of the list that is wanted; a page after the last one is the last one, an empty list has one."""
    found = [card for card in cards if wanted.takes(card)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(wanted.page, pages)
    # What a run said of itself names the filter; what became known since is found by it, too.
    kinds = {card.filed["verdict"]: card.outcome.badge for card in sorted(cards, key=lambda card: not card.is_settled)}
    labels: dict[str, Mapping[str, str]] = {
        "verdict": kinds | {Verdict.NOT_SUBMITTED: _("Not sent")},
        "form": {form: form_title(form) for form in {card.filed["form"] for card in cards}},
        "case": {case: _(words) for case, words in _CASES.items()},
        "yours": {each: stance_in_words(each).badge for each in ReviewStance} | {_NOBODY: _("No verdict yet")},
    }
    return Listing(
        tuple(found[(page - 1) * PAGE : page * PAGE]),
        replace(wanted, page=page),
        len(found),
        len(cards),
        pages=pages,
        offered={name: _options((card.filed[name] for card in cards), words) for name, words in labels.items()},
    )


def _options(values: Iterable[str], words: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    """The options of a filter, the most frequent first."""
    counted = Counter(filter(None, values)).most_common()
    return tuple((value, words.get(value, value), count) for value, count in counted)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
