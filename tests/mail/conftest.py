"""A person's office for every test of mails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from tests.mail.makers import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_ledger(tmp_path / "recordings" / "ledger.sqlite3") as ledger:
        yield Office(tmp_path, ledger)
