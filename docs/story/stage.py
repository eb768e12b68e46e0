"""Where the story is played: the desk, the mail server, the mailbox, and the program in processes of its own.

Real servers on this machine, real commands; nothing of the story is known here.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from autofill.replica import ReplicaOptions, serving
from autofill.replica.office.mail_server import MailServer
from tests.mail.dovecot import PASSWORD, USER, Server, dovecot

REPOSITORY: Final = Path(__file__).resolve().parents[2]
_PATIENCE_S: Final = 240
# What is on this machine is asked itself, whatever proxy is set.
_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Answers(tuple[dict[str, Any], ...]):
    """What a command answered, a line of JSON each."""

    __slots__ = ()

    @property
    def only(self) -> dict[str, Any]:
        """The only answer."""
        (one,) = self
        return one


class Unexpected(Exception):
    """The story does not go as it is told."""


class Letterbox:
    """What the mail server does with a mail: it lies in the person's mailbox, byte for byte."""

    def __init__(self, mailbox: Server) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take one mail in."""
        self._mailbox.deliver(envelope.original_content or b"")
        return "250 OK"


class Stage:
    """The person's folder, with a desk and a mailbox within reach.

    Args:
        folder: Where the person works; profiles and recordings lie there.
        desk: The desk's address.
        mailbox: The person's mailbox.
    """

    def __init__(self, folder: Path, desk: str, mailbox: Server) -> None:
        self.folder = folder
        self.desk = desk
        self.mailbox = mailbox
        self._settings = folder.parent / "settings"

    def autofill(self, at: datetime, *arguments: str | Path, ends_with: tuple[int, ...] = (0,)) -> Answers:
        """Run the program as it was at a time, in the person's folder, with --json.

        Raises:
            Unexpected: It ended otherwise.
        """
        command = [sys.executable, "-m", "autofill", *map(str, arguments), "--json"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AUTOFILL_")}
        environment |= {
            "AUTOFILL_NOW": at.isoformat(),
            "AUTOFILL_LANG": "en",
            "AUTOFILL_BROWSER": os.environ.get("AUTOFILL_BROWSER", ""),
            "XDG_CONFIG_HOME": str(self._settings),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHON_KEYRING_BACKEND": "tests.keyring_file.FileKeyring",
            "TEST_KEYRING": str(self._settings / "keyring.json"),
        }
        done = subprocess.run(  # noqa: S603 - our own program
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
        if done.returncode not in ends_with:
            raise Unexpected(f"autofill {arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return Answers(map(json.loads, done.stdout.splitlines()))

    def run(self, at: datetime, profile: str) -> Answers:
        """Fill the desk's form."""
        return self.autofill(at, "run", "--url", self.desk, profile)

    def read_mail(self, at: datetime) -> Answers:
        """Read the mailbox over IMAP, once every mail that the desk wrote lies in it."""
        self.ask("outbox")
        address = f"imaps://{USER}@127.0.0.1:{self.mailbox.tls}/INBOX"
        return self.autofill(at, "mail", "--imap", address, "--ca", self.mailbox.certificate, "--desk", self.desk)

    def move_clock(self, to: datetime) -> None:
        """Let time pass at the desk, if it has not passed by itself."""
        now = datetime.fromisoformat(self.ask("clock")["now"])
        if (minutes := round((to - now).total_seconds() / 60)) > 0:
            self.ask("clock", {"advance": f"{minutes}m"})

    def ask(self, what: str, told: object = None) -> Any:
        """Play the organisation: ask the desk something, or tell it."""
        body = None if told is None else json.dumps(told).encode()
        with _OPENER.open(f"{self.desk}/_replica/{what}", body) as response:
            return json.load(response)


@contextmanager
def staged(folder: Path, begin: datetime) -> Iterator[Stage]:
    """Everything set up, the desk's clock at `begin`; servers end with the block.

    The desk confirms every inquiry, and answers none before it is told to.
    """
    with ExitStack() as stack:
        (folder.parent / "settings").mkdir()
        mailbox = stack.enter_context(dovecot())
        keyring = {f"autofill:imap:127.0.0.1 | {USER}": PASSWORD}
        (folder.parent / "settings" / "keyring.json").write_text(json.dumps(keyring), encoding="utf-8")
        smtp = Controller(Letterbox(mailbox), hostname="127.0.0.1", port=_free_port())
        smtp.start()
        stack.callback(smtp.stop)
        options = ReplicaOptions(
            clock=begin - datetime.now(UTC), silent=True, smtp=MailServer(smtp.hostname, int(smtp.port))
        )
        desk = stack.enter_context(serving(options))
        yield Stage(folder, desk.url, mailbox)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
