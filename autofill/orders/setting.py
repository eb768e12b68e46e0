"""What the runs of one order share: their ledger, and the settings that they run under.

This module and all that it imports is loaded while the browser starts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from autofill import accounts
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.run_states import Space
from autofill.errors import Misconfigured
from autofill.evidence.archiving.age import configured_recipients
from autofill.evidence.keeping.debug import Debug
from autofill.language import _
from autofill.orders.audience import Audience, Person
from autofill.orders.given import taken_over
from autofill.orders.options import RunOptions
from autofill.page.address import origin_of
from autofill.replay.login import Access
from autofill.running.job import RunConditions


@dataclass(frozen=True)
class RunSetting:
    """What they share. `url` is where to practise, None for the real form; `place` its ledger name."""

    options: RunOptions
    audience: Audience
    url: str | None
    place: str

    def open_ledger(self) -> Ledger:
        """The ledger; the audience is told if it knows of nothing that was sent."""
        options = self.options
        places = LedgerPlaces.of(options.ledger, options.recordings)
        space: Space = "live" if options.live else "practice"
        ledger = places.open(space, lambda count: self.audience.note(taken_over(count)))
        if options.live and not ledger.has_sent("live"):
            _tell_new_ledger(self.audience, places.live)
        return ledger

    def conditions(self) -> RunConditions:
        """The settings."""
        options, person = self.options, self.audience.person
        return RunConditions(
            options.recordings,
            self.url,
            self.place,
            until=options.until,
            headless=not options.headed,
            again_because=options.because,
            ask_person=person.help if person and options.headed else None,
            confirm=self._confirm(person),
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

        here, known = origin_of(self.url), accounts.known(*PRACTICE_ACCOUNT)
        return lambda origin: known(origin) if origin == here else accounts.access_to(origin)

    def _confirm(self, person: Person | None) -> Callable[[str], Awaitable[bool]] | None:
        """Who says whether the filled form is sent: whoever confirmed it beforehand, or a person, if there is one."""
        if self.options.confirm_live is not None:
            return self._confirmed_beforehand
        return person.confirm if person else None

    async def _confirmed_beforehand(self, origin: str) -> bool:
        return self.options.confirm_live is not None and self.options.confirm_live.rstrip("/") == origin


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


def _tell_new_ledger(audience: Audience, where: str | Path) -> None:
    """Warn that a ledger knows no live run: what an earlier version kept in another folder would be sent again."""
    # A database's address may hold a password.
    name = "PostgreSQL" if "://" in str(where) else Path(where).absolute()
    audience.warn(
        _("This ledger has no live runs yet: {ledger}").format(ledger=name),
        _("If you sent this inquiry before, stop here: it would be sent twice."),
        _("Give its ledger with --ledger, or its recordings folder with --recordings, and try again."),
    )
