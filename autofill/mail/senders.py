"""Senders: whose mails count for which case, and what a case number looks like in them; both as organisations say.

A sender's address alone proves nothing; that is the signature's part.
"""

from __future__ import annotations

import re
from typing import Final

from autofill.cases.model.case_records import Case
from autofill.organisations.model import MailRules
from autofill.organisations.registry import organisation_of_form

# RFC 2606: nobody can own a domain below it, so no real mail comes from there.
PRACTICE_TOP: Final = "example"


def mail_rules(case: Case) -> MailRules:
    """How the mails of a case's organisation are recognised."""
    return organisation_of_form(case.form).data.mail


def domains_of(case: Case) -> tuple[str, ...]:
    """The domains whose mails a case listens to; none if its organisation is not known, or writes none.

    A practice site writes from a domain of its own, and only practice cases listen to that.
    """
    if case.space == "practice":
        return (f"{organisation_of_form(case.form).id}-practice.{PRACTICE_TOP}",)
    return mail_rules(case).domains


def numbers_in(words: str, rules: MailRules) -> tuple[str, ...]:
    """What the words call a case number, in their order, each once."""
    if not (numbers := rules.case_number):
        return ()
    lines = (line for line in words.splitlines() if re.search(numbers.near, line, re.IGNORECASE))
    return tuple(dict.fromkeys(found[0] for line in lines for found in re.finditer(numbers.pattern, line)))


def is_within(domain: str, expected: tuple[str, ...]) -> bool:
    """Whether a domain is one of those expected, or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in expected)
