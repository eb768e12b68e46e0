"""The nights of a form's owner, with the command of docs/nightly/rehearse.yml: as mapped, changed, broken."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from PIL import Image

from tests.journeys.canaries import leaks
from tests.journeys.night_form import NightForm, write_repository
from tests.journeys.test_share import read_every_way
from tests.servers import answering

pytestmark = pytest.mark.long

WORKFLOW = Path(__file__).parents[2] / "docs" / "nightly" / "rehearse.yml"
TYPED = ("Wilhelmina", "Quetzal", "wilhelmina@example.com", "crack in its handle")


@dataclass(frozen=True)
class Night:
    """What one night came to: the exit code, the test case of the JUnit file, the annotations, and the page."""

    code: int
    case: ET.Element
    annotations: list[str]
    page: str
    said: str

    def told(self, name: str) -> str:
        return next(each.get("value", "") for each in self.case.iter("property") if each.get("name") == name)

    @property
    def pictures(self) -> dict[str, str]:
        """What became of each screenshot."""
        found = ((each.get("name", ""), each.get("value", "")) for each in self.case.iter("property"))
        return {name.removeprefix("picture."): value.split()[0] for name, value in found if "picture." in name}


class Owner:
    """The form's owner, with a repository as the workflow expects it."""

    def __init__(self, folder: Path, form: NightForm) -> None:
        self.folder, self.form = folder, form
        write_repository(folder)

    def words(self, *more: str, save: bool = False) -> list[str]:
        """The workflow's own command, at tonight's address."""
        steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["rehearse"]["steps"]
        (command,) = [step["run"] for step in steps if step.get("name") == "Rehearse"]
        command, switches = re.subn(r"\$\{\{ inputs\.save && '(.*?)' \|\| '' \}\}", r"\1" if save else "", command)
        command, addresses = re.subn(r"http://127\.0\.0\.1:8000/contact", self.form.url, command)
        assert (switches, addresses) == (1, 1)
        _autofill, *words = shlex.split(command)
        expanded = [[str(each) for each in sorted(self.folder.glob(word))] if "*" in word else [word] for word in words]
        return [sys.executable, "-m", "autofill", *chain.from_iterable(expanded), *more]

    def autofill(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"GITHUB_ACTIONS": "true"} | settings
        return subprocess.run(
            words, cwd=self.folder, env=environment, check=False, capture_output=True, text=True, timeout=240
        )

    def night(self, *more: str, save: bool = False) -> Night:
        done = self.autofill(*self.words(*more, save=save))
        (case,) = ET.parse(self.folder / "results" / "junit.xml").iter("testcase")
        annotations = [line for line in done.stderr.splitlines() if line.startswith("::")]
        page = (self.folder / "results" / "index.html").read_text("utf-8")
        return Night(done.returncode, case, annotations, page, said=done.stdout + done.stderr)

    def picture(self, name: str) -> Image.Image:
        with Image.open(self.folder / "results" / "pictures" / "1" / name) as picture:
            return picture.convert("RGB")


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    form = NightForm()
    with answering(form.server):
        yield Owner(tmp_path, form)


def test_nights_of_a_form_that_is_as_mapped(owner: Owner) -> None:
    """The first night has nothing to compare with; then screenshots are saved, and the third night is green."""
    first = owner.night()
    assert (first.code, first.pictures) == (0, {"0001-shop-contact-us.png": "new", "confirmation.png": "new"}), (
        first.said
    )
    assert not (owner.folder / "rehearsals" / "baselines").exists()

    saved = owner.night(save=True)
    assert set(saved.pictures.values()) == {"saved"}
    baseline = owner.folder / "rehearsals" / "baselines" / "kettle"
    kept = {file.name: file.read_bytes() for file in baseline.iterdir()}
    assert kept.keys() == {"baseline.json", "0001-shop-contact-us.png", "confirmation.png"}
    assert [leak for name, content in kept.items() for leak in leaks(name, content, TYPED)] == []
    seen = " ".join(read_every_way("tesseract", file) for file in sorted(baseline.glob("*.png")))
    assert [word for word in ("contactus", "yourname", "thankyou") if word not in seen] == []
    assert [word for word in ("wilhelmina", "quetzal", "handle", "sr0", "today") if word in seen] == []

    third = owner.night(save=True)
    assert (third.code, set(third.pictures.values()), third.annotations) == (0, {"same"}, []), third.said
    assert (third.case.find("failure"), third.told("verdict")) == (None, "confirmed")
    assert {file.name: file.read_bytes() for file in baseline.iterdir()} == kept
    # The same inquiry every night, which no ledger that lasts has seen.
    assert [each["name"] for each in owner.form.arrived] == ["Wilhelmina Quetzal"] * 3
    assert [file.name for file in owner.folder.rglob("*.sqlite3")] == []


