"""Conditions of advice: situations in which the form is not the best way, or not yet.

Functions from a reading to the place advice belongs to; what the advice says is in `advice`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from autofill.organisations.common.rule import Condition
from autofill.organisations.common.text import Found, Reading
from autofill.organisations.usps.claim_windows import Phase, Window, claim_window, refund_window, weekdays_after
from autofill.sources.strict_yaml import Trail
from autofill.sources.tables import read_words

_ABOUT_ITEMS: Final = frozenset({"missing-package", "track-package", "mail-delivery", "claim", "refund"})
_EXPRESS: Final = frozenset({"priority-mail-express", "priority-mail-express-international"})
_DAMAGE: Final = frozenset({"damaged", "missing-contents", "damaged-insured"})
WORDS: Final = read_words(Path(__file__).with_name("words.txt"))
_SEARCH: Final = (
    r"(?i)\b(?:missing[ -]mail|mail|missing[ -]mail[ -]search)[ -]+(?:search|recovery)\b|\bsearch request\b"
)
_BUSINESS_DAYS_BEFORE_A_SEARCH: Final = 7


def is_about_an_item(reading: Reading) -> bool:
    """Whether the topic is about something that was mailed."""
    return reading.get("topic") in _ABOUT_ITEMS


def item_mentions(words: str) -> Condition:
    """An inquiry about something mailed that holds one of these words."""
    return lambda reading: reading.mentions(WORDS[words]) if is_about_an_item(reading) else None


def urgent_express(reading: Reading) -> Found | None:
    """An Express item is still on its way."""
    on_its_way = reading.get("topic") in {"missing-package", "track-package", "mail-delivery"}
    return Found(("item", "mail_class")) if on_its_way and reading.get("item.mail_class") in _EXPRESS else None


def misconduct(reading: Reading) -> Found | None:
    """An employee is said to have done what is punishable."""
    accused = reading.get("sub_topic") == "complaint-employee"
    offences = WORDS["offences"] | WORDS["theft"]
    if any(offences & each and (accused or WORDS["employees"] & each) for each in reading.sentences):
        return reading.mentions(offences)
    return None


def theft(reading: Reading) -> Found | None:
    """Mail was stolen, and no employee is accused."""
    return None if misconduct(reading) else reading.mentions(WORDS["theft"])


def in_time(window_of: Callable[[Reading], Window | None], phase: Phase, place: Trail = ()) -> Condition:
    """Something can be asked for not yet, now, or no longer; the day is the first one, or the last one.

    It belongs to `place`, or else to what the item is insured by.
    """

    def condition(reading: Reading) -> Found | None:
        window = window_of(reading)
        if window is None or window.phase(reading.today) != phase:
            return None
        insured_by = ("item", "service" if reading.get("item.service") else "mail_class")
        return Found(place or insured_by, window.first if phase == "early" else window.last)

    return condition


def search_early(reading: Reading) -> Found | None:
    """A missing mail search is asked for with the first inquiry; the day is the first possible one."""
    if reading.get("previous_case") or not re.search(_SEARCH, reading.text):
        return None
    return Found(("message",), weekdays_after(reading.today, _BUSINESS_DAYS_BEFORE_A_SEARCH))


def search_due(reading: Reading) -> Found | None:
    """Something is missing still, though it was asked for before; when that was, no inquiry says.

    Nobody asks for an item before it was mailed: while even that is too recent, a search is too early for certain.
    """
    topic, sub_topic = reading.get("topic"), reading.get("sub_topic")
    has_item = any(name.startswith("item.") for name in reading.fields)
    missing = (
        (topic == "missing-package" and sub_topic not in _DAMAGE)
        or sub_topic == "not-delivered"
        or (topic == "follow-up" and has_item and reading.mentions(WORDS["missing"]))
    )
    mailed = reading.day("item.mailing_date")
    early = mailed and weekdays_after(mailed, _BUSINESS_DAYS_BEFORE_A_SEARCH) > reading.today
    return Found(("previous_case",)) if missing and reading.get("previous_case") and not early else None


def sender_abroad(reading: Reading) -> Found | None:
    """An item that left the United States is asked about from abroad."""
    if not is_about_an_item(reading) or reading.get("contact.address.country") in {"", "US"}:
        return None
    return Found(("item",)) if _goes_abroad(reading) else None


def claim(reading: Reading) -> Window | None:
    """When an insured item that is lost or damaged is paid for."""
    topic, sub_topic = reading.get("topic"), reading.get("sub_topic")
    damaged = sub_topic in _DAMAGE
    lost = topic == "missing-package" or sub_topic == "lost-insured"
    if not (damaged or lost) or _goes_abroad(reading) or _comes_from_abroad(reading):
        return None
    return claim_window(reading, damaged=damaged)


def refund(reading: Reading) -> Window | None:
    """When postage is wanted back for an Express item."""
    return refund_window(reading) if reading.get("topic") == "refund" else None


def _goes_abroad(reading: Reading) -> bool:
    country, mail_class = reading.get("item.recipient_address.country"), reading.get("item.mail_class")
    return mail_class.endswith("international") or country not in {"", "US"}


def _comes_from_abroad(reading: Reading) -> bool:
    country, number = reading.get("item.sender_address.country"), reading.get("item.tracking_number")
    # Numbers of international mail end with the country they come from (UPU S10).
    return (number[-2:].isalpha() and not number.endswith("US")) or country not in {"", "US"}
