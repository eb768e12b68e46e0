"""What is worth knowing before an inquiry is sent: doubts that stop nothing.

Warnings only; whatever makes an inquiry unusable is an error and stands with the models.
"""

from __future__ import annotations

from collections.abc import Iterator

from autofill.errors import Problem
from autofill.inquiry.models import Inquiry
from autofill.inquiry.phones import phone_doubt
from autofill.inquiry.source import Source
from autofill.inquiry.strict_yaml import Trail
from autofill.inquiry.tracking import tracking_doubt


def advise(inquiry: Inquiry, source: Source) -> tuple[Problem, ...]:
    """Every warning about an inquiry that is valid, in the order of its file."""
    found = (source.problem(trail, message, severity="warning") for trail, message in _doubts(inquiry, source))
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))


def _doubts(inquiry: Inquiry, source: Source) -> Iterator[tuple[Trail, str]]:
    contact, item = inquiry.contact, inquiry.item
    if contact.phone and (doubt := phone_doubt(contact.phone, contact.country)):
        yield ("contact", "phone"), doubt
    if item and item.tracking_number and (doubt := tracking_doubt(item.tracking_number)):
        yield ("item", "tracking_number"), doubt
    if inquiry.subject is None:
        yield ("subject",), "is not given; an answer is easier to find with one"
    for trail in source.normalised:
        yield trail, "letters with separate accents were joined (Unicode form C); they look the same"
