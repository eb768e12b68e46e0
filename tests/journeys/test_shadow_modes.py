"""One form map fills the form however its controls are built and labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.conftest import one_in
from tests.journeys.conftest import REPOSITORY, RunDesk


@pytest.mark.parametrize("star", one_in(2, [True, False]), ids=["star", "no-star"])
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


UNMAPPED = """topic: general-question
contact:
  first_name: Maria
  last_name: O'Brien
  email: maria.obrien@example.com
  address: {street: 1200 Harbor Street, city: San Francisco, state: CA, postal_code: "94107"}
subject: Media Mail package not received
message: A package with three books has not arrived.
answers:
  What can we help you with?: Where is my package?
  Please provide some additional details: Package not received
  Do you have a tracking number?: no
  Date of problem: Oct 9, 2026
  Preferred contact method: Email
  Country: United States
  I certify that what I have written is true: yes
"""


@pytest.mark.parametrize("shadow", one_in(2, ["native", "flat"]))
def test_both_shadow_modes_are_filled_without_a_map(shadow: Literal["flat", "native"], tmp_path: Path) -> None:
    """Four pages, of which each comes with the one before, lists that open later, questions that come with answers."""
    profile = tmp_path / "inquiry.yaml"
    profile.write_text(UNMAPPED)
    with serving(ReplicaOptions(shadow=shadow)) as replica:
        desk = RunDesk(replica.url, tmp_path)
        code, (answer,), said = desk.run(profile, "--url", f"{replica.url}/s/")

        assert (code, answer["verdict"]) == (0, "confirmed"), said
        (submission,) = desk.arrived()["submissions"]
        assert submission["case_number"] == answer["case_number"]
        sent = submission["fields"]
        assert (sent["last_name"], sent["state"], sent["problem_date"]) == ("O'Brien", "CA", "2026-10-09"), sent


def test_a_form_full_of_error_lines_does_not_swallow_the_click(tmp_path: Path) -> None:
    """Every control shows an error when the page comes; each vanishing line moves the button away under the mouse."""
    with serving(ReplicaOptions(errors_first=True, delay_ms=0)) as replica:
        desk = RunDesk(replica.url, tmp_path)
        code, (answer,), _ = desk.run(REPOSITORY / "profiles" / "01-missing-package.yaml")

        assert (code, answer["verdict"]) == (0, "confirmed")
        assert desk.arrived()["requests"] == 1
