"""What happened to a case, in words: a line for each event, and of a mail what its signature says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.escalation import EscalationStep, step_named
from autofill.language import _, gettext_noop
from autofill.mail.signature import WORDS

_LETTERS: Final[Mapping[str, str]] = {
    "reply": gettext_noop("as a reply"),
    "new": gettext_noop("as a new inquiry"),
}


def about_event(event: CaseEvent, steps: tuple[EscalationStep, ...]) -> str:
    """What there is to say of an event beside its kind: the number it brought, where it went, why.

    Args:
        event: The event.
        steps: Where the organisation lets one turn.
    """
    detail, because = event.detail or "", event.because or ""
    if step := step_named(steps, detail):
        detail = step.title
    elif detail in _LETTERS:
        detail = _(_LETTERS[detail])
    if event.is_doubtful:
        because = _(WORDS.get(because, because))
    return "  ".join(filter(None, (event.case_number, event.run_id, detail, because)))
