"""Advice: what is worth knowing before an inquiry is sent. Rules, and how those that apply are found.

Warnings only, which stop nothing; whatever makes an inquiry unusable is an error and stands with models and form maps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from autofill.inquiry.fields import text_of
from autofill.inquiry.phones import phone_doubt
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.organisations.common.text import Found, Reading
from autofill.organisations.model import Mark, Office
from autofill.sources.strict_yaml import Trail

Doubt: TypeAlias = tuple[Trail, str]
"""What is doubtful about a single value: where it stands, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One piece of advice.

    Attributes:
        id: Its name, by which a profile can say that it was seen.
        when: Where in an inquiry it applies, if it does.
        says: What is the matter; may name the `{day}` that was found.
        instead: What to do; may name the day, too.
        mark: How it is known.
        source: Where from; empty if it is known from where the office is.
        office: The organisation's office for it.
    """

    id: str
    when: Callable[[Reading], Found | None]
    says: str
    instead: str
    mark: Mark
    source: str = ""
    office: str = ""


def fitting(reading: Reading, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Found]]:
    """The rules that apply to an inquiry, in their order."""
    for rule in rules:
        if found := rule.when(reading):
            yield rule, found


def words_of(rule: Rule, found: Found, office: Office | None) -> str:
    """What people read, in their language, with the rule's name at the end."""
    day = found.day.isoformat() if found.day else ""
    parts = (_(rule.says).format(day=day), _(rule.instead).format(day=day), str(office or ""), f"[{rule.id}]")
    return " ".join(filter(None, parts))


def general_doubts(loaded: Loaded, rules: tuple[Rule, ...]) -> Iterator[Doubt]:
    """What is doubtful about values that every inquiry may have."""
    phone = text_of(loaded.fields, "contact.phone")
    if phone and (doubt := phone_doubt(phone, text_of(loaded.fields, "contact.address.country") or "US")):
        yield ("contact", "phone"), doubt
    if "subject" not in loaded.fields:
        yield ("subject",), _("is not given; an answer is easier to find with one")
    for place, name in enumerate(loaded.inquiry.advice_seen):
        if name not in {rule.id for rule in rules}:
            yield ("advice_seen", place), _("there is no advice of this name; the names stand in [brackets] behind it")
    for trail in loaded.source.normalised:
        yield trail, _("letters with separate accents were joined (Unicode form C); they look the same")
