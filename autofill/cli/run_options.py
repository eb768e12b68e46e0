"""What `autofill run` was asked to do: which options go together, and the one call that does it.

Talks to the person through `console`; everything else is the rooms' work. They are imported where they are first
needed, because the browser's driver starts meanwhile.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, as_words, is_here, ledger_places, tell_taken_over, without_password
from autofill.errors import AutofillError, InvalidFile, Misconfigured, Stopped
from autofill.evidence.archiving.age import configured_recipients
from autofill.language import _

if TYPE_CHECKING:
    from autofill.cases.ledger.ledger import Ledger
    from autofill.evidence.keeping.summary import RunSummary
    from autofill.forms.plan import Plan
    from autofill.jobs.pool import Pool
    from autofill.replay.login import Access
    from autofill.run.claim import Claim
    from autofill.run.job import Conditions

# Seconds that a program which leaves at once gives whoever reads its last lines.
_LISTENING = 1.0


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """The options of one `autofill run`."""

    profiles: tuple[Path, ...]
    live: bool
    dry_run: bool
    confirm_live: str | None
    until_review: bool
    form: str | None
    url: str | None
    recordings: Path
    ledger: str | None
    at_once: int
    again: bool
    because: str | None
    browser: str | None
    headed: bool
    no_sandbox: bool
    debug_trace: bool
    debug_video: bool
    json: bool
    _told: list[RunSummary] = field(default_factory=list)

    def check(self) -> None:
        """Refuse what contradicts itself or is not allowed.

        Raises:
            Misconfigured: with what to do instead.
        """
        if self.live and self.dry_run:
            raise Misconfigured(_("--live and --dry-run contradict each other."), hint=_("Choose one."))
        if self.again != bool(self.because and self.because.strip()):
            raise Misconfigured(
                _("--again needs --because TEXT, and the other way round."), hint=_("Say why, for the record.")
            )
        if self.url is not None and (self.live or not is_here(self.url)):
            raise Misconfigured(
                _("--url takes addresses on this machine (http://127.0.0.1:PORT) only. Nothing was sent."),
                hint=_("The real form's address stands in its form map: use --live without --url."),
            )
        configured_recipients()  # better now than after the inquiry was sent
        if self.live:
            self._check_live()

    def _check_live(self) -> None:
        from autofill.page.browser import is_root  # noqa: PLC0415

        if self.form is not None and self.form.endswith((".yaml", ".yml")):
            raise Misconfigured(
                _("The real form is reached through installed form maps only. Nothing was sent."),
                hint=_("See: autofill forms"),
            )
        if self.debug_trace or self.debug_video:
            raise Misconfigured(
                _("A trace changes the pages it looks at; that is for practice only. Nothing was sent."),
                hint=_("Leave out --debug-trace and --debug-video, or --live."),
            )
        if self.browser is not None and "://" in self.browser:
            raise Misconfigured(
                _("A browser that runs elsewhere cannot be kept from other hosts. Nothing was sent."),
                hint=_("Use a browser on this machine for --live."),
            )
        if is_root() and not self.no_sandbox:
            raise Misconfigured(
                _("As root, Chromium runs without its sandbox. Nothing was sent."),
                hint=_("Run as another user, or say --no-sandbox if you have thought about it."),
            )
        if self.confirm_live is None and not self.until_review and not sys.stdin.isatty():
            raise Misconfigured(
                _("Somebody has to confirm at the filled form, and there is no terminal. Nothing was sent."),
                hint=_("Run in a terminal, or say --confirm-live https://HOST for the host of the form itself."),
            )

    def carry_out(self) -> int:
        """Run everything; the exit code of the worst run."""
        from autofill.jobs.signals import Signals  # noqa: PLC0415

        signals = Signals(partial(self._leave, None))
        from autofill.evidence.keeping.summary import worst  # noqa: PLC0415
        from autofill.jobs.session import run_session  # noqa: PLC0415

        def prepare() -> Pool:
            work = self._work(*desk)
            signals.leave = partial(self._leave, work)
            return work

        with self._desk() as desk:
            try:
                run_session(prepare, signals)
            except AutofillError as error:
                for summary in self._untold(error, self._told):
                    self._finished(summary)
        console.drop_unsaid()
        return worst(summary.exit_code for summary in self._told)

    def _leave(self, work: Pool | None, stopped: Stopped) -> NoReturn:
        """A second signal: the process ends at once, and still says what every run has come to, if anybody listens."""
        from autofill.evidence.keeping.summary import worst  # noqa: PLC0415

        told = {summary.run_id for summary in self._told}
        begun = [summary for summary in (work.standing(stopped) if work else ()) if summary.run_id not in told]
        last = [*begun, *self._untold(stopped, (*self._told, *begun))]
        saying = Thread(target=lambda: list(map(self._show, last)), daemon=True)
        saying.start()
        saying.join(_LISTENING)
        os._exit(worst(summary.exit_code for summary in (*self._told, *last)))

    def _untold(self, error: AutofillError, told: Iterable[RunSummary]) -> list[RunSummary]:
        """What is to be said of the profiles that nothing was said of."""
        known = {summary.profile for summary in told}
        return [self._never(profile, error) for profile in self.profiles if str(profile) not in known]

    @contextmanager
    def _desk(self) -> Iterator[tuple[str | None, str]]:
        """Where to practise, and what the ledger calls that place; no address at all for the real form.

        A replica of our own remembers nothing: what was practised on another one does not stand in the way.
        """
        if self.live:
            yield None, ""
        elif self.url is not None:
            address = urlsplit(self.url)
            yield self.url, f"{address.scheme}://{address.netloc}"
        else:
            from autofill.replica import serving  # noqa: PLC0415

            with serving() as desk:
                yield desk.url, f"replica {secrets.token_hex(8)}"

    @property
    def _given(self) -> Mapping[str, str | bool | None]:
        """What has to be said again for the same run at an open window; nothing secret, as it is kept and shown."""
        return {
            "--live": self.live,
            "--confirm-live": self.confirm_live,
            "--until": "review" if self.until_review else None,
            "--form": self.form,
            "--url": self.url,
            "--recordings": None if self.recordings == DEFAULT_RECORDINGS else str(self.recordings),
            "--ledger": self.ledger and without_password(self.ledger),
            "--again": self.again,
            "--because": self.because,
            "--browser": None if "://" in (self.browser or "") else self.browser,
            "--no-sandbox": self.no_sandbox,
            "--debug-trace": self.debug_trace,
            "--debug-video": self.debug_video,
        }

    def _access(self, url: str | None) -> Callable[[str], Access]:
        """The account of a desk of our own is no secret; for all others there is the keyring."""
        from autofill import accounts  # noqa: PLC0415

        if url is None or url == self.url:
            return accounts.access_to
        from autofill.replica import PRACTICE_ACCOUNT  # noqa: PLC0415

        return accounts.known(*PRACTICE_ACCOUNT)

    def _work(self, url: str | None, place: str) -> Pool:
        from autofill.evidence.keeping.debug import Debug  # noqa: PLC0415
        from autofill.evidence.keeping.folder import make_home  # noqa: PLC0415
        from autofill.jobs.pool import Pool  # noqa: PLC0415
        from autofill.page.browser import LOOPBACK, BrowserSettings, is_root  # noqa: PLC0415
        from autofill.run.job import Conditions  # noqa: PLC0415

        make_home(self.recordings)  # the ledger is in there, too, and would be blamed
        places = ledger_places(self.ledger, self.recordings)
        ledger = places.open("live" if self.live else "practice", tell_taken_over)
        if self.live and not ledger.has_sent("live"):
            _tell_new_ledger(places.live)
        conditions = Conditions(
            self.recordings,
            url,
            place,
            until_review=self.until_review,
            headless=not self.headed,
            again_because=self.because,
            ask_person=self._ask_person if self.headed else None,
            confirm=self._confirm,
            debug=Debug(self.debug_trace, self.debug_video),
            encrypt_to=configured_recipients(),
            access=self._access(url),
            options=as_words(self._given),
        )
        claims = list(self._claims(conditions, ledger))
        hosts: tuple[str, ...] = LOOPBACK
        if self.live:
            hosts = tuple({host for claimed in claims for host in _hosts(claimed.job.plan)})
        settings = BrowserSettings(self.browser, not self.headed, hosts, sandbox=not is_root())
        progress = console.Progress(wanted=not self.json and self.at_once == 1)
        if claims:
            progress.show(_("Starting the browser"))

        def finished(summary: RunSummary) -> None:
            with suppress(OSError):
                progress.stop()
            self._finished(summary)

        return Pool(claims, ledger, settings, self.at_once, progress.on, finished)

    def _claims(self, conditions: Conditions, ledger: Ledger) -> Iterator[Claim]:
        """Plan and claim every profile before any browser starts; those that cannot run are finished here and now."""
        from autofill.forms.catalog import prepare_profile  # noqa: PLC0415
        from autofill.run.claim import claim  # noqa: PLC0415
        from autofill.run.job import Job  # noqa: PLC0415

        for profile in self.profiles:
            try:
                prepared = prepare_profile(profile, self.form)
                claimed = claim(Job(str(profile), prepared.plan, prepared.attachments), conditions, ledger)
            except AutofillError as error:
                if isinstance(error, InvalidFile):
                    console.show_problems(error.problems)
                self._finished(self._never(profile, error))
                continue
            console.show_problems(prepared.plan.warnings)
            yield claimed

    def _never(self, profile: Path, error: AutofillError) -> RunSummary:
        from autofill.run.job import never_begun  # noqa: PLC0415

        return never_begun(str(profile), self.form or "", "live" if self.live else "replica", error)

    def _finished(self, summary: RunSummary) -> None:
        self._told.append(summary)
        self._show(summary)

    def _show(self, summary: RunSummary) -> None:
        with suppress(OSError, ValueError):  # a full disk, a closed pipe: the exit code still says what came of it
            console.show_summary(summary, json=self.json)

    async def _ask_person(self, why: str) -> None:
        await console.ask(why + "\n" + _("Do it in the open window, then press Enter here:"))

    async def _confirm(self, origin: str) -> bool:
        if self.confirm_live is not None:
            return self.confirm_live.rstrip("/") == origin
        question = _("The form is filled. To send it, type its address, {origin}:").format(origin=origin)
        return (await console.ask(question)).strip() == origin


def _hosts(plan: Plan) -> tuple[str, ...]:
    """Every host a plan's form needs."""
    return (*(urlsplit(origin).hostname or "" for origin in plan.origins), *plan.hosts)


def _tell_new_ledger(where: str | Path) -> None:
    """What an earlier version sent from another folder is in that folder's ledger: it would go again."""
    # A database's address may hold a password.
    name = "PostgreSQL" if "://" in str(where) else Path(where).absolute()
    words = _("This ledger knows of nothing that was sent live: {ledger}").format(ledger=name)
    console.tell(console.paint(words, "yellow", sys.stderr))
    console.tell(_("If you sent this inquiry before, stop here: it would be sent twice."))
    console.tell(_("Name its ledger with --ledger, or its recordings folder with --recordings, and try again."))
