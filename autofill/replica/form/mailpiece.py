"""Made-up facts about the mailpiece of a tracking number.

Nothing is looked up. The numbers of the example profiles have the facts of those profiles; for all others they are
computed from the number, so that the same number always has the same facts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from autofill.replica.form import catalog


@dataclass(frozen=True, slots=True)
class Mailpiece:
    """The facts in the box "Mailpiece information", as it shows them."""

    mail_class: str
    mailed: str
    origin: str
    destination: str
    expected: str


_EXAMPLES: Final = {
    "9400111202555830001010": Mailpiece(
        mail_class="Media Mail",
        mailed="Oct 5, 2026",
        origin="Portland, OR 97205",
        destination="San Francisco, CA 94107",
        expected="Oct 9, 2026",
    ),
    "EM200300408KR": Mailpiece(
        mail_class="Priority Mail Express International",
        mailed="Oct 12, 2026",
        origin="South Korea",
        destination="Seattle, WA 98101",
        expected="Oct 17, 2026",
    ),
    "CP300400505DE": Mailpiece(
        mail_class="Priority Mail International",
        mailed="Sep 21, 2026",
        origin="Germany",
        destination="Santa Fe, NM 87501",
        expected="Oct 2, 2026",
    ),
    "9270090103830300003039": Mailpiece(
        mail_class="Priority Mail Express",
        mailed="Oct 14, 2026",
        origin="Austin, TX 78701",
        destination="Chicago, IL 60611",
        expected="Oct 15, 2026",
    ),
    "LZ600700809US": Mailpiece(
        mail_class="First-Class Package International Service",
        mailed="Sep 28, 2026",
        origin="Los Angeles, CA 90012",
        destination="South Korea",
        expected="Oct 12, 2026",
    ),
}
_PLACES: Final = (
    "Austin, TX 78710", "Denver, CO 80202", "Chicago, IL 60607", "Portland, OR 97208", "Atlanta, GA 30304",
)  # fmt: skip
_FIRST_DAY: Final = date(2026, 11, 2)


def find_mailpiece(tracking_number: str) -> Mailpiece:
    """The mailpiece of a tracking number; spaces in the number make no difference."""
    number = "".join(tracking_number.split())
    return _EXAMPLES.get(number) or _made_up(number)


def _made_up(number: str) -> Mailpiece:
    digest = hashlib.sha256(number.encode()).digest()
    classes = list(catalog.MAIL_CLASSES.values())[:5]
    origin = digest[1] % len(_PLACES)
    destination = (origin + 1 + digest[2] % (len(_PLACES) - 1)) % len(_PLACES)
    mailed = _FIRST_DAY + timedelta(days=digest[3] % 14)
    return Mailpiece(
        mail_class=classes[digest[0] % len(classes)],
        mailed=_written(mailed),
        origin=_PLACES[origin],
        destination=_PLACES[destination],
        expected=_written(mailed + timedelta(days=3)),
    )


def _written(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
