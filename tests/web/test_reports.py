"""Reports are opened as they are, and nothing else is."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from autofill.web import reports
from tests.web.conftest import Keep


@pytest.fixture
def ours(keep: Keep) -> Path:
    return keep("r", case_number="48213307", messages=("<iframe src=x>",), stopped_at="a <b") / "data" / "report.html"


def test_a_report_is_read_as_it_is(ours: Path) -> None:
    """Also with a form's words in it that look like marks, which are escaped there."""
    assert reports.report(ours) == ours.read_bytes()


def test_the_marks_of_reports_are_known() -> None:
    """A new one has to be thought about: browsers must fetch nothing for it."""
    templates = files("autofill.evidence.keeping").joinpath("templates").iterdir()
    texts = [file.read_bytes() for file in templates if file.name.endswith((".j2", ".css"))]
    assert {mark for text in texts for mark in re.findall(rb"<([a-z]\w*)", text)} == set(reports._OURS)


@pytest.mark.parametrize(
    "mark",
    [
        "<iframe src=http://x>",
        "<IFRAME/src=http://x>",
        "<link rel=preconnect href=http://x>",
        "<svg><style><div><iframe src=http://x></style>",
        "<!--><object data=http://x>-->",
        "<script>",
        "<img src=x>",
    ],
)
def test_one_mark_too_many_is_enough(mark: str, ours: Path) -> None:
    ours.write_bytes(ours.read_bytes() + mark.encode())
    assert reports.report(ours) is None


@pytest.mark.parametrize("head", [b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"<p>"])
def test_it_begins_as_ours_do(head: bytes, ours: Path) -> None:
    """What begins with a mark of its encoding may say something else to a browser than to us."""
    ours.write_bytes(head + ours.read_bytes())
    assert reports.report(ours) is None


def test_what_is_too_large_or_gone_is_not_read(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_LARGEST", 10)
    assert reports.report(ours) is None
    ours.unlink()
    assert reports.report(ours) is None
