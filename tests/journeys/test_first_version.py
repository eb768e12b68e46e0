"""What the first version wrote still works: its recordings, its share copy, its mails and its ledger.

`tests/data/first-version/README.md` says how they were made. No browser: nothing is sent from here.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from autofill.cli.app import app
from autofill.errors import FileMissing, Misconfigured
from autofill.web import serving
from tests.journeys.canaries import leaks
from tests.web.conftest import Visitor, gateway_of

MADE = Path(__file__).parents[1] / "data" / "first-version"
RUN, STOPPED, MAIL = (
    "20261128T060752Z-missing-package-f36bf7",
    "20261128T060759Z-missing-package-f7d726",
    "20261128T060755Z-mail-5c678d",
)
NUMBER, TRACKING = "14068279", "9400111202555830001010"
TYPED = ("O'Brien", "maria.obrien@example.com", "(415) 555-0132", "1200 Harbor Street", TRACKING, "three books")
ANSWER = """From: "USPS Customer Support (practice)" <uspscustomersupport@usps-practice.example>
To: {to}
Subject: Re: 14068279
Date: Mon, 30 Nov 2026 15:00:00 +0000
Message-ID: <2@usps-practice.example>

I have looked into your inquiry and have asked the local office.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files, where their owner left them and works on."""
    folder = tmp_path / "first-version"
    shutil.copytree(MADE, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("AUTOFILL_LEDGER", raising=False)
    return folder


def asked(*arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
    """The answers of a verb with --json."""
    done = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_recording_is_as_it_was_sealed_and_by_whom() -> None:
    """B7: the key of then is not this computer's; whoever knows it says so."""
    recordings = sorted(Path("recordings").glob("*Z-*"))
    unknown = asked("verify", *recordings, code=1)
    answers = asked("verify", *recordings, "--signer", f"recordings/{RUN}/signatures/signer.pub")

    assert [answer["ok"] for answer in unknown] == [True] * 4
    assert ["an unknown key" in answer["unknown"][0] for answer in unknown] == [True] * 4
    assert [(answer["ok"], answer["sound"]) for answer in answers] == [(True, True)] * 4
    assert "SHA256:ExLQET+1IMfG8/MxD3pPgzkp+72g/YytjB9OWd2Ltnc" in json.dumps(answers[0])


@pytest.mark.parametrize("name", [RUN, f"{RUN}-share", STOPPED, MAIL])
def test_a_changed_byte_is_found(name: str) -> None:
    with (Path("recordings") / name / "data/journal.jsonl").open("ab") as journal:
        journal.write(b" ")

    (answer,) = asked("verify", f"recordings/{name}", code=1)

    assert not answer["ok"]


def test_a_share_copy_made_today_shows_what_that_of_then_did() -> None:
    asked("share", f"recordings/{RUN}", "--out", "again")

    then, now = Path(f"recordings/{RUN}-share/data"), Path(f"again/{RUN}-share/data")
    names = {path.relative_to(then).as_posix() for path in then.rglob("*.*")}
    assert {path.relative_to(now).as_posix() for path in now.rglob("*.*")} == names
    for name in [name for name in names if name.endswith((".png", ".values.json", ".txt")) and "statement" not in name]:
        assert (now / name).read_bytes() == (then / name).read_bytes(), name
    fields = [json.loads((place / "withheld.json").read_bytes())["fields"] for place in (then, now)]
    assert fields[0] == fields[1]
    files = [path for path in now.rglob("*.*") if path.is_file()]
    assert [leak for path in files for leak in leaks(path.name, path.read_bytes(), TYPED)] == []


def test_a_share_copy_of_then_is_not_shared_again() -> None:
    with pytest.raises(Misconfigured, match="copy"):
        asked("share", f"recordings/{RUN}-share")


def test_its_case_is_shown_with_all_that_happened() -> None:
    (answer,) = asked("cases", NUMBER)

    assert (answer["case"], answer["status"]) == (RUN, "acknowledged")


def test_the_same_inquiry_is_not_sent_again() -> None:
    """The ledger of then knows it, however it is read today; one that ended unsent may be run."""
    (answer,) = asked("run", "inquiry.yaml", "--url", "http://127.0.0.1:8431", code=84)

    assert answer["submitted"] == "no"


def test_a_letter_is_made_from_the_profile_that_the_run_named(folder: Path) -> None:
    """The first version kept no inquiry in its recordings."""
    why = ("--because", "a test", "--dry-run")
    (reply,) = asked("followup", NUMBER, *why)
    (new,) = asked("followup", NUMBER, "--new", *why)

    assert "From: Maria O'Brien <maria.obrien@example.com>" in reply["content"]
    assert f"Tracking number: {TRACKING}" in new["content"]
    (folder / "inquiry.yaml").rename(folder / "moved.yaml")
    with pytest.raises(FileMissing) as missing:
        asked("followup", NUMBER, "--new", *why)
    assert "--profile" in missing.value.hint
    assert asked("followup", NUMBER, "--new", "--profile", "moved.yaml", *why) == [new]


def test_mails_are_matched_by_what_the_run_typed() -> None:
    """The one that is kept is known; an answer to the person's address is told from one to somebody else's."""
    Path("mine.eml").write_text(ANSWER.format(to="Maria.OBrien@example.com"), encoding="ascii")
    Path("other.eml").write_text(ANSWER.format(to="somebody@example.com").replace("<2@", "<3@"), encoding="ascii")

    (answer,) = asked("mail", "mail/14068279.eml", "mine.eml", "other.eml")
    known, mine, other = answer["mails"]

    assert (known["became"], mine["became"], other["became"]) == ("known", "kept", "kept")
    assert (mine["case"], other["case"]) == (RUN, RUN)
    assert "did not go to the address" in other["remarks"][0]
    assert mine["remarks"] == ["It is not signed."]


def test_a_purge_leaves_what_proves_that_it_was_there() -> None:
    answers = asked("purge", f"recordings/{RUN}", f"recordings/{STOPPED}", "--because", "a test")

    assert [answer["became"] for answer in answers] == ["purged", "purged"]
    assert not Path(f"recordings/{RUN}/data").exists()
    for answer in asked("verify", f"recordings/{RUN}", f"recordings/{STOPPED}", code=1):
        checks = {check["name"]: check for check in answer["checks"]}
        assert "what stays is as it was sealed" in checks["purged"]["detail"]
        # The key of then is not among the files: whoever purges with another one is told so.
        assert [name for name, check in checks.items() if not check["ok"]] == ["signature"]
        assert "another key" in checks["signature"]["detail"]
    with pytest.raises(FileMissing):
        asked("followup", NUMBER, "--because", "a test", "--new", "--dry-run")


def test_the_gallery_shows_them(folder: Path) -> None:
    with serving(folder / "recordings", gateway_of(folder / "recordings" / "ledger.sqlite3")) as gallery:
        visitor = Visitor(gallery)
        shelf = visitor.get("/")[2]
        run, mail = visitor.get(f"/r/{RUN}/")[2], visitor.get(f"/r/{MAIL}/")[2]
        report = visitor.get(f"/r/{RUN}/files/data/report.html")

    assert [name in shelf for name in (RUN, STOPPED, MAIL)] == [True] * 3
    assert TRACKING in run
    assert "Unchanged since it was sealed" in run
    assert "We have received your inquiry." in mail
    assert (report[0], NUMBER in report[2]) == (200, True)
