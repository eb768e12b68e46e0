"""The second part of `autofill run`: what was read is claimed in the ledger before any page is opened.

This module and all that it imports is loaded while the browser starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autofill import accounts, console
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.options import name_of, tell_taken_over
from autofill.cli.progress import Progress
from autofill.cli.run_options import RunOptions
from autofill.cli.run_results import RunResults
from autofill.errors import AutofillError
from autofill.evidence.archiving.age import configured_recipients
from autofill.evidence.keeping.debug import Debug
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import Prepared
from autofill.jobs.pool import Pool
from autofill.language import _
from autofill.replay.login import Access
from autofill.run.claim import Claim, claim
from autofill.run.job import Job, RunConditions


@dataclass(frozen=True)
class RunPreparation:
    """The way from options to runs. `url` is where to practise, None for the real form; `place` its ledger name."""

    options: RunOptions
    results: RunResults
    url: str | None
    place: str

    def _access(self) -> Callable[[str], Access]:
        """The account of a desk of our own is no secret; for all others there is the keyring."""
        if self.url is None or self.url == self.options.url:
            return accounts.access_to
        from autofill.replica import PRACTICE_ACCOUNT  # noqa: PLC0415 - loaded by now, if it is needed at all

        return accounts.known(*PRACTICE_ACCOUNT)

    def work(self, profiles: Sequence[tuple[Path, Prepared]]) -> Pool:
        """All runs, claimed, with what they share."""
        options = self.options
        places = LedgerPlaces.of(options.ledger, options.recordings)
        ledger = places.open("live" if options.live else "practice", tell_taken_over)
        if options.live and not ledger.has_sent("live"):
            _tell_new_ledger(places.live)
        conditions = RunConditions(
            options.recordings,
            self.url,
            self.place,
            until=options.until,
            headless=not options.headed,
            again_because=options.because,
            ask_person=self._ask_person if options.headed else None,
            confirm=self._confirm,
            debug=Debug(options.debug_trace, options.debug_video),
            encrypt_to=configured_recipients(),
            access=self._access(),
            options=options.given(),
        )
        claims = list(self._claims(profiles, conditions, ledger))
        progress = Progress(wanted=not options.json and options.at_once == 1)
        if claims:
            progress.show(_("Starting the browser"))

        def finished(summary: RunSummary) -> None:
            with suppress(OSError):
                progress.stop()
            self.results.finished(summary)

        return Pool(claims, ledger, at_once=options.at_once, listener=progress.on, finished=finished)

    def _claims(
        self, profiles: Sequence[tuple[Path, Prepared]], conditions: RunConditions, ledger: Ledger
    ) -> Iterator[Claim]:
        """Claim every profile before any page is opened; those that cannot run are finished here and now."""
        for profile, prepared in profiles:
            try:
                claimed = claim(Job(name_of(profile), prepared.plan, prepared.attachments), conditions, ledger)
            except AutofillError as error:
                self.results.finished(self.results.never(profile, error))
                continue
            console.show_problems(prepared.plan.warnings)
            yield claimed

    async def _ask_person(self, why: str) -> None:
        console.tell(why)
        await console.ask(_("Do it in the open window, then press Enter here:"))

    async def _confirm(self, origin: str) -> bool:
        if self.options.confirm_live is not None:
            return self.options.confirm_live.rstrip("/") == origin
        question = _("The form is filled. To send it, type its address, {origin}:").format(origin=origin)
        return (await console.ask(question)).strip() == origin


def _tell_new_ledger(where: str | Path) -> None:
    """Warn that a ledger knows no live run: what an earlier version kept in another folder would be sent again."""
    # A database's address may hold a password.
    name = "PostgreSQL" if "://" in str(where) else Path(where).absolute()
    words = _("This ledger knows of nothing that was sent live: {ledger}").format(ledger=name)
    console.tell(console.Painted(words, "yellow"))
    console.tell(_("If you sent this inquiry before, stop here: it would be sent twice."))
    console.tell(_("Name its ledger with --ledger, or its recordings folder with --recordings, and try again."))
