"""`autofill cases` shows what is due first, keeps what a person says of a case, and tells calendars and people."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import WORDS, Space, State
from autofill.cli import cases
from autofill.clock import case_now
from autofill.errors import AutofillError, DiskTrouble, FileMissing, InvalidFile, Misconfigured
from autofill.events import Verdict
from autofill.evidence.keeping.inquiry_copy import InquiryCopy

APP = typer.Typer()
APP.command()(cases.command)
YEARS_LATER = "2099-06-01T12:00+00:00"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """One live case with a number, one in doubt, one of practice, and one that is closed."""
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        runs: list[tuple[str, Space, Verdict, str | None]] = [
            ("run-1", "live", Verdict.CONFIRMED, "12345678"),
            ("run-2", "live", Verdict.UNKNOWN, None),
            ("run-3", "practice", Verdict.CONFIRMED, "33333333"),
            ("run-4", "live", Verdict.CONFIRMED, "44444444"),
        ]
        for run_id, space, verdict, number in runs:
            ledger.prepare(run_id, run_id, space=space, form="a-form")
            ledger.filled(run_id)
            ledger.submitting(run_id)
            ledger.settle(run_id, verdict, number)
        ledger.cases.record("run-4", CaseEvent(Kind.CLOSED, case_now({})))
    return tmp_path


def asked(recordings: Path, *arguments: str | Path, now: str | None = None, notify: str | None = None) -> Result:
    environment = {"AUTOFILL_LEDGER": None, "AUTOFILL_NOW": now, "AUTOFILL_NOTIFY": notify}
    command = [*map(str, arguments), "--recordings", str(recordings)]
    return CliRunner(env=environment).invoke(APP, command)


def answer(recordings: Path, *arguments: str, now: str | None = None, code: int = 0) -> dict[str, Any]:
    done = asked(recordings, *arguments, "--json", now=now)
    assert done.exit_code == code
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def names(found: dict[str, Any]) -> list[str]:
    return [case["case"] for case in found["cases"]]


def test_what_is_due_comes_first(recordings: Path) -> None:
    found = answer(recordings)

    assert (found["schema"], found["due"], names(found)) == ("autofill.cases/1", 1, ["run-2", "run-1"])
    assert found["cases"][0]["step"] == "resolve-run"


def test_only_what_waits_for_the_person(recordings: Path) -> None:
    assert names(answer(recordings, "--due", code=3)) == ["run-2"]


def test_the_exit_code_says_whether_anything_is_due_if_that_is_what_was_asked(recordings: Path) -> None:
    assert [asked(recordings, *options).exit_code for options in (["--due"], [], ["--all"])] == [3, 0, 0]
    assert asked(recordings, "--due", "--practice").exit_code == 0
    assert asked(recordings, "--due", "--practice", now=YEARS_LATER).exit_code == 3
    assert asked(recordings, "--due", "--ics", "-").exit_code == 3

    with open_ledger(LedgerPlaces.of(None, recordings).live) as ledger:
        ledger.resolve("run-2", case_number="22222222")
    assert asked(recordings, "--due").exit_code == 0


@pytest.mark.parametrize("said", [["--mark", "answered"], ["--number", "87654321"], ["--note", "called them"]])
def test_a_moved_clock_records_nothing_about_a_live_case(recordings: Path, said: list[str]) -> None:
    refused = asked(recordings, "run-1", *said, now=YEARS_LATER)

    assert isinstance(refused.exception, Misconfigured)
    assert "Unset AUTOFILL_NOW" in refused.exception.hint
    assert len(answer(recordings, "run-1")["history"]) == 1
    assert asked(recordings, "run-3", *said, now=YEARS_LATER).exit_code == 0


def test_what_is_over_is_shown_on_request(recordings: Path) -> None:
    assert names(answer(recordings, "--all")) == ["run-2", "run-1", "run-4"]


def test_practice_stands_apart(recordings: Path) -> None:
    assert names(answer(recordings, "--practice")) == ["run-3"]


def test_the_clock_can_be_moved_for_a_rehearsal(recordings: Path) -> None:
    """And people are told; the answer on stdout stays the answer."""
    done = asked(recordings, "--practice", "--json", now=YEARS_LATER)

    (case,) = json.loads(done.stdout)["cases"]
    assert (case["status"], case["step"]) == ("very-overdue", "follow-up")
    assert "Rehearsal" in done.stderr


def test_people_get_a_line_for_each(recordings: Path) -> None:
    lines = asked(recordings).stdout.splitlines()

    assert lines[0].startswith("run-2  ")
    assert lines[0].endswith("autofill resolve run-2")
    assert "12345678" in lines[1]


def test_an_empty_list_says_what_else_there_is(recordings: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "other" / "ledger.sqlite3") as ledger:
        ledger.prepare("run-1", "key", space="practice", form="a-form")

    assert asked(tmp_path / "other").stdout == "No live cases. To see practice cases (1): autofill cases --practice\n"
    assert asked(tmp_path / "other", "--due").stdout == "Nothing is due.\n"
    assert asked(recordings, "--due", "--practice").stdout == "Nothing is due.\n"
    asked(recordings, "run-3", "--mark", "resolved")
    assert asked(recordings, "--practice").stdout == "No open cases. To see closed cases (1), add --all.\n"


@pytest.mark.parametrize("arguments", [[], ["12345678"], ["--due", "--ics", "-"]])
def test_to_look_where_no_ledger_is_makes_none(tmp_path: Path, arguments: list[str]) -> None:
    """Nothing is due in a folder where nothing is known; that is no answer."""
    done = asked(tmp_path / "elsewhere", *arguments)

    assert isinstance(done.exception, FileMissing)
    assert "--ledger" in done.exception.hint
    assert not (tmp_path / "elsewhere").exists()


def test_one_case_with_all_that_happened(recordings: Path) -> None:
    asked(recordings, "12345678", "--number", "87654321")

    found = answer(recordings, "run-1")
    assert (found["schema"], found["case"], found["numbers"]) == ("autofill.case/1", "run-1", ["12345678", "87654321"])
    assert [entry["kind"] for entry in found["history"]] == ["sent", "number-added"]
    assert found["history"][1]["who"]
    words = asked(recordings, "87654321").stdout
    assert str(recordings / "run-1") in words
    assert "another case number  87654321" in words


def test_what_a_person_told_of_an_unknown_run_is_shown_with_its_case(recordings: Path) -> None:
    """By whom, why, and the hash of what shows it; a case nobody was asked about has none."""
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.resolve("run-2", case_number="22222222", because="asked them", evidence="ab" * 32)

    (told,) = answer(recordings, "run-2")["told"]
    assert told.pop("at")
    assert told == {
        "run_id": "run-2",
        "state": "confirmed",
        "who": getpass.getuser(),
        "because": "asked them",
        "evidence_sha256": "ab" * 32,
    }
    assert f"{getpass.getuser()}  asked them  SHA-256 {'ab' * 32}\n" in asked(recordings, "run-2").stdout
    assert answer(recordings, "run-1")["told"] == []


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (["--mark", "acknowledged"], "acknowledged"),
        (["--mark", "reviewed"], "under-review"),
        (["--mark", "answered"], "answered"),
        (["--mark", "question"], "waiting-for-you"),
        (["--mark", "resolved"], "resolved"),
        (["--mark", "closed", "--because", "found it"], "closed"),
        (["--note", "called them"], "sent"),
    ],
)
def test_a_person_says_what_happened(recordings: Path, said: list[str], status: str) -> None:
    found = answer(recordings, "run-1", *said)

    assert found["status"] == status
    if len(said) == 4:
        assert found["history"][-1]["because"] == "found it"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--mark", "resolved"],
        ["--because", "why"],
        ["run-1", "--mark", "resolved", "--note", "x"],
        ["run-1", "--mark", "closed"],
        ["run-1", "--mark", "closed", "--because", " "],
        ["run-1", "--note", " "],
        ["run-1", "--number", ""],
        ["run-1", "--mark", "replied"],
        ["run-1", "--due"],
        ["run-1", "--ics", "-"],
        ["--notify", "json://127.0.0.1"],
        ["nobody"],
    ],
)
def test_what_is_not_said_clearly_changes_nothing(recordings: Path, arguments: list[str]) -> None:
    done = asked(recordings, *arguments)

    assert isinstance(done.exception, Misconfigured)
    assert done.exception.hint
    assert len(answer(recordings, "run-1")["history"]) == 1


def test_a_further_inquiry_that_was_not_sent_is_no_history(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.prepare("run-9", "key", space="live", form="a-form", previous_case="12345678")
        ledger.settle("run-9", Verdict.NOT_SUBMITTED)

    found = answer(recordings, "run-1")

    assert [run["state"] for run in found["runs"]] == ["confirmed", "not-submitted"]
    assert [entry["kind"] for entry in found["history"]] == ["sent"]
    assert asked(recordings, "run-1").stdout.partition("History")[2].count("sent") == 1


def test_a_calendar_of_what_is_open(recordings: Path, tmp_path: Path) -> None:
    done = asked(recordings, "--ics", tmp_path / "cases.ics")

    calendar = (tmp_path / "cases.ics").read_bytes()
    assert calendar.count(b"BEGIN:VEVENT") == 2
    assert b"UID:run-1@" in calendar
    assert "12345678" in done.stdout
    assert asked(recordings, "--ics", "-").stdout.splitlines()[0] == "BEGIN:VCALENDAR"


def test_a_calendar_that_cannot_be_written_is_said(recordings: Path, tmp_path: Path) -> None:
    done = asked(recordings, "--ics", tmp_path / "none" / "cases.ics")

    assert isinstance(done.exception, DiskTrouble)


@pytest.mark.parametrize(("option", "variable"), [("json://a", None), (None, "json://a"), ("json://a", "json://b")])
def test_a_notice_goes_where_it_is_wanted(
    recordings: Path, monkeypatch: pytest.MonkeyPatch, option: str | None, variable: str | None
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("autofill.cli.cases.notify", lambda address, _: sent.append(address))

    done = asked(recordings, "--due", *(["--notify", option] if option else []), notify=variable)

    assert (done.exit_code, sent) == (3, ["json://a"])
    assert asked(recordings, notify="json://a").exit_code == 0
    assert len(sent) == 1


@pytest.mark.parametrize("variable", ["AUTOFILL_NOW", "AUTOFILL_REPLY_DAYS", "AUTOFILL_DAYS_OFF"])
def test_settings_that_cannot_be_read_are_refused(recordings: Path, variable: str) -> None:
    done = CliRunner(env={variable: "nonsense"}).invoke(APP, ["--recordings", str(recordings)])

    assert isinstance(done.exception, AutofillError)
    assert variable in str(done.exception)


def test_a_mistake_in_an_organisations_data_is_shown(
    recordings: Path, tmp_path: Path, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the cases of its forms there is no deadline that could be told."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder = tmp_path / "settings" / "autofill" / "organisations" / "acme"
    folder.mkdir(parents=True)
    (folder / "organisation.yaml").write_text("id: acme\ntitle: Acme\ndeadlines: {reply_business_days: 0}\n")
    assert asked(recordings).exit_code == 0
    with open_ledger(own_state / "autofill" / "ledger.sqlite3") as ledger:
        ledger.prepare("run-9", "run-9", space="live", form="acme-contact")

    done = asked(recordings)

    assert isinstance(done.exception, InvalidFile)
    assert done.exception.exit_code == 65
    assert str(done.exception).endswith("organisation.yaml:3:13: deadlines.reply_business_days: must be at least 1")


def keep(recordings: Path, run: str, **fields: str) -> None:
    """What a run's recording keeps of its inquiry."""
    (recordings / run / "data").mkdir(parents=True)
    kept = InquiryCopy(form="usps-email-us", fields={name.replace("__", "."): text for name, text in fields.items()})
    (recordings / run / "data" / "inquiry.json").write_bytes(kept.content)


