"""What the desk pretends to know about a tracking number.

Nothing is looked up: the facts are made from the number itself, so the same number always gives the same ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from autofill.replica import catalog

_PLACES = ("Austin, TX 78710", "Denver, CO 80202", "Chicago, IL 60607", "Portland, OR 97208", "Atlanta, GA 30304")
_FIRST_DAY = date(2026, 11, 2)


@dataclass(frozen=True, slots=True)
class Mailpiece:
    """The box "Mailpiece information", in the words it shows."""

    mail_class: str
    origin: str
    destination: str
    expected: str


def find_mailpiece(tracking_number: str) -> Mailpiece:
    """Make up a mailpiece; spaces in the number make no difference."""
    digest = hashlib.sha256(tracking_number.replace(" ", "").encode()).digest()
    classes = list(catalog.MAIL_CLASSES.values())[:5]
    origin = digest[1] % len(_PLACES)
    destination = (origin + 1 + digest[2] % (len(_PLACES) - 1)) % len(_PLACES)
    expected = _FIRST_DAY + timedelta(days=digest[3] % 14)
    return Mailpiece(
        mail_class=classes[digest[0] % len(classes)],
        origin=_PLACES[origin],
        destination=_PLACES[destination],
        expected=f"{expected:%b} {expected.day}, {expected.year}",
    )
