"""The queue: inquiries that wait in the ledger's database for workers on any machine (Procrastinate).

A job and what the ledger knows of it change in one transaction. What an inquiry says is not in the database: it waits
as a package in the store, and the job holds its name and hash.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeVar

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.queue_book import Execute, QueueBook, Worker
from autofill.errors import Misconfigured
from autofill.language import _

if TYPE_CHECKING:
    from procrastinate.jobs import Job
    from procrastinate.manager import JobManager

_TASK: Final = "autofill.inquiry"
PRACTICE: Final = "practice"
_LIVE: Final = "live "
# A worker that was not heard of for so long is forgotten; what it was at was taken from it long before.
_FORGOTTEN: Final = timedelta(days=1)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedInquiry:
    """What a job says, as JSON in the queue: no value that a person typed.

    `package` is its name in the store, and `sha256` its hash. `form_map_digest` is that of the form map that the
    inquiry was checked with. `place` is what the ledger calls the place of practice.
    """

    batch: str
    row: str
    name: str
    package: str
    sha256: str
    form: str
    form_map_digest: str
    live: bool
    place: str
    url: str | None
    until: str | None
    confirm_live: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What can become of a job, inside a transaction: it comes to something for good, or it waits again."""

    manager: JobManager
    book: QueueBook
    job: int
    run_id: str | None

    def finish(self, outcome: str, *, done: bool) -> None:
        """It has come to something for good; `outcome` is JSON."""
        from procrastinate.jobs import Status  # noqa: PLC0415 - an extra

        status = Status.SUCCEEDED if done else Status.FAILED
        _now(self.manager.finish_job_by_id_async(self.job, status=status, delete_job=False))
        self.book.ended(self.job, self.run_id, outcome)

    def try_again(self, seconds: float = 0.0) -> None:
        """It waits again, and is not taken for so many seconds."""
        self.manager.retry_job_by_id(self.job, retry_at=datetime.now(UTC) + timedelta(seconds=seconds))
        self.book.ended(self.job, self.run_id, None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that a worker takes: what it says, how often it was tried before, and what can become of it right now."""

    turn: Turn
    inquiry: QueuedInquiry
    tries: int

    @property
    def job(self) -> int:
        """Its number."""
        return self.turn.job


@dataclass(frozen=True, slots=True)
class Doing:
    """A job that is at work somewhere: its worker, whether that is another process and gone, and its tries before."""

    turn: Turn
    worker: int | None
    gone: bool
    tries: int


class Queue:
    """The jobs in the ledger's database, and in `book` what the ledger knows of them.

    Its methods block, and raise `DiskTrouble` when the database fails.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Open it; the first who does makes its tables.

        Raises:
            Misconfigured: The ledger is no PostgreSQL database, or what is needed for it is not installed.
        """
        if ledger.engine.dialect.name != "postgresql":
            raise Misconfigured(
                _("Workers need a ledger in PostgreSQL."), hint=_("Set it: AUTOFILL_LEDGER=postgresql://HOST/DATABASE")
            )
        if find_spec("procrastinate") is None:
            raise Misconfigured(
                _("Workers need the procrastinate package."), hint=_("Install it: pip install 'autofill[machines]'")
            )
        self.book = ledger.queue
        self.worker: int | None = None
        with self._together(alone=True) as manager:
            from procrastinate.schema import SchemaManager  # noqa: PLC0415 - an extra

            if not manager.check_connection():
                SchemaManager(manager.connector).apply_schema()

    def add(self, inquiry: QueuedInquiry, key: str) -> bool:
        """Put an inquiry into the queue; False if it waits or is at work already."""
        from procrastinate.jobs import Job  # noqa: PLC0415 - an extra

        with self._together(alone=True) as manager:
            known = self.book.about(key)
            if known is not None and known.outcome is None:
                return False
            queue = queue_of(inquiry.form, live=inquiry.live)
            job = Job(queue=queue, lock=key, queueing_lock=key, task_name=_TASK, task_kwargs=asdict(inquiry))
            added = manager.defer_job(job)
            assert added.id is not None
            self.book.add(added.id, inquiry.batch, inquiry.row, key)
        return True

    def join(self) -> None:
        """Become a worker."""
        with self._together() as manager:
            self.worker = _now(manager.register_worker())
            self.book.hire(self.worker)

    def leave(self) -> None:
        """Stop being one."""
        if self.worker is not None:
            with self._together() as manager:
                _now(manager.unregister_worker(self.worker))
                self.book.dismiss(self.worker)

    def beat(self) -> None:
        """Give a sign of life."""
        if self.worker is not None:
            with self._together() as manager:
                _now(manager.update_heartbeat(self.worker))
                self.book.hear(self.worker)

    @contextmanager
    def taking(self, queues: Sequence[str] | None) -> Iterator[Waiting | None]:
        """The next job, at work from here on unless the block fails; none if there is none."""
        assert self.worker is not None
        with self._together() as manager:
            job = _now(manager.fetch_job(queues, self.worker))
            yield None if job is None else self._waiting(manager, job)

    @contextmanager
    def ending(self, job: int, run_id: str) -> Iterator[Turn | None]:
        """What can become of a job, together with whatever else the block writes; none if another worker has it."""
        with self._together() as manager:
            queued = self.book.of(job)
            mine = queued.run_id == run_id and queued.outcome is None
            yield Turn(manager, self.book, job, run_id) if mine else None

    @contextmanager
    def recovering(self) -> Iterator[Sequence[Doing]]:
        """What is at work, while nobody else looks after what was abandoned."""
        with self._together(alone=True) as manager:
            workers = self.book.workers()
            yield [self._doing(manager, job, workers) for job in manager.list_jobs(status="doing")]
            for number, worker in workers.items():
                if not worker.alive and worker.heard_at < datetime.now(UTC) - _FORGOTTEN:
                    self.book.dismiss(number)

    def _waiting(self, manager: JobManager, job: Job) -> Waiting:
        assert job.id is not None
        inquiry = QueuedInquiry(**job.task_kwargs)  # type: ignore[arg-type]
        return Waiting(Turn(manager, self.book, job.id, self.book.of(job.id).run_id), inquiry, job.attempts)

    def _doing(self, manager: JobManager, job: Job, workers: Mapping[int, Worker]) -> Doing:
        assert job.id is not None
        worker = workers.get(job.worker_id or 0)
        turn = Turn(manager, self.book, job.id, self.book.of(job.id).run_id)
        return Doing(turn, job.worker_id, worker is None or not worker.alive, job.attempts)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many jobs of each queue there are in each state (`todo`, `doing`, `succeeded`, `failed`)."""
        with self._together() as manager:
            stated = ("todo", "doing", "succeeded", "failed")
            return {each["name"]: {state: each[state] for state in stated} for each in manager.list_queues()}

    def is_empty(self, *, live: bool) -> bool:
        """Whether nothing waits and nothing is at work, for real forms or for practice."""
        counted = self.counts().items()
        return not any(each["todo"] + each["doing"] for name, each in counted if name.startswith(_LIVE) == live)

    @contextmanager
    def _together(self, *, alone: bool = False) -> Iterator[JobManager]:
        from procrastinate.manager import JobManager  # noqa: PLC0415 - an extra

        with self.book.together(alone=alone) as execute:
            yield JobManager(_connector(execute))


def queue_of(form: str, *, live: bool) -> str:
    """The name of the queue in which a form's inquiries wait: a browser reaches one live form's hosts only."""
    return f"{_LIVE}{form}" if live else PRACTICE


def _now(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """What a coroutine comes to that never waits: below it, the connector answers at once."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    raise AssertionError


def _connector(execute: Execute) -> Any:
    """Procrastinate's statements, carried out in the middle of a transaction of the ledger's."""
    from procrastinate.sync_psycopg_connector import SyncPsycopgConnector  # noqa: PLC0415 - an extra

    class Inside(SyncPsycopgConnector):
        def execute_query_all(self, query: str, **values: Any) -> list[dict[str, Any]]:
            return execute(query, self._wrap_json(values))

        def execute_query_one(self, query: str, **values: Any) -> dict[str, Any]:
            return self.execute_query_all(query, **values)[0]

        def execute_query(self, query: str, **values: Any) -> None:
            self.execute_query_all(query, **values)

        async def execute_query_all_async(self, query: str, **values: Any) -> list[dict[str, Any]]:
            return self.execute_query_all(query, **values)

        async def execute_query_one_async(self, query: str, **values: Any) -> dict[str, Any]:
            return self.execute_query_one(query, **values)

        async def execute_query_async(self, query: str, **values: Any) -> None:
            self.execute_query_all(query, **values)

    return Inside()
