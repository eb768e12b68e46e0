"""How the ledger's tables came to be, step by numbered step: forward only, all in one transaction.

The steps are files in `schema`, in SQL that SQLite and PostgreSQL both understand. One that was released is never
edited; the next one is appended.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from autofill.cases.ledger.tables import SCHEMA_VERSION, SECRET
from autofill.errors import Misconfigured
from autofill.language import _

# Each step leads from the version before it to the one whose number it has.
_STEPS: Final = ("1-runs", "2-opinions", "3-cases", "4-second-version", "5-items", "6-queue")
MIGRATIONS: Final = tuple(Path(__file__).parent / "schema" / f"{step}.sql" for step in _STEPS)


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
            hint=_("Use that version, or choose another ledger with --ledger or AUTOFILL_LEDGER."),
        )
    if version == len(MIGRATIONS):
        return
    for step in MIGRATIONS[version:]:
        for statement in filter(str.strip, step.read_text(encoding="utf-8").split(";\n")):
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
