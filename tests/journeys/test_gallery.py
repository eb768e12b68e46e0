"""The gallery in a real browser, over five hundred recordings: by keyboard, narrow, dark, without scripts, and hostile.

The recordings are one real sealed run, copied by links and varied in what the list shows.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Request

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.events import Verdict
from autofill.web import RunningApp, serving
from autofill.web.ledger_gateway import LedgerGateway
from tests.conftest import one_in
from tests.journeys.conftest import REPOSITORY, nothing_in_the_way, tab_to

SAMPLE = REPOSITORY / "recordings" / "sample-missing-package"
NEWEST, REFUSED, STOPPED, UNKNOWN, KOREAN = (
    f"20261122T{n // 60:02}{n % 60:02}00Z-refund-{n:06x}" for n in range(500, 495, -1)
)
PAGES = (
    "",
    "recordings",
    f"cases/{NEWEST}",
    f"cases/{UNKNOWN}",
    f"r/{NEWEST}/",
    f"r/{REFUSED}/",
    f"r/{STOPPED}/",
    f"r/{UNKNOWN}/",
    f"r/{KOREAN}/",
    "r/unfinished/",
    "r/nowhere/",
)
TEXTS = {
    "ko": "2026년 10월 5일에 보낸 소포가 아직 도착하지 않았습니다.",
    "de": "Größere Päckchen über Weißrußland: ÄÖÜ äöü ß „so“",
    "id": "Paket saya belum tiba; mohon bantuannya untuk mencarinya.",
}
PWNED = "<script>window.__pwned=1</script><img src=x onerror='window.__pwned=1'><svg onload='window.__pwned=1'>"


class Desk:
    """A gallery that is being served: where it is, and how to get in."""

    def __init__(self, gallery: RunningApp, ledger: Path) -> None:
        self.gallery, self.home, self.ledger = gallery, gallery.home, ledger


def vary(folder: Path, **what: Any) -> None:
    """Give a copy a summary of its own; the file is made anew, so that no other copy changes with it."""
    file = folder / "data" / "run.json"
    run = json.loads(file.read_text(encoding="utf-8")) | what
    file.unlink()
    file.write_text(json.dumps(run), encoding="utf-8")


def put(folder: Path, inside: str, content: str | bytes) -> None:
    """Replace one file of a copy."""
    file = folder / "data" / inside
    file.unlink(missing_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def make_many(recordings: Path) -> None:
    """Five hundred recordings, and one of every condition."""
    original = recordings.parent / "original"
    shutil.copytree(SAMPLE, original)
    for n in range(1, 501):
        folder = recordings / f"20261122T{n // 60:02}{n % 60:02}00Z-refund-{n:06x}"
        shutil.copytree(original, folder, copy_function=os.link)
        vary(folder, case_number=f"{48_000_000 + n}", topic=("refund", "claim")[n % 2], started="2026-11-22T17:44:03Z")
    said = {"case_number": None, "submitted": "no"}
    vary(recordings / REFUSED, **said, verdict="rejected", messages=[*TEXTS.values()], faults=["dialog: it asked"])
    vary(recordings / STOPPED, **said, verdict="not-submitted", stopped_at="Review", error="The page did not come.")
    vary(recordings / UNKNOWN, **said, verdict="unknown", faults=["no-answer: none", "evidence: x"])
    values = [
        {
            "name": text,
            "field": code,
            "planned": text,
            "found": text[: 7 if code == "de" else None],
            "matches": code != "de",
        }
        for code, text in TEXTS.items()
    ]
    put(recordings / KOREAN, "steps/0002-problem-details.values.json", json.dumps(values))
    (recordings / KOREAN / "data" / "attachments").mkdir()
    put(recordings / KOREAN, f"attachments/{'a' * 64}-{'receipt' * 12}.txt", "x")
    vary(recordings / KOREAN, topic=TEXTS["ko"], messages=[TEXTS["de"], TEXTS["id"]])
    shutil.copytree(original, recordings / "unfinished", copy_function=os.link)
    (recordings / "unfinished" / "data" / "run.json").unlink()
    (recordings / "20261121T000000Z-refund-00000a.tar.age").write_bytes(b"age")
    (recordings / "odd" / "data").mkdir(parents=True)
    (recordings / "odd" / "data" / "run.json").write_text("{")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place = tmp_path_factory.mktemp("gallery")
    make_many(place / "recordings")
    with open_ledger(place / "ledger.sqlite3") as ledger:
        for name, verdict in ((NEWEST, Verdict.CONFIRMED), (UNKNOWN, Verdict.UNKNOWN)):
            ledger.prepare(name, key=name, space="practice", form="usps-email-us")
            ledger.filled(name)
            ledger.submitting(name)
            ledger.settle(name, verdict, "48000500" if verdict is Verdict.CONFIRMED else None)
        ledger.cases.record(NEWEST, CaseEvent(Kind.QUESTION, datetime.now(UTC)))
    gateway = LedgerGateway(LedgerPlaces.of(str(place / "ledger.sqlite3"), place))
    with serving(place / "recordings", gateway, profiles=REPOSITORY / "profiles") as gallery:
        yield Desk(gallery, place / "ledger.sqlite3")


@asynccontextmanager
async def visiting(browser: Browser, desk: Desk, **how: Any) -> AsyncIterator[Page]:
    """A page that came in by the announced address, in a browser set up like this."""
    context = await browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | how)
    try:
        page = await context.new_page()
        await page.goto(desk.gallery.new_address())
        yield page
    finally:
        await context.close()


_WIDTHS = """(images) => Promise.all(images.map((one) => new Promise((done) => {
  const shown = new Image();
  shown.onload = () => done(shown.naturalWidth);
  shown.src = one.href.baseVal;
})))"""


async def test_five_hundred_open_with_few_and_small_pictures(browser: Browser, desk: Desk) -> None:
    """Nothing but thumbnails, and of those one page's, even when a person scrolls to its end."""
    got: list[Request] = []

    def hear(request: Request) -> None:
        got.append(request)

    async with visiting(browser, desk) as page:
        page.on("requestfinished", hear)
        await page.goto(f"{desk.home}recordings")
        await page.keyboard.press("End")
        for picture in await page.locator(".film img").all():
            await picture.scroll_into_view_if_needed()
            assert await picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 300
        pictures = [request for request in got if request.resource_type == "image"]
        sizes = [(await request.sizes())["responseBodySize"] for request in pictures]

        assert await page.locator(".count").inner_text() == "1 to 48 of 503, newest first"
        assert await page.locator(".film").count() == 48
        assert 40 < len({request.url for request in pictures}) < 60
        assert all("/thumbs/" in request.url for request in pictures)
        assert max(sizes) < 40_000
        assert [request.url for request in got if not request.url.startswith((desk.home, "data:"))] == []


