"""The timeline of a run, from whatever a journal holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from autofill.events import ConnectionInfo
from autofill.evidence.keeping.timeline import JournalLine, timeline_of

AT = datetime(2026, 11, 22, 17, 44, 3, tzinfo=UTC)


def line(kind: str, **facts: object) -> bytes:
    return json.dumps({"v": 1, "t_wall": AT.isoformat(), "kind": kind, **facts}).encode() + b"\n"


def test_addresses_click_and_answer_are_found() -> None:
    """Each page by its step; the click by the intent before it; the first answer to it, as the recorder notes it."""
    journal = line("run", url="http://a/") + line("page", n=2, url="http://a/2") + line("intent", n=5)
    first = line(
        "response", status=200, url="http://a/submit", **asdict(ConnectionInfo(tls="TLS 1.3", server="127.0.0.1:1"))
    )
    answers = first + line("response", status=302)

    found = timeline_of(journal + answers)

    assert (found.pages, found.clicked) == ({2: "http://a/2"}, AT)
    assert found.answer == JournalLine(kind="response", t_wall=AT, url="http://a/submit", status=200, tls="TLS 1.3")


def test_an_answer_without_facts_of_its_line_is_one() -> None:
    """Recordings from before they were kept have none."""
    found = timeline_of(line("response", status=200))

    assert (found.pages, found.clicked) == ({}, None)
    assert found.answer == JournalLine(kind="response", t_wall=AT, status=200)


@pytest.mark.parametrize(
    "end", [b"", b"{", b"\xff\n", b"[" * 100_000, b"null\n", line("page", n="x"), b'{"kind": "page"}\n']
)
def test_what_makes_no_sense_ends_the_tale(end: bytes) -> None:
    """A journal that was cut off or made up still tells what stands before that."""
    assert timeline_of(line("page", n=1, url="u") + end + line("page", n=9, url="later")).pages.get(1) == "u"
