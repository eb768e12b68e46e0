"""The ladder: where to turn when the organisation stays silent, rung by rung.

No case, and no facts: those are in `helplines`. Nothing is sent or dialled from here; what to do there is the person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autofill.inquiry.helplines import (
    CONSUMER_CONTACT,
    CUSTOMER_CARE,
    INSPECTOR_GENERAL,
    MISSING_MAIL,
    REGULATOR,
    Helpline,
)
from autofill.language import _, gettext_noop


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One place to turn to.

    Attributes:
        name: Our word for it.
        title: Who it is; to be translated when shown.
        line: Its number, hours and page, and where they are known from.
        how: What to do there; to be translated, and then filled: see `advice`.
        calendar_days: How long an answer may take, in calendar days; None if as long as any other.
    """

    name: str
    title: str
    line: Helpline
    how: str
    calendar_days: int | None = None

    @property
    def where(self) -> str:
        """Number or page."""
        return self.line.phone or self.line.page

    @property
    def advice(self) -> str:
        """What to do there, in the language in use."""
        return _(self.how).format(phone=INSPECTOR_GENERAL.phone)


ESCALATION: Final = (
    EscalationStep(
        "phone",
        gettext_noop("Customer service by telephone"),
        CUSTOMER_CARE,
        gettext_noop(
            "Ask what was done since you wrote, who has it now, and when you will hear; write down all three."
        ),
    ),
    EscalationStep(
        "consumer-contact",
        gettext_noop("Consumer & Industry Contact office of the postal district"),
        CONSUMER_CONTACT,
        gettext_noop(
            "Ask your post office, or on the telephone, for the office of your district, and have it look into it."
        ),
    ),
    EscalationStep(
        "regulator",
        gettext_noop("Postal Regulatory Commission"),
        REGULATOR,
        gettext_noop(
            "Write down there what happened; the Postal Service is asked to answer within 45 days. Where an employee"
            " did wrong, turn to the Office of Inspector General instead: {phone}."
        ),
        45,
    ),
)


def search_advice() -> str:
    """What else to do, on any rung, once the first inquiry is old enough for it; in the language in use."""
    words = _("If something did not arrive, ask for a Missing Mail Search as well: {page} (needs an account).")
    return words.format(page=MISSING_MAIL.page)


def step_named(name: str | None) -> EscalationStep | None:
    """The rung of that name."""
    return next((rung for rung in ESCALATION if rung.name == name), None)


def step_after(name: str | None) -> EscalationStep | None:
    """The next rung: the first one for a case that is on none; None after the last."""
    names = [rung.name for rung in ESCALATION]
    place = names.index(name) + 1 if name in names else 0
    return ESCALATION[place] if place < len(ESCALATION) else None