async def test_a_recording_is_found_and_judged_by_keyboard(browser: Browser, desk: Desk) -> None:
    """Filter, open, say what one thinks; keys that are typed are text there, and no commands."""
    async with visiting(browser, desk) as page:
        await tab_to(page, "nav a[href$='/recordings']")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/recordings")
        await tab_to(page, "#text")
        await page.keyboard.type("48000500")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**text=48000500*")
        assert await page.locator(".film").count() == 1
        await tab_to(page, ".film a")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/r/{NEWEST}/")
        await tab_to(page, "#yours summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "[name=stance]")
        await page.keyboard.press("ArrowDown")
        await tab_to(page, "#note")
        await page.keyboard.type("Is that right? - I wonder")
        await tab_to(page, "form[method=post] button")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**#yours")
        assert "Is that right? - I wonder" in await page.locator(".reviews").inner_text()
    with open_ledger(desk.ledger) as ledger:
        (said,) = ledger.reviews()[NEWEST]
        assert (said.stance, said.note) == ("doubt", "Is that right? - I wonder")


async def test_the_steps_are_walked_through_by_keyboard(browser: Browser, desk: Desk) -> None:
    """A thumbnail opens its picture at full size; arrow keys go on from there, and Escape goes back."""
    walk = (("ArrowRight", "step-2"), ("End", "step-6"), ("ArrowRight", "step-6"), ("Home", "step-1"))
    every = "[...document.querySelectorAll('.enlarged')]"
    shown = f"{every}.filter(one => one.checkVisibility()).map(one => one.id)"
    async with visiting(browser, desk) as page:
        await page.goto(f"{desk.home}r/{NEWEST}/")
        assert await page.evaluate(shown) == []
        await tab_to(page, ".strip a")
        await page.keyboard.press("Enter")
        assert await page.evaluate(shown) == ["step-1"]
        for key, step in walk:
            await page.keyboard.press(key)
            assert await page.evaluate(shown) == [step]
            assert await page.evaluate("document.activeElement.closest('.enlarged').id") == step
        await page.keyboard.press("Escape")
        assert await page.evaluate(shown) == []


async def test_thumbnails_show_what_was_filled_and_pictures_are_drawn(browser: Browser, desk: Desk) -> None:
    """The first picture is cropped to where the values begin; nothing but the recording's own pictures is asked for."""
    async with visiting(browser, desk) as page:
        await page.goto(f"{desk.home}r/{NEWEST}/")
        boxes = [str(await one.get_attribute("viewBox")) for one in await page.locator(".strip svg").all()]
        whole = await page.locator(".enlarged svg").nth(1).get_attribute("viewBox")
        drawn = await page.locator(".strip image").evaluate_all(_WIDTHS)

    assert len(drawn) == 6
    assert min(drawn) > 800
    assert boxes[1] != whole
    assert boxes[1].split()[2:] == ["480", "300"]
    assert boxes[0].startswith("0 0 ")


async def test_what_matches_is_folded_and_printed(browser: Browser, desk: Desk) -> None:
    """A person reads a count; paper, which nobody can unfold, has every answer and every picture."""
    async with visiting(browser, desk) as page:
        await page.goto(f"{desk.home}r/{NEWEST}/")
        answer = page.locator(".values .answers td").first
        assert await page.locator(".values summary").inner_text() != ""
        assert await answer.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})") is False
        await page.emulate_media(media="print")
        assert await answer.evaluate("one => one.getBoundingClientRect().height") > 0
        assert await page.locator(".enlarged:visible").count() == 6
        assert not await page.locator(".app-bar").is_visible()


