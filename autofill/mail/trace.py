"""What a confirmation mail may quote of a run: the address to answer to, and the tracking number.

Read from the inquiry in the run's recording, or from its steps where the first version kept none; kept nowhere else.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autofill.evidence.keeping.bag import Damage, content_of
from autofill.evidence.keeping.inquiry_copy import inquiry_in, texts_in
from autofill.mail.message import Mail


@dataclass(frozen=True, slots=True)
class Trace:
    """The e-mail address and the tracking number that a run typed; empty if it typed none, or they are gone."""

    email: str = ""
    tracking: str = ""

    def is_quoted_in(self, mail: Mail) -> bool:
        """Whether the mail names the tracking number, however it is spaced."""
        return bool(self.tracking) and self.tracking in re.sub(r"[\s-]+", "", mail.words).upper()

    def is_addressed_by(self, mail: Mail) -> bool:
        """Whether the mail was written to the person's address."""
        return bool(self.email) and self.email in mail.to

    def is_reached_by(self, mail: Mail) -> bool:
        """Whether the mail was written to the person's address, or came to it; also if the address is not known."""
        return not self.email or self.email in mail.to | mail.delivered_to


def trace_of(recording: Path) -> Trace:
    """The trace that a recording keeps; empty if it was purged or encrypted."""
    typed: dict[str, str] = {}
    with suppress(Damage):
        typed |= texts_in(inquiry.fields) if (inquiry := inquiry_in(recording)) else ()
    for file in [] if typed else sorted((recording / "data" / "steps").glob("*.values.json")):
        try:
            rows = json.loads(content_of(recording, file.relative_to(recording).as_posix()))
            typed |= {str(row["field"]): str(row["found"]) for row in rows}
        except (Damage, ValueError, KeyError, TypeError, RecursionError):
            continue
    tracking = re.sub(r"[\s-]+", "", typed.get("item.tracking_number", "")).upper()
    return Trace(typed.get("contact.email", "").strip().lower(), tracking)
