"""Every state and every fault has words of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autofill.cases.model.reviews import ReviewStance
from autofill.evidence.sealing.verify import verify_recording
from autofill.web.labels import outcome_for, stance_in_words
from autofill.web.pages import templates
from autofill.web.recording_store import RecordingCondition, RecordingEntry

ROOMS = Path(__file__).parents[2] / "autofill"


def words(kind: str, of: str) -> str:
    """What a macro of labels.html.j2 says of something."""
    return str(getattr(templates().get_template("labels.html.j2").module, kind)(of))


@pytest.mark.parametrize("condition", [each for each in RecordingCondition if each is not RecordingCondition.FINISHED])
def test_every_condition_is_explained(condition: RecordingCondition) -> None:
    outcome = outcome_for(RecordingEntry("r", condition))

    assert outcome.badge
    assert outcome.meaning.endswith(".")


def test_no_two_stances_look_or_sound_the_same() -> None:
    """Neither by colour nor by words alone."""
    outcomes = [stance_in_words(stance) for stance in ReviewStance]

    assert len({outcome.tone for outcome in outcomes}) == len({outcome.badge for outcome in outcomes}) == 3
    assert len({words("action", stance) for stance in ReviewStance}) == 3


def test_every_fault_that_a_run_can_have_is_explained() -> None:
    """Their kinds are found where they are made."""
    made = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("replay", "running", "evidence")
        for path in (ROOMS / room).rglob("*.py")
    )
    kinds = {
        kind
        for pair in re.findall(
            r'(?:_notice|FaultNoticed)\(\s*"([a-z-]+)"|(?:_(?:fault|lack)|tuple)\(f"([a-z-]+): ', made
        )
        for kind in pair
    }

    assert {"second-request", "after-click", "clock", "evidence", "repaired", "not-mapped"} <= kinds
    assert [kind for kind in sorted(kinds - {""}) if not words("meaning", f"{kind}: detail")] == []


@pytest.mark.parametrize("fault", ["", "something else: detail", "dialog", "<b>"])
def test_an_unknown_fault_is_left_to_its_own_words(fault: str) -> None:
    assert words("meaning", fault) == words("meaning", "dialog:" if fault == "dialog" else "x")


def test_checks_are_named_for_people(tmp_path: Path) -> None:
    """What is checked first, at least; a new check keeps its own name."""
    (first, *_) = verify_recording(tmp_path).checks

    assert words("check_name", first.name)[0].isupper()
    assert words("check_name", "newer") == "newer"
