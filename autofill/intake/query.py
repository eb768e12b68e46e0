"""The rows of a PostgreSQL query as a table, read once: what was checked is what is sent."""

from __future__ import annotations

from datetime import date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from autofill.errors import FileMissing, InvalidFile, Misconfigured, Problem
from autofill.intake.table import HEADER, Record, Table
from autofill.language import _

if TYPE_CHECKING:
    from sqlalchemy import Engine

NAME: Final = "query"
_PREFIXES: Final = ("postgresql://", "postgres://")


def is_database(source: str) -> bool:
    """Whether a source is a database's address."""
    return source.startswith(_PREFIXES)


def read_query(address: str, statement: str) -> Table:
    """The rows that a query gives, in its order; it is run in a transaction that can only read.

    Args:
        address: `postgresql://...`, as libpq has it.
        statement: The query.

    Raises:
        FileMissing: The database cannot be reached or read.
        InvalidFile: The statement is no query, or it fails.
        Misconfigured: The address cannot be used, or PostgreSQL's package is not there.
    """
    if find_spec("psycopg") is None:
        raise Misconfigured(
            _("A query in PostgreSQL needs the psycopg package."),
            hint=_("Install it: pip install 'autofill[postgresql]'"),
        )
    from sqlalchemy import create_engine, make_url  # noqa: PLC0415 - 100 ms that a file need not wait for
    from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError  # noqa: PLC0415

    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise Misconfigured(
            _("The database's address is not valid."), hint=_("Write it as postgresql://USER@HOST/DATABASE.")
        ) from None
    engine = create_engine(url, isolation_level="REPEATABLE READ")
    try:
        return _read(engine, statement)
    except OperationalError as error:
        raise FileMissing(
            _("The database cannot be read: {reason}.").format(reason=type(error.orig).__name__),
            hint=_("Nothing was sent. Check the address, and that the database exists."),
        ) from None
    except DBAPIError as error:
        # The server's own words may repeat values.
        words = _("cannot be run: {reason}").format(reason=type(error.orig).__name__)
        raise InvalidFile([Problem.of_file(NAME, words)]) from None
    finally:
        engine.dispose()


def _read(engine: Engine, statement: str) -> Table:
    from sqlalchemy import text  # noqa: PLC0415 - as above

    with engine.connect().execution_options(postgresql_readonly=True) as connection:
        # A colon is SQLAlchemy's mark of a parameter, and there are none.
        found = connection.execute(text(statement.replace(":", r"\:")))
        if not found.returns_rows:
            raise InvalidFile([Problem.of_file(NAME, _("returns no rows; use a query such as SELECT"))])
        records = [Record(number, tuple(map(_text, row))) for number, row in enumerate(found, HEADER + 1)]
        return Table(NAME, tuple(found.keys()), lambda: iter(records))


def _text(value: object) -> str:
    """A value of the database as a profile has it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
    return str(value).strip()
