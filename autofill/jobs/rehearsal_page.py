"""Page of a rehearsal: every profile, its pages, and what looks different, for people. Its pictures are masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autofill.evidence.keeping.report import Tone, template
from autofill.jobs.batch_results import link_to_report
from autofill.jobs.rehearsal import PictureState, Rehearsed
from autofill.jobs.result_files import writing
from autofill.language import _, gettext_noop, spoken

PICTURES: Final[dict[PictureState, tuple[Tone, str]]] = {
    "changed": ("doubt", gettext_noop("looks different")),
    "gone": ("doubt", gettext_noop("not reached")),
    "stopped": ("bad", gettext_noop("stopped here")),
    "new": ("still", gettext_noop("not saved yet")),
    "withheld": ("still", gettext_noop("not compared")),
    "saved": ("good", gettext_noop("saved")),
    "same": ("good", gettext_noop("as saved")),
}
"""Tone and words of each state of a screenshot."""

# The worst first.
_ORDER: Final = ("bad", "doubt", "due", "still", "good")


def write_page(report: Path, rehearsed: Sequence[Rehearsed], url: str) -> Path:
    """Write `index.html` into the report's folder, beside its pictures; the page's path.

    Raises:
        DiskTrouble: It cannot be written.
    """
    worst_first = sorted(rehearsed, key=lambda each: _ORDER.index(each.outcome.tone))
    html = template("rehearsal.html.j2", "autofill.jobs").render(
        language=spoken(),
        now=datetime.now(UTC),
        url=url,
        all=worst_first,
        reports={each.run.recording: link_to_report(report, each.run.recording) for each in rehearsed},
        tally=list(tally(rehearsed)),
        pictures={state: (tone, _(words)) for state, (tone, words) in PICTURES.items()},
    )
    page = page_of(report)
    with writing(page):
        page.write_text(html, encoding="utf-8", errors="replace")
    return page


def page_of(report: Path) -> Path:
    """The page in a report's folder."""
    return report / "index.html"


def tally(rehearsed: Sequence[Rehearsed]) -> Iterator[tuple[Tone, str]]:
    """How many profiles came to what, in words, with its tone; the worst first."""
    counted = Counter((each.outcome.tone, each.outcome.badge) for each in rehearsed)
    for (tone, badge), count in sorted(counted.items(), key=lambda each: _ORDER.index(each[0][0])):
        yield tone, f"{count} × {badge}"
