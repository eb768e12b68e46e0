"""What becomes of a submission, and what its sender is told: the truth, or something else on request.

What is a good inquiry is decided in checks.py, how an outcome is written on the wire in actions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from autofill.replica.desk import Desk
from autofill.replica.faults.table import Fault, faults_of
from autofill.replica.form.checks import FieldError
from autofill.replica.form.fields import ALL_FIELDS, Answers
from autofill.replica.office.records import Upload

Numbers: TypeAlias = tuple[str, ...]
Outcome: TypeAlias = Numbers | list[FieldError] | None
"""The numbers that the sender is shown, or the complaints, or not a word."""

_NOT_TAKEN: Final = "We cannot accept this entry."


def submit(desk: Desk, answers: Answers, files: Sequence[Upload], faults: Sequence[Fault]) -> Outcome:
    """File an inquiry, or do with it what the first fault of the reply says."""
    wrong = faults_of(faults, "reply", "submit")
    if wrong and wrong[0].name == "reject-silently":
        return None
    if wrong and wrong[0].name == "reject":
        field = next(field for field in ALL_FIELDS if field.label == wrong[0].value)
        return desk.refuse(answers, files, [FieldError(field.name, field.label, _NOT_TAKEN)])
    before = desk.last_number() or desk.new_number()
    if wrong and wrong[0].when == "before":
        return (before,)
    number = desk.submit(answers, files)
    if not isinstance(number, str):
        return number
    return _SHOWN[wrong[0].name](desk, number, before) if wrong else (number,)


_SHOWN: Final[Mapping[str, Callable[[Desk, str, str], Numbers]]] = {
    "no-number": lambda *_: (),
    "two-numbers": lambda desk, number, _: (number, desk.new_number()),
    "same-number-twice": lambda _, number, __: (number, number),
    "stale": lambda _, __, before: (before,),
}
