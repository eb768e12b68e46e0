"""Report: one self-contained HTML file that shows a run to a person.

It opens without a network, runs no script, and escapes everything a page or a profile could have put into it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from autofill.clock import in_utc
from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.png import png_size
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.language import _, gettext_noop, plural, spoken

if TYPE_CHECKING:
    import jinja2

Tone = Literal["good", "doubt", "bad", "still"]


@dataclass(frozen=True, slots=True)
class StepPicture:
    """Picture and values of one step, and the address it was taken at."""

    step: StepSummary
    url: str
    picture: bytes | None
    values: tuple[ReadBack, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict in words for people. `tone` chooses colour and mark; the words alone must be enough."""

    tone: Tone
    badge: str
    meaning: str


_OUTCOMES: dict[Verdict, Outcome] = {
    Verdict.CONFIRMED: Outcome(
        "good", gettext_noop("Confirmed"), gettext_noop("The form took the inquiry and gave it this case number.")
    ),
    Verdict.CONFIRMED_NO_CASE: Outcome(
        "doubt",
        gettext_noop("Confirmed, no case number"),
        gettext_noop("The form took the inquiry; no case number could be read from its answer."),
    ),
    Verdict.REJECTED: Outcome(
        "bad",
        gettext_noop("Refused by the form"),
        gettext_noop("The form did not take the inquiry. It says why below."),
    ),
    Verdict.UNKNOWN: Outcome(
        "doubt",
        gettext_noop("Outcome unknown"),
        gettext_noop("The inquiry may have arrived. Do not send it again before you know."),
    ),
}
_STOPPED = Outcome(
    "bad", gettext_noop("Stopped before sending"), gettext_noop("The run could not go on. Nothing was sent.")
)
_FILLED = Outcome(
    "still",
    gettext_noop("Filled, not sent"),
    gettext_noop("The form was filled as planned and left there. Nothing was sent."),
)


def outcome_of(summary: RunSummary) -> Outcome:
    """Verdict of the run in words for people."""
    if summary.verdict is Verdict.NOT_SUBMITTED:
        outcome = _STOPPED if summary.stopped_at or summary.error else _FILLED
    else:
        outcome = _OUTCOMES[summary.verdict]
    return replace(outcome, badge=_(outcome.badge), meaning=_(outcome.meaning))


def render_report(summary: RunSummary, shots: Sequence[StepPicture]) -> bytes:
    """The report as UTF-8 HTML. Each picture is in it once, however often it is shown."""
    frames = [_report_step(index, shot) for index, shot in enumerate(shots, 1)]
    clicked = summary.verdict is not Verdict.NOT_SUBMITTED
    html = report_template().render(
        run=summary,
        language=spoken(),
        outcome=outcome_of(summary),
        frames=frames,
        answer=frames[-1] if clicked and frames else None,
        before=frames[-2] if clicked and len(frames) > 1 else None,
        stopped=frames[-1] if (summary.stopped_at or summary.error) and not clicked and frames else None,
    )
    # Page texts may hold half a character (a lone surrogate), which UTF-8 cannot.
    return html.encode(errors="replace")


def _report_step(index: int, shot: StepPicture) -> dict[str, object]:
    """Step as the template draws it: its anchor, and its picture ready to embed (empty if there is none)."""
    picture = shot.picture or b""
    width, height = png_size(picture)
    data = base64.b64encode(picture).decode() if width else ""
    return {"anchor": f"step-{index}", "shot": shot, "width": width, "height": height, "data": data}


@cache
def report_template() -> jinja2.Template:
    """The template, loaded once: that takes ten times as long as a report, so a run may ask for it while it waits."""
    import jinja2  # noqa: PLC0415 - only a run that ends needs it

    house = jinja2.Environment(
        loader=jinja2.PackageLoader("autofill.evidence.keeping"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    house.filters["utc"] = in_utc
    house.install_gettext_callables(_, plural, newstyle=True)  # type: ignore[attr-defined]
    return house.get_template("report.html.j2")
