"""What a run tells the log and the recorder of an inquiry before it begins."""

from __future__ import annotations

from pathlib import Path

from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import FillStep
from autofill.run.job import Job
from autofill.run.run import _planned

PROFILE = Path(__file__).parents[2] / "profiles" / "13-informed-delivery.yaml"
TRACKING = "9400111202555830001010"


def test_a_choice_that_follows_from_a_value_does_not_take_it(tmp_path: Path) -> None:
    """A form that asks what kind of item it is, and never for its number: that is personal all the same."""
    profile = tmp_path / "inquiry.yaml"
    text = PROFILE.read_text(encoding="utf-8").replace("item:\n", f"item:\n  tracking_number: {TRACKING}\n")
    profile.write_text(text, encoding="utf-8")

    plan = prepare_profile(profile).plan
    (fill,) = (step for step in plan.steps if isinstance(step, FillStep))
    asked = fill.model_copy(update={"entries": tuple(e for e in fill.entries if e.control.name != "Tracking Number")})

    planned = _planned(Job("p", plan.model_copy(update={"steps": (asked,)})))

    found = [(value.name, value.personal, value.text == TRACKING) for value in planned if "tracking" in value.field]
    assert found == [("Kind of item", False, False), ("", True, True)]
