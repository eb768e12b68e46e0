"""What the signals after the click prove: the page's own proof, the response, and the case number. Pure.

A click that returned proves nothing, and neither does one signal alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autofill.events import Verdict, VerdictReached
from autofill.forms.form_map import Confirmation

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
    proof_shown: bool,
    refusals: Sequence[str],
    statuses: Sequence[int],
    text: str,
    confirmation: Confirmation,
) -> VerdictReached:
    """The verdict.

    Args:
        proof_shown: the mapped proof of success is visible.
        refusals: texts of the visible refusals.
        statuses: HTTP status of each answer to the submit request, in order.
        text: what the page says after the click.
        confirmation: the form map's description of success.
    """
    response_ok = bool(statuses) and all(200 <= status < 300 for status in statuses)
    numbers = case_numbers(text, confirmation) if proof_shown else ()
    case_number = numbers[0] if len(numbers) == 1 else None
    if proof_shown and response_ok and not refusals:
        verdict = Verdict.CONFIRMED if case_number else Verdict.CONFIRMED_NO_CASE
    elif refusals and response_ok and not proof_shown:
        verdict = Verdict.REJECTED
    else:
        verdict = Verdict.UNKNOWN
    return VerdictReached(verdict, case_number, proof_shown, response_ok, tuple(refusals))
