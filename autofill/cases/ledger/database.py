"""The connection to the ledger's database: made durable, made private, its troubles put into plain words.

All that differs between SQLite and PostgreSQL is here. No table may be known here.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import astuple
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, TableClause, create_engine, event, func, insert, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from autofill.cases.ledger.migrations import upgrade
from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.keeping.folder import sync_to_disk
from autofill.language import _, gettext_noop

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Seconds to wait for other processes' transactions. Ours take milliseconds, but SQLite has no queue: of fifty
# programs that start at once, one may find the door shut whenever it looks (10 s were measured to be too few).
PATIENCE: Final = 30.0

# A ledger of up to so many pages, some twelve thousand runs, is looked through for damage whenever it is opened, in at
# most 60 ms; a larger one would take ever longer (0.7 s were measured for 137 MiB). There SQLite itself refuses, as it
# comes to it, a page that is damaged.
_CHECKED: Final = 4096

# Marks a connection for `_begin`; SQLAlchemy hands options that it does not know on.
_READS: Final = "autofill_reads"
# The transaction that others of this thread or task are a part of.
_AROUND: ContextVar[Connection | None] = ContextVar("ledger transaction", default=None)
_OTHER: Final = gettext_noop("Choose another ledger with --ledger or AUTOFILL_LEDGER.")
# What every ledger has had since the first version, and how many rows of it.
_ALWAYS_THERE: Final = ("runs", "history", "schema_version", "secret")
_ONE_ROW: Final = ("schema_version", "secret")


def connect(where: str | Path) -> Engine:
    """The database at a path (SQLite, made if it is not there) or a `postgresql://` address.

    Raises:
        DiskTrouble: The file or its folder cannot be made.
        Misconfigured: The address cannot be used.
    """
    return _postgresql(str(where)) if "://" in str(where) else _sqlite_file(Path(where))


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; committed, and on the disk, when the block is left. Inside `joined`, a part of it.

    Raises:
        DiskTrouble: The database failed; nothing of the block was kept.
    """
    around = _AROUND.get()
    if around is not None and around.engine is engine:
        yield around
        return
    with _in_plain_words(), engine.begin() as connection:
        yield connection


@contextmanager
def joined(engine: Engine) -> Iterator[Connection]:
    """One transaction for everything that is written inside, by whatever method; not what only reads.

    Raises:
        DiskTrouble: As for `transaction`.
    """
    with transaction(engine) as connection:
        token = _AROUND.set(connection)
        try:
            yield connection
        finally:
            _AROUND.reset(token)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads: one moment's state, without waiting for those who write.

    Raises:
        DiskTrouble: The database failed.
    """
    with _in_plain_words(), engine.execution_options(**{_READS: True}).begin() as connection:
        yield connection


def time_of(connection: Connection) -> datetime:
    """The time in UTC that everybody who uses the database shares: the server's, or this machine's."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return at.astimezone(UTC)


def append(connection: Connection, table: TableClause, name: str, record: DataclassInstance) -> None:
    """Write a record down behind those of the same name; the table's columns are name, number, and the record's."""
    of_name, number, *_fields = table.c
    last = connection.execute(select(func.max(number)).where(of_name == name)).scalar() or 0
    connection.execute(insert(table).values((name, last + 1, *astuple(record))))


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, OSError):
            raise DiskTrouble(
                _("The ledger cannot be used: {reason}.").format(reason=cause.strerror), hint=_(_OTHER)
            ) from None
        # Extended names go on after the one we know: SQLITE_READONLY_DIRECTORY.
        raise _trouble("_".join(getattr(cause, "sqlite_errorname", "").split("_")[:2])) from None


def _trouble(name: str) -> DiskTrouble:
    """The error for one of SQLite's, by the name it has there."""
    hint = _("Try again, or choose another ledger with --ledger or AUTOFILL_LEDGER.")
    match name:
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            what, hint = _("The ledger is locked by another program."), _("Close that program, then try again.")
        case "SQLITE_READONLY":
            what = _("The ledger is read-only.")
            hint = _("Make it and its folder writable, or choose another ledger with --ledger or AUTOFILL_LEDGER.")
        case "SQLITE_CANTOPEN":
            what = _("The ledger cannot be opened.")
            hint = _(
                "Check that its folder exists and belongs to you, or choose another ledger with --ledger or "
                "AUTOFILL_LEDGER."
            )
        case "SQLITE_NOTADB":
            what = _("The file is not a ledger of autofill.")
            hint = _(
                "The file is empty, gone, or not a ledger. If it was your ledger, restore a backup and "
                "check your mail for what was sent since. Otherwise choose another ledger with --ledger "
                "or AUTOFILL_LEDGER."
            )
        case "SQLITE_CORRUPT":
            what = _("The ledger is damaged.")
            hint = _("Restore a backup, and check your mail for what was sent since.")
        case "SQLITE_FULL":
            what, hint = _("The disk is full, so the ledger cannot grow."), _("Free some space.")
        case _other:
            what = _("The ledger cannot be used.")
    return DiskTrouble(what, hint=hint)


