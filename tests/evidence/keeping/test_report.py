"""The report: complete, self-contained, and harmless whatever a page or a profile put into it."""

from __future__ import annotations

import asyncio
import base64
import re
import struct
import time
import zlib
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.report import StepPicture, outcome_of, render_report
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.page.browser import BrowserSettings, launched
from autofill.page.driver import driver_starting

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style></title></bdi><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "javascript:alert(1)",
    "evil \u202etxt.exe\u2066",
    "half a letter \ud83d",
)


class Page(HTMLParser):
    """What a parser sees: the tags with their attributes, and the text."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def png(red: int, *, width: int = 40, height: int = 25) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((red, 0, 0)) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def shot(number: int, *, text: str = "Jörg", picture: bytes | None = None, matches: bool = True) -> StepPicture:
    values = (ReadBack(f"First name {text}", "contact.first_name", text, text, matches),)
    step = StepSummary(n=number, name=f"Step {number} {text}", screenshot=f"data/steps/{number}.png", ms=12)
    return StepPicture(step, f"http://127.0.0.1/{text}", picture, values)


def summary(**what: Any) -> RunSummary:
    usual: dict[str, Any] = {"profile": "p.yaml", "form": "usps-email-us", "target": "replica", "exit_code": 0}
    return RunSummary(**usual | what)


CONFIRMED: dict[str, Any] = {"verdict": Verdict.CONFIRMED, "submitted": "yes", "case_number": "48213307"}
STOPPED: dict[str, Any] = {"stopped_at": "Contact", "error": "The page did not come.", "exit_code": 76}


def test_case_number_is_the_first_heading_and_stands_in_the_title() -> None:
    """The number a person needs comes before everything else."""
    html = render_report(summary(**CONFIRMED), [shot(1), shot(2)]).decode()

    heading = re.search(r"<h1.*?</h1>", html, re.DOTALL)
    assert heading
    assert "48213307" in heading[0]
    assert "<title>Case 48213307 · Confirmed" in html


def test_every_picture_is_embedded_once_and_shown_again_by_reference() -> None:
    """A picture shown three times does not make the file three times as large."""
    pictures = [png(red) for red in (10, 20, 30)]
    html = render_report(summary(**CONFIRMED), [shot(n, picture=p) for n, p in enumerate(pictures, 1)])

    assert [html.count(base64.b64encode(picture)) for picture in pictures] == [1, 1, 1]
    shown = [value for value in Page(html).values("href") if value.startswith("#shot-")]
    # At the top, before and after the submit, and each enlarged.
    assert shown == [f"#shot-{n}" for n in (3, 2, 3, 1, 2, 3)]


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """The file is whole by itself: no address of another place, no script, no event handler."""
    page = Page(render_report(summary(**CONFIRMED), [shot(1, picture=png(1)), shot(2, picture=png(2))]))

    assert all(value.startswith(("#", "data:image/png;base64,")) for value in page.values("href") + page.values("src"))
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert any("default-src 'none'" in value for value in page.values("content"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """Whatever a page, a profile or a site's message holds is shown and never becomes markup."""
    hostile = _page_holding(text)

    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in _page_holding("plain").tags]
    assert not [name for _, attributes in hostile.tags for name in attributes if name.startswith("on")]
    assert hostile.text.count(text.encode(errors="replace").decode()) >= 8


def _page_holding(text: str) -> Page:
    run = summary(error=text, messages=(text,), faults=(text,), next=text, stopped_at=text, browser=text)
    return Page(render_report(run, [shot(1, text=text)]))


def test_text_of_any_direction_is_kept_apart() -> None:
    """A value that switches the writing direction cannot reorder the words around it."""
    html = render_report(summary(), [shot(1, text="\u202eabc")]).decode()

    assert "<td><bdi>\u202eabc</bdi></td>" in html


def test_stopped_run_says_where_and_why_before_the_facts_and_shows_the_picture() -> None:
    """A run that stopped shows first what a person has to know to go on."""
    html = render_report(summary(**STOPPED), [shot(1, picture=png(1)), shot(2, picture=png(2))]).decode()

    order = ["Stopped at", "The page did not come.", "Where it stopped", "#shot-2", 'id="steps"', "<dt>Form</dt>"]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert "Before and after the submit" not in html


