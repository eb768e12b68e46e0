"""An inquiry that was written by answering questions goes through."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_new import answers_of, by_name, talk, terminal
from tests.journeys.conftest import REPOSITORY, RunDesk


def test_a_profile_written_at_a_terminal_runs(desk: RunDesk, tmp_path: Path) -> None:
    with terminal(tmp_path, "parcel.yaml") as (child, screen):
        talk(screen, by_name(answers_of(REPOSITORY / "profiles" / "01-missing-package.yaml")))
        assert child.wait() == 0

    code, (answer,), _said = desk.run(tmp_path / "parcel.yaml")
    (arrived,) = desk.arrived()["submissions"]

    assert (code, answer["verdict"]) == (0, "confirmed")
    assert arrived["fields"]["email"] == "maria.obrien@example.com"
    assert arrived["fields"]["message"].startswith("A package with three books")
