"""Whose mails count for which case: the organisations' mail domains, and what their case numbers look like.

A table and nothing else. A sender's address alone proves nothing; that is the signature's part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from autofill.cases.model.case_records import Case

# The practice desk writes from here (RFC 2606: nobody can own it), and only practice cases listen to it.
PRACTICE_DOMAIN: Final = "usps-practice.example"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who answers to forms whose names begin with `forms`, from which mail domains, and how it writes case numbers."""

    forms: str
    domains: tuple[str, ...]
    numbers: re.Pattern[str]
    near: re.Pattern[str]


# Seen: mails from uspscustomersupport@usps.gov (three public samples), a service request number of 8 digits (one sample
# of 2026), CA and 9 digits (older, in public comments). Inferred: up to 10 digits, and that other addresses of the
# domain may answer. `docs/mail.md` names the sources.
USPS: Final = Organisation(
    forms="usps-",
    domains=("usps.gov",),
    numbers=re.compile(r"\b(?:\d{8,10}|CA\d{9})\b"),
    near=re.compile(r"service request|case|reference", re.IGNORECASE),
)
_ORGANISATIONS: Final = (USPS,)


def domains_of(case: Case) -> tuple[str, ...]:
    """The domains whose mails a case listens to; none if its form's organisation is not known here."""
    if case.space == "practice":
        return (PRACTICE_DOMAIN,)
    return next((one.domains for one in _ORGANISATIONS if case.form.startswith(one.forms)), ())


def numbers_in(words: str) -> tuple[str, ...]:
    """What the words call a case number, in their order, each once."""
    lines = (line for line in words.splitlines() if any(one.near.search(line) for one in _ORGANISATIONS))
    return tuple(
        dict.fromkeys(found for line in lines for one in _ORGANISATIONS for found in one.numbers.findall(line))
    )


def is_within(domain: str, expected: tuple[str, ...]) -> bool:
    """Whether a domain is one of those expected, or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in expected)
