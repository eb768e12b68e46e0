"""What the page of an inquiry shows while it is written: its questions, what is said to each, and its file.

Decides nothing: what is wrong, `authoring` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from autofill.authoring.check import Advice, Checked, counts
from autofill.authoring.fixes import fixes_of
from autofill.authoring.profile_file import Draft
from autofill.authoring.questions import Question, answer_of
from autofill.language import _
from autofill.web.context import AppContext, inquiry_name

_KEY: Final = re.compile(r"(\s*(?:- )?)([^\s#:][^#:]*)(:(?:\s.*)?)$")
_THIRD: Final = frozenset({"first_name", "last_name", "company", "city", "state", "postal_code", "country"})
_WHOLE: Final = frozenset({"subject"})
# What browsers may fill in themselves (HTML, 4.10.18.7).
_AUTOCOMPLETE: Final[Mapping[str, str]] = {
    "contact.first_name": "given-name",
    "contact.last_name": "family-name",
    "contact.name": "name",
    "contact.company": "organization",
    "contact.email": "email",
    "contact.phone": "tel",
    "contact.address.street": "address-line1",
    "contact.address.unit": "address-line2",
    "contact.address.city": "address-level2",
    "contact.address.postal_code": "postal-code",
}
# Before the names of controls that are answers; the others are the page's own.
ANSWER: Final = "a."
# So many choices stand side by side; of topics, all that a person may look for.
_RADIOS: Final = {"topic": 12, "sub_topic": 12}
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Something said about an answer: a problem (bad), a hint (doubt), what is missing still (still)."""

    tone: str
    text: str


