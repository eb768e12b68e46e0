"""One form map fills the form however its controls are built and labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.journeys.conftest import REPOSITORY, RunDesk


@pytest.mark.parametrize("star", [True, False], ids=["star", "no-star"])
@pytest.mark.parametrize("shadow", ["flat", "native"])
def test_the_same_map_fills_both_shadow_modes(shadow: Literal["flat", "native"], star: bool, tmp_path: Path) -> None:
    """Flat DOM and open shadow roots, required labels with and without an asterisk."""
    with serving(ReplicaOptions(shadow=shadow, star=star)) as replica:
        desk = RunDesk(replica.url, tmp_path)
        code, (answer,), _ = desk.run(REPOSITORY / "profiles" / "01-missing-package.yaml")

        assert (code, answer["verdict"]) == (0, "confirmed")
        (submission,) = desk.arrived()["submissions"]
        assert submission["fields"]["last_name"] == "O'Brien"
        assert submission["case_number"] == answer["case_number"]


def test_a_form_full_of_error_lines_does_not_swallow_the_click(tmp_path: Path) -> None:
    """Every control shows an error when the page comes; each vanishing line moves the button away under the mouse."""
    with serving(ReplicaOptions(errors_first=True, delay_ms=0)) as replica:
        desk = RunDesk(replica.url, tmp_path)
        code, (answer,), _ = desk.run(REPOSITORY / "profiles" / "01-missing-package.yaml")

        assert (code, answer["verdict"]) == (0, "confirmed")
        assert desk.arrived()["requests"] == 1
