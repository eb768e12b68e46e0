"""Clock of cases and practice: the computer's time, or AUTOFILL_NOW for rehearsals.

Evidence and live runs ignore AUTOFILL_NOW: they have the computer's own time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

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
            _("The case is live and {variable} changes the clock, so nothing is recorded.").format(
                variable="AUTOFILL_NOW"
            ),
            hint=_("Unset {variable}. While it is set, you can only look: autofill followup CASE --dry-run").format(
                variable="AUTOFILL_NOW"
            ),
        )


def in_utc(moment: datetime) -> str:
    """Time in UTC, as text for people; one at the edge of the calendar stays in its own zone."""
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError):  # no run was ever then: somebody wrote it into a recording
        return moment.isoformat(sep=" ", timespec="seconds")


def day_in_words(day: date, *, with_year: bool | None = None) -> str:
    """Day with weekday and month, as the language in use writes them; of another year than now, with its year."""
    if with_year is None:
        with_year = day.year != case_now().year
    words = _("{weekday} {day} {month} {year}") if with_year else _("{weekday} {day} {month}")
    month = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[day.month - 1]
    return words.format(weekday=_weekday(day), day=day.day, month=month, year=day.year)


def day_of_week(day: date) -> str:
    """Day as one of a few, beside its neighbours: the weekday, and the number in its month."""
    return _("{weekday} {day}").format(weekday=_weekday(day), day=day.day)


def in_local(moment: datetime, *, with_year: bool | None = None) -> str:
    """Time on this computer's clock, in words for people."""
    try:
        here = moment.astimezone()
    except (OverflowError, ValueError):
        return in_utc(moment)
    words = day_in_words(here.date(), with_year=with_year)
    return _("{day}, {hour}:{minute}").format(day=words, hour=f"{here:%H}", minute=f"{here:%M}")


def in_local_with_zone(moment: datetime) -> str:
    """Time on this computer's clock, and how far that is from UTC: for files that may be read elsewhere, and later."""
    try:
        return f"{in_local(moment, with_year=True)} (UTC{moment.astimezone().isoformat()[-6:]})"
    except (OverflowError, ValueError):
        return in_utc(moment)


def _weekday(day: date) -> str:
    return _("Mon Tue Wed Thu Fri Sat Sun").split()[day.weekday()]


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
            _("{variable} is not valid.").format(variable="AUTOFILL_NOW"),
            hint=_("Such as: {example}").format(example="2026-11-30T09:00-05:00"),
        )
    return moment.astimezone(UTC)