def test_refused_run_shows_the_forms_own_words() -> None:
    """What the form said stands at the top, each message by itself."""
    run = summary(verdict=Verdict.REJECTED, exit_code=82, messages=("ZIP is wrong.", "Name is missing."))
    text = Page(render_report(run, [shot(1), shot(2)])).text

    assert "Refused by the form" in text
    assert text.index("ZIP is wrong.") < text.index("Name is missing.") < text.index("Technical details")


def test_run_without_pictures_or_steps_is_still_a_report() -> None:
    """A browser that never gave a picture leaves a readable page."""
    assert "There is no picture of this step." in Page(render_report(summary(**CONFIRMED), [shot(1), shot(2)])).text
    assert "How to check this recording" in Page(render_report(summary(error="No page."), [])).text


def test_picture_that_is_no_png_is_left_out() -> None:
    """Damaged bytes do not keep a recording from being finished."""
    assert "There is no picture" in Page(render_report(summary(), [shot(1, picture=b"not a picture")])).text


def test_differing_value_is_marked_in_words() -> None:
    """Colour is not the only sign of a difference."""
    text = Page(render_report(summary(), [shot(1, matches=False)])).text

    assert "1 of 1 answers differs" in text
    assert "answers match" not in text


def test_matching_answers_are_folded_and_differences_are_open() -> None:
    """What is as planned is counted; what is not stands there to be read."""
    page = Page(render_report(summary(), [shot(1), shot(2, text="Uwe", matches=False), shot(3, text="Ann")]))

    assert page.text.index("1 of 3 answers differs") < page.text.index("The other 2 answers match")
    assert [attributes for tag, attributes in page.tags if tag == "details" and "open" in attributes] == []
    assert page.values("data-head").count("You wrote") == 1


def test_times_are_local_and_say_how_far_that_is_from_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may be read elsewhere; it says when it was sealed, and not that nothing changed since."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    at = datetime(2026, 11, 23, 5, 13, 20, tzinfo=UTC)
    try:
        page = Page(render_report(summary(**CONFIRMED, started=at, finished=at), [shot(1)]))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert "Sealed on Sun 22 Nov 2026, 21:13 (UTC-08:00). Check that nothing has changed since." in page.text
    assert page.values("title").count("2026-11-23 05:13:20 UTC") == 2


@pytest.mark.parametrize(("target", "words"), [("replica", "Practice: nothing left"), ("live", "Live run")])
def test_practice_and_live_cannot_be_confused(target: str, words: str) -> None:
    """Each kind of run says at the top which it is."""
    assert words in Page(render_report(summary(target=target), [])).text


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_words(verdict: Verdict) -> None:
    """No verdict reaches a person as a code word."""
    outcome = outcome_of(summary(verdict=verdict))

    assert outcome.badge[0].isupper()
    assert outcome.meaning.endswith(".")


def test_unsent_run_that_went_as_planned_is_not_called_stopped() -> None:
    """A dry run to the review page is no failure."""
    assert outcome_of(summary()).tone == "still"
    assert outcome_of(summary(error="It broke.")).tone == "bad"


def test_browser_draws_every_picture_from_disk(tmp_path: Path) -> None:
    """In a real browser each picture is painted wherever it is shown, at any size, and nothing complains."""
    shots = [shot(n, picture=png(50 * n)) for n in (1, 2, 3)]
    (tmp_path / "report.html").write_bytes(render_report(summary(**CONFIRMED), shots))

    complaints, painted = asyncio.run(_painted((tmp_path / "report.html").as_uri()))

    assert complaints == []
    # The confirmation, three in the strip, two beside each other, and each enlarged.
    assert painted == [150, 50, 100, 150, 100, 150, 50, 100, 150]


async def _painted(url: str) -> tuple[list[str], list[int]]:
    """What the console said, and the red in the middle of each picture as the screen shows it."""
    complaints: list[str] = []
    async with driver_starting() as driver, launched(await driver, BrowserSettings()) as browser:
        page = await browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        seen = [await picture.screenshot() for picture in await page.locator("main svg.shot").all()]
        for number in (1, 2, 3):
            await page.goto(f"{url}#step-{number}")
            seen.append(await page.locator(f"#step-{number} svg.shot").screenshot())
        reds = [await page.evaluate(_MIDDLE_RED, base64.b64encode(picture).decode()) for picture in seen]
    return complaints, reds


_MIDDLE_RED = """async (data) => {
  const image = new Image();
  image.src = "data:image/png;base64," + data;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  return canvas.getImageData(image.width / 2, image.height / 2, 1, 1).data[0];
}"""
