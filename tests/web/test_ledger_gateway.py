"""Access to the ledger: reviews in it, and a gallery that works without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.reviews import ReviewStance
from autofill.errors import DiskTrouble
from autofill.events import Verdict
from autofill.web.ledger_gateway import LedgerSnapshot
from tests.web.conftest import gateway_of


@pytest.mark.parametrize("kind", [str, Path])
def test_looking_makes_no_ledger(ledger: Path, kind: type[str] | type[Path]) -> None:
    """Whoever only looks leaves nothing behind."""
    gateway = gateway_of(kind(ledger))

    assert gateway.read() == LedgerSnapshot()
    assert not ledger.exists()


def test_an_opinion_is_kept_where_runs_are(ledger: Path) -> None:
    """The first one makes the ledger; another program reads it there."""
    gateway = gateway_of(ledger)
    gateway.add("r", ReviewStance.ACCEPT, "fine")

    assert [said.note for said in gateway.read().reviews["r"]] == ["fine"]
    with open_ledger(ledger) as opened:
        assert [said.stance for said in opened.reviews()["r"]] == [ReviewStance.ACCEPT]


def test_a_ledger_that_cannot_be_used_is_said_and_does_not_stop_looking(ledger: Path) -> None:
    """What cannot be kept is refused, so that nobody believes it was."""
    ledger.write_text("something else")
    gateway = gateway_of(ledger)

    known = gateway.read()

    assert "is not a ledger" in known.trouble
    assert known == LedgerSnapshot(trouble=known.trouble)
    with pytest.raises(DiskTrouble):
        gateway.add("r", ReviewStance.DOUBT, "")


def test_trouble_that_is_over_is_forgotten(ledger: Path) -> None:
    """Somebody may mend the ledger while the gallery runs."""
    ledger.write_text("something else")
    gateway = gateway_of(ledger)
    assert gateway.read().trouble
    ledger.unlink()

    assert gateway.read() == LedgerSnapshot()


def test_the_case_of_a_run_is_found_by_the_recordings_name(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording is named like its run."""
    monkeypatch.delenv("AUTOFILL_NOW", raising=False)
    with open_ledger(ledger) as opened:
        opened.prepare("r", "key", space="live", form="a-form")
        opened.filled("r")
        opened.submitting("r")
        opened.settle("r", Verdict.CONFIRMED, "48213307")

    case_status = gateway_of(ledger).read().case_statuses["r"]

    assert case_status.is_open
    assert case_status.due
