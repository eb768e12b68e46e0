"""What is told a person who is still writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.authoring.check import counts
from autofill.authoring.profile_file import read_draft
from tests.conftest import REPOSITORY

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOFILL_NOW", "2026-10-12T12:00:00Z")


def test_a_complete_profile_is_ready(tmp_path: Path) -> None:
    checked = read_draft(FIRST).check()

    assert checked.is_ready
    assert (checked.problems, checked.advice) == ((), ())


def test_every_problem_has_its_field_and_line(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(FIRST.read_text().replace("0010 10 ", "0010 11 ").replace("topic: missing-package\n", "", 1))
    checked = read_draft(file).check()

    number = next(n for n, line in enumerate(file.read_text().splitlines(), 1) if "tracking_number" in line)
    assert ("item.tracking_number", number) in {(each.path, each.line) for each in checked.problems}
    assert not checked.is_ready


def test_advice_is_given_though_something_else_is_wrong_or_missing(tmp_path: Path) -> None:
    """With its phone and hours where it sends one to the phone."""
    file = tmp_path / "p.yaml"
    file.write_text("topic: missing-package\ncontact:\n  email: x@@y\nitem:\n  mail_class: priority-mail-express\n")
    checked = read_draft(file).check()

    (urgent,) = [each for each in checked.advice if each.id == "urgent-express"]
    assert (urgent.path, urgent.line) == ("item.mail_class", 5)
    assert urgent.office
    assert urgent.office.phone
    assert urgent.hours
    assert "contact.email" in {each.path for each in checked.problems}


def test_advice_that_was_seen_is_not_given_again(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("topic: missing-package\nitem:\n  mail_class: priority-mail-express\n")
    draft = read_draft(file).with_advice_seen("urgent-express").save()

    assert "urgent-express" not in {each.id for each in draft.check().advice}


def test_advice_is_no_hint_as_well(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(FIRST.read_text().replace("media-mail", "priority-mail-express"))
    checked = read_draft(file).check()

    assert "urgent-express" in {each.id for each in checked.advice}
    assert not any("[urgent-express]" in each.text for each in checked.hints)


def test_lengths_are_counted_as_the_form_counts(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("topic: feedback\nsubject: Four\nmessage: |\n  One\n  two 🙂\n")
    draft = read_draft(file)
    found = counts(draft.text.source, draft.form, draft.questions())

    assert found["subject"] == (4, 100)
    assert found["message"] == (11, 4000)
    assert found["contact.email"] == (0, 100)


def test_a_list_with_a_mistake_is_left_out_of_what_is_right(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(
        "topic: feedback\nattachments: [/etc/passwd, a.pdf]\nunknown_key:\nmessage: PLEASE HELP ME NOW!!!!\n"
    )
    checked = read_draft(file).check()

    assert "shouting" in {each.id for each in checked.advice}
    assert {each.path for each in checked.problems} >= {"attachments.0", "unknown_key"}


def test_no_advice_says_that_something_is_missing_which_is_only_wrong(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(FIRST.read_text().replace("0010 10 ", "0010 11 "))

    assert "no-number" not in {each.id for each in read_draft(file).check().advice}


def test_what_counts_where_nothing_is_said_is_no_problem_but_a_consent_is(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("topic: feedback\n")
    missing = {each.path for each in read_draft(file).check().problems}

    assert missing >= {"certify_true", "contact.email", "message"}
    assert missing.isdisjoint({"contact.address.country", "contact.reply_by"})
