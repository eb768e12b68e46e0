"""Checks of forms: what a look at a form came to beside its map, and the last of them, kept for each form."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from platformdirs import user_state_path
from pydantic import AwareDatetime, Field, ValidationError, computed_field

from autofill.errors import ExitCode
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RecordingModel
from autofill.mapping.changes import ChangeKind, ToldChange
from autofill.running.known_forms import FoundAgain, last_corrections, make_folder

# So many looks tell how a form has been lately.
_MOST: Final = 20


class Told(RecordingModel):
    """One change: its kind, the control as it was called and as it is, and whether that is `required` now.

    `detail` is what a kind says besides, such as the options that are gone; `says` is all of it as a sentence, in the
    language of whoever reads it. It `stops` a run, or does not.
    """

    kind: ChangeKind
    control: str
    now: str
    detail: str
    required: bool
    stops: bool

    @computed_field  # type: ignore[prop-decorator]
    @property
    def says(self) -> str:
        """It as a sentence for people."""
        told = ToldChange(
            kind=self.kind,
            old=self.control,
            new=self.now,
            detail=self.detail,
            required=self.required,
            stops=self.stops,
        )
        return told.says()


class CheckedPage(RecordingModel):
    """One page of a form: whether it was `seen`, and its changes.

    `later` are controls that come only after a choice is made there.
    """

    name: str
    slug: str
    seen: bool
    changes: tuple[Told, ...] = ()
    later: tuple[str, ...] = ()


class FormCheck(RecordingModel):
    """One look at a form. Its JSON is a contract, as that of `run.json`.

    `since` is when a run saw what the form is compared with; without it, it is compared with its map alone. `repaired`
    are the controls that are certainly found again.
    """

    schema_: Literal["autofill.forms-check/1"] = Field(default="autofill.forms-check/1", alias="schema")
    form: str
    place: str
    url: str
    at: AwareDatetime
    since: AwareDatetime | None
    pages: tuple[CheckedPage, ...]
    repaired: tuple[FoundAgain, ...] = ()

    @property
    def changes(self) -> tuple[Told, ...]:
        """All that has changed."""
        return tuple(change for page in self.pages for change in page.changes)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def exit_code(self) -> ExitCode:
        """What the command ends with."""
        return ExitCode.FORM_CHANGED if self.changes else ExitCode.DONE


class _Kept(RecordingModel):
    checks: tuple[FormCheck, ...]


def checks_of(form: str) -> tuple[FormCheck, ...]:
    """The last checks of a form, the newest last; none if what was kept cannot be read."""
    with suppress(OSError, ValidationError):
        return _Kept.model_validate_json((_folder() / f"{form}.json").read_bytes(), extra="ignore").checks
    return ()


def keep_check(check: FormCheck) -> None:
    """Keep a check with those before it.

    Raises:
        DiskTrouble: It could not be written.
    """
    make_folder(_folder())
    kept = _Kept(checks=(*checks_of(check.form), check)[-_MOST:])
    RecordingFolder(_folder()).write(f"{check.form}.json", kept.content)


def corrections_of(form: str) -> tuple[FoundAgain, ...]:
    """What the last run or check of a form found again under other words; of what both saw, the later one counts."""
    run = last_corrections(form)
    (check,) = checks_of(form)[-1:] or (None,)
    of_run = run.repaired if run else ()
    if check is None or (run is not None and run.made >= check.at):
        return of_run
    seen = {page.slug: page.later for page in check.pages if page.seen}
    return (*check.repaired, *(each for each in of_run if each.page not in seen or each.name in seen[each.page]))


def _folder() -> Path:
    return user_state_path("autofill") / "checks"
