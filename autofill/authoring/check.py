"""What is wrong with a profile, and what is worth knowing: the one engine of `validate`, `new` and the app.

Nothing is printed, opened or sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from autofill.authoring.questions import Question, answer_of, fields_of, questions
from autofill.clock import case_now
from autofill.errors import AutofillError, ExitCode, InvalidFile, Problem
from autofill.forms.catalog import Form, load_form, load_profile, prepare
from autofill.forms.entries import counted
from autofill.forms.planning import unmet
from autofill.inquiry.fields import trail_of
from autofill.inquiry.profile import Loaded, check_profile
from autofill.language import _
from autofill.mapping.advice import meant
from autofill.organisations import registry
from autofill.organisations.model import Office
from autofill.organisations.organisation import Organisation
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or a hint: about which field, on which line, and what it says, as a sentence."""

    path: str
    line: int
    severity: Literal["error", "warning"]
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A rule of advice that applies: what is the matter, what to do instead, and the office that is for it."""

    id: str
    path: str
    line: int
    says: str
    instead: str
    office: Office | None

    @property
    def hours(self) -> str:
        """When the office answers, in the reader's language."""
        return _(self.office.hours) if self.office else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """All that there is to say about a profile; `is_ready` means that it can be run."""

    problems: tuple[Finding, ...]
    hints: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    is_ready: bool


def form_for(source: Source, form: str | None = None) -> Form:
    """The form that a profile goes into, or another one.

    Raises:
        FileMissing, InvalidFile: There is none, or its map is wrong.
    """
    return load_form(form or source.text(("form",)) or registry.default_form(), source)


def validated(source: Source, folder: Path, form: str | None = None) -> tuple[ExitCode, tuple[Problem, ...]]:
    """Everything that is wrong with a profile whose files are in `folder`, or worth knowing if nothing is.

    Raises:
        AutofillError: It cannot be checked at all.
    """
    try:
        prepared = prepare(source, folder, form)
    except InvalidFile as error:
        return error.exit_code, (*error.problems, *_meant(source, form))
    return ExitCode.DONE, (*prepared.plan.warnings, *meant(prepared.loaded, prepared.form.form_map))


def check(source: Source, folder: Path, form: Form, name: str | None = None) -> Checked:
    """The same, told apart for a person who is still writing: advice is given on what is right by now.

    `name` is the form's, if it is not the profile's own.
    """
    today = case_now().astimezone().date()
    try:
        code, found = validated(source, folder, name)
    except AutofillError as error:
        code, found = error.exit_code, error.problems or (Problem.of_file(source.name, str(error)),)
    # What counts where nothing is said stands in no file; that one agrees to something has to.
    fields = fields_of(source, form)
    asked = questions(form, fields)
    lacking = {problem: field for field, problem in unmet(form.form_map, fields, source)}
    taken_as_said = {each.path for each in asked if each.default and each.kind != "yes-no"}
    problems = tuple(_finding(source, each, lacking.get(each, "")) for each in found if each.severity == "error")
    missing = tuple(each for each in problems if each.path not in taken_as_said or source.has(trail_of(each.path)))
    warnings = [each for each in found if each.severity == "warning"]
    advice: tuple[Advice, ...] = ()
    if usable := _usable(source, form.organisation, today):
        left_out = [trail for trail in source.positions if trail not in usable.source.positions]
        advice, texts = _advice(usable, form.organisation, today, left_out)
        known = {each.message for each in warnings}
        more = form.about(usable, today) if code is not ExitCode.DONE else ()
        warnings += [each for each in more if each.message not in known]
        warnings = [each for each in warnings if each.message not in texts]
    return Checked(
        missing or problems, tuple(_finding(source, each) for each in warnings), advice, code is ExitCode.DONE
    )


def counts(source: Source, form: Form, asked: tuple[Question, ...]) -> Mapping[str, tuple[int, int]]:
    """How long each answer with a limit is, as the form counts, and how long it may be."""
    fields = fields_of(source, form)
    return {
        each.path: (counted(answer_of(fields, each).rstrip("\n"), each.limit), each.limit.max)
        for each in asked
        if each.limit
    }


def _meant(source: Source, form: str | None) -> tuple[Problem, ...]:
    """Which questions of the form its answers seem to be for, though it cannot be run."""
    try:
        loaded, to = load_profile(source, form=form)
    except AutofillError:  # said already
        return ()
    return tuple(meant(loaded, to.form_map))


def _advice(
    loaded: Loaded, whom: Organisation, today: date, left_out: Sequence[Trail]
) -> tuple[tuple[Advice, ...], set[str]]:
    """The advice that has not been seen yet, and its texts, by which it is known among the warnings.

    None is given on a block of which something was left out as wrong: what it lacks may be just that.
    """
    given, texts = [], set()
    for name, rule, found in whom.advice(loaded.fields, today):
        texts.add(rule.words(name, found, office := whom.data.offices.get(rule.office)))
        if name in loaded.inquiry.advice_seen or any(each[: len(found.trail)] == found.trail for each in left_out):
            continue
        day = found.day.isoformat() if found.day else ""
        says, instead = (_(each).format(day=day) for each in (rule.says, rule.instead))
        line = loaded.source.problem(found.trail, "").line
        path = ".".join(map(str, found.trail))
        given.append(Advice(name, path, line, says=says, instead=instead, office=office))
    return tuple(given), texts


def _usable(source: Source, whom: Organisation, today: date) -> Loaded | None:
    """What is right by now: the profile without the values that are wrong."""
    while True:
        try:
            return check_profile(source, whom.inquiry_model, today)
        except InvalidFile as invalid:
            wrong = {_standing(source, _trail(source, each)) for each in invalid.problems if each.severity == "error"}
            if () in wrong:
                return None
            for trail in wrong:
                source = _pruned(source, trail)


def _standing(source: Source, trail: Trail) -> Trail:
    """The trail, or that of the nearest thing around it that stands in the profile."""
    return next(trail[:n] for n in range(len(trail), -1, -1) if trail[:n] in source.positions)


def _pruned(source: Source, trail: Trail) -> Source:
    positions = {each: place for each, place in source.positions.items() if each[: len(trail)] != trail}
    return replace(source, data=_without(source.data, trail), positions=positions)


def _without(value: Any, trail: Trail) -> Any:
    if not isinstance(value, Mapping | list):
        return value
    here, *inner = trail
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
    kept = {key: _without(each, tuple(inner)) if key == here else each for key, each in pairs if key != here or inner}
    return kept if isinstance(value, Mapping) else list(kept.values())


def _finding(source: Source, problem: Problem, lacking: str = "") -> Finding:
    """Something said, at its field: that of a question that nothing stands for yet is `lacking`."""
    path = lacking or ".".join(map(str, _trail(source, problem)))
    return Finding(path or problem.field, problem.line, problem.severity, sentence(problem.message))


def sentence(message: str) -> str:
    """The message of a problem where it stands alone."""
    return message[:1].upper() + message[1:]


def _trail(source: Source, problem: Problem) -> Trail:
    """The way to what a problem is about: a question's words are not repeated in it, but have their place."""
    if "?" not in problem.field:
        return tuple(problem.field.split(".")) if problem.field else ()
    place = (problem.line, problem.column)
    return next((trail for trail, where in source.positions.items() if where == place and trail), ())
