"""Rows of a real PostgreSQL: the values as a profile has them, and a database that nothing is written to."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from autofill.errors import FileMissing, InvalidFile, Misconfigured
from autofill.intake.query import is_database, read_query
from tests.cases.postgresql import postgresql


@pytest.fixture(scope="module")
def parcels() -> Iterator[str]:
    with postgresql() as server:
        address = f"{server}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                'CREATE TABLE parcels (id int, "Order No" text, sent date, at timestamp,'
                " value numeric, ok bool, note text)"
            )
            connection.execute(
                "INSERT INTO parcels VALUES"
                " (1, 'A-1', '2026-10-05', '2026-10-05 12:30:00', 12.50, true, NULL),"
                " (2, 'A:2 %s', '2026-10-06', NULL, 0, false, ' Müller ')"
            )
        yield address


def test_a_query_is_a_table(parcels: str) -> None:
    table = read_query(parcels, "SELECT * FROM parcels ORDER BY id")
    assert table.header == ("id", "Order No", "sent", "at", "value", "ok", "note")
    assert [(each.number, each.cells) for each in table.rows()] == [
        (2, ("1", "A-1", "2026-10-05", "2026-10-05 12:30:00", "12.50", "yes", "")),
        (3, ("2", "A:2 %s", "2026-10-06", "", "0", "no", "Müller")),
    ]
    assert list(table.rows()) == list(table.rows())


def test_a_query_may_hold_whatever_sql_holds(parcels: str) -> None:
    table = read_query(parcels, 'SELECT id::text, "Order No" FROM parcels WHERE "Order No" LIKE \'A:2 %\'')
    assert [each.cells for each in table.rows()] == [("2", "A:2 %s")]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("SELEC 1", "query: cannot be run: SyntaxError"),
        ("SELECT * FROM nothing", "query: cannot be run: UndefinedTable"),
        ("DELETE FROM parcels", "query: cannot be run: ReadOnlySqlTransaction"),
        ("DELETE FROM parcels RETURNING *", "query: cannot be run: ReadOnlySqlTransaction"),
        ("SET search_path TO public", "query: returns no rows"),
    ],
)
def test_what_is_no_query_is_told(parcels: str, statement: str, said: str) -> None:
    with pytest.raises(InvalidFile, match=said):
        read_query(parcels, statement)
    assert len(list(read_query(parcels, "SELECT * FROM parcels").rows())) == 2


def test_a_database_that_goes_away_while_its_rows_are_read_is_told(parcels: str) -> None:
    """Half of the rows would be a batch that looks whole."""
    cut = (
        "SELECT i, CASE WHEN i = 90000 THEN pg_terminate_backend(pg_backend_pid()) END FROM generate_series(1, 99999) i"
    )
    with pytest.raises(FileMissing, match="The database cannot be read"):
        read_query(parcels, cut)


def test_a_database_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(FileMissing, match="The database cannot be read") as raised:
        read_query("postgresql://ana:canary@127.0.0.1:9/db", "SELECT 1")
    assert "canary" not in f"{raised.value} {raised.value.hint}"
    with pytest.raises(Misconfigured, match="address is not valid") as wrong:
        read_query("postgresql://ana:canary@127.0.0.1:port/db", "SELECT 1")
    assert "canary" not in f"{wrong.value} {wrong.value.hint}"


@pytest.mark.parametrize(
    ("source", "it_is"), [("postgresql://h/d", True), ("postgres://h/d", True), ("parcels.csv", False), ("a/b", False)]
)
def test_an_address_is_known_by_its_scheme(source: str, *, it_is: bool) -> None:
    assert is_database(source) is it_is
