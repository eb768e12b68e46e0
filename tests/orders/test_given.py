"""What `autofill run` was told is told again, for the same run at an open window: all that matters, nothing secret."""

from __future__ import annotations

import pytest

from autofill.orders.given import as_words, without_password


def test_options_are_said_as_they_are_typed() -> None:
    given: dict[str, str | bool | None] = {
        "--live": True,
        "--again": False,
        "--form": "my map.yaml",
        "--url": None,
        "--because": "",
    }

    assert as_words(given) == ("--live", "--form", "my map.yaml")


@pytest.mark.parametrize(
    ("ledger", "shown"),
    [
        ("postgresql://ana:secret@host:5432/ledger", "postgresql://ana@host:5432/ledger"),
        ("postgresql://ana:sec/ret:1@host/ledger", "postgresql://ana@host/ledger"),
        ("postgresql://ana@host/ledger", "postgresql://ana@host/ledger"),
        ("/home/ana/ledger@home:2.sqlite3", "/home/ana/ledger@home:2.sqlite3"),
    ],
)
def test_a_ledger_is_named_without_its_password(ledger: str, shown: str) -> None:
    assert without_password(ledger) == shown
