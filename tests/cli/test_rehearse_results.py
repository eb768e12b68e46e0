"""What `autofill rehearse` says of each profile at a terminal."""

from __future__ import annotations

import pytest

from autofill.cli.rehearse_results import tell
from autofill.events import Verdict
from autofill.jobs.rehearsal import PictureFinding, Rehearsed
from tests.jobs.test_rehearsal import run

NEW = PictureFinding(file="a.png", step="Page", state="new")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "1 page has no saved screenshot. To save it: --update-baseline"),
        (83, "1 page has no saved screenshot. Only a run that ends well saves one."),
    ],
)
def test_nobody_is_told_to_save_what_is_not_saved(code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    tell(Rehearsed(run=run(code, Verdict.CONFIRMED), pictures=(NEW,), exit_code=code), json=False)

    assert said in capsys.readouterr().out
