"""`autofill import`: files of other tools become a map and the draft of a profile."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.test_commands import autofill
from tests.interchange.conftest import SAMPLES

PLAIN, ODD = str(SAMPLES / "plain.recording.json"), str(SAMPLES / "odd.recording.json")


def test_a_map_and_a_profile_are_written(tmp_path: Path) -> None:
    done = autofill("import", PLAIN, "--to", str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["acme-contact-profile.yaml", "acme-contact.yaml"]
    assert autofill("forms", str(tmp_path / "acme-contact.yaml")).returncode == 0
    ready = autofill(
        "validate", str(tmp_path / "acme-contact-profile.yaml"), "--form", str(tmp_path / "acme-contact.yaml")
    )
    assert ready.returncode == 0, ready.stderr


def test_what_has_no_counterpart_is_said_with_its_place(tmp_path: Path) -> None:
    done = autofill("import", ODD, "--to", str(tmp_path))

    assert done.returncode == 0
    assert re.search(r"odd\.recording\.json:13: step 10 \(hover\)", done.stdout)


def test_programs_read_the_same(tmp_path: Path) -> None:
    answer = json.loads(autofill("import", ODD, "--to", str(tmp_path), "--json").stdout)

    assert (answer["schema"], answer["format"], answer["exit_code"]) == ("autofill.import/1", "chrome", 0)
    assert (13, "step 10 (hover)") in [(each["line"], each["field"]) for each in answer["left"]]
    assert Path(answer["form_map"]).is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "acme-contact.yaml").write_text("mine")

    done = autofill("import", PLAIN, "--to", str(tmp_path))

    assert (done.returncode, (tmp_path / "acme-contact.yaml").read_text()) == (78, "mine")
    assert len([*tmp_path.iterdir()]) == 1


def test_a_file_that_fills_no_form_gives_none(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_text('{"title": "x", "steps": [{"type": "navigate", "url": "https://a.example/"}]}')

    done = autofill("import", str(file), "--to", str(tmp_path / "out"))

    assert (done.returncode, (tmp_path / "out").exists()) == (65, False)


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_text("x")

    done = autofill("import", str(file))

    assert done.returncode == 65
    assert ".json" in done.stderr
