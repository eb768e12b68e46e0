"""Verdict from three signals after the click: the page's proof, the response, the case number. Pure.

A click that returned proves nothing, and neither does one signal alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autofill.events import Verdict, VerdictReached
from autofill.forms.form_map import Confirmation
from autofill.language import _

# A number may stand on the line below the words that name it.
_LINES_BELOW = 1


def case_numbers(text: str, confirmation: Confirmation) -> tuple[str, ...]:
    """Different case numbers, in order, that stand on or right below a line with one of the mapped words."""
    words = re.compile("|".join(map(re.escape, confirmation.near)), re.IGNORECASE)
    lines = text.splitlines()
    found: dict[str, None] = {}
    for index, line in enumerate(lines):
        if words.search(line):
            nearby = "\n".join(lines[index : index + 1 + _LINES_BELOW])
            found.update(dict.fromkeys(match[0] for match in re.finditer(confirmation.case_number, nearby)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """Page after the click: whether it shows the mapped proof, new refusals, a screen of the form, and all its text."""

    proof: bool = False
    refusals: tuple[str, ...] = ()
    form: bool = False
    text: str = ""


def judge(
    shown: PageOutcome,
    *,
    sent: bool,
    statuses: Sequence[int],
    confirmation: Confirmation,
    is_known_case: Callable[[str], bool] = lambda _number: False,
    form_back: bool = True,
) -> VerdictReached:
    """The verdict.

    Args:
        shown: the page after the click.
        sent: a submit request left, or nobody can tell. If it did not, nothing left; but a page that shows success all
            the same knows a way that we do not.
        statuses: HTTP status of each answer to the submit request, in order.
        confirmation: the form map's description of success.
        is_known_case: whether an earlier run got a case number; one that is shown again is a stale confirmation.
        form_back: a screen of the form is there, still or again; and the guard stopped no other request that what it
            says could be about.
    """
    response_ok = bool(statuses) and all(200 <= status < 400 for status in statuses)
    # A page that shows an error because its request broke has not refused anything: only a proper answer has.
    refusable = bool(statuses) and all(200 <= status < 300 for status in statuses) and form_back
    numbers = case_numbers(shown.text, confirmation) if shown.proof else ()
    stale = any(map(is_known_case, numbers))
    messages = (*shown.refusals, *_doubts(numbers, stale=stale))
    if not sent:
        verdict = Verdict.UNKNOWN if shown.proof else Verdict.NOT_SUBMITTED
    elif shown.proof and response_ok and not shown.refusals and not stale:
        verdict = Verdict.CONFIRMED if len(numbers) == 1 else Verdict.CONFIRMED_NO_CASE
    elif shown.refusals and refusable and not shown.proof:
        verdict = Verdict.REJECTED
    else:
        verdict = Verdict.UNKNOWN
    case_number = numbers[0] if verdict is Verdict.CONFIRMED else None
    return VerdictReached(verdict, case_number, page_proof=shown.proof, response_ok=response_ok, messages=messages)


def _doubts(numbers: Sequence[str], *, stale: bool) -> tuple[str, ...]:
    if stale:
        return (_("The page shows a case number of an earlier run: {numbers}").format(numbers=", ".join(numbers)),)
    if len(numbers) > 1:
        return (_("The page shows more than one case number: {numbers}").format(numbers=", ".join(numbers)),)
    return ()