@dataclass(frozen=True)
class FieldView:
    """One question with its answer; `lines` are those of the answer in the file, `fixes` what it may have meant."""

    id: str
    asked: Question
    value: str
    said: tuple[Said, ...]
    advice: tuple[Advice, ...]
    count: tuple[int, int] | None
    lines: tuple[int, int] | None
    fixes: tuple[str, ...] = ()

    @property
    def fix_words(self) -> Mapping[str, str]:
        """What stands on the button of each fix."""
        return {each: self.asked.choices.get(each, each) for each in self.fixes}

    @property
    def is_wrong(self) -> bool:
        """Whether the answer has a problem."""
        return any(each.tone == "bad" for each in self.said)

    @property
    def widget(self) -> str:
        """How it is answered."""
        kind = self.asked.kind
        if kind == "choice":
            return "radios" if len(self.asked.choices) <= _RADIOS.get(self.asked.path, _FEW) else "select"
        if kind == "day":
            return "date" if not self.value or re.fullmatch(r"\d{4}-\d\d-\d\d", self.value, re.ASCII) else "line"
        return kind

    @property
    def width(self) -> str:
        """How much of a row it takes."""
        last = self.asked.path.rpartition(".")[2]
        if self.widget in {"radios", "message", "files", "yes-no"} or last in _WHOLE:
            return ""
        return "third" if last in _THIRD else "half"

    @property
    def attributes(self) -> dict[str, str | None]:
        """Those of its control in HTML, whatever kind it is."""
        return {
            "id": self.id,
            "name": f"{ANSWER}{self.asked.path}",
            "aria-describedby": f"{self.id}-help {self.id}-says",
            "aria-invalid": "true" if self.is_wrong else None,
            "aria-required": "true" if self.asked.required else None,
        }

    @property
    def autocomplete(self) -> str:
        """What a browser may fill in here."""
        return _AUTOCOMPLETE.get(self.asked.path, "off")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file: what stands before its key, the key, the rest; and whether something is said about it."""

    before: str
    key: str
    rest: str
    tone: str


@dataclass(frozen=True)
class WriteView:
    """The page. `refused` are answers that no file can hold, with why.

    Somebody else changed the same answers meanwhile, and nothing was saved (`theirs`), or others, and both were
    (`is_merged`).
    What is missing is shown when the person asks what there is still to do (`shows_missing`).
    """

    draft: Draft
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    theirs: bool = False
    shows_missing: bool = False
    is_merged: bool = False

    @property
    def name(self) -> str:
        """What the inquiry is called in addresses."""
        return inquiry_name(self.draft.path)

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """Everything that the form asks, by field, in order."""
        return {each.path: each for each in self.draft.questions()}

    @cached_property
    def checked(self) -> Checked:
        """What is wrong by now, and what is worth knowing."""
        return self.draft.check()

    @cached_property
    def fields(self) -> tuple[FieldView, ...]:
        """All questions, in order."""
        source, fields, asked = self.draft.text.source, self.draft.fields, tuple(self.asked.values())
        lengths, lines = counts(source, self.draft.form, asked), self.draft.text.lines()
        return tuple(
            FieldView(
                id=f"q{number}",
                asked=each,
                value=self.typed.get(each.path, now := answer_of(fields, each).rstrip("\n")),
                said=tuple(self._said(each, now)),
                advice=tuple(one for one in self.checked.advice if _is_about(one.path, each.path, self.asked)),
                count=lengths.get(each.path),
                lines=lines.get(each.keys),
                fixes=fixes_of(self.draft, each, self.checked.problems),
            )
            for number, each in enumerate(asked, 1)
        )

    @property
    def parts(self) -> dict[str, list[FieldView]]:
        """The questions by the titles of their parts."""
        found: dict[str, list[FieldView]] = {}
        for each in self.fields:
            found.setdefault(each.asked.part, []).append(each)
        return found

    @property
    def key(self) -> str:
        """Which questions there are, and what others answered: with others, the page is another one."""
        asked = (f"{each.asked.path}|{len(each.asked.choices)}|{each.widget}" for each in self.fields)
        return " ".join((*asked, self.draft.tag if self.is_merged else ""))

    @cached_property
    def others(self) -> tuple[Said, ...]:
        """What is said about parts of the file that no question is about."""
        return tuple(
            Said(
                "bad" if each.severity == "error" else "doubt", f"{each.path}: {each.text}" if each.path else each.text
            )
            for each in (*self.checked.problems, *self.checked.hints)
            if not _place(each.path, self.asked)
        )

    @property
    def missing(self) -> int:
        """How many answers the form needs that are not given."""
        return len({each.path for each in self.checked.problems if self._is_missing(each.path)})

    @property
    def problems(self) -> int:
        """How many answers are wrong."""
        wrong = {(each.path, each.line) for each in self.checked.problems if not self._is_missing(each.path)}
        return len(wrong) + len(self.refused)

    @property
    def hints(self) -> int:
        """How many hints and pieces of advice there are."""
        return len(self.checked.hints) + len(self.checked.advice)

    @property
    def first(self) -> str:
        """The question to go to first: a wrong answer, else a missing one."""
        lacking = {each.path for each in self.checked.problems}
        wrong = (each.id for each in self.fields if each.is_wrong)
        return next(wrong, next((each.id for each in self.fields if each.asked.path in lacking), "file"))

    def lines(self) -> Iterator[FileLine]:
        """The file, line by line."""
        tones = {each.line: "hint" for each in self.checked.hints}
        tones |= {each.line: "hint" for each in self.checked.advice}
        tones |= {each.line: "wrong" for each in self.checked.problems if not self._is_missing(each.path)}
        return file_lines(str(self.draft.text), tones)

    def _said(self, asked: Question, now: str) -> Iterator[Said]:
        if asked.path in self.refused:
            yield Said("bad", self.refused[asked.path])
        if self.theirs and self.typed.get(asked.path, now) != now:
            yield Said("doubt", _("The file says now: {text}").format(text=now or _("nothing")))
        told = set()
        for each in self.checked.problems:
            if _place(each.path, self.asked) != asked.path or each.path in told:
                continue
            told.add(each.path)
            if not self._is_missing(each.path):
                yield Said("bad", each.text)
            elif self.shows_missing:
                yield Said("still", _("The form needs this."))
        yield from (
            Said("doubt", each.text) for each in self.checked.hints if _place(each.path, self.asked) == asked.path
        )

    def _is_missing(self, path: str) -> bool:
        asked = self.asked.get(path)
        # Of an address that was begun, what is missing is a mistake.
        return asked is not None and not asked.whole and not self.draft.text.source.has(asked.keys)


@dataclass(frozen=True, slots=True)
class PastRuns:
    """When an inquiry was last rehearsed and sent for real, and whether its file has changed since the rehearsal."""

    rehearsed: datetime | None
    is_changed: bool
    sent: datetime | None


def past_runs(context: AppContext, file: Path) -> PastRuns:
    """What the recordings know of an inquiry's file; only the ledger decides whether it can be sent."""
    summaries = (entry.summary for entry in context.store.entries() if entry.summary and entry.summary.started)
    runs = [each for each in summaries if context.file_from(each.profile) == file.absolute()]
    rehearsed = next((each.started for each in runs if each.target != "live" and not each.error), None)
    sent = next((each.started for each in runs if each.target == "live" and each.submitted != "no"), None)
    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return PastRuns(rehearsed, rehearsed is not None and changed > rehearsed, sent)


def file_lines(text: str, tones: Mapping[int, str]) -> Iterator[FileLine]:
    """A YAML text, line by line, with the tone of what is said about each."""
    for number, line in enumerate(text.splitlines(), 1):
        found = None if line.lstrip().startswith("#") else _KEY.match(line)
        before, key, rest = found.groups() if found else (line, "", "")
        yield FileLine(before, key, rest, tones.get(number, ""))


def _place(path: str, shown: Collection[str]) -> str:
    """The question that something about a part of the file belongs to: its own, or that of what it is a part of."""
    while path and path not in shown:
        path = path.rpartition(".")[0]
    return path


def _is_about(path: str, asked: str, shown: Collection[str]) -> bool:
    """Whether advice belongs to a question; about a whole block, to the first question of it."""
    place = _place(path, shown) or next((each for each in shown if each.startswith(f"{path}.")), "")
    return place == asked
