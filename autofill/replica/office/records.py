"""The records of one practice site: a SQLite database with submissions, mails and tasks, in memory or in a file.

All SQL of the replica; no rule about what is recorded when.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from autofill.replica.office.errors import RecordsError

MailKind: TypeAlias = Literal["confirmation", "review", "reply", "incoming"]
TaskKind: TypeAlias = Literal["review", "reply"]

_FORMAT: Final = 1
# How long one process waits for another that writes, in seconds.
_PATIENCE_S: Final = 30
_TABLES: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY, case_number TEXT UNIQUE, received_at TEXT NOT NULL, fields TEXT NOT NULL, files TEXT NOT NULL,
  silent INTEGER NOT NULL
);
CREATE TABLE mails (
  id INTEGER PRIMARY KEY, case_number TEXT NOT NULL, kind TEXT NOT NULL, dated TEXT NOT NULL,
  message_id TEXT NOT NULL, raw BLOB NOT NULL,
  is_signed INTEGER NOT NULL DEFAULT 0, is_posted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY, case_number TEXT NOT NULL, kind TEXT NOT NULL, due TEXT NOT NULL, words TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """One attached file: its name, its size in bytes and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> Upload:
        """The file with this content."""
        return cls(name, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Submission:
    """One inquiry as it arrived; `case_number` is None when it was refused, and nobody answers a `silent` one."""

    case_number: str | None
    received_at: str
    fields: Mapping[str, str]
    files: tuple[Upload, ...]
    silent: bool


@dataclass(frozen=True, slots=True)
class CaseMail:
    """One mail of a case, whole, in either direction; an incoming one byte for byte."""

    id: int
    case_number: str
    kind: MailKind
    dated: str
    message_id: str
    raw: bytes
    is_signed: bool
    is_posted: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A mail that is still to be written; without `words` it is the usual one."""

    id: int
    case_number: str
    kind: TaskKind
    due: datetime
    words: str


class Records:
    """The database of one practice site; several processes may have the same file open, and wait for each other.

    Args:
        file: Its file; None keeps it in memory.

    Raises:
        RecordsError: The file cannot be opened, or holds something else.
    """

    def __init__(self, file: Path | None) -> None:
        try:
            if file is not None:
                file.touch(mode=0o600)
            # Made in one thread and served from another; only one of them uses it at a time.
            self._database = sqlite3.connect(
                file or ":memory:", timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
            )
            with self.transaction():
                self._make_tables()
        except (OSError, sqlite3.Error) as error:
            raise RecordsError("the file cannot be read and written as records of a practice site") from error

    def _make_tables(self) -> None:
        (found,) = self._database.execute("PRAGMA user_version").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables == 0:
            for statement in _TABLES.split(";"):
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {_FORMAT}")
        elif found != _FORMAT:
            raise RecordsError("the file holds something else than this version's records")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A block that happens whole or not at all, with nothing of another process in between; blocks may nest."""
        if self._database.in_transaction:
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def clear(self) -> None:
        """Delete everything."""
        for table in ("facts", "submissions", "mails", "tasks"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above

    def increment(self, name: str, by: int = 1) -> None:
        """Add to the counter of a name; it begins at 0."""
        self._database.execute(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            (name, by),
        )

    def counter(self, name: str) -> int:
        """The counter of a name."""
        return int(self.text(name) or 0)

    def set_text(self, name: str, text: str) -> None:
        """Store a text under a name."""
        self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, text))

    def text(self, name: str) -> str | None:
        """The text stored under a name."""
        row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def add_submission(self, submission: Submission) -> None:
        """Add an inquiry."""
        files = json.dumps([asdict(file) for file in submission.files])
        self._database.execute(
            "INSERT INTO submissions (case_number, received_at, fields, files, silent) VALUES (?, ?, ?, ?, ?)",
            (submission.case_number, submission.received_at, json.dumps(dict(submission.fields)), files,
             submission.silent),
        )  # fmt: skip

    def submissions(self) -> list[Submission]:
        """Every inquiry, oldest first."""
        return self._submissions("")

    def case(self, number: str) -> Submission | None:
        """The inquiry that was filed under a number."""
        return next(iter(self._submissions("WHERE case_number = ?", number)), None)

    def set_silent(self, number: str, *, silent: bool) -> None:
        """Mark a case as one that nobody answers, or as one that is answered again."""
        self._database.execute("UPDATE submissions SET silent = ? WHERE case_number = ?", (silent, number))

    def add_mail(self, number: str, kind: MailKind, *, dated: datetime, message_id: str, raw: bytes) -> CaseMail:
        """Add a mail to a case."""
        row = self._database.execute(
            "INSERT INTO mails (case_number, kind, dated, message_id, raw) VALUES (?, ?, ?, ?, ?) RETURNING *",
            (number, kind, dated.isoformat(), message_id, raw),
        ).fetchone()
        return _mail(row)

    def replace_with_signed(self, mail: CaseMail, raw: bytes) -> CaseMail:
        """Replace a mail by the same one with its signature."""
        self._database.execute("UPDATE mails SET raw = ?, is_signed = 1 WHERE id = ?", (raw, mail.id))
        return replace(mail, raw=raw, is_signed=True)

    def mark_posted(self, mail: CaseMail) -> None:
        """Mark a mail as handed to the mail server."""
        self._database.execute("UPDATE mails SET is_posted = 1 WHERE id = ?", (mail.id,))

    def mails(self, number: str | None = None) -> list[CaseMail]:
        """All mails, or those of a case, oldest first."""
        rows = self._database.execute("SELECT * FROM mails WHERE ?1 IS NULL OR case_number = ?1 ORDER BY id", (number,))
        return [_mail(row) for row in rows]

    def add_task(self, number: str, kind: TaskKind, due: datetime, words: str = "") -> None:
        """Plan a mail."""
        self._database.execute(
            "INSERT INTO tasks (case_number, kind, due, words) VALUES (?, ?, ?, ?)",
            (number, kind, due.isoformat(timespec="microseconds"), words),
        )

    def tasks(self, number: str | None = None) -> list[Task]:
        """All planned mails, or those of a case, soonest first."""
        rows = self._database.execute(
            "SELECT id, case_number, kind, due, words FROM tasks WHERE ?1 IS NULL OR case_number = ?1 ORDER BY due, id",
            (number,),
        )
        return [
            Task(id=id_, case_number=case, kind=kind, due=datetime.fromisoformat(due), words=words)
            for id_, case, kind, due, words in rows
        ]

    def delete_task(self, task: Task) -> None:
        """Delete a task, done or not."""
        self._database.execute("DELETE FROM tasks WHERE id = ?", (task.id,))

    def _submissions(self, where: str, *values: str) -> list[Submission]:
        found = self._database.execute(
            f"SELECT case_number, received_at, fields, files, silent FROM submissions {where} ORDER BY id",  # noqa: S608
            values,
        )
        return [
            Submission(
                case_number=number,
                received_at=at,
                fields=json.loads(fields),
                files=_uploads(files),
                silent=bool(silent),
            )
            for number, at, fields, files, silent in found
        ]


def _uploads(files: str) -> tuple[Upload, ...]:
    return tuple(Upload(**file) for file in json.loads(files))


def _mail(row: Sequence[Any]) -> CaseMail:
    id_, number, kind, dated, message_id, raw, is_signed, is_posted = row
    return CaseMail(
        id=id_,
        case_number=number,
        kind=kind,
        dated=dated,
        message_id=message_id,
        raw=raw,
        is_signed=bool(is_signed),
        is_posted=bool(is_posted),
    )
