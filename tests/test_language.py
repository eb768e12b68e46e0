"""People are spoken to in the language they ask for; everything a program reads stays as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.__main__ import language_wanted
from autofill.language import _, choose, plural, spoken

REPOSITORY = Path(__file__).parents[1]
FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"
WORDS = "Put an inquiry into a contact form, and keep the proof."
IN = {
    "en": WORDS,
    "ko": "문의 양식을 대신 채우고 그 증거를 남깁니다.",
    "de": "Eine Anfrage in ein Kontaktformular eintragen und den Nachweis aufbewahren.",
    "id": "Isi formulir kontak dengan pengaduan Anda, dan simpan buktinya.",
}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose("en")


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [
        (None, {}, "en"),
        (None, {"LANG": "ko_KR.UTF-8"}, "ko"),
        (None, {"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "de_DE@euro"}, "de"),
        (None, {"LC_MESSAGES": "de_DE", "LC_ALL": "id_ID"}, "id"),
        (None, {"LC_ALL": "id_ID", "AUTOFILL_LANG": "de-AT"}, "de"),
        (None, {"LC_ALL": "", "LANG": "ko.UTF-8"}, "ko"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "ko_KR"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "kok_IN"}, "en"),
        ("id", {"AUTOFILL_LANG": "de", "LC_ALL": "ko_KR"}, "id"),
    ],
)
def test_what_was_asked_for_first_is_spoken(wanted: str | None, environment: dict[str, str], expected: str) -> None:
    """The option, our own variable, then the system's in their usual order; else English."""
    assert choose(wanted, environment) == expected

    assert spoken() == expected
    assert _(WORDS) == IN[expected]


def test_a_text_without_a_translation_stays_as_it_is() -> None:
    choose("de")

    assert _("No catalogue has this.") == "No catalogue has this."
    assert plural("{n} such thing", "{n} such things", 2) == "{n} such things"
    assert _("") == ""


@pytest.mark.parametrize(
    ("arguments", "wanted", "left"),
    [
        (["run", "p.yaml"], None, ["run", "p.yaml"]),
        (["run", "--lang", "de", "p.yaml"], "de", ["run", "p.yaml"]),
        (["--lang=ko", "run", "p.yaml"], "ko", ["run", "p.yaml"]),
        (["run", "--lang", "de", "--lang=id"], "id", ["run"]),
        (["run", "--lang"], "", ["run"]),
        (["run", "--language", "de"], None, ["run", "--language", "de"]),
        (["run", "--", "--lang", "de"], None, ["run", "--", "--lang", "de"]),
    ],
)
def test_the_option_may_stand_anywhere(arguments: list[str], wanted: str | None, left: list[str]) -> None:
    assert language_wanted(arguments) == wanted

    assert arguments == left


def autofill(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "autofill", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "100", "PYTHONUTF8": "1"} | environment,
    )


@pytest.mark.parametrize("language", IN)
def test_help_is_in_the_language(language: str) -> None:
    """Ours, and the few words around it that are not ours."""
    usage = {"en": "Usage:", "ko": "사용법:", "de": "Aufruf:", "id": "Cara pakai:"}

    done = autofill("--help", "--lang", language)

    assert done.returncode == 0
    assert IN[language] in done.stdout
    assert done.stdout.startswith(usage[language])


@pytest.mark.parametrize("option", [["--lang", "fr"], ["--lang=fr"], ["--lang=de_DE"], ["--lang"]])
def test_an_unknown_language_is_a_mistake_of_use(option: list[str]) -> None:
    done = autofill("validate", FIRST, *option)

    assert done.returncode == 2
    assert done.stderr == "--lang must be one of: en, ko, de, id\n"
    assert done.stdout == ""


@pytest.mark.parametrize("language", IN)
def test_what_programs_read_is_the_same_in_every_language(tmp_path: Path, language: str) -> None:
    """Keys, codes, fields and places; the sentences are for people."""
    profile = tmp_path / "wrong.yaml"
    profile.write_text("topic: claim\ncontact: {email: a@@b}\n")

    done = autofill("validate", "--json", profile, AUTOFILL_LANG=language)

    answer = json.loads(done.stdout)
    assert done.returncode == answer["exit_code"] == 65
    assert answer["schema"] == "autofill.validate/1"
    assert {(each["line"], each["field"], each["severity"]) for each in answer["problems"]} == {
        *((1, field, "error") for field in ("sub_topic", "message", "certify_true")),
        *((2, f"contact.{field}", "error") for field in ("first_name", "last_name", "email")),
        *((2, f"contact.address.{field}", "error") for field in ("country", "street", "city")),
    }


def test_english_looks_for_no_catalogue() -> None:
    """gettext needs `locale` only to look for one."""
    code = "import sys; from autofill.language import choose; choose('{}'); print('locale' in sys.modules)"

    def loaded(language: str) -> str:
        # Without -S, what is installed beside us may load it.
        command = [sys.executable, "-S", "-c", code.format(language)]
        return subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout

    assert (loaded("en"), loaded("de")) == ("False\n", "True\n")
