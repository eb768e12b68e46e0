"""Verdict from three signals after the click: the page's proof, the response, the case number. Pure.

A click that returned proves nothing, and neither does one signal alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

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


def judge(
    *,
    sent: bool,
    proof_shown: bool,
    refusals: Sequence[str],
    statuses: Sequence[int],
    text: str,
    confirmation: Confirmation,
    known_cases: Container[str] = frozenset(),
    form_back: bool = True,
) -> VerdictReached:
    """The verdict.

    Args:
        sent: a submit request left, or nobody can tell. If it did not, nothing left; but a page that shows success all
            the same knows a way that we do not.
        proof_shown: the mapped proof of success is visible.
        refusals: texts of the visible refusals that did not stand there before the click.
        statuses: HTTP status of each answer to the submit request, in order.
        text: what the page says after the click.
        confirmation: the form map's description of success.
        known_cases: case numbers of earlier runs; one of them shown again is a stale confirmation.
        form_back: a screen of the form is there, still or again; and the guard stopped no other request that what it
            says could be about.
    """
    response_ok = bool(statuses) and all(200 <= status < 400 for status in statuses)
    # A page that shows an error because its request broke has not refused anything: only a proper answer has.
    refusable = bool(statuses) and all(200 <= status < 300 for status in statuses) and form_back
    numbers = case_numbers(text, confirmation) if proof_shown else ()
    stale = any(number in known_cases for number in numbers)
    messages = (*refusals, *_doubts(numbers, stale=stale))
    if not sent:
        verdict = Verdict.UNKNOWN if proof_shown else Verdict.NOT_SUBMITTED
    elif proof_shown and response_ok and not refusals and not stale:
        verdict = Verdict.CONFIRMED if len(numbers) == 1 else Verdict.CONFIRMED_NO_CASE
    elif refusals and refusable and not proof_shown:
        verdict = Verdict.REJECTED
    else:
        verdict = Verdict.UNKNOWN
    case_number = numbers[0] if verdict is Verdict.CONFIRMED else None
    return VerdictReached(verdict, case_number, page_proof=proof_shown, response_ok=response_ok, messages=messages)


def _doubts(numbers: Sequence[str], *, stale: bool) -> tuple[str, ...]:
    if stale:
        return (_("The page shows a case number of an earlier run: {numbers}").format(numbers=", ".join(numbers)),)
    if len(numbers) > 1:
        return (_("The page shows more than one case number: {numbers}").format(numbers=", ".join(numbers)),)
    return ()
