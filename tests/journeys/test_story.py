"""The story of a lost parcel, played whole: desk, mail servers, browser and program, with the clock moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from docs.story.page import draw
from docs.story.plot import BEGIN, Play
from docs.story.stage import REPOSITORY, staged
from docs.story.trail import Trail
from tests.evidence.tools import sha256sum, ssh_keygen

pytestmark = pytest.mark.long

DOCS = REPOSITORY / "docs"


@dataclass(frozen=True)
class Played:
    """A trail, and what desk, mailbox and folder were like when the play was over."""

    trail: Trail
    folder: Path
    arrived: dict[str, Any]
    mailbox: list[str]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("story") / "maria"
    folder.mkdir()
    with staged(folder, BEGIN) as stage:
        trail = Play(stage).whole()
        yield Played(trail, folder, stage.ask("submissions"), stage.mailbox.mails())


@pytest.fixture(scope="module")
def drawn(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("docs")
    draw(played.trail, docs)
    return docs


def test_the_case_goes_from_sent_to_resolved(played: Played) -> None:
    """Each status is what `autofill cases` said at that time."""
    assert [chapter.status for chapter in played.trail.chapters] == [
        "not sent yet", "sent", "acknowledged", "overdue", "followed up", "answered", "resolved",
    ]  # fmt: skip
    assert [each.what for each in played.trail.history] == [
        "sent", "acknowledged", "followed up", "sent", "acknowledged", "answered", "resolved",
    ]  # fmt: skip


def test_three_business_days_go_by_over_the_holiday_weekend(played: Played) -> None:
    """The holiday and the weekend do not count, and nothing is due before the third day is over."""
    (mornings,) = filter(None, (chapter.mornings for chapter in played.trail.chapters))

    assert [each.counts for each in mornings] == [0, 0, 1, 0, 0, 2, 3, 4]
    assert [each.day for each in mornings if each.is_due] == [date(2026, 12, 2)]
    assert mornings[1].what == "Thanksgiving Day"


def test_the_desk_got_two_inquiries_and_the_second_names_the_first(played: Played) -> None:
    first, second = played.arrived["submissions"]

    assert played.arrived["requests"] == 2
    assert (first["case_number"], second["case_number"]) == played.trail.numbers
    assert second["fields"]["previous_case"] == first["case_number"]
    assert first["fields"].get("previous_case", "") == ""


def test_the_mailbox_is_as_it_was_delivered(played: Played) -> None:
    """Three mails, none of them marked as seen."""
    mails = [name for name in played.mailbox if "dovecot" not in name and "maildir" not in name]

    assert len(mails) == 3
    assert not [name for name in mails if name.endswith("S")]


def test_every_recording_is_a_piece_of_the_trail_and_checks_out(played: Played) -> None:
    """By `autofill verify`, and by public tools."""
    pieces = played.trail.pieces
    folders = [path for path in (played.folder / "recordings").iterdir() if (path / "bagit.txt").exists()]

    assert sorted(folder.name for folder in folders) == [piece.name for piece in pieces]
    assert [piece.what for piece in pieces] == [
        "run: missing package", "mail: acknowledged", "run: follow up", "mail: acknowledged", "mail: answered",
    ]  # fmt: skip
    assert all(piece.ok and piece.public_tool_ok for piece in pieces)
    assert all(sha256sum(folder) and ssh_keygen(folder) for folder in folders)


def test_the_times_in_the_trail_are_the_story_s(played: Played) -> None:
    """Whatever day it is where it is played."""
    days = [each.at.date() for each in played.trail.history]

    assert days == [date(2026, 11, 25)] * 2 + [date(2026, 12, 2)] * 3 + [date(2026, 12, 3), date(2026, 12, 4)]


def without_chance(page: Path) -> str:
    """A page without what is new in every play: numbers, hashes, keys, and how many files and records there are."""
    text = re.sub(r"\b[0-9a-f]{64}\b|SHA256:[\w+/]+", "#", page.read_text(encoding="utf-8"))
    return re.sub(r"\b\d{8}\b|\d+(?= files| records)", "#", text)


@pytest.mark.parametrize("name", ["story.md", "story/index.html"])
def test_the_page_in_the_documents_is_the_one_that_the_play_draws(drawn: Path, name: str) -> None:
    """`make story` draws it anew."""
    assert without_chance(DOCS / name) == without_chance(drawn / name)


def test_the_pictures_in_the_documents_are_there_and_small(drawn: Path) -> None:
    pictures = {path.name: path for path in (DOCS / "story" / "pictures").iterdir()}

    assert set(pictures) == {path.name for path in (drawn / "story" / "pictures").iterdir()}
    assert all(path.stat().st_size < 250_000 for path in pictures.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_read_the_page(page: Page, scheme: str) -> None:
    """Without scripts and without the network, by day, by night, and on a telephone."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await page.set_viewport_size({"width": 390, "height": 800})
    await page.goto((DOCS / "story" / "index.html").as_uri())

    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})

    assert found.response["violations"] == []
    assert await page.locator("script").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert [url for url in asked if not url.startswith("file:")] == []