@pytest.mark.parametrize(
    ("scheme", "width"),
    one_in(3, [("light", 1440), ("dark", 1440), ("light", 360), ("dark", 320), ("light", 320), ("dark", 360)]),
)
async def test_nothing_stands_in_the_way_of_anybody(browser: Browser, desk: Desk, scheme: str, width: int) -> None:
    """axe-core finds no violation on any page, and no page is wider than its window."""
    async with visiting(browser, desk, color_scheme=scheme, viewport={"width": width, "height": 800}) as page:
        for path in PAGES:
            await page.goto(desk.home + path)
            await nothing_in_the_way(page)


async def test_dark_is_dark(browser: Browser, desk: Desk) -> None:
    """Paper and ink change places."""
    brightness = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)"
    async with visiting(browser, desk, color_scheme="dark") as page:
        assert max(await page.evaluate(brightness)) < 64
    async with visiting(browser, desk, color_scheme="light") as page:
        assert min(await page.evaluate(brightness)) > 192


async def test_texts_in_three_languages_are_whole_and_have_letters(browser: Browser, desk: Desk) -> None:
    """What a form said and what was written is shown as it was; every Korean letter comes from a Korean font."""
    async with visiting(browser, desk) as page:
        await page.goto(f"{desk.home}r/{KOREAN}/")
        assert TEXTS["ko"] in await page.locator(".head").inner_text()
        assert [await text.inner_text() for text in await page.locator(".quote bdi").all()] == [
            TEXTS["de"],
            TEXTS["id"],
        ]
        planned, found, *_ = await page.locator("tr.differs td").all_inner_texts()
        assert (TEXTS["de"] in planned, TEXTS["de"] in found, TEXTS["de"][:7] in found) == (True, False, True)
        assert await page.locator("tr.differs .marked.bad").count() == 1

        await page.locator(".values summary").click()
        line = await page.context.new_cdp_session(page)
        await line.send("DOM.enable")
        await line.send("CSS.enable")
        root = (await line.send("DOM.getDocument"))["root"]["nodeId"]
        name = {"nodeId": root, "selector": ".values details tbody tr:not(.page) th bdi"}
        drawn = await line.send("CSS.getPlatformFontsForNode", await line.send("DOM.querySelector", name))
        letters = sum("가" <= letter <= "힣" for letter in TEXTS["ko"])
        assert sum(font["glyphCount"] for font in drawn["fonts"] if "CJK KR" in font["familyName"]) == letters


async def test_without_scripts_all_is_there(browser: Browser, desk: Desk) -> None:
    """List, filter, every frame, both sides of the submit, and saying what one thinks."""
    async with visiting(browser, desk, java_script_enabled=False) as page:
        await page.get_by_role("link", name="Recordings", exact=True).click()
        await page.get_by_label("Verdict", exact=True).select_option("rejected")
        await page.get_by_role("button", name="Filter").click()
        await page.get_by_role("link", name="No case number").click()
        await page.wait_for_load_state()
        assert page.url == f"{desk.home}r/{REFUSED}/"
        assert await page.locator(".strip svg:visible").count() == 6
        assert await page.locator(".pair figure:visible").count() == 2
        await page.locator("#yours summary").click()
        await page.get_by_label("Accept").check()
        await page.get_by_label("Note", exact=True).fill("Ich schreibe neu.")
        await page.get_by_role("button", name="Save").click()
        await page.wait_for_load_state()
        assert "Ich schreibe neu." in await page.locator(".reviews").inner_text()
        await page.locator(".strip a").first.click()
        assert page.url.endswith("#step-1")
        assert await page.locator("#step-1 svg").is_visible()
        await page.locator("#step-1").get_by_role("link", name="Close").click()
        assert not await page.locator("#step-1 svg").is_visible()


