"""The connection to the ledger's database: made durable, made private, its troubles put into plain words.

All that differs between SQLite and PostgreSQL is here. No table may be known here.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from autofill.cases.ledger.migrations import upgrade
from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.keeping.folder import sync_folder
from autofill.language import _, gettext_noop

# Seconds to wait for other processes' transactions. Ours take milliseconds, but SQLite has no queue: of fifty
# programs that start at once, one may find the door shut whenever it looks (10 s were measured to be too few).
PATIENCE: Final = 30.0

# Marks a connection for `_begin`; SQLAlchemy hands options that it does not know on.
_READS: Final = "autofill_reads"
_OTHER: Final = gettext_noop("Name another ledger with --ledger or AUTOFILL_LEDGER.")
_TROUBLES: Final = {
    "SQLITE_BUSY": (
        gettext_noop("The ledger is locked by another program."),
        gettext_noop("Close that program, then run again."),
    ),
    "SQLITE_LOCKED": (
        gettext_noop("The ledger is locked by another program."),
        gettext_noop("Close that program, then run again."),
    ),
    "SQLITE_READONLY": (
        gettext_noop("The ledger is read-only."),
        gettext_noop("Make it and its folder writable. Name another ledger with --ledger or AUTOFILL_LEDGER."),
    ),
    "SQLITE_CANTOPEN": (
        gettext_noop("The ledger cannot be opened."),
        gettext_noop("Is its folder there, and yours? Name another ledger with --ledger or AUTOFILL_LEDGER."),
    ),
    "SQLITE_NOTADB": (
        gettext_noop("The ledger is not a ledger."),
        gettext_noop(
            "It is empty, or another file. If it was your ledger, put a copy from before in its place, and look up in"
            " your mail what was sent since. Otherwise name another with --ledger or AUTOFILL_LEDGER."
        ),
    ),
    "SQLITE_CORRUPT": (
        gettext_noop("The ledger is damaged."),
        gettext_noop("Put a copy from before in its place; look up in your mail what was sent since."),
    ),
    "SQLITE_FULL": (gettext_noop("The ledger cannot grow: the disk is full."), gettext_noop("Free some space.")),
}
# What every ledger has had since the first version, and how many rows of it.
_ALWAYS_THERE: Final = ("runs", "history", "schema_version", "secret")
_ONE_ROW: Final = ("schema_version", "secret")
_UNNAMED: Final = (
    gettext_noop("The ledger cannot be used."),
    gettext_noop("Try again. Name another ledger with --ledger or AUTOFILL_LEDGER."),
)


def connect(where: str | Path) -> Engine:
    """The database at a path (SQLite, made if it is not there) or a `postgresql://` address.

    Raises:
        DiskTrouble: The file or its folder cannot be made.
        Misconfigured: The address cannot be used.
    """
    return _postgresql(str(where)) if "://" in str(where) else _sqlite_file(Path(where))


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; committed, and on the disk, when the block is left.

    Raises:
        DiskTrouble: The database failed; nothing of the block was kept.
    """
    with _in_plain_words(), engine.begin() as connection:
        yield connection


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
        name = "_".join(getattr(cause, "sqlite_errorname", "").split("_")[:2])
        what, hint = _TROUBLES.get(name, _UNNAMED)
        raise DiskTrouble(_(what), hint=_(hint)) from None


def _sqlite_file(path: Path) -> Engine:
    with _in_plain_words():
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    return _sqlite(path)


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
    sync_folder(path.parent)


def _sqlite(path: Path, *, is_new: bool = False) -> Engine:
    # The driver begins no transactions of its own: SQLAlchemy's begin is ours.
    options = {"timeout": PATIENCE, "isolation_level": None}
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args=options)
    event.listen(engine, "connect", partial(_set_up, is_new=is_new))
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Who may write takes the write lock at once: otherwise two could both look, and then both write."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READS) else "BEGIN IMMEDIATE")


def _set_up(connection: Any, _record: object, *, is_new: bool) -> None:
    """Make every commit reach the disk before it returns (sqlite.org: WAL, synchronous, fullfsync); find damage."""
    if not is_new:
        _check_ledger(connection)
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise DiskTrouble(_("The ledger cannot be kept on this kind of file system."), hint=_(_OTHER))
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        what, hint = _TROUBLES["SQLITE_CORRUPT"]
        raise DiskTrouble(_(what), hint=_(hint))


def _check_ledger(connection: sqlite3.Connection) -> None:
    """Refuse a file that holds no ledger, before it is changed: it was one, or is something else."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    counts = (connection.execute(f"SELECT count(*) FROM {table}") for table in _ONE_ROW)  # noqa: S608 - our own names
    if not tables.issuperset(_ALWAYS_THERE) or any(count.fetchone() != (1,) for count in counts):
        what, hint = _TROUBLES["SQLITE_NOTADB"]
        raise DiskTrouble(_(what), hint=_(hint))


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        url = None
    # The address may hold a password: it is not repeated.
    if url is None or url.drivername != "postgresql":
        raise Misconfigured(
            _("The ledger's address cannot be used."), hint=_("Name a file, or postgresql://HOST/DATABASE.")
        )
    if find_spec("psycopg") is None:
        raise Misconfigured(
            _("A ledger in PostgreSQL needs the psycopg package."),
            hint=_("Get it with: pip install 'autofill[postgresql]'"),
        )
    options = f"-c synchronous_commit=on -c lock_timeout={PATIENCE:.0f}s"
    return create_engine(
        url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": int(PATIENCE), "options": options}
    )
