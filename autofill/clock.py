"""What time it is for whatever is only rehearsed, and for what waits for days: the computer's, or AUTOFILL_NOW.

Evidence and live runs never heed it: they bear the computer's own time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from autofill.errors import Misconfigured
from autofill.language import _


def told_time(environment: Mapping[str, str] = os.environ) -> datetime:
    """The time that cases, practice and advice go by, in UTC: now, unless AUTOFILL_NOW names a moment to rehearse.

    Raises:
        Misconfigured: AUTOFILL_NOW is no ISO 8601 time with a time zone.
    """
    moved = environment.get("AUTOFILL_NOW")
    if not moved:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(moved)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Misconfigured(
            _("{variable} cannot be read.").format(variable="AUTOFILL_NOW"),
            hint=_("Such as: {example}").format(example="2026-11-30T09:00-05:00"),
        )
    return moment.astimezone(UTC)
