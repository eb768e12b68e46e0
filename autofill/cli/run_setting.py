"""What the runs of one command share: their ledger, the settings that they run under, and who is asked.

This module and all that it imports is loaded while the browser starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autofill import accounts, console
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.options import tell_taken_over
from autofill.cli.run_options import RunOptions
from autofill.errors import Misconfigured
from autofill.evidence.archiving.age import configured_recipients
from autofill.evidence.keeping.debug import Debug
from autofill.language import _
from autofill.replay.login import Access
from autofill.running.job import RunConditions


@dataclass(frozen=True)
class RunSetting:
    """What they share. `url` is where to practise, None for the real form; `place` its ledger name."""

    options: RunOptions
    url: str | None
    place: str

    def open_ledger(self) -> Ledger:
        """The ledger; a person is told if it knows of nothing that was sent."""
        options = self.options
        places = LedgerPlaces.of(options.ledger, options.recordings)
        ledger = places.open("live" if options.live else "practice", tell_taken_over)
        if options.live and not ledger.has_sent("live"):
            _tell_new_ledger(places.live)
        return ledger

    def conditions(self) -> RunConditions:
        """The settings."""
        options, person = self.options, self._person()
        return RunConditions(
            options.recordings,
            self.url,
            self.place,
            until=options.until,
            headless=not options.headed,
            again_because=options.because,
            ask_person=person.help if options.headed else None,
            confirm=person.confirm if options.confirm_live is None else self._confirmed_beforehand,
            debug=Debug(options.debug_trace, options.debug_video),
            encrypt_to=configured_recipients(),
            access=self._access(),
            options=options.given(),
        )

    def _access(self) -> Callable[[str], Access]:
        """The account of a desk of our own is no secret; for all others there is the keyring."""
        if self.url is None or self.url == self.options.url:
            return accounts.access_to
        from autofill.replica import PRACTICE_ACCOUNT  # noqa: PLC0415 - loaded by now, if it is needed at all

        return accounts.known(*PRACTICE_ACCOUNT)

    def _person(self) -> Person:
        """Who is asked."""
        if not self.options.events:
            return PersonAtTerminal()
        from autofill.cli.run_events import PersonElsewhere  # noqa: PLC0415 - few programs ask for it

        return PersonElsewhere()

    async def _confirmed_beforehand(self, origin: str) -> bool:
        return self.options.confirm_live is not None and self.options.confirm_live.rstrip("/") == origin


class Person(Protocol):
    """Somebody who is asked while a run waits."""

    async def help(self, why: str) -> None:
        """Have the person do something at the open window."""

    async def confirm(self, origin: str) -> bool:
        """Whether the person typed the address of the filled form."""


class PersonAtTerminal:
    """The person who typed the command."""

    async def help(self, why: str) -> None:
        """Wait for Enter."""
        console.tell(why)
        await console.ask(_("Do it in the open window, then press Enter here:"))

    async def confirm(self, origin: str) -> bool:
        """Whether the person typed the address of the filled form."""
        question = _("The form is filled. To send it, type its address, {origin}:").format(origin=origin)
        return (await console.ask(question)).strip() == origin


def shared_ledger(ledger: str | None) -> Ledger:
    """The ledger that workers share.

    Raises:
        DiskTrouble: It cannot be opened.
        Misconfigured: None was named, or it is none.
    """
    if ledger is None:
        raise Misconfigured(
            _("Workers need a ledger in PostgreSQL."), hint=_("Set it: AUTOFILL_LEDGER=postgresql://HOST/DATABASE")
        )
    return open_ledger(ledger)


def needed(store: str | None) -> str:
    """The address of a store that was named.

    Raises:
        Misconfigured: None was.
    """
    if store is None:
        raise Misconfigured(
            _("Workers need a store, where inquiries wait and recordings are kept."),
            hint=_("Use a folder that all computers can reach, or a bucket: --store or AUTOFILL_STORE."),
        )
    return store


def _tell_new_ledger(where: str | Path) -> None:
    """Warn that a ledger knows no live run: what an earlier version kept in another folder would be sent again."""
    # A database's address may hold a password.
    name = "PostgreSQL" if "://" in str(where) else Path(where).absolute()
    words = _("This ledger has no live runs yet: {ledger}").format(ledger=name)
    console.tell(console.Painted(words, "yellow"))
    console.tell(_("If you sent this inquiry before, stop here: it would be sent twice."))
    console.tell(_("Give its ledger with --ledger, or its recordings folder with --recordings, and try again."))
