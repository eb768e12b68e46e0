"""How everything stands that workers have to do: `autofill work --status`."""

from __future__ import annotations

import json as json_text
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from autofill import console
from autofill.answers.batches import QueueFacts, RowForPerson, WorkerFacts, WorkStatusAnswer
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_results import WORDS
from autofill.jobs.queue import Queue
from autofill.language import _
from autofill.orders.setting import shared_ledger

_HOUR = timedelta(hours=1)


def show_status(ledger: str | None, *, json: bool) -> None:
    """Show workers, queues, rate, and what the rows came to; those that need a person by name.

    Raises:
        DiskTrouble: The ledger cannot be read.
        Misconfigured: It is no database that workers can share.
    """
    with shared_ledger(ledger) as opened:
        found = _found(Queue(opened))
    if json:
        console.say_json(found)
        return
    for worker in found.workers:
        alive = _("is running") if worker.alive else _("is gone")
        console.say(f"{worker.host} {worker.process}  {alive}  {worker.heard_at}")
    for name, counts in found.queues.items():
        words = _("{name}: {waiting:,} wait, {at_work:,} at work, {ended:,} ended")
        console.say(words.format(name=name, **asdict(counts)))
    console.say(_("{rows:,} rows ended in the last hour").format(rows=found.ended_in_the_last_hour))
    for state, (_tone, words) in WORDS.items():
        if count := found.rows.get(state):
            console.say(f"{count:,} {_(words)}")
    for row in found.need_a_person:
        console.say(f"{row.batch} {row.row}  {_(WORDS[row.state][1])}  {row.note}")


def _found(queue: Queue) -> WorkStatusAnswer:
    jobs = queue.book.every()
    outcomes = [(each, RowOutcome(**json_text.loads(each.outcome))) for each in jobs if each.outcome is not None]
    recent = datetime.now(UTC) - _HOUR
    return WorkStatusAnswer(
        workers=tuple(
            WorkerFacts(
                host=worker.owner.host,
                process=worker.owner.pid,
                alive=worker.alive,
                heard_at=worker.heard_at.isoformat(timespec="seconds"),
            )
            for worker in queue.book.workers().values()
        ),
        queues={
            name: QueueFacts(waiting=each["todo"], at_work=each["doing"], ended=each["succeeded"] + each["failed"])
            for name, each in queue.counts().items()
        },
        ended_in_the_last_hour=sum(job.changed_at > recent for job, _outcome in outcomes),
        rows=dict(Counter(outcome.state for _job, outcome in outcomes)),
        need_a_person=tuple(
            RowForPerson(batch=job.batch, row=job.label, state=outcome.state, note=outcome.note)
            for job, outcome in outcomes
            if outcome.state in {"parked", "unknown"}
        ),
    )
