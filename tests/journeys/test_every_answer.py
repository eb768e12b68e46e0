"""Every verb with `--json` on real data: what it prints fits the schema that is published, and has nothing besides."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from autofill import answers
from autofill.answers.registry import ANSWERS, name_of
from autofill.cli.app import VERBS
from tests.cases.postgresql import server
from tests.replay.conftest import THANKS, served
from tests.replay.forms import LAST, PAGE, PROFILE, map_text

pytestmark = pytest.mark.long
REPOSITORY = Path(__file__).parents[2]
SCHEMAS = Path(answers.__file__).parent / "schemas"
CHROME = REPOSITORY / "tests" / "interchange" / "samples"
INSIDE = "<p><label>Name <input name=n></label><p><label>Message <textarea name=m></textarea></label>"
Line = dict[str, Any]
SEEN: set[str] = set()
PLAYED: set[str] = set()


def closed(schema: Any) -> Any:
    """The schema that has no room for more: what it does not name, nobody may print."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema and "type" in schema else {}
    return {key: closed(value) for key, value in schema.items()} | more


VALIDATORS = {
    name: Draft202012Validator(closed(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))))
    for name in ANSWERS
}


def said(folder: Path, *words: str | Path, code: int = 0, **settings: str) -> list[Line]:
    """The lines of a verb, each of which fits its schema."""
    PLAYED.add(str(words[0]))
    done = subprocess.run(
        [sys.executable, "-m", "autofill", *map(str, words), *(() if "--events" in words else ("--json",))],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        stdin=subprocess.DEVNULL,
        env=os.environ | settings,
    )
    assert done.returncode == code, done.stdout + done.stderr
    lines: list[Line] = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    for line in lines:
        name = name_of(line["schema"])
        SEEN.add(name)
        VALIDATORS[name].validate(line)
    return lines


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A person who has practised once: profiles, and a recording."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        subprocess.run([sys.executable, "-m", "autofill", "examples", "profiles"], cwd=folder, check=True)
        (run,) = said(folder, "run", "profiles/01-missing-package.yaml")
        assert run["verdict"] == "confirmed"
        yield folder


@pytest.fixture(autouse=True)
def same_person(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))


def recording_in(home: Path) -> Path:
    return next(home.glob("recordings/2*-missing-package-*"))


def test_summaries_kept_and_printed(home: Path) -> None:
    kept = json.loads((recording_in(home) / "data" / "run.json").read_bytes())

    VALIDATORS["run"].validate(kept)
    (again,) = said(home, "run", "profiles/none.yaml", code=66)
    assert again["exit_code"] == 66
    events = said(home, "run", "--events", "profiles/06-feedback.yaml")
    assert {line.get("event") for line in events} >= {"claimed", "started", "step", "values", "picture", "verdict"}


def test_profiles_plans_and_other_tools_files(home: Path) -> None:
    (home / "wrong.yaml").write_text("contact: {email: nobody}\n")
    assert said(home, "validate", "profiles/01-missing-package.yaml", "wrong.yaml", code=65)[1]["problems"]
    said(home, "plan", "profiles/01-missing-package.yaml")
    said(home, "plan", "--channel", "phone", "profiles/01-missing-package.yaml")
    said(home, "plan", "wrong.yaml", code=65)
    said(home, "doctor")
    (made,) = said(home, "import", next(CHROME.glob("*.json")), "--to", home / "imported")
    assert Path(made["form_map"]).is_file()
    said(home, "export", "usps-email-us", "profiles/01-missing-package.yaml", "--to", "playwright")
    said(home, "validate", "--nonsense", code=2)


