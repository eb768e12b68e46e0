"""Clock of cases and practice: the computer's time, or AUTOFILL_NOW for rehearsals.

Evidence and live runs ignore AUTOFILL_NOW: they have the computer's own time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from autofill.errors import Misconfigured
from autofill.language import _


def is_rehearsal(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether AUTOFILL_NOW moves the time."""
    return bool(environment.get("AUTOFILL_NOW"))


def refuse_rehearsal(space: str, environment: Mapping[str, str] = os.environ) -> None:
    """Refuse to record anything live by a moved clock: what was done would look undone again.

    Raises:
        Misconfigured: AUTOFILL_NOW is set, and `space` is `live`.
    """
    if space == "live" and is_rehearsal(environment):
        raise Misconfigured(
            _("The case is live, and {variable} moves the clock: nothing is recorded.").format(variable="AUTOFILL_NOW"),
            hint=_("Unset {variable}; with it, look only: autofill followup CASE --dry-run").format(
                variable="AUTOFILL_NOW"
            ),
        )


def in_utc(moment: datetime) -> str:
    """Time in UTC, as text for people; one at the edge of the calendar stays in its own zone."""
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError):  # no run was ever then: somebody wrote it into a recording
        return moment.isoformat(sep=" ", timespec="seconds")


def case_now(environment: Mapping[str, str] = os.environ) -> datetime:
    """Current time for cases, practice and advice, in UTC: now, unless AUTOFILL_NOW names a moment to rehearse.

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
