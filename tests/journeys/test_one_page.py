"""A form of one page through the program: what is promised before a browser starts is what arrives, once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replay.conftest import THANKS, Site, served
from tests.replay.forms import LAST, PAGE, PROFILE, map_text, values

INSIDE = """<p><label>Name * <input name=n></label><p><label>E-mail <input name=e></label>
<p><label>Subject <input name=s value="Boris Left was here"></label>
<p><label>Message <textarea name=m></textarea></label><p><label><input type=checkbox name=news checked> News</label>"""
CONTROLS = """Name | text | contact.name | required: yes
E-mail | text | contact.email | required: yes
Subject | text | subject
Message | textarea | message | required: yes
News | checkbox | answers.News"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.show(PAGE.format(inside=INSIDE), path="/contact.html")
        site.answers["POST /send"] = (200, THANKS)
        yield site


def autofill(folder: Path, *words: str | Path) -> tuple[int, str]:
    """Exit code, and what is said on stdout."""
    command = [sys.executable, "-m", "autofill", *map(str, words)]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=240)
    return done.returncode, done.stdout


def rows_of(run: dict[str, Any], folder: Path) -> list[list[str]]:
    """What was planned and found in the one page, as the recording has it."""
    step = run["steps"][0]["screenshot"].removesuffix(".png") + ".values.json"
    rows = json.loads((folder / run["recording"] / step).read_text(encoding="utf-8"))
    return [[row["name"], row["planned"], row["found"]] for row in rows]


TEN_LINES = """\
id: acme-contact
title: Acme, contact us
url: https://www.acme.example/contact.html
pages:
  - controls:
      - {name: Your name, value: "{{ contact.first_name }} {{ contact.last_name }}", required: yes}
      - {name: E-mail, value: contact.email, required: yes}
      - {name: Message, value: message, required: yes}
    submit: Send
confirmation: Thank you
"""


def test_a_map_of_ten_lines_is_complete(site: Site, tmp_path: Path) -> None:
    """Without a word about facts, kinds, headings or requests: checked, planned, filled, sent once, and confirmed.

    The thanks stand in a plain paragraph, with the case number beside them.
    """
    name, mail = "<p><label>Your name * <input name=n></label>", "<p><label>E-mail <input name=e type=email></label>"
    page = PAGE.replace("<h1>Contact us</h1>", "").replace("<button>Send</button>", "<input type=submit value=Send>")
    site.show(
        page.format(inside=f"{name}{mail}<p><label>Message <textarea name=m></textarea></label>"), path="/contact.html"
    )
    site.answers["POST /send"] = (200, "<p>Thank you, Ana! Your case number is 12345678.</p>")
    (tmp_path / "acme.yaml").write_text(TEN_LINES, encoding="utf-8")
    profile = PROFILE.replace("name: Ana Núñez", "first_name: Ana, last_name: Núñez")
    (tmp_path / "p.yaml").write_text(profile, encoding="utf-8")
    chosen = ("--form", "acme.yaml", "p.yaml")

    assert "unmarked" in autofill(tmp_path, "forms", "acme.yaml")[1]
    assert autofill(tmp_path, "validate", *chosen)[0] == 0
    code, said = autofill(tmp_path, "run", "--url", f"{site.url}", "--json", *chosen)

    told = json.loads(said)
    assert (code, told["verdict"], told["case_number"], told["faults"]) == (0, "confirmed", "12345678", [])
    assert [values(body) for body in site.bodies if body] == [
        {"n": "Ana Núñez", "e": "ana@example.com", "m": "The box came damaged.\r\n\r\nWhat now?"}
    ]


def test_a_form_that_the_practice_site_does_not_have(tmp_path: Path) -> None:
    """Whoever mapped a form of their own and runs it as an example runs is told where it went, and what to type."""
    (tmp_path / "acme.yaml").write_text(TEN_LINES, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROFILE.replace("name: Ana Núñez", "first_name: Ana, last_name: Núñez"))

    code, said = autofill(tmp_path, "run", "--json", "--form", "acme.yaml", "p.yaml")

    told = json.loads(said)
    assert (code, told["submitted"]) == (69, "no")
    assert "practice site does not have this form" in told["next"]
    assert "--url" in told["next"]


