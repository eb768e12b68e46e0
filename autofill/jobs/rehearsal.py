"""Rehearsal of one profile: its run, its screenshots beside the saved ones, and what that means for the night."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from pydantic import Field

from autofill.errors import ExitCode
from autofill.evidence.keeping.report import Outcome, outcome_of
from autofill.evidence.keeping.summary import RecordingModel, RunSummary
from autofill.language import _

PictureState: TypeAlias = Literal["same", "changed", "new", "gone", "withheld", "saved", "stopped"]
"""`saved` is in the baseline now, `stopped` where the run ended; the others are those of a comparison."""

# Seconds that a rehearsal waits for a site that asks to be left alone.
_LONGEST_WAIT: Final = 60
_LOOKS_OTHER: Final[frozenset[PictureState]] = frozenset({"changed", "gone"})
# What a run tells of a control that it found again under another name, and of changes that it could live with.
_TOLD: Final = ("repaired", "form-changed", "not-mapped")


class PictureFinding(RecordingModel):
    """One screenshot beside the saved one, in words.

    `now`, `kept` and `difference` are files in the report's folder. `share` is how much of the page changed, 0 to 1.
    """

    file: str
    step: str
    state: PictureState
    words: str = ""
    share: float = 0
    now: str | None = None
    kept: str | None = None
    difference: str | None = None


class Rehearsed(RecordingModel):
    """Rehearsal of one profile: the last try's run, how many tries it took, and its screenshots."""

    schema_: Literal["autofill.rehearse/1"] = Field(default="autofill.rehearse/1", alias="schema")
    run: RunSummary
    tries: int = 1
    pictures: tuple[PictureFinding, ...] = ()
    picture_trouble: str | None = Field(default=None, description="Why the screenshots could not be compared.")
    exit_code: int

    @property
    def changed_pictures(self) -> tuple[PictureFinding, ...]:
        """Screenshots that look different."""
        return tuple(each for each in self.pictures if each.state in _LOOKS_OTHER)

    @property
    def changes(self) -> tuple[str, ...]:
        """What the run says has changed in the form, though it got through."""
        return tuple(fault for fault in self.run.faults if fault.partition(":")[0] in _TOLD)

    @property
    def outcome(self) -> Outcome:
        """What it came to, for people; green is nothing to do."""
        if self.run.exit_code:
            return outcome_of(self.run)
        if self.changes:
            return Outcome("doubt", _("Works, the form has changed"), _("autofill got through. Correct the form map."))
        if self.changed_pictures:
            return Outcome(
                "doubt", _("Works, looks different"), _("Look at the pages below. Save them if they are right.")
            )
        if all(each.state == "same" for each in self.pictures):
            return Outcome("good", _("Works"), _("The form works, and its pages look as saved."))
        return Outcome("good", _("Works"), _("The form works."))


def exit_code_of(run: RunSummary, pictures: tuple[PictureFinding, ...], *, strict: bool) -> int:
    """The run's own exit code; if it went well, and `strict`ly, that of a changed form for a changed screenshot."""
    looks_other = any(each.state in _LOOKS_OTHER for each in pictures)
    return ExitCode.FORM_CHANGED if strict and looks_other and not run.exit_code else run.exit_code


def may_try_again(run: RunSummary, *, clicked: bool) -> bool:
    """Whether another try can help: the site was in the way, and the submit button was not pressed."""
    helps = {ExitCode.UNAVAILABLE, ExitCode.TRY_LATER, ExitCode.FORM_CHANGED}
    return not clicked and run.submitted == "no" and run.exit_code in helps and run.retry_after <= _LONGEST_WAIT
