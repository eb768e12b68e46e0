"""Verdict from what the page and the answer say after the click. Pure.

A click that returned proves nothing, and neither does one signal alone. Success and refusal have to be proven; signals
that contradict each other prove neither, and what is not proven is unknown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from autofill.events import Verdict, VerdictReached
from autofill.forms.outcome import Confirmation
from autofill.language import _
from autofill.replay.case_number import case_numbers

# Keys of JSON answers that say what became of a request.
_SUCCESS = {"success", "ok", "succeeded"}
_ERRORS = {"error", "errors", "fielderrors", "errormessage"}
_STATES = {"state", "status", "result"}
_FAILED = {"error", "failed", "failure", "invalid", "rejected"}
# Statuses of a proper answer that may say no: the request was understood, and not done.
_REFUSING = {400, 422}
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Answer:
    """The site's answer to the inquiry's request: HTTP status and text."""

    status: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """Page after the click, all of it new since then and visible.

    `proof` says whether it shows the mapped proof, `refusals` are the texts of mapped refusals, `field_errors` what it
    says at fields, `alerts` other warnings; `form` says whether a screen of the form is there, `text` is all its text.
    `notes` look like warnings and are none by any rule: they are told, and prove nothing.
    """

    proof: bool = False
    refusals: tuple[str, ...] = ()
    field_errors: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    form: bool = False
    text: str = ""


def judge(
    shown: PageOutcome,
    *,
    sent: bool,
    answers: Sequence[Answer],
    confirmation: Confirmation,
    known: Iterable[str] = (),
    is_known_case: Callable[[str], bool] = lambda _number: False,
    all_seen: bool = True,
) -> VerdictReached:
    """The verdict.

    Args:
        shown: the page after the click.
        sent: the inquiry's request left, or may have. If it did not, nothing left; but a page that shows success all
            the same knows a way that we do not.
        answers: the site's answers to it, in order.
        confirmation: the form map's description of success.
        known: texts of the inquiry and the form map; a number that stands in them is no new one.
        is_known_case: whether an earlier run got a case number; one that is shown again is a stale confirmation.
        all_seen: the guard stopped no other request that what the page says could be about.
    """
    response_ok = bool(answers) and all(200 <= answer.status < 400 for answer in answers)
    said_no = any(map(_says_no, answers))
    numbers = case_numbers(shown.text, confirmation, known) if shown.proof else ()
    stale = any(map(is_known_case, numbers))
    messages = (*shown.refusals, *shown.field_errors, *shown.alerts, *_doubts(numbers, stale=stale))
    contradicted = bool(shown.refusals or shown.field_errors or shown.alerts) or stale or said_no
    if not sent:
        verdict = Verdict.UNKNOWN if shown.proof else Verdict.NOT_SUBMITTED
    elif shown.proof:
        verdict = Verdict.CONFIRMED_NO_CASE if response_ok and not contradicted else Verdict.UNKNOWN
    else:
        refused = shown.form and all_seen and _is_refused(shown, answers, confirmation)
        verdict = Verdict.REJECTED if refused else Verdict.UNKNOWN
    if verdict is Verdict.CONFIRMED_NO_CASE and len(numbers) == 1:
        verdict = Verdict.CONFIRMED
    if verdict not in {Verdict.CONFIRMED, Verdict.CONFIRMED_NO_CASE}:
        messages += shown.notes
    case_number = numbers[0] if verdict is Verdict.CONFIRMED else None
    return VerdictReached(verdict, case_number, page_proof=shown.proof, response_ok=response_ok, messages=messages)


def _is_refused(shown: PageOutcome, answers: Sequence[Answer], confirmation: Confirmation) -> bool:
    """Whether the form itself said no, at a field or by a mapped refusal, and the answer is of the same mind.

    What the page alone says proves nothing: a page whose script failed after a success says such things, too.
    """
    if not answers or any(_says_yes(answer, confirmation) for answer in answers):
        return False
    if not all(200 <= answer.status < 300 or answer.status in _REFUSING for answer in answers):
        return False
    said = [*shown.refusals, *(words.partition(": ")[2] for words in shown.field_errors)]
    lines = [line for words in said for line in map(_folded, words.splitlines()) if line]
    answered = "\n".join(_folded(text) for answer in answers for text in _readings(answer))
    return bool(said) and (
        any(map(_says_no, answers))
        or all(answer.status in _REFUSING for answer in answers)
        or any(line in answered for line in lines)
    )


def _readings(answer: Answer) -> Iterator[str]:
    """What an answer says: its text and the values of its JSON, as they are and as markup shows them."""
    values = (value if isinstance(value, list) else [value] for _key, value in _pairs(answer.text))
    for text in (answer.text, *(each for each in chain.from_iterable(values) if isinstance(each, str))):
        yield from (text, html.unescape(_MARKUP.sub("", text)))


def _says_no(answer: Answer) -> bool:
    return any(
        (key in _ERRORS and bool(value))
        or (key in _SUCCESS and value is False)
        or (key in _STATES and str(value).casefold() in _FAILED)
        for key, value in _pairs(answer.text)
    )


def _says_yes(answer: Answer, confirmation: Confirmation) -> bool:
    """Whether an answer speaks of success; what it says of failure counts more than a number in it."""
    pairs = list(_pairs(answer.text))
    if any(key in _SUCCESS and value is True for key, value in pairs):
        return True
    if any(_folded(words) in _folded(answer.text) for words in confirmation.proof.words[:1]):
        return True
    values = (str(value) for _key, value in pairs if isinstance(value, str | int))
    return any(re.fullmatch(confirmation.case_number, value) for value in values)


def _pairs(text: str) -> list[tuple[str, Any]]:
    """Every key of a JSON answer, however deep, in lower case, and its value; none of another answer."""
    found: list[tuple[str, Any]] = []

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend((key.casefold(), value) for key, value in pairs)
        return dict(pairs)

    try:
        json.loads(text, object_pairs_hook=keep)
    except (ValueError, RecursionError):
        return []
    return found


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _doubts(numbers: Sequence[str], *, stale: bool) -> tuple[str, ...]:
    if stale:
        return (_("The page shows a case number of an earlier run: {numbers}").format(numbers=", ".join(numbers)),)
    if len(numbers) > 1:
        return (_("The page shows more than one case number: {numbers}").format(numbers=", ".join(numbers)),)
    return ()
