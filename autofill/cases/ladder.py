"""The ladder: where to turn when the organisation stays silent, rung by rung.

No case, and no facts: those are `helplines`. Nothing is sent or dialled from here; what to do there is the person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autofill.inquiry.helplines import CONSUMER_CONTACT, CUSTOMER_CARE, REGULATOR, Helpline
from autofill.language import later


@dataclass(frozen=True, slots=True)
class Rung:
    """One place to turn to.

    Attributes:
        name: Our word for it.
        title: Who it is; to be translated when shown.
        line: Its number, hours and page, and where they are known from.
        how: What to do there; to be translated.
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


LADDER: Final = (
    Rung(
        "phone",
        later("Customer service by telephone"),
        CUSTOMER_CARE,
        later("Ask what was done since you wrote, who has it now, and when you will hear; write down all three."),
    ),
    Rung(
        "consumer-contact",
        later("Consumer & Industry Contact office of the postal district"),
        CONSUMER_CONTACT,
        later("Ask your post office, or on the telephone, for the office of your district, and have it look into it."),
    ),
    Rung(
        "regulator",
        later("Postal Regulatory Commission"),
        REGULATOR,
        later(
            "Write down there what happened; the Postal Service is asked to answer within 45 days. Where an employee"
            " did wrong, turn to the Office of Inspector General instead: 1-888-877-7644."
        ),
        45,
    ),
)
# Beside every rung: not before so many business days after the first inquiry.
SEARCH_AFTER: Final = 7
SEARCH: Final = later(
    "If something did not arrive, ask for a Missing Mail Search as well: missingmail.usps.com (needs an account)."
)


def rung_named(name: str | None) -> Rung | None:
    """The rung of that name."""
    return next((rung for rung in LADDER if rung.name == name), None)


def rung_after(name: str | None) -> Rung | None:
    """The next rung: the first one for a case that is on none; None after the last."""
    names = [rung.name for rung in LADDER]
    place = names.index(name) + 1 if name in names else 0
    return LADDER[place] if place < len(LADDER) else None
