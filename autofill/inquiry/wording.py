"""How an inquiry is worded: what makes a clerk's work harder than it need be.

Functions from a reading to the place advice belongs to; no grammar, only small lists and counts. Doubts stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from autofill.inquiry.reading import Found, Reading, words_of
from autofill.inquiry.tracking import tracking_number
from autofill.sources.strict_yaml import Trail

LONG: Final = 2_000
"""Characters after which a message is long: half of what the one known form takes."""

# Words of a subject that say nothing about what it is about.
_VAGUE: Final = frozenset(
    words_of("""
    a an and any are asap attention can complaint could customer dear did do for from get hello help hi how i
    important in inquiry is issue it matter me my need not of on our please problem problems question request service
    sir still that the this to trouble urgent urgently us usps very want was we what when where why with you
    your
""")
)
_RUDE: Final = frozenset(
    words_of("""
    asshole assholes bastard bastards bullshit crap damn dumb fuck fucked fucking goddamn idiot idiotic idiots
    imbecile incompetent jerk liar liars moron morons pathetic scammers shit shitty stupid sucks useless worthless
""")
)
_FURTHER: Final = (
    r"(?i)\b(?:another|a second|a different|one more|unrelated) (?:problem|issue|complaint|matter|question)\b"
    r"|\b(?:two|three|four|several|many) (?:different |separate )?(?:problems|issues|complaints|matters)\b|\bsecondly\b"
)
_NUMBERS: Final = r"(?<![\w])(?:[A-Z]{2} ?(?:\d ?){9}[A-Z]{2}|\d(?:[ -]?\d){19,33})(?![\w])"
_MONTHS: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = rf"(?i)\b{_MONTHS}\.? \d|\d\.? {_MONTHS}|\d[-/.]\d|\b(?:yesterday|today|\w+day|days ago|weeks? ago)\b"
_LOOKS: Final = frozenset(
    words_of("""
    bag black blue books box boxes brown carton clothes clothing contain contained containing contains contents
    documents envelope gold green grey gray inside jewelry labeled labelled letter letters medicine padded parts phone
    pouch red shoes silver tube weighed weighing weighs white yellow
""")
)
_FEW_WORDS: Final = 25


def subject_unclear(reading: Reading) -> Found | None:
    """The subject says nothing about what it is about."""
    subject = reading.inquiry.subject
    return Found(("subject",)) if subject and not _telling(subject) and not _numbers(subject) else None


def subject_without_number(reading: Reading) -> Found | None:
    """The subject names the item by one word, and the tracking number would say which."""
    subject, number = reading.inquiry.subject, reading.item.tracking_number
    if subject and number and number not in re.sub(r"[ -]", "", subject) and len(_telling(subject)) == 1:
        return Found(("subject",))
    return None


def shouting(reading: Reading) -> Found | None:
    """Capitals or rows of exclamation marks."""
    subject, message = reading.inquiry.subject or "", reading.inquiry.message
    if _loud(subject, 2):
        return Found(("subject",))
    return Found(("message",)) if any(_loud(each, 4) for each in re.split(r"(?<=[.!?])\s+", message)) else None


def rudeness(reading: Reading) -> Found | None:
    """Words that insult."""
    return reading.mentions(_RUDE)


def too_long(reading: Reading) -> Found | None:
    """More than a clerk reads at once."""
    return Found(("message",)) if len(reading.inquiry.message) > LONG else None


def several_problems(reading: Reading) -> Found | None:
    """More than one item, or more than one problem in so many words."""
    known = {reading.item.tracking_number} - {None}
    further = len(known | set(_numbers(reading.inquiry.message))) > 1
    return Found(("message",)) if further or re.search(_FURTHER, reading.inquiry.message) else None


def no_date(reading: Reading) -> Found | None:
    """Nothing says when."""
    dated = reading.item.mailing_date or reading.inquiry.problem_date or re.search(_DAY, reading.inquiry.message)
    return Found(("item",)) if reading.is_about_an_item and not dated else None


def no_number(reading: Reading) -> Found | None:
    """An item that had a tracking number, in all likelihood, and nothing says which."""
    inquiry = reading.inquiry
    numbered = inquiry.topic in {"missing-package", "track-package", "claim", "refund"}
    if not numbered or inquiry.sub_topic == "cannot-find-number" or inquiry.previous_case:
        return None
    return None if reading.item.tracking_number or _numbers(reading.text) else Found(("item",))


def no_description(reading: Reading) -> Found | None:
    """Somebody is to look for an item, and a few words say nothing of its looks and contents."""
    missing = reading.inquiry.topic == "missing-package" or reading.inquiry.sub_topic == "lost-insured"
    words = words_of(reading.text)
    described = reading.item.contents or len(words) >= _FEW_WORDS or not _LOOKS.isdisjoint(words)
    return Found(("message",)) if missing and not described else None


def beyond_the_plane(reading: Reading) -> Found | None:
    """Emoji and other letters that take two places in UTF-16, which forms may cut or refuse."""
    return next(
        (Found(trail) for trail, text in _typed(reading.inquiry) if any(ord(letter) > 0xFFFF for letter in text)), None
    )


def _typed(part: BaseModel, trail: Trail = ()) -> Iterator[tuple[Trail, str]]:
    """Every text that may be sent, and where it stands."""
    for name, value in part:
        if isinstance(value, BaseModel):
            yield from _typed(value, (*trail, name))
        elif isinstance(value, str) and not type(part).model_fields[name].exclude:
            yield (*trail, name), value


def _telling(subject: str) -> set[str]:
    return set(words_of(subject)) - _VAGUE


def _loud(text: str, least: int) -> bool:
    words = [word for word in words_of(text.replace("_", " ")) if len(word) > 3]
    loud = sum(word.upper() in text for word in words)
    return "!!" in text or (loud >= least and 2 * loud > len(words))


def _numbers(text: str) -> list[str]:
    """The tracking numbers in a text, as the profile would hold them."""
    found = []
    for match in re.findall(_NUMBERS, text):
        try:
            found.append(tracking_number(match.replace("-", "")))
        except ValueError:
            continue
    return found
