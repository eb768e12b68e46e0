"""A page, a mail and files whose words would act on a terminal, and a stdout that cannot encode what a run says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from autofill.visible import visible_lines
from tests.servers import answering

WORDS = "\x1b]0;pwned\x07\x1b[31mRED \u202eevil\u2028x\u200b\x9b2J\nConfirmed\r over"
PAGE = """<!doctype html><meta charset=utf-8><link rel=icon href="data:,"><h1>Contact us</h1>
<form><label>Message <textarea name=m></textarea></label><button type=button onclick="go()">Send</button></form>
<div id=said></div><script>async function go() {
  await fetch("/send", {method: "POST", body: document.querySelector("textarea").value});
  said.setAttribute("role", "alert");
  said.textContent = WORDS;
}</script>"""
MAP = """id: small
title: Small form
organisation: Nobody
practice_only: a test
sources: {desk: A desk in a test}
start: {url: https://desk.example/, origins: [https://desk.example], fact: &f}
pace: {seconds_between_runs: 0, fact: &f}
attachments: {accepted: no, fact: &f}
busy: {role: status, name: Loading}
pages:
  - id: p
    title: Contact us
    heading: {role: heading, name: Contact us}
    advance: {role: button, name: Send}
    controls: [{id: m, kind: textarea, name: Message, value: message, required: yes, fact: &f}]
    fact: &f
server: {method: POST, path: ^/ask$, fact: &f}
submit: {method: POST, path: ^/send$, fact: &f}
confirmation: {proof: {role: heading, name: Thank you}, case_number: '[0-9]{8}', near: [case number], fact: &f}
refusal: {elements: [{role: alert, name: Error}], fact: &f}
person_needed: {fact: &f}
""".replace("&f", "{mark: unknown, source: desk}")
PROFILE = "topic: question\ncontact: {email: ana@example.com}\nsubject: A box\nmessage: The box came damaged.\n"
NAME = "x\x1b[31m\u202e\n\x9b“서울”\udcff.yaml"


class Desk(BaseHTTPRequestHandler):
    """A form that says hostile things after the submit."""

    def do_GET(self) -> None:
        self.answer(PAGE.replace("WORDS", json.dumps(f"Error {WORDS}")))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer("{}")

    def answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def desk() -> Iterator[str]:
    with answering(HTTPServer(("127.0.0.1", 0), Desk)) as url:
        yield f"{url}/"


def autofill(folder: Path, *arguments: str, encoding: str) -> tuple[str, str]:
    """What a command prints: never what would act on a terminal."""
    command = [os.fsencode(word) for word in (sys.executable, "-m", "autofill", *arguments)]
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}
    )
    said, told = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert (visible_lines(said), visible_lines(told)) == (said, told)
    return said, told


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_a_run_shows_what_a_page_says_and_what_a_file_is_called(tmp_path: Path, desk: str, encoding: str) -> None:
    """B3, B8: codes, on one line; and JSON says the same to programs."""
    (tmp_path / NAME).write_text(PROFILE)
    (tmp_path / "map.yaml").write_text(MAP)
    command = ("run", NAME, "--form", "map.yaml", "--url", desk)

    said, _told = autofill(tmp_path, *command, encoding=encoding)
    answer, _told = autofill(tmp_path, *command, "--json", "--recordings", "others", encoding=encoding)

    name = "x\\x1b[31m\\u202e\\n\\x9b“서울”\\udcff.yaml"
    assert said.splitlines()[0].endswith(name.encode(encoding, "backslashreplace").decode(encoding))
    (note,) = [line for line in said.splitlines() if "pwned" in line]
    assert "\\x1b]0;pwned\\x07\\x1b[31mRED \\u202eevil\\u2028x\\u200b\\x9b2J" in note
    (summary,) = map(json.loads, answer.splitlines())
    (message,) = summary["messages"]
    assert "\x1b]0;pwned\x07\x1b[31mRED \u202eevil\u2028x\u200b\x9b2J" in message
    assert summary["sealed"] is True
    assert summary["profile"] == NAME.replace("\udcff", "\\udcff")


def test_a_recordings_name_is_shown(tmp_path: Path) -> None:
    """B3: also that of its files."""
    folder = tmp_path / "20261122T000000Z-\x1b[31m\u202ex\ny"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a\x1b]0;x\x07\r.txt").write_text("x")
    (folder / "manifest-sha256.txt").write_text("0" * 64 + "  data/b\x1b]0;x\x07\n")

    said, _told = autofill(tmp_path, "verify", folder.name, encoding="utf-8")

    assert "\\x1b[31m\\u202ex\\ny" in said.splitlines()[0]


def test_a_mails_headers_are_shown(tmp_path: Path) -> None:
    """B3: a mail says what it likes, encoded or not, and its file is called what it likes."""
    raw = (
        b"From: =?utf-8?q?USPS_=1B=5B31m_=E2=80=AE?= <uspscustomersupport@usps-practice.example>\r\n"
        b"Subject: =?utf-8?q?case_12345678_=1B=5D0;x=07_=C2=9B_=0Aautofill=3A_proved?=\r\n"
        b"Message-ID: <\x1b[31mx>\r\n\r\n\x1b[31mHello, case 12345678\r\n"
    )
    for name in ("plain.eml", "a\x1b[31m\u202e\nb.eml"):
        (tmp_path / name).write_bytes(raw * (1 if name == "plain.eml" else 2))
    (tmp_path / "recordings").mkdir()
    with open_ledger(tmp_path / "recordings" / "ledger.sqlite3") as ledger:
        ledger.prepare("run-1", "run-1", space="practice", form="usps-email-us")
        ledger.filled("run-1")
        ledger.submitting("run-1")
        ledger.settle("run-1", Verdict.CONFIRMED, "12345678")

    said, told = autofill(tmp_path, "mail", "plain.eml", "a\x1b[31m\u202e\nb.eml", encoding="utf-8")
    answer, _told = autofill(tmp_path, "mail", "plain.eml", "--json", encoding="utf-8")

    assert "a\\x1b[31m\\u202e\\nb.eml  saved: note  12345678" in said.splitlines()
    assert said.count("\n") == 7
    assert told == ""
    assert json.loads(answer)["opened"] == 1
