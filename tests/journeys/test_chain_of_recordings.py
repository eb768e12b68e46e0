"""What comes after a run: a mail that proves it, a further run; each recording names the one it follows."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.evidence.sealing.seal import seal_hash
from autofill.evidence.sealing.verify import verify_recording
from autofill.replica import ReplicaOptions, serving
from autofill.web import serving as gallery
from autofill.web.ledger_gateway import LedgerGateway

PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"


def autofill(recordings: Path, *arguments: str | Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "autofill", *map(str, arguments), "--recordings", str(recordings), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return answer


def predecessor(recording: Path) -> str:
    """The seal that a recording says it follows."""
    lines = (recording / "bag-info.txt").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("Internal-Sender-Identifier: ")]
    return line.rpartition("=")[2]


def looked_at(recordings: Path, name: str) -> str:
    """A recording's page in the gallery."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with gallery(recordings, LedgerGateway(LedgerPlaces.of(None, recordings))) as opened:
        visitor.open(opened.new_address()).close()
        with visitor.open(f"{opened.home}r/{name}/") as answer:
            page: bytes = answer.read()
    return page.decode().replace(opened.entrance.root, "")


def test_a_signed_mail_proves_a_run_whose_answer_was_lost(tmp_path: Path) -> None:
    """The connection breaks after the desk took the inquiry in; its confirmation mail says so."""
    with serving(ReplicaOptions(delay_ms=0, faults=("reset@submit",))) as desk:
        run = autofill(tmp_path, "run", PROFILE, "--url", desk.url)
        with urllib.request.urlopen(f"{desk.url}/_replica/outbox") as answer:
            (sent,) = json.load(answer)
        (tmp_path / "one.eml").write_bytes(sent["raw"].encode())
        autofill(tmp_path, "mail", tmp_path / "one.eml", "--desk", desk.url)

    assert (run["verdict"], run["exit_code"]) == ("unknown", 80)
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        row = ledger.row(run["run_id"])
        (mail,) = ledger.cases.case(run["run_id"]).mails
    assert (row.state, row.case_number) == ("confirmed", sent["case_number"])
    assert mail.detail is not None
    assert verify_recording(tmp_path / mail.detail).ok
    assert predecessor(tmp_path / mail.detail) == seal_hash(tmp_path / run["run_id"])
    assert f'href="/r/{mail.detail}/"' in looked_at(tmp_path, run["run_id"])
    assert sent["case_number"] in looked_at(tmp_path, mail.detail)


@pytest.mark.long
def test_a_further_run_names_the_recording_of_the_one_before(tmp_path: Path) -> None:
    with serving(ReplicaOptions(delay_ms=0)) as desk:
        first = autofill(tmp_path, "run", PROFILE, "--url", desk.url)
        second = autofill(tmp_path, "run", PROFILE, "--url", desk.url, "--again", "--because", "they lost it")

    assert (first["verdict"], second["verdict"]) == ("confirmed", "confirmed")
    assert predecessor(tmp_path / second["run_id"]) == seal_hash(tmp_path / first["run_id"])
    assert verify_recording(tmp_path / second["run_id"]).ok


@pytest.mark.long
def test_a_letter_needs_nothing_but_the_recording(tmp_path: Path) -> None:
    """Whoever changes or deletes the profile after the run changes no word of it."""
    profile = tmp_path / "mine.yaml"
    profile.write_bytes(PROFILE.read_bytes())
    run = autofill(tmp_path, "run", profile)

    def letter() -> str:
        content: str = autofill(tmp_path, "followup", run["run_id"], "--because", "urgent", "--dry-run")["content"]
        return content

    written = letter()
    profile.write_text(profile.read_text(encoding="utf-8").replace("Grace", "Somebody"), encoding="utf-8")
    changed = letter()
    profile.unlink()

    assert 'first_name: "Grace"' in written
    assert changed == written == letter()
