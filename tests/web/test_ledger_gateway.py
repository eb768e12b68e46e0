"""The notebook: opinions in the ledger, and a gallery that works without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.reviews import ReviewStance
from autofill.errors import DiskTrouble
from autofill.events import Verdict
from autofill.web.ledger_gateway import Notes
from tests.web.conftest import notebook_of


@pytest.mark.parametrize("kind", [str, Path])
def test_looking_makes_no_ledger(ledger: Path, kind: type[str] | type[Path]) -> None:
    """Whoever only looks leaves nothing behind."""
    notebook = notebook_of(kind(ledger))

    assert notebook.read() == Notes()
    assert not ledger.exists()


def test_an_opinion_is_kept_where_runs_are(ledger: Path) -> None:
    """The first one makes the ledger; another program reads it there."""
    notebook = notebook_of(ledger)
    notebook.add("r", ReviewStance.ACCEPT, "fine")

    assert [said.note for said in notebook.read().opinions["r"]] == ["fine"]
    with open_ledger(ledger) as opened:
        assert [said.stance for said in opened.reviews()["r"]] == [ReviewStance.ACCEPT]


def test_a_ledger_that_cannot_be_used_is_said_and_does_not_stop_looking(ledger: Path) -> None:
    """What cannot be kept is refused, so that nobody believes it was."""
    ledger.write_text("something else")
    notebook = notebook_of(ledger)

    notes = notebook.read()

    assert "is not a ledger" in notes.trouble
    assert notes == Notes(trouble=notes.trouble)
    with pytest.raises(DiskTrouble):
        notebook.add("r", ReviewStance.DOUBT, "")


def test_trouble_that_is_over_is_forgotten(ledger: Path) -> None:
    """Somebody may mend the ledger while the gallery runs."""
    ledger.write_text("something else")
    notebook = notebook_of(ledger)
    assert notebook.read().trouble
    ledger.unlink()

    assert notebook.read() == Notes()


def test_the_case_of_a_run_is_found_by_the_recordings_name(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording is named like its run."""
    monkeypatch.delenv("AUTOFILL_NOW", raising=False)
    with open_ledger(ledger) as opened:
        opened.prepare("r", "key", space="live", form="a-form")
        opened.filled("r")
        opened.submitting("r")
        opened.settle("r", Verdict.CONFIRMED, "48213307")

    case_status = notebook_of(ledger).read().statuses["r"]

    assert case_status.is_open
    assert case_status.due