def test_a_form_at_the_root_of_another_site_is_none_that_the_practice_site_has(tmp_path: Path) -> None:
    """At its own root the practice site shows another page, on which the form was waited for."""
    (tmp_path / "acme.yaml").write_text(TEN_LINES.replace("/contact.html", "/"), encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROFILE.replace("name: Ana Núñez", "first_name: Ana, last_name: Núñez"))

    code, said = autofill(tmp_path, "run", "--json", "--form", "acme.yaml", "p.yaml")

    told = json.loads(said)
    assert (code, told["submitted"], told["recording"]) == (78, "no", None)
    assert told["error"] == "The practice site does not have this form."


def test_a_form_that_is_mapped_on_this_computer_is_practised_on_where_it_is(site: Site, tmp_path: Path) -> None:
    """Without --url: its map says where it is. What was sent there is known there, as with the address."""
    text = map_text((LAST, CONTROLS)).replace("https://desk.example/", f"{site.url}/contact.html")
    text = text.replace("https://desk.example", site.url)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROFILE, encoding="utf-8")
    chosen = ("--json", "--form", "small.yaml", "p.yaml")

    code, said = autofill(tmp_path, "run", *chosen)
    again, _said = autofill(tmp_path, "run", "--url", f"{site.url}/contact.html", *chosen)

    told = json.loads(said)
    assert (code, told["verdict"], told["target"]) == (0, "confirmed", "replica")
    assert (again, site.posts) == (84, 1)


def test_a_form_of_one_page(site: Site, tmp_path: Path) -> None:
    """A2, A3, A8: `forms`, `validate` and `plan` say what is done; until review nothing leaves, then all of it, once.

    What the page held by itself is in the recording, and covered in a copy to share like what a person wrote.
    """
    (tmp_path / "small.yaml").write_text(map_text((LAST, CONTROLS)), encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROFILE, encoding="utf-8")
    chosen = ("--form", "small.yaml", "p.yaml")
    run = ("run", "--url", f"{site.url}/contact.html", "--json", *chosen)

    assert [line.split()[0] for line in autofill(tmp_path, "forms", "small.yaml")[1].splitlines()[2:]] == [
        *("Name", "E-mail", "Subject", "Message", "News")
    ]
    assert autofill(tmp_path, "validate", *chosen)[0] == 0
    planned = autofill(tmp_path, "plan", *chosen)[1]
    assert [name in planned for name in ("Name", "E-mail", "Message", "News")] == [True] * 4

    for until in ("review", "submit"):
        code, said = autofill(tmp_path, *run, "--until", until)
        assert (code, json.loads(said)["submitted"], site.posts) == (0, "no", 0)
        assert len(rows_of(json.loads(said), tmp_path)) == 5
        assert "Look at what was filled in: " in json.loads(said)["next"]

    code, said = autofill(tmp_path, *run)
    told = json.loads(said)
    assert (code, told["verdict"], told["case_number"], len(told["steps"])) == (0, "confirmed", "12345678", 2)
    message = "The box came damaged.\n\nWhat now?"
    assert [values(body) for body in site.bodies if body] == [
        {"n": "Ana Núñez", "e": "ana@example.com", "s": "Boris Left was here", "m": message.replace("\n", "\r\n")}
    ]
    assert rows_of(told, tmp_path) == [
        ["Name", "Ana Núñez", "Ana Núñez"],
        ["E-mail", "ana@example.com", "ana@example.com"],
        ["Message", message, message],
        ["News", "no", "no"],
        ["Subject", "", "Boris Left was here"],
    ]
    assert [fault.partition(":")[0] for fault in told["faults"]] == ["prefilled"]

    assert autofill(tmp_path, "verify", told["recording"])[0] == 0
    assert autofill(tmp_path, "share", told["recording"], "--out", "copy")[0] == 0
    copied = [file.read_bytes() for file in (tmp_path / "copy").rglob("*") if file.is_file()]
    assert not any(b"Boris" in content or "Núñez".encode() in content for content in copied)
    assert (next((tmp_path / "copy").glob("*")) / told["steps"][0]["screenshot"]).exists()
