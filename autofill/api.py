"""The Python API: `from autofill import load, plan, run, rehearse`. The verbs of the program call the same functions.

What keeps a run from beginning is raised, as an error of `autofill.errors`; what became of one that began is in its
summary, whatever it is. Nobody is asked anything: a live form is sent only with its address in `confirm_live`.
"""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypedDict, TypeVar, Unpack

from autofill.errors import AutofillError, Misconfigured, Problem
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import load_profile, prepare_profile
from autofill.forms.plan import Plan
from autofill.inquiry.models import Inquiry
from autofill.jobs.rehearsal import Rehearsed
from autofill.jobs.rehearsal_page import write_page
from autofill.language import _
from autofill.orders.audience import Audience
from autofill.orders.drafting import drafted
from autofill.orders.execution import Order
from autofill.orders.given import DEFAULT_RECORDINGS
from autofill.orders.options import RunOptions
from autofill.orders.rehearse_options import RehearseOptions
from autofill.orders.rehearsing import Rehearsal
from autofill.orders.results import RunResults


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that was read and checked: its file, what it says, the warnings about it, and the form it was read for.

    A plan or a run reads the file again, for the same `form` (None for that of the file), unless another is named then:
    what counts is what it says then.
    """

    path: Path
    inquiry: Inquiry
    warnings: tuple[Problem, ...] = ()
    form: str | None = None


_Result = TypeVar("_Result")
AnyProfile: TypeAlias = Profile | str | Path


class RunSettings(TypedDict, total=False):
    """Settings of a run; each is the option of `autofill run` with its name, and most have its default.

    `again_because` is both --again and --because. `recordings`, `ledger` and `browser` are what AUTOFILL_RECORDINGS,
    AUTOFILL_LEDGER and AUTOFILL_BROWSER say, if they are left out. The window stays hidden unless `headed`.
    """

    form: str | Path | None
    url: str | None
    live: bool
    confirm_live: str | None
    until: Literal["review", "submit"] | None
    again_because: str | None
    recordings: str | Path | None
    ledger: str | Path | None
    browser: str | None
    headed: bool
    no_sandbox: bool


class RehearseSettings(TypedDict, total=False):
    """Settings of a rehearsal; each is the option of `autofill rehearse` with its name, and has its default."""

    url: str | None
    form: str | Path | None
    retries: int
    baseline: str | Path | None
    update_baseline: bool
    strict_pictures: bool
    report: str | Path
    browser: str | None


def load(path: str | Path, form: str | Path | None = None) -> Profile:
    """The profile in a file, checked as an inquiry to whom its form belongs, or to whom another `form` does.

    Raises:
        FileMissing: There is no such file, or no such form map.
        InvalidFile: It cannot be used; `problems` has everything that is wrong, with its line.
    """
    named = _named(form)
    loaded, _form = load_profile(Path(path), form=named)
    return Profile(Path(path), loaded.inquiry, loaded.warnings, named)


def plan(profile: AnyProfile, form: str | Path | None = None) -> Plan:
    """The plan of a profile: what a run would enter, step by step. Nothing is opened or sent.

    Raises:
        FileMissing: The profile, one of its files, or the form map is not there.
        InvalidFile: Everything that is wrong with either, or keeps the one from going into the other.
    """
    return prepare_profile(_file(profile), _form(profile, form)).plan


def run(profile: AnyProfile, **settings: Unpack[RunSettings]) -> RunSummary:
    """The summary of a run, once it is over; on the practice site, unless there is a `url`, or it is `live`.

    Raises:
        Misconfigured: The settings contradict each other; or an event loop is running here: await `run_async` there.
        FileMissing, InvalidFile: As `plan` says.
        AlreadySent: The ledger knows the inquiry: it was sent, or is being sent.
        NoBrowser, CannotRecord, DiskTrouble: There is no browser, or no place for the recording or the ledger.
        SiteUnavailable, FormChanged: A form at `url` that has no form map cannot be read.
    """
    return _plainly(run_async(profile, **settings), "run")


async def run_async(profile: AnyProfile, **settings: Unpack[RunSettings]) -> RunSummary:
    """The same, without keeping the event loop from anything else. To cancel it ends the run in order.

    Raises: as `run`.
    """
    caller = _Caller()
    options = _options(profile, settings)
    options.check()
    draft = await asyncio.to_thread(drafted, options, caller) if options.names_a_page() else None
    await Order(RunResults(options, caller), draft).carried_out()
    return caller.answer()


def rehearse(profile: AnyProfile, **settings: Unpack[RehearseSettings]) -> Rehearsed:
    """The rehearsal of a profile, once it is over: run outside the ledger, as often as one likes, pictures compared.

    The page over it is in the folder `report`.

    Raises:
        Misconfigured: The settings contradict each other, it is the real form, or saved screenshots cannot be read; or
            an event loop is running here: await `rehearse_async` there.
        FileMissing, InvalidFile: As `plan` says.
        NoBrowser, CannotRecord, DiskTrouble: There is no browser, or no place for the recordings or the report.
    """
    return _plainly(rehearse_async(profile, **settings), "rehearse")


async def rehearse_async(profile: AnyProfile, **settings: Unpack[RehearseSettings]) -> Rehearsed:
    """The same, without keeping the event loop from anything else.

    Raises: as `rehearse`.
    """
    caller, options = _Caller(), _rehearse_options(profile, settings)
    options.check()
    rehearsed = await Rehearsal(options, caller).carried_out()
    caller.answer()
    await asyncio.to_thread(write_page, options.report, rehearsed, options.url or "")
    return rehearsed[0]


class _Caller(Audience):
    """Audience that wants to know what one run came to; what it should think about are Python's warnings."""

    def __init__(self) -> None:
        self._end: RunSummary | AutofillError | None = None

    def warn(self, *lines: str) -> None:
        """Warn."""
        warnings.warn(" ".join(lines), stacklevel=2)

    def finished(self, summary: RunSummary) -> None:
        """Keep it."""
        self._end = summary

    def refused(self, summary: RunSummary, error: AutofillError) -> None:
        """Keep the error, which says more."""
        del summary
        self._end = error

    def answer(self) -> RunSummary:
        """The summary.

        Raises:
            AutofillError: Why there is none.
        """
        assert self._end is not None
        if isinstance(self._end, AutofillError):
            raise self._end
        return self._end


