"""Vocabulary of hostile pages: when one sends, how, where to, what, in which encoding; what is answered and shown.

The names are those of page.js; a test holds them together.
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import Any, Final

BEFORE: Final = ("input", "change", "blur", "timer", "next", "review", "hover")
AT: Final = ("press", "click, first", "click, alone", "after")
LEAVING: Final = ("hidden", "pagehide")
WHEN: Final = (*BEFORE, *AT, *LEAVING, "load")

# What has a body of its own; it can be written in any encoding.
WITH_BODY: Final = (
    "fetch", "fetch PUT", "fetch PATCH", "fetch keepalive", "fetch no-cors", "fetch later", "fetch in pieces", "XHR",
    "sync XHR", "beacon", "form", "form to a window", "form to a frame", "fetch in a frame", "worker",
    "fetch in a window", "beacon in a window",
)  # fmt: skip
IN_THE_ADDRESS: Final = (
    "fetch GET", "fetch path", "GET form", "navigation", "history and reload", "meta refresh", "link click", "download",
    "ping", "image", "image set", "picture in a style", "style import", "style sheet", "font", "icon", "manifest",
    "prefetch", "preload", "modulepreload", "prerender", "dictionary", "script", "import", "worklet", "object",
    "embed", "video", "poster", "frame", "frame in markup", "event source", "worker script", "shared worker",
    "service worker", "window", "header", "cookie", "referrer", "policy report",
)  # fmt: skip
# No request that could be held: what goes there can only be known, or closed altogether.
SPECULATION: Final = ("speculation prefetch", "speculation prerender", "speculation in markup")
SOCKETS: Final = (
    "socket", "socket in small frames", "socket in a worker", "socket address", "socket protocol",
    "socket cookie", "new socket",
)  # fmt: skip
CALLS: Final = ("call (UDP)", "call (TCP)")
HOW: Final = (*WITH_BODY, *IN_THE_ADDRESS, *SPECULATION, *SOCKETS, *CALLS)

TO: Final = ("submit", "read", "elsewhere", "own name")
CARRIES: Final = ("all", "message", "e-mail", "nothing")
ENCODINGS: Final = (
    "json", "escaped", "lines", "form", "multipart", "percent", "percent twice", "base64", "base64url",
    "base64 of form", "upper case", "lower case", "hex", "utf-16",
)  # fmt: skip

REFUSED: Final = ("400", "409", "413", "422", "200 with errors")
ANSWERS: Final = (
    "200", "200 without a number", "200 page", "303", "307", "401", "403", "404", "408", "429", "500", "502", "503",
    "reset", "empty", "hang", "cut", *REFUSED,
)  # fmt: skip
SHOWS: Final = (
    "thanks", "thanks without a number", "thanks with the earlier number", "thanks with the own phone",
    "thanks with a helpline", "thanks with a date", "thanks with two numbers", "thanks and a mapped alert",
    "thanks and another alert", "off-screen thanks", "transparent thanks", "tiny thanks", "clipped thanks",
    "invisible thanks", "shrunk thanks", "alert", "alert that says received", "another alert", "field error",
    "field error and alert", "first page again", "broken script", "nothing",
)  # fmt: skip

# How often a composed page is answered, and thanks, as pages do.
_USUAL: Final = 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a page sends besides, or instead of, what it should."""

    when: str
    how: str
    to: str = "submit"
    carries: str = "all"
    encoding: str = "json"

    def __post_init__(self) -> None:
        for word, words in zip(
            (self.when, self.how, self.to, self.carries, self.encoding),
            (WHEN, HOW, TO, CARRIES, ENCODINGS),
            strict=True,
        ):
            assert word in words, word


@dataclass(frozen=True, slots=True)
class Page:
    """A hostile page: a form that is filled, gone on with, reviewed and submitted, and what else it does.

    `method` is the mapped one of its submit request. With `brave` it shows what it shows even when no answer came;
    without `sends` the button sends nothing.
    """

    parts: tuple[Part, ...] = ()
    answer: str = "200"
    shows: str = "thanks"
    method: str = "POST"
    brave: bool = False
    sends: bool = True

    def __post_init__(self) -> None:
        assert self.answer in ANSWERS, self.answer
        assert self.shows in SHOWS, self.shows

    def for_script(self, **more: Any) -> dict[str, Any]:
        """What page.js has to know."""
        hows = {part.how for part in self.parts}
        socket = "worker" if "socket in a worker" in hows else bool(hows & {"socket", "socket in small frames"})
        attempts = [asdict(part) for part in self.parts]
        return {"attempts": attempts, "shows": self.shows, "sends": self.sends, "brave": self.brave} | {
            "socket": socket,
            **more,
        }


def compose(chance: random.Random) -> Page:
    """A page put together at random: mostly one that sends too early or too often, and else as any other."""
    return Page(
        tuple(_part(chance) for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))),
        answer="200" if chance.random() < _USUAL else chance.choice(ANSWERS),
        shows="thanks" if chance.random() < _USUAL else chance.choice(SHOWS),
        brave=chance.random() < 1 - _USUAL,
        sends=chance.random() < 0.9,
    )


def _part(chance: random.Random) -> Part:
    return Part(
        when=chance.choice(WHEN),
        how=chance.choice((*WITH_BODY, *WITH_BODY, *HOW)),
        to=chance.choice(("submit", "submit", *TO)),
        carries=chance.choice(("all", "all", *CARRIES)),
        encoding=chance.choice(ENCODINGS),
    )
