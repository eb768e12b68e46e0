"""Senders: whose mails count for which case, and what a case number looks like in them; both as organisations say.

A sender's address alone proves nothing; that is the signature's part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import Final

from autofill.cases.model.case_records import Case
from autofill.organisations.model import MailRules
from autofill.organisations.registry import organisation_of_form

# RFC 2606: nobody can own a domain below it, so no real mail comes from there.
PRACTICE_TOP: Final = "example"
# How far a number may stand behind the words that name it, if not on their line; in characters.
_SOON: Final = 150
_MOST_SPOKEN: Final = 500
_CALL: Final = re.compile(r"\b(?:call|phone|telephone|tel|fax|dial)(?: us)?(?: (?:at|on))?[\s:.+(]*\Z", re.IGNORECASE)
_CALL_WORDS: Final = 40
_SENTENCE_END: Final = re.compile(r"[.!?]\s+(?=\D)")


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
    """What the words call a case number, in their order, each once: on the line that says so, or soon after it."""
    if not (numbers := rules.case_number):
        return ()
    # The words that say so may be broken into two lines, too.
    near = re.compile(numbers.near.replace(" ", r"\s+"), re.IGNORECASE)
    # Letters may stick to a number; then the pattern has a group for the number itself.
    every = ((m.start(), m[m.lastindex or 0]) for m in re.finditer(numbers.pattern, words))
    found = {at: number for at, number in every if not _is_called(words, at)}
    spoken = islice(near.finditer(words), _MOST_SPOKEN)
    named = {at for said in spoken for at in _named_by(said, words, list(found))}
    return tuple(dict.fromkeys(found[at] for at in sorted(named)))


def _is_called(words: str, at: int) -> bool:
    """Whether a number is one to be called."""
    return _CALL.search(words, max(0, at - _CALL_WORDS), at) is not None


def _named_by(said: re.Match[str], words: str, found: list[int]) -> list[int]:
    """Where the numbers stand that these words name: all of their line, or else the first one soon after it."""
    begin = words.rfind("\n", 0, said.start()) + 1
    end = words.find("\n", said.end())
    end = len(words) if end < 0 else end
    line = found[bisect_left(found, begin) : bisect_left(found, end)]
    following = found[bisect_left(found, end) :][:1]
    if any(at >= said.start() for at in line) or not following or following[0] > said.end() + _SOON:
        return line
    # A sentence that has ended names nothing any more.
    return line if _SENTENCE_END.search(words, said.end(), following[0] + 1) else [*line, *following]


def is_within(domain: str, expected: tuple[str, ...]) -> bool:
    """Whether a domain is one of those expected, or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in expected)