def _file(profile: AnyProfile) -> Path:
    return profile.path if isinstance(profile, Profile) else Path(profile)


def _form(profile: AnyProfile, form: str | Path | None) -> str | None:
    """The form that is named, or else that for which the profile was loaded."""
    loaded_for = profile.form if isinstance(profile, Profile) else None
    return _named(form) or loaded_for


def _named(form: str | Path | None) -> str | None:
    return None if form is None else os.path.expanduser(form)  # noqa: PTH111 - it may be a name


def _options(profile: AnyProfile, settings: RunSettings) -> RunOptions:
    """The options that the program would have; `~` is the home folder here, too."""
    own = {"form", "again_because", "recordings", "ledger"}
    given = {name: value for name, value in settings.items() if name not in own}
    because = settings.get("again_because")
    ledger = settings.get("ledger") or os.environ.get("AUTOFILL_LEDGER")
    recordings = settings.get("recordings") or os.environ.get("AUTOFILL_RECORDINGS") or DEFAULT_RECORDINGS
    options = RunOptions(
        profiles=(_file(profile),),
        form=_form(profile, settings.get("form")),
        recordings=Path(recordings).expanduser(),
        ledger=None if ledger is None else os.path.expanduser(ledger),  # noqa: PTH111 - it may be an address
        again=because is not None,
        because=because,
        alone=True,
        **given,  # type: ignore[arg-type]
    )
    return replace(options, browser=options.browser or os.environ.get("AUTOFILL_BROWSER"))


def _rehearse_options(profile: AnyProfile, settings: RehearseSettings) -> RehearseOptions:
    folders = {"baseline", "report"}
    given = {name: value for name, value in settings.items() if name not in {"form", *folders}}
    given |= {name: Path(str(settings[name])).expanduser() for name in folders & settings.keys() if settings[name]}  # type: ignore[literal-required]
    options = RehearseOptions(profiles=(_file(profile),), form=_form(profile, settings.get("form")), **given)  # type: ignore[arg-type]
    return replace(options, browser=options.browser or os.environ.get("AUTOFILL_BROWSER"))


def _plainly(running: Coroutine[Any, Any, _Result], name: str) -> _Result:
    """What comes of it, in an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(running)
    running.close()
    raise Misconfigured(
        _("An event loop is running here, which {name}() would hold up. Nothing was sent.").format(name=name),
        hint=_("Write: await {name}_async(...)").format(name=name),
    )
