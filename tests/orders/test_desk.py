"""A person's own practice site: every command knows what the ones before filed, and nobody else is told."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.error import HTTPError

import pytest
from typer.testing import CliRunner

from autofill.cases.ledger.ledger import open_ledger
from autofill.cli.app import app
from autofill.cli.terminal import Terminal
from autofill.errors import DiskTrouble
from autofill.events import Verdict
from autofill.orders.audience import Audience
from autofill.orders.desk import desk, practice_file
from autofill.orders.options import RunOptions
from autofill.replica import ReplicaOptions
from autofill.replica.desk import Desk
from tests.replica.test_desk import ANSWERS

PRACTICE = cast("RunOptions", SimpleNamespace(live=False, url=None))


def file_one() -> str:
    """The number of an inquiry that an earlier command filed."""
    practice_file().parent.mkdir(parents=True, exist_ok=True)
    earlier = Desk(ReplicaOptions(state=practice_file()))
    with closing(earlier.records):
        return str(earlier.submit(ANSWERS, []))


def page_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_a_command_practises_where_the_one_before_did(own_state: Path) -> None:
    with desk(PRACTICE, Audience()) as (url, place):
        assert page_of(f"{url}/help/contact-us.htm") == 200
    with desk(PRACTICE, Audience()) as (_url, again):
        assert place != again, "what was practised stands in nobody's way"

    assert practice_file() == own_state / "autofill" / "practice.sqlite3"
    assert practice_file().stat().st_mode & 0o777 == 0o600


def test_other_programs_of_this_machine_learn_nothing_of_what_was_filed() -> None:
    file_one()
    with desk(PRACTICE, Audience()) as (url, _place):
        assert {page_of(f"{url}/_replica/{what}") for what in ("submissions", "outbox", "cases", "dkim")} == {404}


def test_who_has_recordings_encrypted_leaves_nothing_readable_at_the_practice_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("autofill.orders.desk.configured_recipients", object)

    with desk(PRACTICE, Audience()) as (url, _place):
        assert page_of(f"{url}/help/contact-us.htm") == 200

    assert not practice_file().exists()


def test_practice_goes_on_where_nothing_can_be_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    with desk(PRACTICE, Terminal(PRACTICE)) as (url, _place):
        assert page_of(f"{url}/help/contact-us.htm") == 200

    assert "will forget this" in capsys.readouterr().err


def test_records_that_cannot_be_used_are_told_with_the_command_that_clears_them() -> None:
    practice_file().parent.mkdir(parents=True)
    practice_file().write_text("Dear diary,\n" * 100)

    with pytest.raises(DiskTrouble) as told, desk(PRACTICE, Audience()):
        pass
    mailed = CliRunner().invoke(app, ["mail", "--practice"])

    assert "autofill replica --forget" in told.value.hint
    assert isinstance(mailed.exception, DiskTrouble)


def test_practice_is_forgotten_on_request() -> None:
    file_one()

    for _twice in range(2):
        done = CliRunner().invoke(app, ["replica", "--forget"])
        assert (done.exit_code, practice_file().exists()) == (0, False)


def test_the_practice_sites_mails_are_read_without_serving_it(tmp_path: Path) -> None:
    """They are signed, and looked at like any other's."""
    number = file_one()
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.prepare("run-1", "key", space="practice", form="usps-email-us")
        ledger.filled("run-1")
        ledger.submitting("run-1")
        ledger.settle("run-1", Verdict.CONFIRMED, number)
    command = ["mail", "--practice", "--json", "--recordings", str(tmp_path)]

    done = CliRunner().invoke(app, command)
    CliRunner().invoke(app, ["replica", "--forget"])
    forgotten = CliRunner().invoke(app, command)

    (mail,) = json.loads(done.stdout)["mails"]
    assert (mail["name"], mail["became"], mail["kind"]) == (f"{number}-1.eml", "kept", "acknowledged")
    assert mail["remarks"] == []
    assert json.loads(forgotten.stdout)["mails"] == []