def test_parcels_are_told_apart(recordings: Path) -> None:
    """By the item's number and the subject, where a recording still has them."""
    number = "9400 1112 0255 5830 0010 10"
    to = {"item__recipient_address__city": "Busan", "contact__address__city": "Seoul"}
    keep(recordings, "run-1", item__tracking_number=number, subject="Three books", **to)
    assert f"{number}  Three books  Busan" in asked(recordings).stdout
    assert f"{number}\n  About      Three books, Busan\n" in asked(recordings, "12345678").stdout
    second, first = answer(recordings)["cases"]
    assert (first["item"], first["subject"]) == (number, "Three books")
    assert first["places"] == ["Busan"]
    assert (second["item"], second["subject"], second["places"]) == ("", "", [])
    assert answer(recordings, "12345678")["subject"] == "Three books"


def test_inquiries_to_several_are_told_apart_by_whom_they_went_to(recordings: Path) -> None:
    """By the form's title, or its name where it is not installed; where all went to one, nobody needs it."""
    assert "a-form" not in asked(recordings).stdout
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.prepare("run-5", "run-5", space="live", form="usps-email-us")
        ledger.filled("run-5")
        ledger.submitting("run-5")
        ledger.settle("run-5", Verdict.CONFIRMED, "55555555")

    lines = asked(recordings).stdout.splitlines()

    assert [line.split()[1] for line in lines if "12345678" in line] == ["a-form"]
    assert any("55555555" in line and "USPS Email Us" in line for line in lines)
    assert "USPS Email Us" in asked(recordings, "run-5").stdout


def test_an_unknown_outcome_has_the_words_that_the_run_said(recordings: Path) -> None:
    assert WORDS[State.UNKNOWN] in asked(recordings).stdout
    assert WORDS[State.UNKNOWN] in asked(recordings, "run-2").stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("940011120255583000", ["run-1"]),
        ("9400-1112", ["run-1"]),
        ("kim MINSU", ["run-2"]),
        ("order A-17", ["run-2"]),
        ("nobody", []),
    ],
)
def test_cases_are_found_by_what_their_inquiry_says(recordings: Path, words: str, found: list[str]) -> None:
    """However it is grouped or written in capitals; a recording that cannot be read says nothing."""
    keep(recordings, "run-1", item__tracking_number="9400 1112 0255 5830 0010 10")
    keep(recordings, "run-2", message="It was for Kim  Minsu, order A-17.")
    keep(recordings, "run-4")
    (recordings / "run-4" / "data" / "inquiry.json").write_text("{", "utf-8")
    assert names(answer(recordings, "--all", "--about", words)) == found
