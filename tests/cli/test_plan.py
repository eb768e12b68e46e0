"""`autofill plan`: a translation beside the message, and texts for channels that are no form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_commands import FIRST, HEAVY, autofill, loaded_by


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """The first example with a translation."""
    profile = tmp_path / "translated.yaml"
    profile.write_text(f"{FIRST.read_text(encoding='utf-8')}translation: 책 세 권이 든 소포\n", encoding="utf-8")
    return profile


@pytest.fixture
def insured(tmp_path: Path) -> Path:
    """The first example as something that a claim could be filed for."""
    profile = tmp_path / "insured.yaml"
    text = FIRST.read_text(encoding="utf-8")
    profile.write_text(text.replace("mail_class: media-mail", "service: insured-mail"), encoding="utf-8")
    return profile


def test_a_translation_stands_beside_the_message(translated: Path) -> None:
    shown = autofill("plan", translated).stdout

    titles, first, *_ = shown[shown.index("\nMessage ") :].strip().splitlines()
    assert re.fullmatch(r"Message +Your translation, which is not sent *", titles)
    assert re.fullmatch(r"A package with .* 책 세 권이 든 소포 *", first)


def test_a_translation_is_not_in_the_plan(translated: Path) -> None:
    plan, without = (json.loads(autofill("plan", "--json", profile).stdout) for profile in (translated, FIRST))

    assert plan == without


@pytest.mark.parametrize("channel", ["chat", "dm", "phone"])
def test_channels_for_people_and_for_programs(channel: str, insured: Path) -> None:
    shown = autofill("plan", "--channel", channel, insured)
    answer = json.loads(autofill("plan", "--channel", channel, "--json", insured).stdout)

    assert (shown.returncode, answer["schema"], answer["channel"]) == (0, "autofill.script/1", channel)
    assert answer["whom"] in shown.stdout
    for passage in answer["passages"]:
        assert f"\n{passage['title']}\n{passage['text']}\n" in shown.stdout
    # The advice goes to stderr, where it is no part of what is copied.
    assert "[claim-open]" in shown.stderr or "[claim-late]" in shown.stderr
    assert "[claim-" not in shown.stdout


def test_another_channel_is_a_usage_error() -> None:
    assert autofill("plan", "--channel", "fax", FIRST).returncode == 2


def test_preparing_a_call_loads_nothing_heavy() -> None:
    assert loaded_by("plan", "--channel", "phone", FIRST).isdisjoint(HEAVY)
