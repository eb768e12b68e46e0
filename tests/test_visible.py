"""What is printed is visible: a table of what is written and what comes out, and streams of every kind."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from autofill.visible import UnwrittenError, VisibleStream, visible, visible_lines, without_password

ROWS = {
    "words": ("Straße, 서울, “so”", "Straße, 서울, “so”"),
    "spaces": ("a\xa0b\u3000c\u2009d", "a\xa0b\u3000c\u2009d"),
    "picture": ("\U0001f4e6\u2764\ufe0f", "\U0001f4e6\u2764\ufe0f"),
    "colour": ("Error \x1b[31mRED", "Error \\x1b[31mRED"),
    "title": ("\x1b]0;pwned\x07", "\\x1b]0;pwned\\x07"),
    "link": ("\x1b]8;;http://x\x1b\\in", "\\x1b]8;;http://x\\x1b\\in"),
    "clipboard": ("\x1b]52;c;cm0gLXJm\x07", "\\x1b]52;c;cm0gLXJm\\x07"),
    "C1": ("\x9b31m \x9dtitle\x9c \x90\x85", "\\x9b31m \\x9dtitle\\x9c \\x90\\x85"),
    "over": ("sent\rnot sent\b\x7f\0", "sent\\rnot sent\\x08\\x7f\\x00"),
    "lines": ("a\nb\vc\fd\x85e\u2028f\u2029g", "a\\nb\\x0bc\\x0cd\\x85e\\u2028f\\u2029g"),
    "separators": ("a\x1cb\x1dc\x1ed\x1f\te", "a\\x1cb\\x1dc\\x1ed\\x1f\\te"),
    "direction": ("\u202eevil\u202c\u2066x\u2069\u200f\u061c", "\\u202eevil\\u202c\\u2066x\\u2069\\u200f\\u061c"),
    "width": ("a\u200bb\u200cc\u200dd\u2060e\ufefff\xadg", "a\\u200bb\\u200cc\\u200dd\\u2060e\\ufefff\\xadg"),
    "no ink": ("a\u115fb\u3164c\u034fd\uffa0", "a\\u115fb\\u3164c\\u034fd\\uffa0"),
    "tags": ("a\U000e0041\U000e0100", "a\\U000e0041\\U000e0100"),
    "halves": ("a\udc80\ud800", "a\\udc80\\ud800"),
    "nobody's": ("\ue000\uffff\U0010ffff", "\\ue000\\uffff\\U0010ffff"),
}


@pytest.mark.parametrize(("written", "shown"), ROWS.values(), ids=ROWS)
def test_a_line_shows_what_is_in_it(written: str, shown: str) -> None:
    """B3: and makes no further line."""
    assert visible(written) == shown
    assert visible(shown) == shown


def test_a_text_keeps_its_own_lines_and_columns() -> None:
    assert visible_lines("a\tb\r\nc\nd\re\x1b\u2028") == "a\tb\r\nc\nd\\re\\x1b\\u2028"


@pytest.mark.parametrize(
    ("encoding", "errors", "written", "shown"),
    [
        ("ascii", "strict", "Größe “x” 서울", b"Gr\\xf6\\xdfe \\u201cx\\u201d \\uc11c\\uc6b8"),
        ("cp1252", "strict", "Größe “x” 서", "Größe “x” ".encode("cp1252") + b"\\uc11c"),
        ("latin-1", "ignore", "Größe “x”", "Größe ".encode("latin-1") + b"\\u201cx\\u201d"),
        ("utf-8", "strict", "a\udc80\U0001f4e6", b"a\\udc80\xf0\x9f\x93\xa6"),
        ("utf-8", "surrogateescape", "a\udc80", b"a\\udc80"),
    ],
)
def test_what_an_encoding_lacks_is_a_code(encoding: str, errors: str, written: str, shown: bytes) -> None:
    """B8: it is not left out, and no error."""
    kept = io.BytesIO()
    stream = VisibleStream(io.TextIOWrapper(kept, encoding, errors))

    print(written, file=stream, flush=True, end="")

    assert kept.getvalue() == shown


def test_nothing_gets_past_a_stream_but_what_is_ours() -> None:
    kept = io.StringIO()
    stream = VisibleStream(kept)

    print("a\x1b[2J", file=stream)
    stream.as_is("\x1b[31m")

    assert kept.getvalue() == "a\\x1b[2J\n\x1b[31m"
    assert not hasattr(stream, "buffer")


def test_what_cannot_be_written_is_said_in_one_way() -> None:
    """A full disk, and a stream that is closed."""
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        stream = VisibleStream(full)
        stream.write("x")
        with pytest.raises(UnwrittenError, match="No space"):
            stream.flush()
    closed = io.StringIO()
    closed.close()
    with pytest.raises(UnwrittenError):
        VisibleStream(closed).write("x")


LOGGING = "from autofill.evidence.keeping.log import log_to_stderr; log_to_stderr(); from loguru import logger"
# Each way in which a text gets to a terminal without having been written for it.
WAYS = {
    "traceback": "raise ValueError(hostile)",
    "thread": "import threading\ndef fail(): raise ValueError(hostile)\n"
    "t = threading.Thread(target=fail); t.start(); t.join()",
    "warning": "import warnings; warnings.warn(hostile)",
    "logging": "import logging; logging.warning(hostile)",
    "asyncio": "import asyncio; asyncio.new_event_loop().call_exception_handler({'message': hostile})",
    "loguru": f"{LOGGING}; logger.warning(hostile)",
    "loguru's traceback": f"{LOGGING}\n"
    "try:\n    raise ValueError(hostile)\nexcept ValueError:\n    logger.exception('x')",
    "typer": "import typer; typer.echo(hostile, err=True)",
    "print": "print(hostile)",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_way_to_the_terminal_goes_round_it(way: str, encoding: str) -> None:
    """B3: errors, tracebacks, warnings and logs that reach the terminal."""
    code = f"import autofill.visible as v; v.open_streams(); hostile = 'a\\x1b[31m\\u202e\\x9b\\r\\u2028'\n{way}"
    settings = os.environ | {"PYTHONIOENCODING": encoding}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=settings)

    said = (done.stdout + done.stderr).decode(encoding)
    assert "\\u202e\\x9b\\r\\u2028" in said
    assert not set(said) & set("\x1b\u202e\x9b\u2028\r")


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_streams_are_open_to_nobody_else(closed: tuple[int, ...]) -> None:
    """B8: the next file that is opened does not become what is printed to."""
    code = (
        f"import os; [os.close(n) for n in {closed}]; os.execv({sys.executable!r}, [{sys.executable!r}, '-c', "
        "'import autofill.visible as v, os, sys; v.open_streams(); n = os.open(os.devnull, os.O_RDONLY);"
        " print(1); print(2, file=sys.stderr, flush=True); sys.stdin.read(); sys.exit(n)'])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, stdin=subprocess.DEVNULL)

    assert done.returncode >= 3
    assert (done.stdout, done.stderr) == (b"" if 1 in closed else b"1\n", b"" if 2 in closed else b"2\n")


@pytest.mark.parametrize(
    ("ledger", "shown"),
    [
        ("postgresql://ana:secret@host:5432/ledger", "postgresql://ana@host:5432/ledger"),
        ("postgresql://ana:sec/ret:1@host/ledger", "postgresql://ana@host/ledger"),
        ("postgresql://ana:sec@ret@host/ledger", "postgresql://ana@host/ledger"),
        ("postgresql://:secret@host/ledger", "postgresql://@host/ledger"),
        ("postgresql://host/ledger?password=secret", "postgresql://host/ledger"),
        (
            "postgresql://host/ledger?user=ana&password=secret&sslmode=require",
            "postgresql://host/ledger?user=ana&sslmode=require",
        ),
        ("postgresql://ana@host/ledger", "postgresql://ana@host/ledger"),
        ("/home/ana/ledger@home:2.sqlite3", "/home/ana/ledger@home:2.sqlite3"),
    ],
)
def test_an_address_is_shown_without_its_password(ledger: str, shown: str) -> None:
    assert without_password(ledger) == shown
