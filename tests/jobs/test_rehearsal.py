"""What rehearsals mean: when to try again, which exit code, which test result, and how it is escaped."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from autofill.events import Verdict
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.annotations import annotation
from autofill.jobs.rehearsal import PictureFinding, Rehearsed, exit_code_of, may_try_again
from autofill.jobs.rehearsal_junit import write_junit
from autofill.jobs.rehearsal_page import write_page


def run(code: int = 0, verdict: Verdict = Verdict.NOT_SUBMITTED, **facts: object) -> RunSummary:
    submitted = {Verdict.CONFIRMED: "yes", Verdict.UNKNOWN: "unknown"}.get(verdict, "no")
    given = {"profile": "a.yaml", "form": "shop", "target": "replica", "verdict": verdict, "submitted": submitted}
    return RunSummary.model_validate({**given, "exit_code": code, **facts})


CHANGED = PictureFinding(file="a.png", step="Page", state="changed", words="different", difference="pictures/1/a.png")


@pytest.mark.parametrize(
    ("summary", "clicked", "again"),
    [
        (run(69), False, True),
        (run(75), False, True),
        (run(75, retry_after=60), False, True),
        (run(75, retry_after=61), False, False),
        (run(76), False, True),
        (run(76), True, False),
        (run(80, Verdict.UNKNOWN), True, False),
        (run(82, Verdict.REJECTED), True, False),
        (run(77), False, False),
        (run(65), False, False),
        (run(130), False, False),
        (run(0, Verdict.CONFIRMED), True, False),
    ],
)
def test_another_try_is_only_for_trouble_before_the_click(summary: RunSummary, *, clicked: bool, again: bool) -> None:
    assert may_try_again(summary, clicked=clicked) is again


def test_a_changed_picture_fails_only_a_run_that_went_well_and_only_if_asked() -> None:
    assert exit_code_of(run(0), (CHANGED,), strict=False) == 0
    assert exit_code_of(run(0), (CHANGED,), strict=True) == 76
    assert exit_code_of(run(82), (CHANGED,), strict=True) == 82
    assert exit_code_of(run(0), (), strict=True) == 0


def test_colours() -> None:
    confirmed = run(0, Verdict.CONFIRMED)
    repaired = run(0, Verdict.CONFIRMED, faults=("repaired: found again",))
    assert Rehearsed(run=confirmed, exit_code=0).outcome.tone == "good"
    assert Rehearsed(run=confirmed, pictures=(CHANGED,), exit_code=0).outcome.tone == "doubt"
    assert Rehearsed(run=repaired, exit_code=0).outcome.tone == "doubt"
    assert Rehearsed(run=run(76, error="gone"), exit_code=76).outcome.tone == "bad"


def test_annotations_are_escaped_as_github_does_it() -> None:
    assert annotation("error", "50 %: a,b\r\nc", title="a: b, c %", file="x,y.yaml") == (
        "::error file=x%2Cy.yaml,title=a%3A b%2C c %25::50 %25: a,b%0D%0Ac"
    )
    assert annotation("notice", "a") == "::notice::a"


def test_junit_tells_failures_of_the_form_from_errors_of_the_test(tmp_path: Path) -> None:
    rehearsed = [
        Rehearsed(run=run(0, Verdict.CONFIRMED), exit_code=0),
        Rehearsed(run=run(76, error="“E-mail” is <not> there\x00", stopped_at="Contact"), exit_code=76),
        Rehearsed(run=run(65, error="line 3"), exit_code=65),
        Rehearsed(run=run(0, Verdict.CONFIRMED), pictures=(CHANGED,), exit_code=76),
    ]
    write_junit(tmp_path / "results" / "junit.xml", rehearsed, tmp_path)
    suite = ET.parse(tmp_path / "results" / "junit.xml").getroot()[0]
    assert [suite.get(name) for name in ("tests", "failures", "errors")] == ["4", "2", "1"]
    assert [each.tag for case in suite for each in case if each.tag in {"failure", "error"}] == [
        "failure",
        "error",
        "failure",
    ]
    first, _error, picture = (each for each in suite.iter() if each.tag in {"failure", "error"})
    assert first.get("message") == "Contact: “E-mail” is <not> there\ufffd"
    assert (picture.get("type"), picture.get("message")) == ("picture", "Page: different")
    assert str(tmp_path / "pictures" / "1" / "a.png") in (picture.text or "")


def test_the_page_shows_the_worst_first_and_what_a_site_says_as_text(tmp_path: Path) -> None:
    good, bad = run(0, Verdict.CONFIRMED, profile="good.yaml"), run(76, profile="bad.yaml", error="<script>alert(1)")
    html = write_page(tmp_path, [Rehearsed(run=good, exit_code=0), Rehearsed(run=bad, exit_code=76)], "").read_text()
    assert html.index("bad.yaml") < html.index("good.yaml")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
