"""Advice: what is worth knowing before an inquiry is sent. Rules, and how those that apply are found.

Warnings only, which stop nothing; whatever makes an inquiry unusable is an error and stands with models and form maps.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import TypeAlias

from autofill.inquiry.fields import text_of
from autofill.inquiry.phones import phone_doubt
from autofill.inquiry.profile import Loaded
from autofill.inquiry.values import Slug
from autofill.language import _
from autofill.organisations.common.text import Found, Reading
from autofill.organisations.model import DataPart, Mark, Office, Words
from autofill.sources.strict_yaml import Trail

Doubt: TypeAlias = tuple[Trail, str]
"""What is doubtful about a single value: where it stands, and why."""
Condition: TypeAlias = Callable[[Reading], Found | None]
"""Where in an inquiry a rule applies, if it does."""


class Rule(DataPart):
    """One piece of advice: what is the matter, and what to do; both may name the `{day}` that was found.

    `office` is the organisation's office for it. Without a source it is known from where the office is.
    """

    says: Words
    instead: Words
    office: Slug = ""
    mark: Mark
    source: str = ""

    def words(self, name: str, found: Found, office: Office | None) -> str:
        """What people read, in their language, with the rule's name at the end."""
        day = found.day.isoformat() if found.day else ""
        parts = (_(self.says).format(day=day), _(self.instead).format(day=day), str(office or ""), f"[{name}]")
        return " ".join(filter(None, parts))


class Rules(DataPart):
    """All that an `advice.yaml` says, by the rules' names."""

    rules: dict[Slug, Rule]


def general_doubts(loaded: Loaded, rules: Container[str], asked: Container[str]) -> Iterator[Doubt]:
    """What is doubtful about values that every inquiry may have; of those left out, about what the form has `asked`."""
    phone = text_of(loaded.fields, "contact.phone")
    if phone and (doubt := phone_doubt(phone, text_of(loaded.fields, "contact.address.country") or "US")):
        yield ("contact", "phone"), doubt
    if "subject" in asked and "subject" not in loaded.fields:
        yield ("subject",), _("is missing; with one, an answer is easier to find")
    for place, name in enumerate(loaded.inquiry.advice_seen):
        if name not in rules:
            yield ("advice_seen", place), _("no advice has this name; each advice ends with its name in [brackets]")
    for trail in loaded.source.normalised:
        yield trail, _("letters with separate accents were joined (Unicode form C); they look the same")
