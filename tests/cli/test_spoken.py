"""What verbs say of runs, mails and histories is in the language in use, down to the single word."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from autofill import language
from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cli import cases, mail, resolve
from autofill.clock import case_now
from autofill.errors import AlreadySent
from autofill.events import Verdict

APP = typer.Typer()
for verb in (cases, mail, resolve):
    APP.command(verb.__name__.rpartition(".")[2])(verb.command)
# Codes that stand in the ledger and in JSON, and what is kept of signatures.
ENGLISH = re.compile(
    r"\b(?:absent|unchecked|forged|reply|new|phone|consumer-contact|confirmed|not-submitted"
    r"|lines that are not allowed in a mail)\b"
)


class Loud(gettext.NullTranslations):
    """A language in which every text is its English one in capitals, and what is filled in stays as it is."""

    def gettext(self, message: str) -> str:
        return re.sub(r"(\{[^}]*\})|[^{]+", lambda part: part[1] or part[0].upper(), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(params=["loud", "de"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """German, and a language that shows what is translated at all."""
    language.choose("de")
    if request.param == "loud":
        monkeypatch.setattr(language._Spoken, "catalogue", Loud())
    yield
    monkeypatch.undo()
    language.choose("en")


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A case with every kind of detail in its history, and two runs in doubt."""
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        runs = [("run-1", Verdict.CONFIRMED, "12345678"), *((f"run-{n}", Verdict.UNKNOWN, None) for n in (2, 3))]
        for run_id, verdict, number in runs:
            ledger.prepare(run_id, run_id, space="live", form="usps-email-us")
            ledger.filled(run_id)
            ledger.submitting(run_id)
            ledger.settle(run_id, verdict, number)
        now = case_now({})
        for result in ("absent", "unchecked", "forged or changed"):
            ledger.cases.record("run-1", CaseEvent(Kind.NOTE, now, "m", because=result, once=f"mail doubtful {result}"))
        for kind, detail in (
            (Kind.FOLLOWED_UP, "reply"),
            (Kind.FOLLOWED_UP, "new"),
            (Kind.ESCALATED, "phone"),
            (Kind.ESCALATED, "consumer-contact"),
        ):
            ledger.cases.record("run-1", CaseEvent(kind, now, detail))
    return tmp_path


def said(recordings: Path, *arguments: str | Path) -> str:
    """What a verb says."""
    done = CliRunner(env={"AUTOFILL_LEDGER": None}).invoke(APP, [*map(str, arguments), "--recordings", str(recordings)])
    assert (done.exit_code, done.exception) == (0, None)
    return done.stdout


@pytest.mark.usefixtures("spoken")
def test_the_history_of_a_case_holds_no_codes(recordings: Path) -> None:
    assert ENGLISH.findall(said(recordings, "cases", "12345678")) == []


@pytest.mark.usefixtures("spoken")
def test_what_became_of_a_run_is_no_code(recordings: Path) -> None:
    because = ("--because", "gefragt")

    assert ENGLISH.findall(said(recordings, "resolve", "run-2", "--case", "87654321")) == []
    assert ENGLISH.findall(said(recordings, "resolve", "run-3", "--not-submitted", *because)) == []
    assert ENGLISH.findall(said(recordings, "cases", "run-2")) == []
    with open_ledger(recordings / "ledger.sqlite3") as ledger, pytest.raises(AlreadySent) as refused:
        ledger.prepare("run-4", "run-1", space="live", form="usps-email-us")
    assert ENGLISH.findall(str(refused.value)) == []
    assert refused.value.state == "confirmed"


@pytest.mark.usefixtures("spoken")
def test_why_a_signature_could_not_be_checked_is_translated(recordings: Path) -> None:
    file = recordings / "1.eml"
    file.write_bytes(b"From: uspscustomersupport@usps.gov\r\n\r\ncase 12345678" + b" " * 300)

    words = said(recordings, "mail", file)

    assert "12345678" in words
    assert ENGLISH.findall(words) == []
