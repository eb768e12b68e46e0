"""What a run of ours left that its confirmation mail may quote: the address to answer to, and the tracking number.

Read from the run's recording, where it stands as it was typed; kept nowhere else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autofill.evidence.keeping.bag import Damage, content_of
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
    """What a recording tells; nothing if it was purged or encrypted."""
    typed: dict[str, str] = {}
    for file in sorted((recording / "data" / "steps").glob("*.values.json")):
        try:
            rows = json.loads(content_of(recording, file.relative_to(recording).as_posix()))
            typed |= {str(row["field"]): str(row["found"]) for row in rows}
        except (Damage, ValueError, KeyError, TypeError, RecursionError):
            continue
    tracking = re.sub(r"[\s-]+", "", typed.get("item.tracking_number", "")).upper()
    return Trace(typed.get("contact.email", "").strip().lower(), tracking)
