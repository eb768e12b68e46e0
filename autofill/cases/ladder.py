"""The ladder: where to turn when the organisation stays silent, rung by rung. Facts with their sources; no case.

Nothing is sent or dialled from here; what to do there is the person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autofill.language import later


@dataclass(frozen=True, slots=True)
class Rung:
    """One place to turn to.

    Attributes:
        name: Our word for it.
        title: Who it is; to be translated when shown.
        where: Number or address.
        hours: When somebody is there, if that is known; to be translated.
        how: What to do there; to be translated.
        calendar_days: How long an answer may take, in calendar days; None if as long as any other.
        source: Where this is known from.
    """

    name: str
    title: str
    where: str
    hours: str
    how: str
    calendar_days: int | None
    source: str


LADDER: Final = (
    Rung(
        "phone",
        later("Customer service by telephone"),
        "1-800-275-8777",
        later("Monday to Friday 8:00-20:30, Saturday 8:00-18:00, Eastern Time"),
        later("Ask what was done since you wrote, who has it now, and when you will hear; write down all three."),
        None,
        "usps.com, General API developer guide, 2025-08-25",
    ),
    Rung(
        "consumer-contact",
        later("Consumer & Industry Contact office of the postal district"),
        "usps.com/help/contact-us.htm",
        "",
        later("Ask your post office, or on the telephone, for the office of your district, and have it look into it."),
        None,
        "support.postagewizard.com, kb a2136",
    ),
    Rung(
        "regulator",
        later("Postal Regulatory Commission"),
        "prc.gov/consumer-assistance",
        "",
        later(
            "Write down there what happened; the Postal Service is asked to answer within 45 days. Where an employee"
            " did wrong, turn to the Office of Inspector General instead: 1-888-877-7644."
        ),
        45,
        "prc.gov/consumer-assistance",
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
