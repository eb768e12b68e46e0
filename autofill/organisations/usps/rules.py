"""Rules for inquiries to the Postal Service: checks of values, doubts about them, and when each advice applies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from autofill.language import _
from autofill.organisations.common.rule import Condition, Doubt
from autofill.organisations.common.text import Reading
from autofill.organisations.usps import conditions, item_checks
from autofill.organisations.usps.conditions import claim, in_time, item_mentions, refund
from autofill.organisations.usps.tracking import bare_number, tracking_doubt, tracking_number
from autofill.organisations.usps.zip_areas import lies_in

CHECKS: Final[Mapping[str, Callable[[str], str]]] = {"tracking-number": tracking_number}
ITEM_NUMBER: Final = bare_number
_ADDRESSES: Final = ("contact.address", "item.sender_address", "item.recipient_address")


def doubts(reading: Reading) -> Iterator[Doubt]:
    """What is doubtful about tracking number and ZIP codes."""
    number = reading.get("item.tracking_number")
    if number and (doubt := tracking_doubt(number)):
        yield ("item", "tracking_number"), doubt
    for address in _ADDRESSES:
        country, state, code = (reading.get(f"{address}.{part}") for part in ("country", "state", "postal_code"))
        if country == "US" and state and code and not lies_in(code, state):
            words = _("does not seem to be in this state; check both")
            yield (*address.split("."), "postal_code"), words


CONDITIONS: Final[Mapping[str, Condition]] = {
    "passport": item_mentions("passport"),
    "urgent-express": conditions.urgent_express,
    "papers": item_mentions("papers"),
    "misconduct": conditions.misconduct,
    "theft": conditions.theft,
    "claim-early": in_time(claim, "early"),
    "claim-open": in_time(claim, "open"),
    "claim-late": in_time(claim, "late"),
    "refund-early": in_time(refund, "early", ("item", "mailing_date")),
    "refund-open": in_time(refund, "open", ("topic",)),
    "refund-late": in_time(refund, "late", ("item", "mailing_date")),
    "search-early": conditions.search_early,
    "search-due": conditions.search_due,
    "sender-abroad": conditions.sender_abroad,
    "subject-without-number": item_checks.subject_without_number,
    "several-problems": item_checks.several_problems,
    "no-date": item_checks.no_date,
    "no-number": item_checks.no_number,
    "no-description": item_checks.no_description,
}
