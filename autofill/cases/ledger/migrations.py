"""How the ledger's tables came to be, step by numbered step: forward only, all in one transaction.

A step that was released is never edited; the next one is appended. SQL that SQLite and PostgreSQL both understand.
"""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from autofill.cases.ledger.tables import SCHEMA_VERSION, SECRET
from autofill.errors import Misconfigured
from autofill.language import _

_FIRST: Final = (
    "CREATE TABLE secret (salt TEXT NOT NULL)",
    """CREATE TABLE runs (
      run_id TEXT PRIMARY KEY,
      space TEXT NOT NULL CHECK (space IN ('practice', 'live')),
      inquiry_key TEXT NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt > 0),
      form TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('prepared', 'filled', 'submitting', 'confirmed', 'confirmed-no-case',
        'rejected', 'unknown', 'not-submitted')),
      case_number TEXT,
      follows TEXT REFERENCES runs (run_id),
      because TEXT,
      owner TEXT NOT NULL,
      prepared_at TEXT NOT NULL,
      changed_at TEXT NOT NULL,
      UNIQUE (space, inquiry_key, attempt))""",
    # A second lock on the same door: whatever the attempts' numbers say, one inquiry is never in work twice.
    """CREATE UNIQUE INDEX one_at_work ON runs (space, inquiry_key)
      WHERE state IN ('prepared', 'filled', 'submitting')""",
    """CREATE TABLE history (
      run_id TEXT NOT NULL REFERENCES runs (run_id),
      number INTEGER NOT NULL,
      at TEXT NOT NULL,
      state_before TEXT,
      state_after TEXT NOT NULL,
      mover TEXT NOT NULL,
      who TEXT,
      because TEXT,
      evidence TEXT,
      PRIMARY KEY (run_id, number))""",
)
_OPINIONS: Final = (
    # No reference to runs: one can have an opinion of another computer's recording, too.
    """CREATE TABLE opinions (
      recording TEXT NOT NULL,
      number INTEGER NOT NULL,
      at TEXT NOT NULL,
      who TEXT NOT NULL,
      stance TEXT NOT NULL CHECK (stance IN ('accept', 'doubt', 'note')),
      note TEXT NOT NULL,
      PRIMARY KEY (recording, number))""",
)
_CASES: Final = (
    # A case is its first run; a further run about it is one of its events, and belongs to no other.
    """CREATE TABLE case_events (
      case_id TEXT NOT NULL REFERENCES runs (run_id),
      number INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('sent', 'acknowledged', 'reviewed', 'answered', 'question', 'replied',
        'followed-up', 'escalated', 'note', 'number-added', 'resolved', 'closed', 'reopened')),
      at TEXT NOT NULL,
      detail TEXT,
      case_number TEXT,
      run_id TEXT UNIQUE REFERENCES runs (run_id),
      evidence TEXT,
      who TEXT,
      because TEXT,
      once TEXT,
      PRIMARY KEY (case_id, number),
      UNIQUE (case_id, once))""",
)
_SECOND_VERSION: Final = (
    "ALTER TABLE runs ADD COLUMN lease_until TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN clicked_at TEXT",
    """UPDATE runs SET clicked_at = (SELECT max(at) FROM history
      WHERE history.run_id = runs.run_id AND state_after = 'submitting')""",
    "CREATE INDEX runs_at_work ON runs (state) WHERE state IN ('prepared', 'filled', 'submitting')",
    """CREATE INDEX runs_without_number ON runs (space, clicked_at)
      WHERE clicked_at IS NOT NULL AND state IN ('unknown', 'confirmed-no-case', 'not-submitted')""",
    "CREATE INDEX runs_clicked ON runs (space, form) WHERE clicked_at IS NOT NULL AND state <> 'rejected'",
    "CREATE INDEX runs_in_order ON runs (space, prepared_at)",
    "CREATE INDEX runs_by_number ON runs (case_number)",
    "CREATE INDEX case_events_by_number ON case_events (case_number)",
    # When the form may be opened next: a run takes a time, and whoever comes then gets a later one.
    "CREATE TABLE slots (form TEXT PRIMARY KEY, at TEXT NOT NULL)",
    """INSERT INTO slots (form, at) SELECT form, max(changed_at) FROM runs
      WHERE space = 'live' AND state <> 'prepared' GROUP BY form""",
    # Older ledgers whose live runs are in this one: their keys were made with their own salts.
    "CREATE TABLE taken_over (place TEXT PRIMARY KEY, salt TEXT NOT NULL, newest TEXT NOT NULL)",
)
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST, _OPINIONS, _CASES, _SECOND_VERSION)


def upgrade(connection: Connection) -> None:
    """Bring the ledger to this version of the program, from nothing or from any older one.

    Writes nothing where there is nothing to do: programs that start at once would wait for each other's disk.

    Raises:
        Misconfigured: A newer version of the program made it.
    """
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise Misconfigured(
            _("The ledger was made by a newer version of autofill. Nothing was sent."),
            hint=_("Use that version, or name another ledger with --ledger or AUTOFILL_LEDGER."),
        )
    if version == len(MIGRATIONS):
        return
    for statement in (statement for step in MIGRATIONS[version:] for statement in step):
        connection.exec_driver_sql(statement)
    if version == 0:
        connection.execute(insert(SECRET).values(salt=secrets.token_hex(32)))
    connection.execute(update(SCHEMA_VERSION).values(version=len(MIGRATIONS)))


def _version(connection: Connection) -> int:
    if inspect(connection).has_table("schema_version"):
        return int(connection.execute(select(SCHEMA_VERSION.c.version)).scalar_one())
    connection.exec_driver_sql("CREATE TABLE schema_version (version INTEGER NOT NULL)")
    connection.execute(insert(SCHEMA_VERSION).values(version=0))
    return 0
