"""What a worker left behind is sealed, signed, and brought into the store, unless somebody is still at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from autofill.cases.ledger.database import transaction
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.owner import Owner
from autofill.cases.ledger.tables import RUNS
from autofill.evidence.archiving.store import Store
from autofill.evidence.sealing.verify import verify_recording
from autofill.jobs.left_behind import bring_in

SAMPLE = next((Path(__file__).parents[2] / "recordings").glob("sample-*"))
GONE = Owner(os.uname().nodename, "another boot", 1, "0")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite3") as opened:
        opened.prepare(SAMPLE.name, "key", space="practice", form="a-form")
        yield opened


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A recording whose worker was killed when it had signed it and not listed the signature yet."""
    shutil.copytree(SAMPLE, tmp_path / "recordings" / SAMPLE.name)
    (tmp_path / "recordings" / SAMPLE.name / "signatures" / "SHA256SUMS").unlink()
    return tmp_path / "recordings"


def _dies(ledger: Ledger) -> None:
    with transaction(ledger.engine) as connection:
        connection.execute(update(RUNS).values(owner=str(GONE)))


def test_what_was_sealed_in_part_is_completed_and_brought_in(ledger: Ledger, recordings: Path, tmp_path: Path) -> None:
    _dies(ledger)
    assert not verify_recording(recordings / SAMPLE.name).ok
    bring_in(recordings, ledger, Store(str(tmp_path / "store")), at_work=())
    assert list(recordings.iterdir()) == []
    assert verify_recording(tmp_path / "store" / "recordings" / SAMPLE.name).ok


def test_what_somebody_is_at_stays(ledger: Ledger, recordings: Path, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    bring_in(recordings, ledger, store, at_work={SAMPLE.name})
    assert (recordings / SAMPLE.name).is_dir()


def test_what_no_run_of_the_ledger_is_stays(ledger: Ledger, recordings: Path, tmp_path: Path) -> None:
    (recordings / SAMPLE.name).rename(recordings / "of-somebody-else")
    bring_in(recordings, ledger, Store(str(tmp_path / "store")), at_work=())
    assert (recordings / "of-somebody-else").is_dir()