def _sqlite_file(path: Path) -> Engine:
    with _in_plain_words():
        # A link that leads nowhere, or what was written ahead for a file that is gone: there was a ledger.
        written_ahead = path.with_name(f"{path.name}-wal").exists()
        if not path.exists():
            if written_ahead or path.is_symlink():
                raise _trouble("SQLITE_NOTADB")
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        # What is written ahead may belong behind the end.
        size = 0 if written_ahead else path.stat().st_size
    return _sqlite(path, size=size)


def _make(path: Path) -> None:
    """Make it under another name first, so that whoever finds it finds it whole, in WAL mode and private."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        engine = _sqlite(fresh, is_new=True)
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        with suppress(FileExistsError):  # another process was faster, with one as good
            path.hardlink_to(fresh)
    finally:
        fresh.unlink()
    sync_to_disk(path.parent)


def _sqlite(path: Path, *, is_new: bool = False, size: int = 0) -> Engine:
    # The driver begins no transactions of its own: SQLAlchemy's begin is ours.
    options = {"timeout": PATIENCE, "isolation_level": None}
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args=options)
    event.listen(engine, "connect", partial(_set_up, is_new=is_new, size=size))
    event.listen(engine, "connect", lambda _connection, record: record.info.update(file=_file_at(path)))
    event.listen(engine, "begin", partial(_begin, path))
    return engine


def _file_at(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _begin(path: Path, connection: Connection) -> None:
    """Who may write takes the write lock at once: otherwise two could both look, and then both write.

    What is written into a file that was removed meanwhile, nobody would find again.
    """
    writes = not connection.get_execution_options().get(_READS)
    if writes and (not path.exists() or _file_at(path) != connection.info["file"]):
        raise _trouble("SQLITE_NOTADB")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up(connection: Any, _record: object, *, is_new: bool, size: int) -> None:
    """Make every commit reach the disk before it returns (sqlite.org: WAL, synchronous, fullfsync); find damage."""
    if not is_new:
        _check_ledger(connection)
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise DiskTrouble(_("The ledger does not work on this kind of file system."), hint=_(_OTHER))
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    # Every commit goes on into the file itself: nothing is lost when only that is copied, or the log is deleted.
    connection.execute("PRAGMA wal_autocheckpoint = 1")
    (pages,), (page,) = (connection.execute(f"PRAGMA page_{what}").fetchone() for what in ("count", "size"))
    is_checked = pages <= _CHECKED
    if size % page or (is_checked and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)):
        raise _trouble("SQLITE_CORRUPT")


def _check_ledger(connection: sqlite3.Connection) -> None:
    """Refuse a file that holds no ledger, before it is changed: it was one, or is something else."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    counts = (connection.execute(f"SELECT count(*) FROM {table}") for table in _ONE_ROW)  # noqa: S608 - our own names
    if not tables.issuperset(_ALWAYS_THERE) or any(count.fetchone() != (1,) for count in counts):
        raise _trouble("SQLITE_NOTADB")


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        url = None
    # The address may hold a password: it is not repeated.
    if url is None or url.drivername != "postgresql":
        raise Misconfigured(
            _("The ledger's address cannot be used."), hint=_("Use a file, or postgresql://HOST/DATABASE.")
        )
    if find_spec("psycopg") is None:
        raise Misconfigured(
            _("A ledger in PostgreSQL needs the psycopg package."),
            hint=_("Install it: pip install 'autofill[postgresql]'"),
        )
    options = f"-c synchronous_commit=on -c lock_timeout={PATIENCE:.0f}s"
    # A connection that was lost while nobody used it is noticed, and replaced, before it is used.
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": int(PATIENCE), "options": options},
        pool_pre_ping=True,
    )
