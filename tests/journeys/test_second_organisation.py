"""A second organisation, a folder of data only: an inquiry to it, from its profile to the reminder.

Its form is a small page of this test; what arrives there is compared with the profile.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.servers import answering

CARRIER = Path(__file__).parents[1] / "data" / "organisations" / "polar-parcel"
PROFILE = """\
form: polar-missing
topic: missing
contact: {name: Aino Virtanen, email: aino@example.com}
waybill: PPW000000042
parcel: {sent: 2026-10-01, size: large}
subject: Parcel PPW000000042
message: The parcel did not arrive.
answers:
  Was it a gift?: yes
  Colour of the box: red
"""
PAGE = """<!doctype html><meta charset="utf-8"><title>Polar Parcel</title><body>
<form><h1>Your parcel</h1>
<p><label>Your name <input name="name"></label></p>
<p><label>E-mail <input name="email"></label></p>
<p><label>Waybill <input name="waybill"></label></p>
<p><label>What is it about? <select name="kind"><option>Choose<option>A parcel is missing<option>I have written before
</select></label></p>
<div role="radiogroup" aria-label="Size"><label><input type="radio" name="size" value="Small">Small</label>
<label><input type="radio" name="size" value="Large">Large</label></div>
<p><label>Sent on <input name="sent"></label></p>
<p><label>Earlier ticket <input name="ticket"></label></p>
<p><label><input type="checkbox" name="gift">It was a gift</label></p>
<p><label>Colour of the box <input name="colour"></label></p>
<p><label>Message <textarea name="message"></textarea></label></p>
<button type="button">Continue</button></form><script>
const button = () => document.querySelector('button');
button().onclick = () => {
  const values = Object.fromEntries(new FormData(document.querySelector('form')));
  document.body.innerHTML = '<h1>Ready to send</h1><button type="button">Send</button>';
  button().onclick = async () => {
    const answer = await fetch('/send', {method: 'POST', body: JSON.stringify(values)});
    document.body.innerHTML = await answer.text();
  };
};
</script>"""


class Carrier:
    """The carrier's site, and the program as a person uses it who has put the carrier's folder among their settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arrived: list[dict[str, str]] = []
        shutil.copytree(CARRIER, folder / "config" / "autofill" / "organisations" / "polar-parcel")
        carrier = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(PAGE if self.path == "/missing" else "")

            def do_POST(self) -> None:
                carrier.arrived.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.reply(f"<h1>Thank you</h1><p>Your ticket is <b>PP-2026-{len(carrier.arrived):03}</b>.</p>")

            def reply(self, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def autofill(self, *arguments: str | Path, now: str = "2026-10-05T09:00:00+03:00") -> tuple[int, list[Any], str]:
        """Exit code, the JSON answers, and what was said."""
        settings = {"XDG_CONFIG_HOME": str(self.folder / "config"), "AUTOFILL_NOW": now}
        command = [sys.executable, "-m", "autofill", *map(str, arguments), "--json"]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | settings,
            check=False,
            capture_output=True,
            text=True,
            timeout=240,
        )
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Carrier]:
    site = Carrier(tmp_path)
    with answering(site.server):
        yield site


def test_the_folder_holds_no_program() -> None:
    """Data only; nothing of the program knows the carrier."""
    assert {path.suffix for path in CARRIER.rglob("*") if path.is_file()} == {".yaml"}


def test_an_inquiry_to_a_second_organisation(carrier: Carrier) -> None:
    """Validated by its own fields, filled in, answered by its own mail, due by its own calendar, and followed up."""
    profile = carrier.folder / "lost.yaml"
    profile.write_text(PROFILE.replace("000042", "42"))
    code, (answer,), _ = carrier.autofill("validate", profile)
    assert (code, [problem["message"] for problem in answer["problems"]]) == (
        65,
        ["has the wrong format; example: PPW123456789"],
    )
    profile.write_text(PROFILE)
    assert carrier.autofill("validate", profile)[0] == 0

    code, (run,), said = carrier.autofill("run", "--url", carrier.url, profile)
    assert (code, run["verdict"], run["case_number"]) == (0, "confirmed", "PP-2026-001"), said
    assert carrier.arrived == [
        {
            "name": "Aino Virtanen",
            "email": "aino@example.com",
            "waybill": "PPW000000042",
            "kind": "A parcel is missing",
            "size": "Large",
            "sent": "2026-10-01",
            "ticket": "",
            "gift": "on",
            "colour": "red",
            "message": "The parcel did not arrive.",
        }
    ]

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "care@polar-parcel-practice.example",
        "aino@example.com",
        "Ticket PP-2026-001",
    )
    mail["Date"], mail["Message-ID"] = "Mon, 05 Oct 2026 09:05:00 +0300", "<1@polar-parcel-practice.example>"
    mail.set_content("We have received your inquiry. Your ticket is PP-2026-001.")
    (carrier.folder / "1.eml").write_bytes(mail.as_bytes())
    _, answers, said = carrier.autofill("mail", carrier.folder / "1.eml", now="2026-10-05T10:00:00+03:00")
    kept = [each for each in answers[0]["mails"] if each["case_number"] == "PP-2026-001"]
    assert [each["kind"] for each in kept] == ["acknowledged"], (answers, said)

    # Two business days of Helsinki, where Saturdays are worked and this carrier is closed on the 9th.
    late = "2026-10-08T01:00:00+03:00"
    assert carrier.autofill("cases", "--due", "--practice", now="2026-10-07T23:00:00+03:00")[0] == 0
    assert carrier.autofill("cases", "--due", "--practice", now=late)[0] == 3
    profile.unlink()
    letter = carrier.folder / "reminder.yaml"
    code, answers, said = carrier.autofill(
        "followup", "PP-2026-001", "--new", "--out", letter, now="2026-10-08T01:00:00+03:00"
    )
    assert code == 0, said
    text = letter.read_text()
    assert "PPW000000042" in text
    assert "Waybill: PPW000000042" in text
    code, (again,), said = carrier.autofill("run", "--url", carrier.url, letter, now="2026-10-08T09:00:00+03:00")
    assert (code, again["case_number"]) == (0, "PP-2026-002"), said
    assert carrier.arrived[1]["ticket"] == "PP-2026-001"
    assert carrier.arrived[1]["colour"] == "red"
