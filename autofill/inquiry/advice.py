"""What is worth knowing before an inquiry is sent: doubts that stop nothing.

Warnings only; whatever makes an inquiry unusable is an error and stands with the models.
"""

from __future__ import annotations

from collections.abc import Iterator

from autofill.errors import Problem
from autofill.inquiry.models import Address, Inquiry
from autofill.inquiry.phones import phone_doubt
from autofill.inquiry.source import Source
from autofill.inquiry.strict_yaml import Trail
from autofill.inquiry.tracking import tracking_doubt
from autofill.inquiry.zip_areas import lies_in


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
    for trail, address in _addresses(inquiry):
        if address.country == "US" and not lies_in(address.postal_code or "", address.state or ""):
            yield (*trail, "postal_code"), "is not known to lie in this state; one of the two may be mistyped"
    if inquiry.subject is None:
        yield ("subject",), "is not given; an answer is easier to find with one"
    for trail in source.normalised:
        yield trail, "letters with separate accents were joined (Unicode form C); they look the same"


def _addresses(inquiry: Inquiry) -> Iterator[tuple[Trail, Address]]:
    if inquiry.contact.address:
        yield ("contact", "address"), inquiry.contact.address
    if inquiry.item and inquiry.item.sender_address:
        yield ("item", "sender_address"), inquiry.item.sender_address
    if inquiry.item and inquiry.item.recipient_address:
        yield ("item", "recipient_address"), inquiry.item.recipient_address
