"""What is worth knowing before an inquiry is sent: doubts about single values, and advice by rules.

Warnings only, which stop nothing; whatever makes an inquiry unusable is an error and stands with the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from autofill.errors import Problem
from autofill.inquiry.advice_rules import RULES, Rule
from autofill.inquiry.models import Address, Inquiry
from autofill.inquiry.phones import phone_doubt
from autofill.inquiry.reading import Found, Reading
from autofill.inquiry.tracking import tracking_doubt
from autofill.inquiry.zip_areas import lies_in
from autofill.language import _
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail


def advise(inquiry: Inquiry, source: Source, today: date) -> tuple[Problem, ...]:
    """Every warning about an inquiry that is valid, in the order of its file.

    Args:
        inquiry: What the person wrote; rules it names under `advice_seen` stay silent.
        source: Where each of its values stands.
        today: The day from which windows of time are looked at.
    """
    advice = (
        (found.trail, rule.advice(found))
        for rule, found in fitting(inquiry, today)
        if rule.id not in inquiry.advice_seen
    )
    said = (*_doubts(inquiry, source), *advice)
    problems = (source.problem(trail, message, severity="warning") for trail, message in said)
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def fitting(inquiry: Inquiry, today: date) -> Iterator[tuple[Rule, Found]]:
    """The rules that apply to an inquiry, in the order of their table."""
    reading = Reading(inquiry, today)
    for rule in RULES:
        if found := rule.when(reading):
            yield rule, found


def _doubts(inquiry: Inquiry, source: Source) -> Iterator[tuple[Trail, str]]:
    contact, item = inquiry.contact, inquiry.item
    if contact.phone and (doubt := phone_doubt(contact.phone, contact.country)):
        yield ("contact", "phone"), doubt
    if item and item.tracking_number and (doubt := tracking_doubt(item.tracking_number)):
        yield ("item", "tracking_number"), doubt
    for trail, address in _addresses(inquiry):
        if address.country == "US" and not lies_in(address.postal_code or "", address.state or ""):
            yield (*trail, "postal_code"), _("is not known to lie in this state; one of the two may be mistyped")
    if inquiry.subject is None:
        yield ("subject",), _("is not given; an answer is easier to find with one")
    for place, name in enumerate(inquiry.advice_seen):
        if name not in {rule.id for rule in RULES}:
            yield ("advice_seen", place), _("there is no advice of this name; the names stand in [brackets] behind it")
    for trail in source.normalised:
        yield trail, _("letters with separate accents were joined (Unicode form C); they look the same")


def _addresses(inquiry: Inquiry) -> Iterator[tuple[Trail, Address]]:
    if inquiry.contact.address:
        yield ("contact", "address"), inquiry.contact.address
    if inquiry.item and inquiry.item.sender_address:
        yield ("item", "sender_address"), inquiry.item.sender_address
    if inquiry.item and inquiry.item.recipient_address:
        yield ("item", "recipient_address"), inquiry.item.recipient_address
