"""Checks of how an inquiry about something mailed is worded: its number, its day, its looks.

Functions from a reading to the place advice belongs to; doubts stay silent.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from autofill.organisations.common import message_checks
from autofill.organisations.common.message_checks import telling
from autofill.organisations.common.text import Found, Reading, words_of
from autofill.organisations.usps.conditions import WORDS, is_about_an_item
from autofill.organisations.usps.tracking import tracking_number

_NUMBERS: Final = r"(?<![\w])(?:[A-Z]{2} ?(?:\d ?){9}[A-Z]{2}|\d(?:[ -]?\d){19,33})(?![\w])"
_MONTHS: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = rf"(?i)\b{_MONTHS}\.? \d|\d\.? {_MONTHS}|\d[-/.]\d|\b(?:yesterday|today|\w+day|days ago|weeks? ago)\b"
_FEW_WORDS: Final = 25


def subject_without_number(reading: Reading) -> Found | None:
    """The subject names the item by one word, and the tracking number would say which."""
    subject, number = reading.get("subject"), reading.get("item.tracking_number")
    if subject and number and number not in re.sub(r"[ -]", "", subject) and len(telling(reading)) == 1:
        return Found(("subject",))
    return None


def several_problems(reading: Reading) -> Found | None:
    """More than one item, or more than one problem in so many words."""
    named = {reading.get("item.tracking_number"), *_numbers(reading.get("message"))} - {""}
    return Found(("message",)) if len(named) > 1 else message_checks.several_problems(reading)


def no_date(reading: Reading) -> Found | None:
    """Nothing says when."""
    days = reading.get("item.mailing_date") or reading.get("problem_date")
    dated = days or re.search(_DAY, reading.get("message"))
    return Found(("item",)) if is_about_an_item(reading) and not dated else None


def no_number(reading: Reading) -> Found | None:
    """An item that had a tracking number, in all likelihood, and nothing says which."""
    numbered = reading.get("topic") in {"missing-package", "track-package", "claim", "refund"}
    if not numbered or reading.get("sub_topic") == "cannot-find-number" or reading.get("previous_case"):
        return None
    return None if reading.get("item.tracking_number") or _numbers(reading.text) else Found(("item",))


def no_description(reading: Reading) -> Found | None:
    """Somebody is to look for an item, and a few words say nothing of its looks and contents."""
    missing = reading.get("topic") == "missing-package" or reading.get("sub_topic") == "lost-insured"
    words = words_of(reading.text)
    described = reading.get("item.contents") or len(words) >= _FEW_WORDS or not WORDS["looks"].isdisjoint(words)
    return Found(("message",)) if missing and not described else None


def _numbers(text: str) -> list[str]:
    """The tracking numbers in a text, as the profile would hold them."""
    found = []
    for match in re.findall(_NUMBERS, text):
        with suppress(ValueError):
            found.append(tracking_number(match.replace("-", "")))
    return found
