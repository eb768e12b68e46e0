"""The filing of a submission, and the result its sender sees; faults of the reply change either.

Valid inquiries are decided on in form/checks.py; a result is written as a reply in actions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from autofill.replica.desk import Desk
from autofill.replica.faults.table import Fault, faults_of
from autofill.replica.form.checks import FieldError
from autofill.replica.form.fields import ALL_FIELDS, Answers
from autofill.replica.office.records import Upload

CaseNumbers: TypeAlias = tuple[str, ...]
SubmissionResult: TypeAlias = CaseNumbers | list[FieldError] | None
"""The numbers that the sender sees, or the errors, or None for no word at all."""

_NOT_TAKEN: Final = "We cannot accept this entry."


def submit(desk: Desk, answers: Answers, files: Sequence[Upload], faults: Sequence[Fault]) -> SubmissionResult:
    """File an inquiry, or apply the first fault of the reply."""
    fault = next(iter(faults_of(faults, "reply", "submit")), None)
    if fault and fault.name == "reject-silently":
        return None
    if fault and fault.name == "reject":
        field = next(field for field in ALL_FIELDS if field.label == fault.value)
        return desk.refuse(answers, files, [FieldError(field.name, field.label, _NOT_TAKEN)])
    before = (desk.last_number() or desk.new_number()) if fault else ""
    if fault and fault.when == "before":
        return (before,)
    number = desk.submit(answers, files)
    if not isinstance(number, str):
        return number
    return _SHOWN[fault.name](desk, number, before) if fault else (number,)


_SHOWN: Final[Mapping[str, Callable[[Desk, str, str], CaseNumbers]]] = {
    "no-number": lambda *_: (),
    "two-numbers": lambda desk, number, _: (number, desk.new_number()),
    "same-number-twice": lambda _, number, __: (number, number),
    "stale": lambda _, __, before: (before,),
}
