"""The values of a run that its confirmation mail may quote: the address to answer to, and numbers of the matter.

Read from the inquiry in the run's recording, or from its steps where the first version kept none; kept nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from autofill.evidence.keeping.bag import Damage, content_of
from autofill.evidence.keeping.inquiry_copy import inquiry_in, texts_in
from autofill.mail.message import Mail

# A shorter value stands by chance in any mail.
_SHORTEST: Final = 6


@dataclass(frozen=True, slots=True)
class Trace:
    """The values that a run typed, by field; empty if it typed none, or they are gone."""

    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        """The address to answer to; empty if it is not known."""
        return self.typed.get("contact.email", "").strip().lower()

    def is_quoted_in(self, mail: Mail, fields: tuple[str, ...]) -> bool:
        """Whether the mail names the value of one of the fields, however it is spaced."""
        words = _packed(mail.words)
        values = (_packed(self.typed.get(name, "")) for name in fields)
        return any(value in words for value in values if len(value) >= _SHORTEST)

    def among(self, numbers: Iterable[str]) -> set[str]:
        """Those of the numbers that were typed, such as a telephone number or an earlier case."""
        typed = [re.sub(r"[().+]", "", _packed(value)) for value in self.typed.values()]
        return {number for number in numbers if any(_packed(number) in value for value in typed)}

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
    return Trace(typed)


def _packed(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).upper()
