"""What the desk pretends to know about a tracking number.

Nothing is looked up: the numbers of the example profiles have what those say, the facts of all others are made from
the number itself, so that the same number always gives the same ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from autofill.replica.form import catalog


@dataclass(frozen=True, slots=True)
class Mailpiece:
    """The box "Mailpiece information", in the words it shows."""

    mail_class: str
    mailed: str
    origin: str
    destination: str
    expected: str


_EXAMPLES: Final = {
    "9400111202555830001010": Mailpiece(
        "Media Mail", "Oct 5, 2026", "Portland, OR 97205", "San Francisco, CA 94107", "Oct 9, 2026"
    ),
    "EM200300408KR": Mailpiece(
        "Priority Mail Express International", "Oct 12, 2026", "South Korea", "Seattle, WA 98101", "Oct 17, 2026"
    ),
    "CP300400505DE": Mailpiece(
        "Priority Mail International", "Sep 21, 2026", "Germany", "Santa Fe, NM 87501", "Oct 2, 2026"
    ),
    "9270090103830300003039": Mailpiece(
        "Priority Mail Express", "Oct 14, 2026", "Austin, TX 78701", "Chicago, IL 60611", "Oct 15, 2026"
    ),
    "LZ600700809US": Mailpiece(
        "First-Class Package International Service", "Sep 28, 2026", "Los Angeles, CA 90012", "South Korea",
        "Oct 12, 2026",
    ),
}  # fmt: skip
_PLACES: Final = (
    "Austin, TX 78710", "Denver, CO 80202", "Chicago, IL 60607", "Portland, OR 97208", "Atlanta, GA 30304",
)  # fmt: skip
_FIRST_DAY: Final = date(2026, 11, 2)


def find_mailpiece(tracking_number: str) -> Mailpiece:
    """Find or make up a mailpiece; spaces in the number make no difference."""
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