async def test_a_hostile_recording_runs_nothing_and_reaches_nobody(browser: Browser, tmp_path: Path) -> None:
    """Markup in every text and name, pages and drawings posing as pictures, a script as a file: all stay harmless."""
    evil = tmp_path / "recordings" / "20261122T174403Z-evil-000000"
    shutil.copytree(SAMPLE, evil)
    steps = [{"n": n, "name": PWNED, "screenshot": f"data/steps/{n}.png", "ms": 1} for n in (1, 2)]
    texts = dict.fromkeys(("case_number", "topic", "form", "profile", "next", "error", "browser", "autofill"), PWNED)
    vary(evil, **texts, steps=steps, messages=[PWNED], faults=[f"dialog: {PWNED}"], verdict="rejected")
    put(evil, "steps/1.png", f"<html>{PWNED}")
    put(evil, "steps/2.png", f"<svg xmlns='http://www.w3.org/2000/svg'>{PWNED}</svg>")
    elsewhere = socket.create_server(("127.0.0.1", 0))
    elsewhere.settimeout(0)
    frame = f"<iframe src='http://127.0.0.1:{elsewhere.getsockname()[1]}/'></iframe>"
    report = (evil / "data" / "report.html").read_text(encoding="utf-8")
    put(
        evil,
        "report.html",
        report.replace(
            "</title>", f"</title>{PWNED}{frame}<meta http-equiv=refresh content='0;url=http://evil.example/'>"
        ),
    )
    put(
        evil,
        "confirmation.html",
        f"<title>calm</title>{PWNED}{frame}<form action='/r/x/opinion' method=post><button>go</button></form>",
    )
    put(evil, "script.json", "window.__pwned=1")
    (evil / "data" / "attachments").mkdir()
    put(evil, "attachments/<img src=x onerror=window.__pwned=1>", "x")
    asked: list[str] = []

    gateway = LedgerGateway(LedgerPlaces.of(str(tmp_path / "ledger.sqlite3"), tmp_path))
    with serving(tmp_path / "recordings", gateway) as gallery:
        desk = Desk(gallery, tmp_path / "ledger.sqlite3")
        async with visiting(browser, desk) as page:
            page.on("request", lambda request: asked.append(request.url))
            page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
            files = ("report.html", "confirmation.html", "steps/1.png", "steps/2.png", "script.json")
            for path in ("", "recordings", f"r/{evil.name}/", *(f"r/{evil.name}/files/data/{file}" for file in files)):
                await page.goto(desk.home + path)
                await page.wait_for_load_state("networkidle")
                assert await page.evaluate("typeof window.__pwned") == "undefined", path
            await page.goto(f"{desk.home}r/{evil.name}/")
            refused = await page.evaluate(
                """async (place) => { const script = document.createElement("script");
                try { script.src = place; } catch (error) { return error.name; }
                return "taken"; }""",
                f"{gallery.entrance.root}/r/{evil.name}/files/data/script.json",
            )

    with elsewhere, pytest.raises(BlockingIOError):
        elsewhere.accept()
    assert refused == "TypeError"
    assert [url for url in asked if not url.startswith((desk.home, "data:"))] == []


async def test_what_needs_a_person_is_settled_by_keyboard(browser: Browser, desk: Desk) -> None:
    """From Home to the question what became of a run, and to their question; afterwards neither is asked again."""
    async with visiting(browser, desk) as page:
        assert await page.locator("h1").inner_text() == "2 things need you"
        await tab_to(page, ".need a[href$='#found-out']")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/r/{UNKNOWN}/#found-out")
        await tab_to(page, "[name=outcome]")
        await page.keyboard.press("ArrowDown")
        await tab_to(page, "#because")
        await page.keyboard.type("They have nothing of that day.")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/r/{UNKNOWN}/")
        assert "Never arrived" in await page.locator(".head .badge").first.inner_text()

        await page.goto(desk.home)
        await tab_to(page, ".need a[href*='/cases/']")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/cases/{NEWEST}")
        await tab_to(page, ".aside summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "button[value=replied]")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/cases/{NEWEST}")
        assert "you replied" in (await page.locator(".timeline").inner_text()).lower()
        await page.goto(desk.home)
        assert await page.locator("h1").inner_text() == "Nothing needs you now"
