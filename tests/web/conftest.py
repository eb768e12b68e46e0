"""Recordings to look through, made without a run.

Nothing here asserts.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from PIL import Image

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.report import render_report
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.web import RunningApp, serving
from autofill.web.ledger_gateway import LedgerGateway

# One grey pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")

Keep = Callable[..., Path]
Answer = tuple[int, dict[str, str], str]


class Visitor:
    """Somebody with a browser that runs no scripts; of addresses in pages it tells what stands behind the secret."""

    def __init__(self, gallery: RunningApp) -> None:
        self.home = gallery.home
        self.origin, self._root = gallery.origin, gallery.entrance.root
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self._opener.open(gallery.new_address()).close()

    def get(self, path: str) -> Answer:
        return self.ask(Request(self.home + path.lstrip("/")))

    def open(self, path: str) -> Any:
        """An answer that is read bit by bit."""
        return self.send(Request(self.home + path.lstrip("/")))

    def send(self, request: Request) -> Any:
        """The answer to any request, unread; after redirections."""
        return self._opener.open(request)

    def post(self, path: str, origin: str | None = None, **fields: str) -> Answer:
        """Send a form, as a page of `origin` would; otherwise as the gallery's own does."""
        headers = {"Origin": origin if origin is not None else self.origin}
        return self.ask(Request(self.home + path.lstrip("/"), urlencode(fields).encode(), headers))

    def ask(self, request: Request) -> Answer:
        """Send any request."""
        try:
            with self._opener.open(request) as answer:
                return (
                    answer.status,
                    dict(answer.headers),
                    answer.read().decode(errors="replace").replace(self._root, ""),
                )
        except HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode().replace(self._root, "")


def png(width: int, height: int, colour: str = "white") -> bytes:
    """A PNG of one colour."""
    into = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(into, "PNG")
    return into.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that say they are a picture of gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """The folder that the gallery shows; a secret lies beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "recordings").mkdir()
    return tmp_path / "recordings"


def gateway_of(ledger: str | Path) -> LedgerGateway:
    """What one ledger knows, for practice and live alike."""
    return LedgerGateway(LedgerPlaces(ledger, ledger))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where opinions are kept; nobody has made it yet."""
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def gallery(recordings: Path, ledger: Path) -> Iterator[RunningApp]:
    with serving(recordings, gateway_of(ledger)) as running:
        yield running


@pytest.fixture
def visitor(gallery: RunningApp) -> Visitor:
    """A person who came in by the announced address."""
    return Visitor(gallery)


@pytest.fixture
def keep(recordings: Path) -> Keep:
    """Make one recording that looks like a finished run's; `what` goes into its summary."""

    def make(name: str, **what: Any) -> Path:
        step = StepSummary(n=1, name="Confirmation", screenshot="data/confirmation.png", ms=1)
        usual = {"profile": "p", "form": "usps-email-us", "target": "replica", "exit_code": 0, "steps": (step,)}
        run = RunSummary(**usual | {"started": datetime(2026, 11, 22, 17, 44, 3, tzinfo=UTC)} | what)
        folder = RecordingFolder.create(recordings, name)
        folder.write("data/run.json", run.model_dump_json(exclude={"sealed"}).encode())
        folder.write("data/report.html", render_report(run, []))
        folder.write("data/confirmation.png", PIXEL)
        return folder.path

    return make
