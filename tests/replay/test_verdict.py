"""What the signals after the click prove: one signal alone proves nothing, and contradicting ones even less."""

from __future__ import annotations

from typing import Any

import pytest

from autofill.events import Verdict
from autofill.forms.catalog import load_form
from autofill.replay.verdict import Answer, PageOutcome, judge

USPS = load_form("usps-email-us").form_map.confirmation
NUMBER = "Your Service Request Number is 12345678."
REFUSED = ("Error: too long",)
AT_FIELD = ("Message: too long",)
ALERT = ("Sorry, that could not be stored",)
TWICE = NUMBER + "\nService Request 12345678"
OTHER = NUMBER + "\nService Request 87654321"
SAYS_NO = '{"actions": [{"state": "ERROR", "error": [{"message": "No"}]}]}'
SAME_WORDS = "<p>Error:\n too long</p>"
IN_MARKUP = "<p><b>too</b>&nbsp;long</p>"
IN_JSON = '{"messages": ["too\\u0020long"]}'
ESCAPED = r'{"messages": ["Zu lang f\u00fcr &bdquo;<b>uns</b>&ldquo;"]}'
SUCCESS = '{"success": true}'
WITH_NUMBER = '{"case": "12345678"}'
C, N, R, U = Verdict.CONFIRMED, Verdict.CONFIRMED_NO_CASE, Verdict.REJECTED, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("shown", "answers", "expected"),
    [
        # The page's proof: it needs a proper answer, and nothing that contradicts it.
        ({"proof": True, "text": NUMBER}, [200], C),
        ({"proof": True, "text": NUMBER}, [303], C),
        ({"proof": True, "text": TWICE}, [200], C),
        ({"proof": True, "text": "Thank you"}, [200], N),
        ({"proof": True, "text": OTHER}, [200], N),
        ({"proof": True, "text": NUMBER}, [], U),
        ({"proof": True, "text": NUMBER}, [500], U),
        ({"proof": True, "text": NUMBER, "refusals": REFUSED}, [200], U),
        ({"proof": True, "text": NUMBER, "alerts": ALERT}, [200], U),
        ({"proof": True, "text": NUMBER, "field_errors": AT_FIELD}, [200], U),
        ({"proof": True, "text": NUMBER}, [(200, SAYS_NO)], U),
        ({"proof": True, "text": NUMBER}, [(200, '{"error": null, "errors": [], "ok": true}')], C),
        # A refusal: at a field or mapped, and in the answer too (A4); and no success anywhere.
        ({"field_errors": AT_FIELD}, [(200, SAME_WORDS)], R),
        ({"field_errors": AT_FIELD}, [(200, IN_MARKUP)], R),
        ({"field_errors": AT_FIELD}, [(200, IN_JSON)], R),
        ({"field_errors": AT_FIELD}, [(200, SAYS_NO)], R),
        ({"field_errors": AT_FIELD}, [422], R),
        ({"field_errors": AT_FIELD}, [200], U),
        ({"field_errors": AT_FIELD}, [(200, "{}")], U),
        ({"field_errors": AT_FIELD}, [(200, "<p>Message</p>")], U),
        ({"field_errors": ("Message: Zu lang für “uns”",)}, [(200, ESCAPED)], R),
        ({"field_errors": AT_FIELD}, [], U),
        ({"field_errors": AT_FIELD}, [303], U),
        ({"field_errors": AT_FIELD}, [(200, SUCCESS)], U),
        ({"field_errors": AT_FIELD}, [(200, WITH_NUMBER)], U),
        ({"field_errors": AT_FIELD}, [(200, "<h1>Thank you for contacting us</h1>")], U),
        ({"refusals": REFUSED}, [(200, SAYS_NO)], R),
        ({"refusals": REFUSED}, [(200, SAME_WORDS)], R),
        ({"refusals": REFUSED}, [400], R),
        ({"refusals": REFUSED}, [200], U),
        ({"refusals": REFUSED}, [(200, "{}")], U),
        ({"refusals": REFUSED}, [(200, WITH_NUMBER)], U),
        ({"refusals": REFUSED}, [(200, SUCCESS)], U),
        ({"refusals": REFUSED}, [], U),
        ({"refusals": REFUSED}, [(500, SAME_WORDS)], U),
        ({"refusals": REFUSED}, [(403, SAME_WORDS)], U),
        ({"refusals": REFUSED}, [(429, SAME_WORDS)], U),
        ({"alerts": ALERT}, [(200, SAYS_NO)], U),
        # Nothing of either.
        ({"text": NUMBER}, [200], U),
        ({}, [200], U),
        ({}, [503], U),
        ({}, [], U),
    ],
)
def test_the_verdict(shown: dict[str, Any], answers: list[Any], expected: Verdict) -> None:
    """Confirmed and rejected want proof that nothing contradicts (A4, A12); all else is unknown."""
    page = PageOutcome(form=True, **shown)
    said = [Answer(each) if isinstance(each, int) else Answer(*each) for each in answers]
    reached = judge(page, sent=True, answers=said, confirmation=USPS)
    assert reached.verdict is expected
    assert reached.case_number == ("12345678" if expected is C else None)
    # Nothing left that we know of; a page that shows success all the same knows better.
    unsent = judge(page, sent=False, answers=said, confirmation=USPS)
    assert unsent.verdict is (U if page.proof else Verdict.NOT_SUBMITTED)
    # An error without the form is not the form's own, nor one beside a request that was stopped.
    gone = judge(PageOutcome(**shown), sent=True, answers=said, confirmation=USPS)
    stopped = judge(page, sent=True, answers=said, confirmation=USPS, all_seen=False)
    assert {gone.verdict, stopped.verdict} == {U if expected is R else expected}


def test_every_doubt_is_told() -> None:
    """What the page says stands in the summary, whatever the verdict."""
    page = PageOutcome(proof=True, refusals=REFUSED, field_errors=AT_FIELD, alerts=ALERT, text=OTHER)
    reached = judge(page, sent=True, answers=[Answer(200)], confirmation=USPS)
    assert reached.messages == (
        *REFUSED, *AT_FIELD, *ALERT, "The page shows more than one case number: 12345678, 87654321",
    )  # fmt: skip


def test_a_case_number_of_an_earlier_run_proves_nothing() -> None:
    """The page may come from a cache; the doubt names the number."""
    shown, known = PageOutcome(proof=True, text=NUMBER), {"12345678"}.__contains__
    reached = judge(shown, sent=True, answers=[Answer(200)], confirmation=USPS, is_known_case=known)
    assert (reached.verdict, reached.case_number) == (U, None)
    assert "12345678" in reached.messages[0]


def test_a_number_that_the_inquiry_holds_is_no_new_one() -> None:
    """The page repeats the earlier case that the inquiry quotes (A11)."""
    shown, quoted = PageOutcome(proof=True, text=NUMBER), ["about case 1234 5678"]
    reached = judge(
        shown,
        sent=True,
        answers=[Answer(200)],
        confirmation=USPS,
        known=quoted,
        is_known_case={"12345678"}.__contains__,
    )
    assert (reached.verdict, reached.case_number) == (N, None)
