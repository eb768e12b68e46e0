r"""Text made visible: what a terminal would obey, hide or turn around is shown as its code, such as `\x1b` or `\u202e`.

The one place that decides so for all that is printed and logged; it has no texts of its own, and imports nothing.
"""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from typing import Any, Final, TextIO, cast

# Unicode counts them among letters and marks, and nobody sees them (DerivedCoreProperties, Default_Ignorable).
_WITHOUT_INK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | frozenset(
    map(chr, range(0xE0100, 0xE01F0))
)
_PERHAPS: Final = re.compile("[^ -~]")
_LAYOUT: Final = ("\r\n", "\n", "\t")
# A password may hold a slash, and an @ that was not written as it should be; an address can also have it in its query.
_PASSWORD: Final = re.compile(r"(?<=://)([^/@:]*):.*@")
_QUERIED: Final = re.compile(r"(?<=[?&])password=[^&]*&?")


def visible(text: str) -> str:
    """One line as it can be printed: no control, line end, turn of direction, half a letter or hidden one is left."""
    return _PERHAPS.sub(lambda found: found[0] if is_visible(found[0]) else _code(found[0]), text)


def is_visible(letter: str) -> bool:
    """Whether a letter does nothing but stand there; spaces of any width do."""
    return (letter.isprintable() or unicodedata.category(letter) == "Zs") and letter not in _WITHOUT_INK


def visible_lines(text: str) -> str:
    """A text that has lines and columns of its own as it can be printed."""
    return "".join(part if part in _LAYOUT else visible(part) for part in re.split(f"({'|'.join(_LAYOUT)})", text))


def without_password(address: str) -> str:
    """The address of a database without its password; a path as it is."""
    if "://" not in address:
        return address
    return _QUERIED.sub("", _PASSWORD.sub(r"\1@", address)).rstrip("?&")


def _code(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


class UnwrittenError(OSError):
    """What was to be printed did not reach whoever should read it."""


class VisibleStream(io.TextIOBase):
    """Stream on which all is visible, whoever writes it, a traceback too; `as_is` writes colours and the like.

    What its encoding lacks becomes a code. It has no `buffer`: nothing gets past it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

    def __getattr__(self, name: str) -> Any:
        """What else is asked about a stream (only what this class and its bases lack comes here)."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.stream, name)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of what is written to."""
        return self.stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What becomes of letters that the encoding lacks."""
        return self.stream.errors

    def write(self, text: str, /) -> int:
        """Write a text, visible."""
        self.as_is(visible_lines(text))
        return len(text)

    def as_is(self, text: str) -> None:
        """Write a text that is ours.

        Raises:
            UnwrittenError: It could not be written.
        """
        try:
            self.stream.write(text)
        except (OSError, ValueError) as error:
            raise UnwrittenError(*error.args) from error

    def flush(self) -> None:
        """Hand on what was written.

        Raises:
            UnwrittenError: It could not be written.
        """
        try:
            self.stream.flush()
        except (OSError, ValueError) as error:
            raise UnwrittenError(*error.args) from error

    def fileno(self) -> int:
        """The number of the open file."""
        return self.stream.fileno()

    def isatty(self) -> bool:
        """Whether a terminal shows it."""
        return self.stream.isatty()

    def writable(self) -> bool:
        """Always."""
        return True


def open_streams() -> None:
    """Give the process three streams, whatever it was started with, and make the two that it writes to visible.

    A number that is closed would go to the next file that is opened, a ledger, say, and prints would go into that.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003 - takes no names
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = cast("TextIO", VisibleStream(sys.stdout or os.fdopen(1, "w", closefd=False)))
    sys.stderr = cast("TextIO", VisibleStream(sys.stderr or os.fdopen(2, "w", closefd=False)))
