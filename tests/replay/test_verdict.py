"""What the signals after the click prove: one signal alone proves nothing, and contradicting ones even less."""

from __future__ import annotations

from typing import Any

import pytest

from autofill.events import Verdict
from autofill.forms.catalog import load_form
from autofill.replay.verdict import PageOutcome, case_numbers, judge

USPS = load_form("usps-email-us").form_map.confirmation
NUMBER = "Your Service Request Number is 12345678."
REFUSED = ("Error: too long",)
TWICE = NUMBER + "\nService Request 12345678"
OTHER = NUMBER + "\nService Request 87654321"
C, N, R, U = Verdict.CONFIRMED, Verdict.CONFIRMED_NO_CASE, Verdict.REJECTED, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("proof", "statuses", "refusals", "text", "expected"),
    [
        (True, [200], (), NUMBER, C),
        (True, [200, 204], (), NUMBER, C),
        (True, [303], (), NUMBER, C),
        (True, [200], (), TWICE, C),
        (True, [200], (), "Thank you", N),
        (True, [200], (), OTHER, N),
        (True, [], (), NUMBER, U),
        (True, [500], (), NUMBER, U),
        (True, [200, 500], (), NUMBER, U),
        (True, [200], REFUSED, NUMBER, U),
        (False, [200], REFUSED, "", R),
        (False, [200], REFUSED, NUMBER, R),
        (False, [], REFUSED, "", U),
        (False, [500], REFUSED, "", U),
        (False, [403], REFUSED, "", U),
        (False, [200], (), NUMBER, U),
        (False, [200], (), "", U),
        (False, [503], (), "", U),
        (False, [], (), "", U),
    ],
)
def test_the_verdict(
    *, proof: bool, statuses: list[int], refusals: tuple[str, ...], text: str, expected: Verdict
) -> None:
    """Confirmed needs proof and response, rejected a refusal and a response without proof; all else is unknown."""
    shown = PageOutcome(proof, refusals, text=text)
    signals: dict[str, Any] = {"statuses": statuses, "confirmation": USPS}
    reached = judge(shown, sent=True, **signals)
    assert reached.verdict is expected
    assert reached.messages[: len(refusals)] == refusals
    assert (reached.page_proof, reached.response_ok) == (proof, bool(statuses) and max(statuses) < 400)
    assert reached.case_number == ("12345678" if expected is C else None)
    # Nothing left that we know of; a page that shows success all the same knows better.
    assert judge(shown, sent=False, **signals).verdict is (U if proof else Verdict.NOT_SUBMITTED)
    # An error without the form is not the form's own.
    gone = judge(shown, sent=True, **(signals | {"form_back": False}))
    assert gone.verdict is (U if expected is R else expected)


def test_two_case_numbers_are_a_doubt_that_is_told() -> None:
    """Neither is taken; both are named."""
    reached = judge(PageOutcome(proof=True, text=OTHER), sent=True, statuses=[200], confirmation=USPS)
    assert reached.messages == ("The page shows more than one case number: 12345678, 87654321",)


def test_a_case_number_of_an_earlier_run_proves_nothing() -> None:
    """The page may come from a cache; the doubt names the number."""
    shown, known = PageOutcome(proof=True, text=NUMBER), {"12345678"}.__contains__
    reached = judge(shown, sent=True, statuses=[200], confirmation=USPS, is_known_case=known)
    assert (reached.verdict, reached.case_number) == (U, None)
    assert "12345678" in reached.messages[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your Service Request Number is 12345678.", ("12345678",)),
        ("- paragraph: Your service request number is\n- strong: '12345678'", ("12345678",)),
        ("Case number:\nCA123456789", ("CA123456789",)),
        ("Reference 123456789 and 12345678", ("123456789", "12345678")),
        ("Reference 12345678\nCase number 12345678", ("12345678",)),
        ("Reference:\n\n12345678", ()),
        ("Call 8002758777\nThank you", ()),
        ("Reference 1234567", ()),
        ("Reference 12345678901", ()),
        ("", ()),
    ],
)
def test_case_numbers_stand_beside_their_words(text: str, found: tuple[str, ...]) -> None:
    """On the line that names them or the one below; a number anywhere else is a phone number, a year, an amount."""
    assert case_numbers(text, USPS) == found


def test_a_pattern_with_groups_finds_whole_numbers() -> None:
    """However the person who wrote the map grouped it."""
    grouped = USPS.model_copy(update={"case_number": r"(CA)?(\d{8,9})"})
    assert case_numbers("Case number CA123456789", grouped) == ("CA123456789",)
