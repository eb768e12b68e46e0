"""`autofill run`: fill the form from profiles, and keep the evidence. Practice on the bundled replica by default."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, Browser, Form, Json, Ledger, Profiles, Recordings, ledger_of
from autofill.errors import AutofillError, ExitCode, InvalidFile, Misconfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autofill.batch.work import Work
    from autofill.evidence.summary import RunSummary
    from autofill.outcome import Job

_LOOPBACK = {"127.0.0.1", "localhost"}


def command(
    profiles: Profiles,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Practise on the replica (the default).")] = False,
    live: Annotated[bool, typer.Option("--live", help="Use the real form.")] = False,
    until: Annotated[
        Literal["review"] | None, typer.Option(metavar="review", help="Stop before the submit click.")
    ] = None,
    form: Form = None,
    url: Annotated[str | None, typer.Option(help="Another address of the form, on this machine.")] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    jobs: Annotated[int, typer.Option(min=1, max=16, metavar="N", help="Runs at the same time.")] = 1,
    browser: Browser = None,
    again: Annotated[bool, typer.Option("--again", help="Send what was sent before; needs --because.")] = False,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it has to be sent again.")] = None,
    ledger: Ledger = None,
    headed: Annotated[bool, typer.Option("--headed/--headless", help="Show the browser window.")] = False,
    json: Json = False,
) -> None:
    """Fill the form from each PROFILE, and keep a sealed recording with a picture of every step."""
    _refuse(live=live, dry_run=dry_run, url=url)
    if again != bool(because and because.strip()):
        raise Misconfigured("--again needs --because TEXT, and the other way round.", hint="Say why, for the record.")
    from autofill.batch.session import run_session  # noqa: PLC0415
    from autofill.replay.browser import BrowserSettings  # noqa: PLC0415

    codes: list[int] = []
    progress = console.Progress(wanted=not json and jobs == 1)

    def finished(summary: RunSummary) -> None:
        progress.stop()
        codes.append(summary.exit_code)
        console.show_summary(summary, json=json)

    with _desk(url) as desk:

        def prepare() -> Work:
            from autofill.batch.work import Work  # noqa: PLC0415
            from autofill.cases.ledger import open_ledger  # noqa: PLC0415
            from autofill.outcome import Conditions  # noqa: PLC0415

            conditions = Conditions(
                recordings,
                desk.url,
                desk.name,
                until_review=until == "review",
                headless=not headed,
                again_because=because,
            )
            book = open_ledger(ledger_of(ledger, recordings))
            return Work(_plans(profiles, form, finished, json=json), conditions, book, jobs, progress.on, finished)

        try:
            run_session(prepare, BrowserSettings(browser, not headed))
        except AutofillError as error:
            from autofill.outcome import never_begun  # noqa: PLC0415

            for profile in profiles:
                finished(never_begun(str(profile), form or "", "replica", error))
    raise typer.Exit(max(codes, default=ExitCode.INTERRUPTED))


def _refuse(*, live: bool, dry_run: bool, url: str | None) -> None:
    if live and dry_run:
        raise Misconfigured("--live and --dry-run contradict each other.", hint="Choose one.")
    if live or (url is not None and urlsplit(url).hostname not in _LOOPBACK):
        raise Misconfigured(
            "Sending to the real form needs the send-once guard, which is not built yet. Nothing was sent.",
            hint="Practise without --live; --url takes addresses on this machine (http://127.0.0.1:PORT) only.",
        )


def _plans(profiles: Profiles, form: str | None, finished: Callable[[RunSummary], None], *, json: bool) -> list[Job]:
    """Plan every profile before any browser starts; those that cannot run are finished here and now."""
    from autofill.forms.catalog import plan_profile  # noqa: PLC0415
    from autofill.outcome import Job, never_begun  # noqa: PLC0415

    ready = []
    for profile in profiles:
        try:
            job = Job(str(profile), plan_profile(profile, form))
        except AutofillError as error:
            if isinstance(error, InvalidFile):
                console.show_problems(error.problems)
            finished(never_begun(str(profile), form or "", "replica", error))
            continue
        if not json:
            console.show_problems(job.plan.warnings)
        ready.append(job)
    return ready


@dataclass(frozen=True)
class _Desk:
    """Where a run goes, and what the ledger calls that place."""

    url: str
    name: str


@contextmanager
def _desk(url: str | None) -> Iterator[_Desk]:
    """The given address, or a replica of our own for as long as the block lasts.

    A replica of our own remembers nothing: what was practised on another one does not stand in the way.
    """
    if url is not None:
        address = urlsplit(url)
        yield _Desk(url, f"{address.scheme}://{address.netloc}")
        return
    from autofill.replica import serving  # noqa: PLC0415

    with serving() as desk:
        yield _Desk(desk.url, f"replica {secrets.token_hex(8)}")
