"""Advice on answers that stand under other words than a form's: which of its questions each seems to answer. Pure.

Advice only: what is sent stands under the form's own words, or does not go in.
"""

from __future__ import annotations

from collections.abc import Iterator

from autofill.errors import Problem
from autofill.forms.control import YES_NO, Control
from autofill.forms.form_map import FormMap
from autofill.inquiry.fields import ANSWERS, FILES, trail_of
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.mapping.fitting import QuestionKind
from autofill.mapping.match import match
from autofill.mapping.questions import Question, given


def meant(loaded: Loaded, form_map: FormMap) -> Iterator[Problem]:
    """A warning for each answer that no question of the form has, if it clearly answers one."""
    controls = (control for page in form_map.pages for control in page.controls)
    asked = {control.value: _question(control) for control in controls if control.value.startswith((ANSWERS, FILES))}
    for used in match(tuple(asked.values()), given(loaded.fields)).answers:
        if used.why == "like words" and used.question:
            words = _("seems to answer “{question}”; write those words before the colon to use it there")
            trail = trail_of(f"{FILES if used.answer.is_file else ANSWERS}{used.answer.words}")
            message = words.format(question=used.question.words)
            yield loaded.source.problem(trail, message, severity="warning")


def _question(control: Control) -> Question:
    kind: QuestionKind = "yes/no" if control.kind in YES_NO else "choice" if control.choices else "text"
    kind = "date" if control.kind == "date" else "file" if control.kind == "file" else kind
    _prefix, words = trail_of(control.value)
    return Question(words, kind, tuple(control.choices.values()), required=control.required)
