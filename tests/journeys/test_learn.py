"""The first hour with a changed form: a person walks through it once, and the map that is written runs by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.forms.catalog import load_form
from tests.conftest import one_in
from tests.journeys.learning import confirmed, learn, unnamed, variant


@pytest.mark.parametrize("seed", one_in(3, [3, 13, 17]))
def test_the_map_of_a_changed_form_runs_by_itself_afterwards(seed: int, tmp_path: Path) -> None:
    """Seed 3 splits both screens of questions and offers a list for dots; 17 has all of them on one.

    Seed 13 has its labels in the controls, and a trap.
    """
    with variant(seed) as desk:
        lesson = learn(desk, seed, tmp_path / "acme-seen.yaml")
        assert desk.arrived()["submissions"] == []
        assert lesson.someone.wrong == []
        assert unnamed(seed, lesson.learned.differences) == []
        assert confirmed(desk, lesson.file, tmp_path / "recordings")
        (arrived,) = desk.arrived()["submissions"]

    assert arrived["fields"]["first_name"] == "Maria"
    seen = load_form(str(lesson.file)).form_map
    marks = [fact.mark for page in seen.pages for control in page.controls if (fact := seen.fact_of(page, control))]
    assert marks.count("seen") > marks.count("unknown")
    assert any(source.startswith("learned-") and desk.url in words for source, words in seen.sources.items())


def test_nothing_leaves_when_the_person_presses_the_button_that_submits(tmp_path: Path) -> None:
    with variant(1) as desk:
        lesson = learn(desk, 1, tmp_path / "acme-seen.yaml", hasty=True)
        arrived = desk.arrived()

    assert lesson.someone.hasty
    assert (arrived["requests"], arrived["submissions"]) == (0, [])
    assert lesson.learned.form_map.pages[-1].submit
