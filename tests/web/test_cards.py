"""The list: what a filter leaves, what it offers, and how many cards a page has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from autofill.cases.model.case_records import Case
from autofill.cases.model.case_status import case_status
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.reviews import Review, ReviewStance
from autofill.cases.model.run_states import State
from autofill.events import Verdict
from autofill.evidence.keeping.summary import RunSummary
from autofill.web.cards import PAGE, Card, CardFilter, listing
from autofill.web.recording_store import RecordingCondition, RecordingEntry
from tests.cases.case_makers import a_run

AT = datetime(2026, 11, 22, tzinfo=UTC)


def said(*stances: ReviewStance, note: str = "") -> tuple[Review, ...]:
    return tuple(Review(AT, "maria", stance, note) for stance in stances)


def card(name: str, reviews: tuple[Review, ...] = (), **what: Any) -> Card:
    usual: dict[str, Any] = {"profile": "p.yaml", "form": "usps-email-us", "target": "replica", "exit_code": 0}
    return Card(RecordingEntry(name, RecordingCondition.FINISHED, RunSummary(**usual | what)), None, reviews)


DOUBT_AND_NOTE = (ReviewStance.DOUBT, ReviewStance.NOTE)
CARDS = [
    card("r1", verdict=Verdict.CONFIRMED, case_number="48213307", topic="refund"),
    card("r2", verdict=Verdict.REJECTED, form="usps-chat", messages=("STRASSE is missing",)),
    card(
        "r3",
        said(ReviewStance.DOUBT, ReviewStance.NOTE, note="번호를 물어봄"),
        stopped_at="Review",
        error="It did not come.",
    ),
    card("r4", said(ReviewStance.DOUBT, ReviewStance.ACCEPT)),
    Card(RecordingEntry("r5", RecordingCondition.UNFINISHED)),
    Card(RecordingEntry("r6", RecordingCondition.ENCRYPTED, can_open=False)),
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "r1 r2 r3 r4 r5 r6"),
        ({"verdict": "confirmed"}, "r1"),
        ({"verdict": "not-submitted"}, "r3 r4"),
        ({"verdict": "encrypted"}, "r6"),
        ({"verdict": "nonsense"}, ""),
        ({"form": "usps-chat"}, "r2"),
        ({"yours": "doubt"}, "r3"),
        ({"yours": "accept"}, "r4"),
        ({"yours": "none"}, "r1 r2 r5 r6"),
        ({"text": "482133"}, "r1"),
        ({"text": "  REFUND 4821 "}, "r1"),
        ({"text": "refund chat"}, ""),
        ({"text": "straße"}, "r2"),
        ({"text": "번호"}, "r3"),
        ({"text": "r5"}, "r5"),
        ({"verdict": "not-submitted", "yours": "accept", "text": "p.yaml"}, "r4"),
        ({"other": "x"}, "r1 r2 r3 r4 r5 r6"),
    ],
)
def test_a_filter_leaves_what_fits_all_of_it(query: dict[str, str], names: str) -> None:
    """Verdict or condition, form, the person's own verdict, and every word of the text."""
    assert [found.entry.name for found in listing(CARDS, CardFilter.read(query)).cards] == names.split()


def test_a_note_takes_no_side() -> None:
    """The last verdict stands until there is another verdict."""
    assert [each.stance for each in CARDS[2:5]] == [ReviewStance.DOUBT, ReviewStance.ACCEPT, None]


def test_filters_offer_what_there_is_with_its_number() -> None:
    """Nobody has to try what leads to nothing."""
    shown = listing(CARDS, CardFilter(verdict="confirmed"))

    assert list(shown.offered["verdict"][:2]) == [
        ("not-submitted", "Not sent", 2),
        ("confirmed", "Confirmed", 1),
    ]
    assert {value for value, *_ in shown.offered["form"]} == {"usps-email-us", "usps-chat"}
    assert shown.offered["yours"][0] == ("none", "No verdict yet", 4)
    assert (shown.found, shown.total) == (1, 6)


@pytest.mark.parametrize(
    ("page", "number", "cards"),
    [
        ("1", 1, PAGE),
        ("2", 2, PAGE),
        ("3", 3, 4),
        ("9", 3, 4),
        *((odd, 1, PAGE) for odd in ("0", "-1", "x", "٣", "9" * 5000)),
    ],
)
def test_a_page_is_one_of_those_there_are(page: str, number: int, cards: int) -> None:
    """Whatever stands in the address."""
    shown = listing([card(f"r{n}") for n in range(2 * PAGE + 4)], CardFilter.read({"page": page}))

    assert (shown.wanted.page, len(shown.cards), shown.pages) == (number, cards, 3)
    assert shown.first == (number - 1) * PAGE + 1


def test_an_empty_list_has_one_page() -> None:
    shown = listing([], CardFilter())

    assert (shown.cards, shown.pages, shown.wanted.page) == ((), 1, 1)


def waiting(run_id: str, *, now: datetime) -> Card:
    """A live run of Sunday, 22 November 2026, and where its case stands then."""
    case = Case(run_id, "live", "usps-email-us", (a_run(run_id, State.CONFIRMED, AT, "48213307"),))
    return Card(
        RecordingEntry(run_id, RecordingCondition.UNFINISHED), case_status(case, now, DeadlineBook().of(case.form))
    )


def test_a_case_waits_for_them_until_it_is_due() -> None:
    """Then it is the person's move; a recording without a case is in neither list."""
    cards = [waiting("r1", now=AT), waiting("r2", now=datetime(2026, 12, 24, tzinfo=UTC)), card("r3")]

    assert [each.filed["case"] for each in cards] == ["open", "yours", ""]
    assert [found.entry.name for found in listing(cards, CardFilter(case="yours")).cards] == ["r2"]
    assert {words for _, words, _ in listing(cards, CardFilter()).offered["case"]} == {"Waiting for them", "Your move"}


def test_links_to_other_pages_keep_the_filter() -> None:
    """And escape what a person typed."""
    wanted = CardFilter.read({"verdict": "confirmed", "text": 'a&b "ö"'})

    assert wanted.link(1) == "/recordings?verdict=confirmed&text=a%26b+%22%C3%B6%22"
    assert wanted.link(2).endswith("&page=2")
    assert CardFilter().link(1) == "/recordings"
    assert (wanted.filters, CardFilter(page=2).filters) == (True, False)
