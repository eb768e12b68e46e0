"""Every example profile goes through, and what arrives is what the person wrote."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import playwright
import pytest
import yaml

from tests.journeys.conftest import REPOSITORY, RunDesk


def written(profile: Path) -> dict[str, Any]:
    """A profile as plain texts, read by another loader than ours."""
    loaded: dict[str, Any] = yaml.load(profile.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


# The chat and Informed Delivery have tests of their own.
EXAMPLES = [
    path
    for path in sorted((REPOSITORY / "profiles").glob("*.yaml"))
    if written(path).get("form", "usps-email-us") == "usps-email-us"
]


ABROAD = {"KR": "South Korea", "DE": "Germany", "ID": "Indonesia"}
# As they are dialled at home in the profiles, and from afar in the form.
PHONES = {"010-1234-5678": "+82 10-1234-5678"}


def one_line(address: dict[str, str]) -> str:
    """An address as the form's one-line fields take it."""
    place = " ".join(filter(None, (address.get("state"), address.get("postal_code"))))
    parts = [address["street"], address.get("unit"), address["city"], place]
    if address.get("country", "US") != "US":
        parts.append(ABROAD[address["country"]])
    return ", ".join(part for part in parts if part)


def expected(profile: dict[str, Any]) -> dict[str, str]:
    """What the replica's server must have received for a profile."""
    contact, address, item = profile["contact"], profile["contact"]["address"], profile.get("item", {})
    fields: dict[str, str] = {
        **{
            name: profile[name]
            for name in (
                "topic",
                "sub_topic",
                "subject",
                "problem_date",
                "previous_case",
                "person",
                "place",
                "user_name",
            )
            if name in profile
        },
        "message": profile["message"].rstrip("\n"),
        **{name: contact[name] for name in ("first_name", "last_name", "company", "email") if name in contact},
        **({"phone": PHONES.get(contact["phone"], contact["phone"])} if "phone" in contact else {}),
        "reply_by": contact.get("reply_by", "email"),
        "country": address.get("country", "US"),
        **{name: address[name] for name in ("street", "unit", "city", "postal_code") if name in address},
        "state": {"Massachusetts": "MA"}.get(address.get("state", ""), address.get("state", "")),
        "certify_true": {"yes": "true"}[profile["certify_true"]],
    }
    if profile["topic"] in {"missing-package", "track-package", "mail-delivery", "claim", "refund", "follow-up"}:
        fields["has_tracking_number"] = "yes" if "tracking_number" in item else "no"
        for name in ("mailing_date", "mail_class", "service", "contents", "value"):
            if name in item:
                fields[name] = item[name]
        if "tracking_number" in item:
            fields["tracking_number"] = item["tracking_number"].replace(" ", "")
        for name in ("sender_address", "recipient_address"):
            if name in item:
                fields[name] = one_line(item[name])
    return {name: text for name, text in fields.items() if text}


def test_every_example_arrives_as_it_was_written(desk: RunDesk) -> None:
    code, answers, said = desk.run(*EXAMPLES)

    assert code == 0
    assert all(": warning: " in line for line in said.splitlines())
    assert [answer["verdict"] for answer in answers] == ["confirmed"] * len(EXAMPLES)
    arrived = desk.arrived()
    assert arrived["requests"] == len(EXAMPLES)
    for profile, answer, submission in zip(EXAMPLES, answers, arrived["submissions"], strict=True):
        got = {name: text for name, text in submission["fields"].items() if text not in {"", None}}
        assert got == expected(written(profile)), profile.name
        assert answer["case_number"] == submission["case_number"]
        assert answer["profile"] == str(profile)


def test_the_examples_cover_every_topic_and_the_promised_senders() -> None:
    profiles = [written(path) for path in EXAMPLES]

    assert {profile["topic"] for profile in profiles} == {
        "missing-package", "track-package", "mail-delivery", "claim", "refund", "feedback", "general-question",
        "technical-support", "follow-up",
    }  # fmt: skip
    assert {profile["contact"]["address"].get("country", "US") for profile in profiles} >= {"US", "KR", "DE", "ID"}
    phones = {profile["contact"].get("phone", "")[:3] for profile in profiles}
    assert phones >= {"+82", "+49", "+62"}
    assert date.fromisoformat(profiles[0]["item"]["mailing_date"]) < date(2026, 11, 22)


def test_recordings_check_out_with_the_public_tool_and_show_every_step(desk: RunDesk) -> None:
    _, (answer,), _ = desk.run(EXAMPLES[0])
    recording = Path(answer["recording"])

    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=recording, check=True)
    listed = {line.split("  ")[1] for line in (recording / "manifest-sha256.txt").read_text().splitlines()}
    there = {path.relative_to(recording).as_posix() for path in (recording / "data").rglob("*") if path.is_file()}
    assert listed == there
    pictures = [step["screenshot"] for step in answer["steps"]]
    assert len(pictures) >= 6
    assert all((recording / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)
    report = (recording / "data" / "report.html").read_text(encoding="utf-8")
    assert report.count("data:image/png;base64,") == len(pictures)
    assert answer["case_number"] in report
    assert not [path for path in recording.rglob("*") if path.stat().st_mode & 0o077]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The folder of the program `autofill`, installed from a wheel as pipx and uv do; dependencies are ours."""
    wheels, home = tmp_path / "wheels", tmp_path / "home"

    def carry_out(*module: str | Path) -> None:
        subprocess.run([sys.executable, "-m", *module], cwd=REPOSITORY, check=True, capture_output=True, timeout=120)

    carry_out("hatchling", "build", "-t", "wheel", "-d", wheels)
    carry_out("venv", "--without-pip", home)
    # A path file leads to the packages there, not to what their own path files lead to: the checkout stays out.
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(f"{Path(playwright.__file__).parents[1]}\n")
    python = home / "bin" / "python"
    carry_out("pip", "--python", python, "install", "--no-deps", "--no-index", *wheels.glob("*.whl"))
    return home / "bin"


def test_what_is_installed_brings_all_that_the_first_run_needs(installed: Path, tmp_path: Path) -> None:
    """README's commands for pipx and uv: no file of the checkout is in reach."""
    settings = os.environ | {"PATH": f"{installed}:{os.environ['PATH']}"}

    def typed(*words: str) -> str:
        done = subprocess.run(words, cwd=tmp_path, env=settings, check=True, capture_output=True, text=True)
        return done.stdout

    *_, next_command = typed("autofill", "examples").splitlines()
    assert next_command == "Next: autofill run profiles/01-missing-package.yaml"
    ran = typed(*next_command.removeprefix("Next: ").split())
    assert "Confirmed" in ran
    # The practice site of the next command is the same one: it knows the case, and what it wrote about it.
    number = re.search(r"Case number +(\d+)", ran)
    assert number
    assert "saved: acknowledged" in typed("autofill", "mail", "--practice")
    written = typed("autofill", "followup", number[1], "--new", "--because", "to see how")
    followed = typed(*shlex.split(written.partition("then: ")[2]))
    assert "Confirmed" in followed
    assert "followed up" in typed("autofill", "cases", "--practice")
    assert typed("autofill", "--lang", "ko", "plan", "profiles/01-missing-package.yaml").count("단계")
    assert len(list((tmp_path / "recordings").glob("2*/data/report.html"))) == 2
