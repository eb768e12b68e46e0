"""`autofill mail` says what became of each mail, and never needs a password in the open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
import typer
from keyring.backend import KeyringBackend
from typer.testing import CliRunner, Result

from autofill.cases.ledger.ledger import open_ledger
from autofill.cli import mail
from autofill.errors import AutofillError, Misconfigured, PersonNeeded
from autofill.replica.office.dkim_key import DkimKey
from tests.mail import makers
from tests.mail.makers import Office

APP = typer.Typer()
APP.command()(mail.command)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_ledger(tmp_path / "recordings" / "ledger.sqlite3") as ledger:
        yield Office(tmp_path, ledger)


def read(office: Office, *arguments: str | Path) -> Result:
    command = ["--recordings", str(office.recordings), *map(str, arguments)]
    return CliRunner(env={"AUTOFILL_LEDGER": None}).invoke(APP, command)


def practice_mail(number: str, key: DkimKey | None = None) -> bytes:
    text = makers.CONFIRMATION.format(number=number)
    raw = makers.mail(text, sender="Desk <desk@usps-practice.example>").as_bytes()
    return key.signed(raw) if key else raw


def test_people_are_told_a_line_a_mail(office: Office) -> None:
    office.sent("run-1", "12345678", space="practice")

    done = read(office, office.put(practice_mail("12345678")))

    (kept,) = office.kept()
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{office.mails[0]}  saved: acknowledged  12345678",
        f"  {kept}",
        "  It is not signed.",
        "1 mail checked, 1 opened, 1 saved.",
    ]


def test_programs_are_told_all_of_it(office: Office) -> None:
    office.sent("run-1", "12345678", space="practice")

    done = read(office, office.put(practice_mail("12345678")), "--json")

    told = json.loads(done.stdout)
    assert told["schema"] == "autofill.mail/1"
    assert (told["looked_at"], told["opened"], told["left_out"]) == (1, 1, 0)
    (one,) = told["mails"]
    assert (one["became"], one["case"], one["kind"], one["signature"]) == ("kept", "run-1", "acknowledged", "absent")
    assert Path(one["recording"]) == office.kept()[0]


def test_a_practice_run_is_settled_by_the_desks_own_mail(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.sent("run-1", space="practice")
    key = DkimKey.new()
    monkeypatch.setattr("autofill.cli.mail.keys_of_desk", lambda _url: {key.record()["name"]: key.record()["txt"]})

    done = read(office, office.put(practice_mail("87654321", key)), "--desk", "http://127.0.0.1:8765")

    assert "proves that the inquiry arrived  87654321" in done.stdout
    assert office.ledger.row("run-1").case_number == "87654321"


def test_every_named_file_is_told_and_one_that_is_not_there_ends_with_66(office: Office) -> None:
    """C3: however many there are; the others are read."""
    office.sent("run-1", "12345678", space="practice")
    empty = [office.put(b"") for _number in range(120)]
    good = office.put(practice_mail("12345678"))
    none = office.folder / "none.eml"

    told = read(office, *empty, none, good)
    programs = read(office, *empty, none, good, "--json")

    assert (told.exit_code, programs.exit_code) == (66, 66)
    assert told.stdout.count("The file is empty.") == 120
    assert f"{none}  cannot be read" in told.stdout
    assert f"{good}  saved: acknowledged  12345678" in told.stdout
    answer = json.loads(programs.stdout)
    assert (len(answer["mails"]), answer["exit_code"]) == (122, 66)
    assert answer["mails"][0]["remarks"] == ["The file is empty."]


def test_a_maildir_since_a_day(office: Office) -> None:
    office.sent("run-1", "12345678", space="practice")
    for folder in ("new", "cur"):
        (office.folder / "mails" / folder).mkdir(parents=True)
    (office.folder / "mails" / "new" / "1").write_bytes(practice_mail("12345678"))

    later = read(office, "--maildir", office.folder / "mails", "--since", "2999-01-01", "--json")
    now = read(office, "--maildir", office.folder / "mails", "--since", "2020-01-01", "--json")

    assert [len(json.loads(each.stdout)["mails"]) for each in (later, now)] == [0, 1]


@pytest.mark.parametrize("arguments", [(), ("1.eml", "--maildir", "x"), ("--maildir", "x", "--imap", "imaps://a@b")])
def test_there_is_one_place_to_look_in(office: Office, arguments: tuple[str, ...]) -> None:
    with pytest.raises(Misconfigured):
        raise read(office, *arguments).exception or AssertionError


class Kept(KeyringBackend):
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return "s3cret" if (service, username) == ("autofill:imap:mail.example.org", "me") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_the_password_comes_from_the_keyring(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[object] = []

    def opened(*arguments: object, **_named: object) -> object:
        used.extend(arguments)
        raise Misconfigured("stop here")

    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    try:
        monkeypatch.setattr("autofill.cli.mail.ImapMailbox", opened)
        read(office, "--imap", "imaps://me@mail.example.org")
    finally:
        keyring.set_keyring(before)

    assert used[1] == "s3cret"


def test_without_keyring_and_terminal_a_person_is_needed(office: Office) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    try:
        error = read(office, "--imap", "imaps://other@mail.example.org").exception
    finally:
        keyring.set_keyring(before)

    assert isinstance(error, AutofillError)
    assert isinstance(error, PersonNeeded)
