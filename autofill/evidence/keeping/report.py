"""Report: one self-contained HTML file that shows a run to a person.

It opens without a network, runs no script, and escapes everything a page or a profile could have put into it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from autofill.clock import in_local_with_zone, in_utc
from autofill.errors import ExitCode
from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.boxes import Boxes
from autofill.evidence.keeping.png import png_size
from autofill.evidence.keeping.step_view import Picture, StepView, crop_of
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.evidence.keeping.timeline import NOTHING_NOTED, Timeline
from autofill.evidence.keeping.values import table_of
from autofill.language import _, gettext_noop, plural, spoken

if TYPE_CHECKING:
    import jinja2

Tone = Literal["good", "doubt", "due", "bad", "still"]


@dataclass(frozen=True, slots=True)
class StepPicture:
    """Picture and values of one step, the address it was taken at, and where values are seen in the picture."""

    step: StepSummary
    url: str
    picture: bytes | None
    values: tuple[ReadBack, ...]
    boxes: Boxes | None = None


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
_INTERRUPTED = Outcome("still", gettext_noop("Stopped"), gettext_noop("The run was stopped. Nothing was sent."))
_FILLED = Outcome(
    "still",
    gettext_noop("Filled, not sent"),
    gettext_noop("The form was filled as planned and left there. Nothing was sent."),
)

_SIGNALS = {ExitCode.INTERRUPTED, ExitCode.TERMINATED}


def outcome_of(summary: RunSummary) -> Outcome:
    """Verdict of the run in words for people."""
    if summary.verdict is Verdict.NOT_SUBMITTED:
        outcome = _STOPPED if summary.stopped_at or summary.error else _FILLED
        outcome = _INTERRUPTED if summary.exit_code in _SIGNALS else outcome
    else:
        outcome = _OUTCOMES[summary.verdict]
    return replace(outcome, badge=_(outcome.badge), meaning=_(outcome.meaning))


def render_report(summary: RunSummary, shots: Sequence[StepPicture], timeline: Timeline = NOTHING_NOTED) -> bytes:
    """The report as UTF-8 HTML. Each picture is in it once, however often it is shown."""
    steps = [_report_step(number, shot) for number, shot in enumerate(shots, 1)]
    clicked = summary.verdict is not Verdict.NOT_SUBMITTED
    stopped = bool(summary.stopped_at or summary.error) and not clicked
    html = report_template().render(
        run=summary,
        language=spoken(),
        outcome=outcome_of(summary),
        steps=steps,
        embedded={n: base64.b64encode(shot.picture or b"").decode() for n, shot in enumerate(shots, 1)},
        hero=steps[-1] if steps and (clicked or stopped) else None,
        stopped=stopped,
        before=before_the_click(steps) if clicked else None,
        table=table_of(((step.name, step.values) for step in steps), None),
        timeline=timeline,
    )
    # Page texts may hold half a character (a lone surrogate), which UTF-8 cannot.
    return html.encode(errors="replace")


def before_the_click(steps: Sequence[StepView]) -> StepView | None:
    """The step that a person compares with what came after the click: the last one with values, or else the last."""
    filled = [step for step in steps[:-1] if step.values] or steps[:-1]
    return filled[-1] if filled else None


def _report_step(number: int, shot: StepPicture) -> StepView:
    """Step as the template draws it; a picture that is none is left out."""
    size = png_size(shot.picture or b"")
    pictures = (Picture(shot.step.screenshot or "", size),) if size[0] else ()
    return StepView(
        number,
        shot.step.name,
        url=shot.url,
        ms=shot.step.ms,
        pictures=pictures,
        values=shot.values,
        crop=crop_of(size if pictures else None, shot.values, shot.boxes),
    )


@cache
def report_template() -> jinja2.Template:
    """The template, loaded once: that takes ten times as long as a report, so a run may ask for it while it waits."""
    return template("report.html.j2")


def template(name: str, package: str = "autofill.evidence.keeping") -> jinja2.Template:
    """A template of a page that stands by itself; what a report includes, such as its looks, is there for all."""
    import jinja2  # noqa: PLC0415 - only a run that ends needs it

    packages = dict.fromkeys((package, "autofill.evidence.keeping"))
    house = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(each) for each in packages]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    house.filters |= {"utc": in_utc, "local": in_local_with_zone}
    house.install_gettext_callables(_, plural, newstyle=True)  # type: ignore[attr-defined]
    return house.get_template(name)