def test_recordings(home: Path) -> None:
    recording = recording_in(home)
    changed = home / "changed"
    shutil.copytree(recording, changed)
    (changed / "data" / "run.json").write_text("{}")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", home / "key"], check=True)

    said(home, "verify", recording, home / "nothing", code=66)
    assert said(home, "verify", changed, code=1)[0]["ok"] is False
    said(home, "seal", recording)
    assert said(home, "seal", changed, code=1)[0]["ok"] is False
    (copy,) = said(home, "share", recording, "--out", home / "shared")
    assert Path(copy["copy"]).is_dir()
    assert said(home, "share", changed, code=1)[0]["error"]
    said(home, "purge", recording, "--dry-run")
    (packed,) = said(home, "encrypt", copy["copy"], "--to", home / "key.pub")
    said(home, "decrypt", packed["archive"], "--identity", home / "key")


def test_cases_letters_and_mails(home: Path) -> None:
    recording = recording_in(home)
    said(home, "cases", "--practice")
    said(home, "mail", "--practice")
    (one,) = said(home, "cases", recording)
    assert one["history"][0]["kind"] == "sent"
    said(home, "followup", recording.name, "--dry-run", code=78)
    (letter,) = said(home, "followup", recording.name, "--dry-run", AUTOFILL_NOW="2027-06-01T12:00:00Z")
    assert letter["content"]
    said(home, "resolve", recording.name, "--case", "12345678", code=78)


def test_an_outcome_that_a_person_tells(home: Path, tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(map_text((LAST, "Name | text | contact.name\nMessage | textarea | message")))
    (tmp_path / "inquiry.yaml").write_text(PROFILE.partition("answers:")[0])
    with served() as site:
        site.show(PAGE.format(inside=INSIDE), path="/contact")
        site.answers["POST /send"] = (200, "<h1>Hm</h1>")
        form = ("--form", "form.yaml", "--url", f"{site.url}/contact")
        (run,) = said(tmp_path, "run", *form, "inquiry.yaml", code=80)
        (told,) = said(tmp_path, "resolve", run["run_id"], "--case", "12345678")
        site.answers["POST /send"] = (200, THANKS)
        (sent,) = said(tmp_path, "run", *form, "inquiry.yaml", code=84)

    assert (told["state"], sent["error"][:4]) == ("confirmed", "Run ")
    (one,) = said(tmp_path, "cases", run["run_id"])
    assert one["told"][0]["state"] == "confirmed"


def test_a_form_beside_its_map(home: Path) -> None:
    (check,) = said(home, "forms", "check", "usps-email-us")
    assert (check["exit_code"], bool(check["pages"])) == (0, True)


def test_rehearsals(home: Path) -> None:
    (one,) = said(home, "rehearse", "profiles/06-feedback.yaml", "--update-baseline")
    assert one["run"]["verdict"] == "confirmed"
    assert one["pictures"]


def test_batches_and_workers(home: Path) -> None:
    (home / "two").mkdir()
    for name in ("06-feedback.yaml", "08-technical-support.yaml"):
        shutil.copy(home / "profiles" / name, home / "two" / name)
    said(home, "batch", "two", "--check")
    assert said(home, "batch", "two")[-1]["exit_code"] == 0
    with server() as postgresql:
        at = f"{postgresql.address}/postgres"
        said(home, "batch", "two", "--enqueue", "--store", home / "store", "--ledger", at, "--again", code=78)
        said(home, "batch", "two", "--enqueue", "--store", home / "store", "--ledger", at)
        (waiting,) = said(home, "work", "--status", "--ledger", at)
        said(home, "work", "--until-empty", "--store", home / "store", "--ledger", at)
        (done,) = said(home, "work", "--status", "--ledger", at)

    assert sum(queue["waiting"] for queue in waiting["queues"].values()) == 2
    assert done["rows"] == {"sent": 2}


def test_all_of_them_were_played() -> None:
    """Last: nothing that is printed has a schema that no verb was tried with, and no verb with --json was left out."""
    speaking = {verb for verb in VERBS if "json" in import_module(f"autofill.cli.{verb}").command.__annotations__}

    assert set(ANSWERS) - SEEN == set()
    assert speaking - PLAYED == set()
