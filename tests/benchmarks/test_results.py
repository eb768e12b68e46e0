"""The benchmark's results: they are what its page and plot say, and its parts reckon rightly."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from autofill.organisations.usps.tracking import tracking_number as read
from benchmarks.machine import HERE
from benchmarks.measuring import in_turn, ratios, spread
from benchmarks.programs import tracking_number
from benchmarks.report import AIMS, plot, text

RESULTS: dict[str, Any] = json.loads((HERE / "results.json").read_text("utf-8"))


def test_the_page_and_the_plot_say_what_was_measured_and_nothing_else() -> None:
    assert (HERE / "RESULTS.md").read_text("utf-8") == text(RESULTS)
    assert (HERE / "plot.svg").read_text("utf-8") == plot(RESULTS)


def test_the_plot_is_well_formed_and_has_a_dot_for_every_round() -> None:
    dots = [each for each in ET.fromstring(plot(RESULTS)).iter() if each.tag.endswith("circle")]
    figures = [*RESULTS["one_run"]["wall_seconds"].values(), *RESULTS["batch_100"]["inquiries_a_minute"].values()]

    assert len(dots) == sum(map(len, figures))


@pytest.mark.parametrize(("group", "key"), [each for each in AIMS if each[0] in RESULTS])
def test_every_ratio_has_its_median_and_its_spread(group: str, key: str) -> None:
    found = RESULTS[group][key]

    assert found["min"] <= found["q1"] <= found["median"] <= found["q3"] <= found["max"]
    assert {"measured", "call", "autofill", "load"} <= RESULTS[group].keys()


def test_a_machine_that_others_use_is_told() -> None:
    calm = {**RESULTS, **{group: _with_load(RESULTS[group], 0.05) for group, _key in AIMS if group in RESULTS}}

    assert "busy machine" not in text(calm)
    assert "busy machine" in text({**calm, "one_run": _with_load(RESULTS["one_run"], 0.5)})


def test_programs_are_measured_in_turn_and_every_other_round_goes_backwards() -> None:
    asked: list[str] = []

    def measure(name: str) -> float:
        asked.append(name)
        return float(len(asked))

    figures = in_turn({"a": lambda: measure("a"), "b": lambda: measure("b")}, 2)

    assert "".join(asked) == "abbaab"  # the first round does not count
    assert figures == {"a": [4.0, 5.0], "b": [3.0, 6.0]}


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([1, 4, 9], [1, 2, 3]) == {"median": 2.0, "min": 1.0, "q1": 1.5, "q3": 2.5, "max": 3.0, "rounds": 3}
    assert spread([2.0]) == {"median": 2.0, "min": 2.0, "q1": 2.0, "q3": 2.0, "max": 2.0, "rounds": 1}


def test_every_row_of_a_measured_table_has_a_number_of_its_own_that_is_valid() -> None:
    numbers = [tracking_number(row) for row in range(1_000)]

    assert len(set(map(read, numbers))) == 1_000


def _with_load(group: dict[str, Any], share: float) -> dict[str, Any]:
    return {**group, "load": {**group["load"], "share_of_others": share}}
