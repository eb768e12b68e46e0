"""Answers for a form that was only drafted: what a profile has for each question, and what nobody knows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from autofill.errors import InvalidFile, Problem
from autofill.inquiry.fields import ANSWERS, FILES, field_names, question, text_of, value_of
from autofill.inquiry.profile import Loaded
from autofill.language import _, gettext_noop
from autofill.mapping.drafted import Draft, DraftedControl
from autofill.mapping.fitting import QuestionKind
from autofill.mapping.match import match
from autofill.mapping.questions import Answered, Given, Matches, Question, given
from autofill.organisations.own_fields import OwnFields

_CHOSEN = ("sub_topic", "topic")
_KINDS: Final[Mapping[QuestionKind, str]] = {
    "text": gettext_noop("text"),
    "long text": gettext_noop("long text"),
    "date": gettext_noop("date"),
    "time": gettext_noop("time of day"),
    "number": gettext_noop("number"),
    "email": gettext_noop("email address"),
    "phone": gettext_noop("phone number"),
    "url": gettext_noop("web address"),
    "yes/no": gettext_noop("yes or no"),
    "choice": gettext_noop("choice"),
    "choices": gettext_noop("one or more"),
    "file": gettext_noop("file"),
}


def answered(draft: Draft, loaded: Loaded, own: OwnFields) -> Loaded:
    """The profile with its answers under the words of the form's questions, and in their terms.

    Args:
        draft: The form; its questions are the controls that no field of an inquiry clearly belongs to.
        loaded: The profile.
        own: The fields of the organisation to which it was written; a number of an item is an answer as well.

    Raises:
        InvalidFile: something is required that the profile has no clear answer to; names each such question.
    """
    asked = [each for each in draft.controls if _is_open(each.name, loaded)]
    known = [each for each in draft.controls if each not in asked]
    answers = (*given(loaded.fields), *_further(asked, loaded, own))
    found = match([each.question for each in asked], answers)
    # A form that asks for one long text asks for the message; without it nothing would be said.
    has_message = any("message" in each.name for each in known) or "message" not in loaded.fields
    if problems := list(_open(found, loaded, has_message=has_message)):
        raise InvalidFile(problems)
    if not known and not any(each.question for each in found.answers):
        words = _("it is not clear where this goes in the form; answer the form's questions in its own words")
        raise InvalidFile([loaded.source.problem((), words)])
    if not (has_message or draft.goes_on or any(each.question.kind == "long text" for each in found.questions)):
        words = _("autofill found no place for it in the form; if it need not be sent, take it out of the profile")
        raise InvalidFile([loaded.source.problem(("message",), words)])
    pairs = list(zip(asked, found.questions, strict=True))
    used = {
        f"{FILES if each.answer.is_file else ANSWERS}{each.answer.words}" for each in found.answers if each.question
    }
    kept = {name: value for name, value in loaded.fields.items() if name not in used}
    kept |= {control.name: each.value for control, each in pairs if each.value is not None}
    return replace(loaded, fields=kept)


def _is_open(name: str, loaded: Loaded) -> bool:
    """Whether a control is a question, or takes a field that the profile does not have; an answer may say it, too."""
    is_field = name in field_names(type(loaded.inquiry))
    return name.startswith((ANSWERS, FILES)) or (is_field and value_of(loaded.fields, name) is None)


def _further(asked: list[DraftedControl], loaded: Loaded, own: OwnFields) -> Iterator[Given]:
    """Answers that stand elsewhere in the profile: an item's number, the topic, files that go to the only place."""
    for name in own.identifying:
        if value := text_of(loaded.fields, name):
            yield Given(own.fields[name].label or name, value)
    answered = {question(name.removeprefix(ANSWERS)) for name in loaded.fields if name.startswith(ANSWERS)}
    for control in asked:
        # What answers it in its own words is meant, whatever the profile is about elsewhere.
        if control.kind == "topic" and question(control.question.words) not in answered:
            offered = {question(option): option for option in control.question.options}
            words = (question(text_of(loaded.fields, name).replace("-", " ")) for name in _CHOSEN)
            if picked := next((offered[each] for each in words if each in offered), None):
                yield Given(control.question.words, picked)
    places = [each for each in asked if each.name.startswith(FILES)]
    if len(places) == 1 and (files := loaded.fields.get("attachments")):
        yield Given(places[0].question.words, files, is_file=True)


def _open(found: Matches, loaded: Loaded, *, has_message: bool) -> Iterator[Problem]:
    for each in found.questions:
        needed = each.question.required or (each.question.kind == "long text" and not has_message)
        if needed and each.value is None:
            yield loaded.source.problem(("answers",), _asked(each.question, each))


def _asked(asked: Question, answered: Answered) -> str:
    """What the form asks, what it takes, and what of the profile comes near."""
    kind = _(_KINDS[asked.kind])
    takes = f"{kind}: {' | '.join(asked.options)}" if asked.options else kind
    if answered.nearest:
        words = _("the form asks “{question}” ({takes}), and it is not clear that “{answer}” is the answer")
        return words.format(question=asked.words, takes=takes, answer=answered.nearest[0].words)
    return _("the form asks “{question}” ({takes}); answer it in these words").format(question=asked.words, takes=takes)
