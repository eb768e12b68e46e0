"""Senders: whose mails count for which case, and what a case number looks like in them; both as organisations say.

A sender's address alone proves nothing; that is the signature's part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from autofill.cases.model.case_records import Case
from autofill.mail.labels import is_called_otherwise
from autofill.organisations.model import MailRules
from autofill.organisations.registry import organisation_of_form

# RFC 2606: nobody can own a domain below it, so no real mail comes from there.
PRACTICE_TOP: Final = "example"
# How far a number may stand behind the words that name it, if not on their line; in characters.
_SOON: Final = 150
_MOST_SPOKEN: Final = 500
_MOST_NUMBERS: Final = 5000
_LONGEST_SENTENCE: Final = 1000
# Not behind short words such as "No."
_SENTENCE_END: Final = re.compile(r"(?<!\bno)(?<!\bnr)(?<!\bref)[.!?]\s+(?=\D)|[。！？]", re.IGNORECASE)


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
    near = re.compile(numbers.near, re.IGNORECASE)
    every = _matches(words, numbers.pattern)
    found = {at: number for at, number in every if not is_called_otherwise(words, at, near)}
    # The words that say so may be broken into two lines, too.
    spoken = islice(near.finditer(words.replace("\n", " ")), _MOST_SPOKEN)
    named = {at for said in spoken for at in _named_by(said, words, list(found))}
    return tuple(dict.fromkeys(found[at] for at in sorted(named)))


def _matches(words: str, pattern: str) -> list[tuple[int, str]]:
    """Where what looks like a number stands, in order; also between letters of a language without blanks."""
    found: dict[int, str] = {}
    end = 0
    # In the second way only those of ASCII are letters, so that a word of others ends where a number begins.
    ways = [match for flags in (0, re.ASCII) for match in islice(_finditer(pattern, words, flags), _MOST_NUMBERS)]
    for match in sorted(ways, key=lambda each: (each.start(), -each.end())):
        if match.start() >= end and match[match.lastindex or 0]:
            # Letters may stick to a number; then the pattern has a group for the number itself.
            found[match.start(match.lastindex or 0)] = match[match.lastindex or 0]
            end = match.end()
    return list(found.items())


def _finditer(pattern: str, words: str, flags: int) -> Iterator[re.Match[str]]:
    # A pattern may say itself which letters it means, and cannot be told otherwise.
    with suppress(ValueError):
        yield from re.finditer(pattern, words, flags)


def _named_by(said: re.Match[str], words: str, found: list[int]) -> list[int]:
    """Where the numbers stand that these words name: those of their sentence, or else the first one soon after.

    In the lines below it is every number of that line, as words and numbers may be the columns of a table.
    """
    begin, end = words.rfind("\n", 0, said.start()) + 1, _line_end(words, said.end())
    line = found[bisect_left(found, begin) : bisect_left(found, end)]
    if any(at >= said.start() for at in line):
        return _in_sentence(said, words, line)
    following = found[bisect_left(found, end) :][:1]
    # A sentence that has ended names nothing any more.
    if not following or following[0] > said.end() + _SOON or _SENTENCE_END.search(words, said.end(), following[0] + 1):
        return line
    return [*line, *found[bisect_left(found, end) : bisect_left(found, _line_end(words, following[0]))]]


def _in_sentence(said: re.Match[str], words: str, numbers: list[int]) -> list[int]:
    begin, end = max(0, said.start() - _LONGEST_SENTENCE), said.end() + _LONGEST_SENTENCE
    first = max((ended.end() for ended in _SENTENCE_END.finditer(words, begin, said.start())), default=begin)
    ended = _SENTENCE_END.search(words, said.end(), end)
    return [at for at in numbers if first <= at < (ended.end() if ended else end)]


def _line_end(words: str, at: int) -> int:
    end = words.find("\n", at)
    return len(words) if end < 0 else end


def is_within(domain: str, expected: tuple[str, ...]) -> bool:
    """Whether a domain is one of those expected, or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in expected)
