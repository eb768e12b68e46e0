"""Profiles: a file becomes a checked inquiry and its flat mapping.

The models are in `models`; which model a profile must fit is its organisation's to say. No forms here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from autofill.errors import InvalidFile, Problem
from autofill.inquiry.fields import Fields, flatten, question
from autofill.inquiry.geography import country_code
from autofill.inquiry.models import Inquiry
from autofill.inquiry.phones import dialled_from_afar
from autofill.language import _, gettext_noop
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail
from autofill.sources.tables import read_words
from autofill.sources.validation import KeyHints, validate_source

_NO_TARGETS = gettext_noop("a profile has no address to send to; choose a form map with `form:`")
_TARGETS = dict.fromkeys(
    ("url", "form_url", "page_url", "uri", "href", "link", "site", "website", "target", "endpoint"), _NO_TARGETS
)
_CURLY: Final = re.compile("[“„«][^“”„«»\n]+[”“»]|[‘‚][^‘’‚\n]+[’‘]")
_SYNONYMS = read_words(Path(__file__).with_name("synonyms.txt"))
HINTS: Final = KeyHints(_TARGETS, {word: key for key, words in _SYNONYMS.items() for word in words})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checked inquiry, its flat mapping, the file it came from, and what is worth knowing before it is sent."""

    inquiry: Inquiry = field(repr=False)
    fields: Fields = field(repr=False)
    source: Source
    warnings: tuple[Problem, ...] = ()


def check_profile(source: Source, model: type[Inquiry], today: date) -> Loaded:
    """Check what stands in a profile; dates after `today` lie in the future.

    Raises:
        InvalidFile: It cannot be used; carries every problem found, sorted by line.
    """
    problems = list(_ambiguous(source))
    try:
        inquiry = validate_source(source, model, context=today, hints=HINTS)
    except InvalidFile as invalid:
        problems += invalid.problems
        problems += _unchecked_phone(source, problems)
    warnings = (*cut_short(source), *_in_curly_quotes(source), *_unmarked(source))
    if problems:
        raise InvalidFile([*problems, *warnings])
    return Loaded(inquiry, flatten(inquiry), source, warnings)


def cut_short(source: Source) -> tuple[Problem, ...]:
    """Warnings of values of which a `#` may have taken a part, or all."""
    part = _("everything after ` #` is a comment; put the value in quotes if it belongs to it")
    whole = _("is empty: everything after `#` is a comment; put the value in quotes if it belongs to it")
    said = ((trail, part if source.has(trail) else whole) for trail in source.cut)
    return tuple(source.problem(*each, severity="warning") for each in said)


def _in_curly_quotes(source: Source) -> Iterator[Problem]:
    """Warnings of values in quotes that are none for YAML, and so part of the text."""
    said = _("curly quotes (“ ”) become part of the text; leave them out, or use straight ones")
    for trail in source.positions:
        if _CURLY.fullmatch(source.text(trail) or ""):
            yield source.problem(trail, said, severity="warning")


def _unmarked(source: Source) -> Iterator[Problem]:
    said = _("taken without the ' in front of it, which is a spreadsheet's mark for text")
    return (source.problem(trail, said, severity="warning") for trail in source.unmarked)


def _unchecked_phone(source: Source, known: list[Problem]) -> Iterator[Problem]:
    """What is wrong with the phone that no model checked, since something else is wrong with its country's address."""
    trail = ("contact", "phone")
    phone, country = source.text(trail), country_code(source.text(("contact", "address", "country")) or "US")
    if phone and country and not any(problem.field == "contact.phone" for problem in known):
        try:
            dialled_from_afar(phone, country)
        except ValueError as error:
            yield source.problem(trail, str(error))


def _ambiguous(source: Source) -> Iterator[Problem]:
    """Answers and attachments of which nobody could tell which one is meant."""
    seen: dict[str, Trail] = {}
    for trail in source.inside("answers"):
        words = question(str(trail[1]))
        if not words:
            yield source.problem(trail, _("has no question; write the words of the form's question before the colon"))
        elif not source.has(trail):
            yield source.problem(trail, _("is empty; write an answer, or delete the line"))
        elif words in seen:
            line = source.positions[seen[words]][0]
            yield source.problem(trail, _("is the same question as on line {line}; keep one").format(line=line))
        seen.setdefault(words, trail)
    files: dict[tuple[str, str], Trail] = {}
    for trail in source.inside("attachments"):
        file = source.text(trail) or source.text((*trail, "file"))
        key = (file or "", question(source.text((*trail, "for")) or ""))
        if file and key in files:
            line = source.positions[files[key]][0]
            yield source.problem(trail, _("is the same file as on line {line}; keep one").format(line=line))
        files.setdefault(key, trail)