def test_a_night_on_which_a_page_looks_different(owner: Owner) -> None:
    """It is told with a picture, fails only if asked, and is saved if it is right."""
    owner.night(save=True)
    owner.form.colour = "#c33"
    night = owner.night()
    assert (night.code, night.pictures) == (0, {"0001-shop-contact-us.png": "changed", "confirmation.png": "same"}), (
        night.said
    )
    (told,) = night.annotations
    assert told.startswith(f"::warning file={owner.folder}/rehearsals/kettle.yaml,title=Works%2C looks different::")
    assert re.search(r"This page looks different: \d+ %25 of it changed\.$", told)
    before, now = owner.picture("0001-shop-contact-us.saved.png"), owner.picture("0001-shop-contact-us.png")
    assert before.getpixel((60, 60)) == (0xDD, 0xDD, 0xEE)
    assert now.getpixel((60, 60)) == (0xCC, 0x33, 0x33)
    red, grey = (owner.picture("0001-shop-contact-us.changed.png").getpixel(at) for at in ((60, 60), (700, 500)))
    assert isinstance(red, tuple)
    assert isinstance(grey, tuple)
    assert red[0] > red[1] + 50
    assert grey[0] == grey[1] == grey[2]

    assert night.page.count("<figure>") == 3

    strict = owner.night("--strict-pictures")
    failure = strict.case.find("failure")
    assert failure is not None
    assert (strict.code, failure.get("type")) == (76, "picture")
    assert strict.annotations[0].startswith("::error ")

    assert owner.night("--strict-pictures", save=True).code == 0
    assert set(owner.night("--strict-pictures").pictures.values()) == {"same"}


def test_a_night_after_a_label_was_renamed(owner: Owner) -> None:
    """It is found again, filled in, and told, so that the form map can be corrected."""
    owner.night(save=True)
    owner.form.label = "Your email address"
    night = owner.night()
    assert (night.code, night.told("verdict"), night.case.find("failure")) == (0, "confirmed", None), night.said
    repaired, picture = night.annotations
    assert repaired.startswith("::warning file=")
    assert (
        "title=Works%2C the form has changed::repaired: “E-mail” was found again as “Your email address”." in repaired
    )
    assert "looks different" in picture
    assert "found again as “Your email address”" in (night.case.findtext("system-out") or "")
    assert "found again as “Your email address”" in night.page
    assert [each["email"] for each in owner.form.arrived] == ["wilhelmina@example.com"] * 2


def test_a_night_with_a_new_required_question(owner: Owner) -> None:
    """It is named, and nothing is sent."""
    owner.night(save=True)
    owner.form.more = '<label>Order number * <input name="order" required></label>'
    night = owner.night()
    failure = night.case.find("failure")
    assert failure is not None
    assert (night.code, failure.get("type")) == (76, "not-submitted"), night.said
    assert "Order number" in failure.get("message", "")
    (told,) = night.annotations
    assert told.startswith("::error file=")
    assert "Order number" in told
    assert len(owner.form.arrived) == 1


def test_a_night_on_which_the_page_is_broken(owner: Owner) -> None:
    """The picture and the reason; a short trouble is tried again, as nothing was sent."""
    owner.form.broken = 1
    again = owner.night()
    assert (again.code, again.told("tries")) == (0, "2"), again.said

    owner.form.broken = 99
    night = owner.night()
    failure = night.case.find("failure")
    assert failure is not None
    assert (night.code, night.told("tries")) == (75, "2"), night.said
    assert "503" in failure.get("message", "")
    (picture,) = re.findall(r"^/.*stopped\.png$", failure.text or "", re.MULTILINE)[:1]
    with Image.open(picture) as stopped:
        assert stopped.size == (1280, 960)
    (told,) = night.annotations
    assert told.startswith("::error file=")
    assert "503" in told
    assert "503" in night.page
    assert len(owner.form.arrived) == 1


def test_programs_get_one_line_for_each_profile(owner: Owner) -> None:
    done = owner.autofill(*owner.words("--json"))
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["schema"], each["run"]["schema"], each["exit_code"]) for each in answers] == [
        ("autofill.rehearse/1", "autofill.run/1", 0)
    ]


def test_the_real_form_and_unlisted_sites_are_refused(owner: Owner) -> None:
    """Before any browser starts."""
    profile = "rehearsals/kettle.yaml"
    for url, said in {
        "https://www.shop.example/contact": "https://www.shop.example is the real form. A rehearsal never uses it.",
        "https://other.example": "does not list https://other.example as a staging site.",
        "http://127.0.0.1:1@www.shop.example/": "--url must not contain a user name.",
    }.items():
        words = [sys.executable, "-m", "autofill", "rehearse", profile, "--form", "contact-form.yaml", "--url", url]
        done = owner.autofill(*words)
        assert (done.returncode, said in done.stdout) == (78, True), done.stdout + done.stderr
