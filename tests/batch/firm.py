"""A firm with several machines: a form of its own, a database, a store, and workers that it starts and kills."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

ROOT = Path(__file__).parents[2]
FORM = """id: firm-contact
title: The firm, contact us
url: {url}/contact
pages:
  - controls:
      - {{name: Your name, value: "{{{{ contact.first_name }}}} {{{{ contact.last_name }}}}", required: yes}}
      - {{name: E-mail, value: contact.email, required: yes}}
      - {{name: Message, value: message, required: yes}}
    submit: Send
confirmation: {{proof: Thank you, case_number: '[0-9]{{8}}', near: [case number]}}
pace: {{seconds_between_runs: {pace}}}
"""
TEMPLATE = """topic: general-question
contact:
  last_name: Lee
  email: ann.lee@example.com
message: "{{Order}} has not arrived; please look for it."
"""
_PAGE = """<!doctype html><title>Contact us</title><h1>Contact us</h1><form method="post">
<label>Your name <input name="name" required></label><label>E-mail <input name="email" type="email" required></label>
<label>Message <textarea name="message" required></textarea></label><button>Send</button></form>"""
_THANKS = "<!doctype html><title>Thanks</title><h1>Thank you</h1><p>Your case number is {number}.</p>"
_ORDER = re.compile(r"order-[0-9]{6}")


class Form(ThreadingHTTPServer):
    """The form: when it was opened, and which orders arrived."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.opened: list[float] = []
        self.arrived: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Form
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/contact":
            self.server.opened.append(time.monotonic())
        self._answer(_PAGE if self.path == "/contact" else "")

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        found = _ORDER.search(sent["message"][0])
        assert found
        self.server.arrived.append(found[0])
        self._answer(_THANKS.format(number=70_000_000 + len(self.server.arrived)))

    def _answer(self, page: str) -> None:
        content = page.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        return


@dataclass
class Firm:
    """Its folder, its form's address, its database's and its store's; `live` runs keep the form's pace."""

    folder: Path
    url: str
    ledger: str
    store: str
    pace: int = 1
    more: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def open(self, rows: int) -> None:
        """Install the form, and write the table."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "firm.yaml").write_text(FORM.format(url=self.url, pace=self.pace), "utf-8")
        (self.folder / "template.yaml").write_text("form: firm-contact\n" + TEMPLATE, "utf-8")
        (self.folder / "t.columns.yaml").write_text("First: contact.first_name\n", "utf-8")
        orders = "".join(f"order-{number:06d},Ann\n" for number in range(rows))
        (self.folder / "t.csv").write_text("Order,First\n" + orders, "utf-8")
        assert self.say("forms", "add", str(self.folder / "firm.yaml")).returncode == 0

    @property
    def environment(self) -> dict[str, str]:
        """Of a machine of its own, with its own key."""
        home = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CONFIG", "STATE", "DATA")}
        named = {"AUTOFILL_LEDGER": self.ledger, "AUTOFILL_STORE": self.store, "PYTHONPATH": str(ROOT)}
        return {**os.environ, **home, **named, **self.more}

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "autofill", *words]
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        with self.start(*words) as program:
            said, told = program.communicate()
        return subprocess.CompletedProcess(words, program.returncode, said, told)

    def enqueue(self, *words: str) -> dict[str, dict[str, Any]]:
        """Put the table into the queue; how each row stands, by its order."""
        live = ("--live", "--confirm-live", self.url, "--no-sandbox")
        options = ("--template", "template.yaml", "--enqueue", "--json", *live, *words)
        done = self.say("batch", "t.csv", *options)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert lines, done.stderr
        rows = [line for line in lines if line["schema"] == "autofill.batch-outcome/1"]
        return {f"order-{int(row['row']) - 2:06d}": row for row in rows}

    def hire(self, name: str) -> None:
        """Start a worker; one of the same name works in the same folder."""
        options = ("--live", "--no-sandbox", "--until-empty", "--json", "--recordings", str(self.folder / name))
        self.running[name] = self.start("work", *options)
        threading.Thread(target=self._listen, args=(name, self.running[name])).start()

    def _listen(self, name: str, program: subprocess.Popen[str]) -> None:
        assert program.stdout
        self.said[name] = self.said.get(name, "") + program.stdout.read()

    def kill(self, name: str) -> None:
        """Kill a worker, as a power failure would."""
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait()

    def wait(self) -> dict[str, tuple[int, str]]:
        """Wait for the end of every worker; exit code and what it told."""
        told = {name: (program.stderr.read() if program.stderr else "") for name, program in self.running.items()}
        return {name: (program.wait(), told[name]) for name, program in self.running.items()}


def oftener_than(opened: list[float], pace: float, spare: int) -> list[float]:
    """The moments at which a form was opened oftener than its pace allows, `spare` of them a little early or late.

    Args:
        opened: When it was opened, in seconds.
        pace: Seconds from one opening to the next.
        spare: How many may fall into the wrong place: a browser may take longer over one page than over the next.
    """
    window = 20 * pace
    return [at for at in opened if sum(at <= each < at + window for each in opened) > window / pace + spare]


def doubled(arrived: list[str]) -> list[str]:
    return [order for order, times in Counter(arrived).items() if times > 1]
