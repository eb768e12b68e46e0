"""The ledger: claims an inquiry before it is sent, and remembers for good what became of it.

Every change is one transaction, on the disk when the method returns. Nothing an inquiry says may be stored.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, select

from autofill.cases.ledger import case_queries, rivals, runs
from autofill.cases.ledger.case_service import CaseService
from autofill.cases.ledger.database import append, connect, reading, transaction
from autofill.cases.ledger.heartbeat import Heartbeat
from autofill.cases.ledger.migrations import upgrade
from autofill.cases.ledger.owner import Owner, account
from autofill.cases.ledger.queue_book import QueueBook
from autofill.cases.ledger.tables import REVIEWS, SECRET, TAKEN_OVER, now
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.inquiry_key import KEY_RULES
from autofill.cases.model.reviews import Review, ReviewStance
from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import IN_PROGRESS, WORDS, Mover, Space, State, is_legal
from autofill.clock import case_now
from autofill.errors import Misconfigured
from autofill.events import Verdict
from autofill.language import _


def open_ledger(where: str | Path, *, space: Space | None = None) -> Ledger:
    """Open the ledger at a path or a `postgresql://` address; runs whose process died are settled at once.

    Args:
        where: The path or address.
        space: Whose cases it shows, if not all; an older ledger may hold live ones that another took over.

    Raises:
        DiskTrouble: It cannot be read and written; nothing may be started.
        Misconfigured: The address cannot be used, or a newer version of the program made the ledger.
    """
    engine = connect(where)
    with transaction(engine) as connection:
        upgrade(connection)
        runs.recover(connection)
    return Ledger(engine, space)


class Ledger:
    """An open ledger. Its methods raise `DiskTrouble` when the database fails; then nothing was changed."""

    def __init__(self, engine: Engine, space: Space | None = None) -> None:
        self.engine = engine
        self._me = str(Owner.of(os.getpid()))
        self._heartbeat = Heartbeat(self.renew)
        self.cases = CaseService(engine, space)
        self.queue = QueueBook(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._heartbeat.stop()
        self.engine.dispose()

    def keys(self, form: str, origin: str, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The inquiry's key in this ledger, then those it had by older rules and in ledgers that this one took over."""
        with reading(self.engine) as connection:
            own = connection.execute(select(SECRET.c.salt)).scalar_one()
            salts = dict.fromkeys((own, *connection.execute(select(TAKEN_OVER.c.salt)).scalars()))
        return tuple(rule(bytes.fromhex(salt), form, origin, fields) for rule in KEY_RULES for salt in salts)

    def prepare(
        self,
        run_id: str,
        key: str,
        *,
        older_keys: tuple[str, ...] = (),
        item_keys: tuple[str, ...] = (),
        space: Space,
        form: str,
        again_because: str | None = None,
        previous_case: str | None = None,
    ) -> str | None:
        """Claim an inquiry for a run. With `again_because` also one that was sent before, if nobody is at it now.

        What was sent before, or quotes the number of a case, joins that case; everything else is a case of its own.
        The `item_keys` name what it is about, today's first; who quotes a case may write about it again.

        Returns:
            The run that this one follows, if there is one.

        Raises:
            AlreadySent: Another run is sending it, has sent it, or may have; or it is about an item that another
                inquiry is about, whose answer may still come.
        """
        predecessor = None
        with transaction(self.engine) as connection:
            runs.recover(connection)
            earlier = runs.attempts(connection, space, (key, *older_keys))
            at = _time(space)
            row = RunRecord(
                run_id=run_id,
                space=space,
                inquiry_key=key,
                attempt=earlier[0].attempt + 1 if earlier else 1,
                form=form,
                state=State.PREPARED,
                case_number=None,
                follows=earlier[0].run_id if earlier else None,
                because=again_because,
                owner=self._me,
                prepared_at=at,
                changed_at=at,
                item_key=next(iter(item_keys), None),
            )
            refusal = rivals.claim(connection, row, earlier, () if previous_case else item_keys)
            if refusal is None:
                predecessor = case_queries.join(connection, row, previous_case)
        if refusal is not None:
            raise refusal
        self._heartbeat.start()
        return predecessor

    def renew(self) -> None:
        """Show that this process lives, so that what it has at work is not taken from it."""
        with transaction(self.engine) as connection:
            runs.renew(connection, self._me)

    def reserve_slot(self, form: str, gap: float) -> float:
        """Take the form's next free time, at least `gap` seconds after the last one taken; how many seconds away it is.

        Nobody gives one back: who was told a time may have opened the form at it.
        """
        with transaction(self.engine) as connection:
            return runs.reserve_slot(connection, form, timedelta(seconds=gap)).total_seconds()

    def filled(self, run_id: str) -> None:
        """The form is filled and read back.

        Raises:
            AlreadySent: The run is no longer this process's to go on with.
        """
        self._advance(run_id, State.FILLED)

    def submitting(self, run_id: str) -> None:
        """The submit click comes next: from here on, no other run of the inquiry can get as far.

        Raises:
            AlreadySent: The run is no longer this process's to go on with; it must not click.
        """
        self._advance(run_id, State.SUBMITTING)

    def settle(self, run_id: str, verdict: Verdict, case_number: str | None = None) -> None:
        """Keep what became of the run; saying the same twice is fine.

        Raises:
            AlreadySent: This cannot have become of it, as the ledger knows it.
        """
        self._advance(run_id, State(verdict), case_number)

    def resolve(
        self, run_id: str, *, case_number: str | None = None, because: str | None = None, evidence: str | None = None
    ) -> None:
        """A person says what became of an unknown run: confirmed if there is a case number, otherwise not submitted.

        A run that was called not submitted can get its number still, if it had come to the click.

        Args:
            run_id: The run.
            case_number: The one it got after all.
            because: How the person knows; may be left out beside a case number.
            evidence: SHA-256 of a file that shows it.

        Raises:
            Misconfigured: There is no such run, it is not unknown, or no reason was given.
        """
        after = State.CONFIRMED if case_number else State.NOT_SUBMITTED
        if not case_number and not because:
            raise Misconfigured(_("--not-submitted needs a reason."), hint=_("Add --because to explain how you know."))
        with transaction(self.engine) as connection:
            runs.recover(connection)
            row = _known(connection, run_id)
            change = RunChange(now(), row.state, after, Mover.PERSON, who=account(), because=because, evidence=evidence)
            _correct(connection, row, change, case_number)

    def confirm_by_mail(self, run_id: str, case_id: str, event: CaseEvent, keep: Callable[[], None]) -> None:
        """A mail gives a run its number: the run is confirmed and its case has the mail, or neither.

        An unknown run arrived, then, and so did one that was taken for not submitted after its click; one that was
        confirmed without a number gets the one that it lacked.

        Args:
            run_id: The run.
            case_id: The case it belongs to.
            event: What the mail did to the case, with the number it brought and its SHA-256.
            keep: Writes the mail; if it fails, nothing is changed.

        Raises:
            Misconfigured: There is no such run, or it needs no number any more.
        """
        with transaction(self.engine) as connection:
            row = _known(connection, run_id)
            change = RunChange(now(), row.state, State.CONFIRMED, Mover.MAIL, evidence=event.evidence)
            _correct(connection, row, change, event.case_number)
            if case_queries.add(connection, case_id, row.space, event):
                keep()

    def row(self, run_id: str) -> RunRecord:
        """What the ledger knows of a run.

        Raises:
            Misconfigured: There is no such run.
        """
        with reading(self.engine) as connection:
            return _known(connection, run_id)

    def rows(self) -> tuple[RunRecord, ...]:
        """All runs, newest first."""
        with reading(self.engine) as connection:
            return runs.every(connection)

    def knows(self, run_id: str) -> bool:
        """Whether it has a run of this name."""
        with reading(self.engine) as connection:
            return runs.find(connection, run_id) is not None

    def has_sent(self, space: Space) -> bool:
        """Whether a run of a space came to the submit click."""
        with reading(self.engine) as connection:
            return runs.was_any_clicked(connection, space)

    def history(self, run_id: str) -> tuple[RunChange, ...]:
        """All that happened to a run, oldest first; empty if there is no such run."""
        with reading(self.engine) as connection:
            return runs.changes(connection, run_id)

    def add_review(self, recording: str, stance: ReviewStance, note: str = "") -> None:
        """Keep what a person thinks of a recording, with their account and the time; nothing said before is lost."""
        with transaction(self.engine) as connection:
            append(connection, REVIEWS, recording, Review(now(), account(), stance, note))

    def reviews(self) -> Mapping[str, tuple[Review, ...]]:
        """What people said of each recording, oldest first."""
        found: defaultdict[str, tuple[Review, ...]] = defaultdict(tuple)
        with reading(self.engine) as connection:
            for recording, _number, *said in connection.execute(select(REVIEWS).order_by(*REVIEWS.c[:2])):
                found[recording] += (Review(*said),)
        return dict(found)

    def _advance(self, run_id: str, after: State, case_number: str | None = None) -> None:
        with transaction(self.engine) as connection:
            row = _known(connection, run_id)
            mine = row.owner == self._me
            if mine and after is row.state and after not in IN_PROGRESS:
                return
            change = RunChange(_time(row.space), row.state, after, Mover.RUN)
            if not (mine and is_legal(Mover.RUN, row.state, after) and runs.move(connection, row, change, case_number)):
                raise rivals.already(row)


def _time(space: Space) -> datetime:
    """What is real bears the real time."""
    return now() if space == "live" else case_now()


def _known(connection: Connection, run_id: str) -> RunRecord:
    row = runs.find(connection, run_id)
    if row is None:
        raise Misconfigured(
            _("The ledger has no run {run_id}.").format(run_id=run_id),
            hint=_("If it is in another ledger, add --ledger."),
        )
    return row


def _correct(connection: Connection, row: RunRecord, change: RunChange, case_number: str | None) -> None:
    # What never came to the click cannot have arrived.
    may_have_arrived = row.state is not State.NOT_SUBMITTED or row.clicked_at is not None
    legal = may_have_arrived and is_legal(change.mover, row.state, change.after)
    if not (legal and runs.move(connection, row, change, case_number)):
        raise Misconfigured(
            _("Run {run_id} is “{state}”. Only an unknown run can be resolved.").format(
                run_id=row.run_id, state=_(WORDS[row.state])
            ),
            hint=_("There is nothing to do.") if row.state not in IN_PROGRESS else _("Wait for it to end."),
        )
