"""`autofill followup` passes on what is wished, and says where the letter is and what to do with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cases.following.follow_up import AlreadyFollowedUp
from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import Space
from autofill.cli import cases, followup
from autofill.clock import case_now
from autofill.errors import AutofillError, FileMissing, InvalidFile, Misconfigured
from autofill.events import Verdict

APP = typer.Typer()
APP.command()(followup.command)
PROFILE = str(Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml")
MAIL = b"From: support@desk.example\nSubject: 12345678\n\nReceived.\n"
YEARS_LATER = "2099-06-01T12:00+00:00"


def confirm_a_run(recordings: Path, space: Space) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.prepare("run-1", "key", space=space, form="usps-email-us")
        ledger.filled("run-1")
        ledger.submitting("run-1")
        ledger.settle("run-1", Verdict.CONFIRMED, "12345678")


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    confirm_a_run(tmp_path, "practice")
    return tmp_path


def asked(recordings: Path, *arguments: str | Path, now: str | None = YEARS_LATER) -> Result:
    command = ["12345678", "--recordings", str(recordings), "--profile", PROFILE, *map(str, arguments)]
    return CliRunner(env={"AUTOFILL_LEDGER": None, "AUTOFILL_NOW": now}).invoke(APP, command)


def test_the_letter_and_what_to_do_with_it(recordings: Path) -> None:
    done = asked(recordings)

    place = recordings / "letters" / "run-1-1.yaml"
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [f"Written: {place}", f"  Read it, then: autofill run {place}"],
    )
    assert place.exists()


def test_a_live_letter_goes_to_the_real_form(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.prepare("run-1", "key", space="live", form="usps-email-us")
        ledger.filled("run-1")
        ledger.submitting("run-1")
        ledger.settle("run-1", Verdict.CONFIRMED, "12345678")

    done = asked(tmp_path, "--because", "urgent", now=None)

    assert f"  Read it, then: autofill run --live {tmp_path / 'letters' / 'run-1-1.yaml'}\n" in done.stdout
    assert "replica" not in done.stdout


def test_the_letter_as_json(recordings: Path, tmp_path: Path) -> None:
    mail, place = tmp_path / "theirs.eml", tmp_path / "mine.eml"
    mail.write_bytes(MAIL)

    done = asked(recordings, "--mail", mail, "--out", place, "--json")

    assert json.loads(done.stdout) == {
        "schema": "autofill.followup/1",
        "case": "run-1",
        "form": "reply",
        "file": str(place),
        "recorded": True,
        "content": None,
        "rung": None,
    }
    assert place.read_bytes().startswith(b"From: Maria O'Brien")


def test_a_dry_run_shows_the_letter(recordings: Path) -> None:
    done = asked(recordings, "--dry-run")

    assert "message: |2\n" in done.stdout
    assert json.loads(asked(recordings, "--dry-run", "--json").stdout)["content"] == done.stdout
    assert not (recordings / "letters").exists()


def test_a_second_letter_is_refused_until_a_reason_is_given(recordings: Path) -> None:
    asked(recordings)

    refused = asked(recordings).exception
    again = asked(recordings, "--again", "--because", "lost it")

    assert isinstance(refused, AlreadyFollowedUp)
    assert refused.exit_code == 84
    assert again.exit_code == 0


def test_a_moved_clock_writes_nothing_about_a_live_case(tmp_path: Path) -> None:
    """Every call would find the case overdue, and write one more letter; to look is fine, and said."""
    confirm_a_run(tmp_path, "live")

    refused = asked(tmp_path).exception
    shown = asked(tmp_path, "--dry-run")

    assert isinstance(refused, Misconfigured)
    assert "AUTOFILL_NOW" in str(refused)
    assert not (tmp_path / "letters").exists()
    assert (shown.exit_code, "Rehearsal" in shown.stderr) == (0, True)
    assert "Rehearsal" not in asked(tmp_path, "--dry-run", "--because", "urgent", now=None).stderr


def test_at_the_end_of_the_ladder_both_commands_of_the_hint_work(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.cases.record("run-1", CaseEvent(Kind.ESCALATED, case_now({}), "regulator"))
    ended = asked(recordings).exception
    assert isinstance(ended, Misconfigured)
    assert "nobody else to contact" in str(ended)

    program = typer.Typer()
    program.command("followup")(followup.command)
    program.command("cases")(cases.command)
    said = re.findall(r"autofill ((?:followup|cases) .+?)(?=;|$)", ended.hint)
    assert [words.split()[0] for words in said] == ["followup", "cases"]
    for words in said:
        command = [*words.replace("TEXT", "enough").split(), "--recordings", str(recordings)]
        command += ["--profile", PROFILE] if command[0] == "followup" else []
        done = CliRunner(env={"AUTOFILL_LEDGER": None, "AUTOFILL_NOW": YEARS_LATER}).invoke(program, command)
        assert (done.exit_code, done.exception) == (0, None), words
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        kinds = [event.kind for event in ledger.cases.case("run-1").events]
    assert kinds == [Kind.ESCALATED, Kind.FOLLOWED_UP, Kind.CLOSED]


def test_a_letter_to_whom_nobody_vouches_for_says_so(recordings: Path) -> None:
    kept = recordings / "mail-1" / "data" / "mail" / "1.eml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(MAIL)
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        known = CaseEvent(Kind.ACKNOWLEDGED, case_now({}), "mail-1", because="absent", once="mail doubtful 1")
        ledger.cases.record("run-1", known)

    assert "Anyone could have sent" in asked(recordings, "--dry-run").stderr
    assert "Anyone could have sent" not in asked(recordings, "--dry-run", "--new").stderr


def test_where_to_turn_when_letters_are_no_use(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        for _ in range(2):
            ledger.cases.record("run-1", CaseEvent(Kind.FOLLOWED_UP, case_now({})))

    shown = asked(recordings, "--dry-run").stdout
    found = json.loads(asked(recordings, "--out", recordings / "call.txt", "--json").stdout)

    assert "1-800-275-8777" in shown
    assert "8:00-20:30" in shown
    assert "missingmail.usps.com" in shown
    assert "Case number: 12345678" in shown
    assert (found["form"], found["rung"]["name"]) == ("escalation", "phone")
    assert "Case number: 12345678" in (recordings / "call.txt").read_text(encoding="utf-8")


def test_words_of_the_persons_own_go_into_the_letter(recordings: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("\n소포는 파란색입니다.\n", encoding="utf-8")

    assert "\n  소포는 파란색입니다.\n" in asked(recordings, "--dry-run", "--message", words).stdout


@pytest.mark.parametrize(
    ("content", "error"), [(b"", InvalidFile), (b"\xff", InvalidFile), (b"x" * 65537, InvalidFile), (None, FileMissing)]
)
def test_words_that_cannot_be_used(
    recordings: Path, tmp_path: Path, content: bytes | None, error: type[AutofillError]
) -> None:
    words = tmp_path / "words.txt"
    if content is not None:
        words.write_bytes(content)

    assert isinstance(asked(recordings, "--message", words).exception, error)
    assert not (recordings / "letters").exists()


@pytest.mark.parametrize("arguments", [["--reply", "--new"], ["--again"], ["--again", "--because", " "]])
def test_what_contradicts_itself_is_refused(recordings: Path, arguments: list[str]) -> None:
    done = asked(recordings, *arguments)

    assert isinstance(done.exception, Misconfigured)
    assert done.exception.hint


def test_nothing_is_overdue_yet(recordings: Path) -> None:
    assert isinstance(asked(recordings, now=None).exception, Misconfigured)
    assert asked(recordings, "--because", "urgent", now=None).exit_code == 0
