"""`autofill forms learn` at the terminal: what it asks and says, and where the map goes; no form is opened here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from autofill import console
from autofill.cli import forms_learn
from autofill.cli.forms import command
from autofill.cli.forms_learn import say_differences, write_map
from autofill.errors import Misconfigured
from autofill.forms.catalog import load_form
from autofill.jobs.learning import Report
from autofill.jobs.lesson import Lesson
from autofill.mapping.learned import Learned
from autofill.mapping.learning import PageSeen

PROFILE = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "autofill" / "forms"


def test_it_takes_a_profile_and_a_terminal() -> None:
    with pytest.raises(Misconfigured, match="needs a profile and a terminal"):
        command("learn", "usps-email-us")


def test_an_address_elsewhere_is_refused_before_anything_opens(mine: Path) -> None:
    with pytest.raises(Misconfigured, match="on this computer"):
        forms_learn.learn(Lesson("usps-email-us", PROFILE, "https://acme.example/"), None)
    assert not mine.exists()


def test_a_map_that_was_learned_is_not_written_over_by_another(mine: Path) -> None:
    mine.mkdir(parents=True)
    (mine / "usps-email-us-seen.yaml").write_text("mended by hand")
    with pytest.raises(Misconfigured, match="usps-email-us-seen"):
        forms_learn.learn(Lesson("usps-email-us", PROFILE, None), None)


def test_a_map_without_a_place_is_said_before_the_walk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lesson = Lesson("usps-email-us", PROFILE, "http://127.0.0.1:9/", headless=True)
    with pytest.raises(Misconfigured, match="could not be written"):
        forms_learn.learn(lesson, tmp_path / "file" / "map.yaml")


def test_the_map_is_one_of_the_persons_own_under_the_name_of_its_file(mine: Path) -> None:
    write_map(load_form("usps-email-us").form_map, mine / "usps-email-us-seen.yaml")

    again = load_form("usps-email-us-seen")
    assert (again.form_map.id, again.organisation.id) == ("usps-email-us-seen", "usps")
    assert again.form_map.pages == load_form("usps-email-us").form_map.pages


def test_differences_are_said_in_sentences_and_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    old = load_form("usps-email-us").form_map
    new = old.model_copy(update={"title": "Write to us"})
    say_differences(old, Learned(new, ("“Next” now says “Go on”.",), ("Region", "Region", "Place")))

    said = capsys.readouterr().out
    assert said.startswith("“Next” now says “Go on”.\n")
    assert "left unchanged: Region, Place." in said
    assert "-title: USPS Email Us\n+title: Write to us" in said


def test_the_person_is_told_what_is_not_known_and_asked_what_comes_next(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["what?", " N ", "", "q"])

    async def answered(_question: str) -> str:
        return next(answers)

    monkeypatch.setattr(console, "ask", answered)
    person = forms_learn._AtTerminal()
    report = Report(PageSeen("https://acme.example/"), (), ("Colour",), ("this was blocked",))

    async def turns() -> list[str]:
        return [await person.turn(None, report) for _time in range(3)]

    assert asyncio.run(turns()) == ["next", "fill", "done"]
    said = capsys.readouterr().err
    assert "0 of 0 questions of this page are known." in said
    assert "this was blocked" in said
    assert "could not be filled in; do it yourself: Colour" in said
