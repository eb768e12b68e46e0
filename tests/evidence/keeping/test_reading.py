"""A picture shows every value that a step read back, or the recording says which it does not: B2."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pytest
from PIL import Image, ImageChops
from playwright.async_api import CDPSession, Page

from autofill.events import ReadBack, StepDone, StepStarted
from autofill.evidence.keeping import pictures
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.keeping.pictures import Camera, Photograph
from autofill.evidence.keeping.reading import Shown
from autofill.evidence.recorder import Recorder

VALUE: Final = "zebulonia@example.com"
READ = ReadBack("Email", "contact.email", VALUE, VALUE, matches=True)
PLANNED = PlannedValue("contact.email", "Email", "text", VALUE)
FIELD = f"<input id=f style='color:red;width:300px' value='{VALUE}'>"
LINES = "<p>line</p>" * 40
OVER = "left:0;right:0;background:#fff"
# What is red on a page that shows all of the value, as input and as text.
ENOUGH: Final = 560


class Case(NamedTuple):
    """HTML of the body, what the picture has to do, and a script that does the rest."""

    html: str
    fate: Literal["shown", "told"]
    script: str = ""


CASES: Final = {
    "plain": Case(FIELD, "shown"),
    "box that scrolls": Case(f"<div style='height:200px;overflow:auto'>{LINES}{FIELD}</div>", "shown"),
    "box that was scrolled": Case(
        f"<div id=s style='height:200px;overflow:auto'>{FIELD}{LINES}</div>", "shown", "s.scrollTop = 300"
    ),
    "box in a box": Case(
        "<div style='height:200px;overflow:auto'>"
        f"<div style='height:150px;overflow:auto'>{LINES}{FIELD}</div>{LINES}</div>",
        "shown",
    ),
    "middle of an app": Case(
        "<style>html,body{height:100%}</style><div style='display:flex;flex-direction:column;height:100%'>"
        f"<header>h</header><main style='flex:1 1 0;min-height:0;overflow:auto'>{LINES}{FIELD}</main>"
        "<footer>f</footer></div>",
        "shown",
    ),
    "fixed dialog": Case(f"<div style='position:fixed;inset:50px;overflow:auto'>{LINES}{FIELD}</div>", "shown"),
    "box in a closed shadow": Case(
        "<div id=h></div>",
        "shown",
        f"h.attachShadow({{mode: 'closed'}}).innerHTML = `<div style='height:99px;overflow:auto'>{LINES}{FIELD}</div>`",
    ),
    "box that cannot be scrolled": Case(
        f"<div style='width:300px;overflow:hidden'><p style='width:900px;padding-left:600px'>{FIELD}</div>", "shown"
    ),
    "frame that scrolls": Case(f'<iframe style="height:100px;width:400px" srcdoc="{LINES}{FIELD}"></iframe>', "shown"),
    "text area with long text": Case(
        f"<textarea rows=2 style='color:red;width:120px'>{VALUE[:9]}\n\n\n\n\n\n{VALUE[9:]}</textarea>", "shown"
    ),
    "input shorter than its text": Case(f"<input style='color:red;width:60px' value='{VALUE}'>", "shown"),
    "text cut short": Case(
        f"<p style='color:red;width:80px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>{VALUE}</p>",
        "shown",
    ),
    "text of one line of two": Case(
        "<p style='color:red;display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden;"
        f"width:110px'>{VALUE[:9]} {VALUE[9:]}</p>",
        "shown",
    ),
    "head that sticks, on a scrolled page": Case(
        f"<div style='height:900px'></div><div style='position:sticky;top:0;height:80px;{OVER}'></div>"
        f"<div style='height:300px'></div>{FIELD}<div style='height:2000px'></div>",
        "shown",
        "scrollTo(0, 1150)",
    ),
    "head that stays": Case(f"<div style='position:fixed;top:0;height:60px;{OVER}'></div>{FIELD}{LINES}", "shown"),
    "foot that stays": Case(
        f"<div style='position:fixed;bottom:0;height:60px;{OVER}'></div><div style='height:920px'></div>{FIELD}{LINES}",
        "shown",
    ),
    "notice that stays over all": Case(f"<div style='position:fixed;top:0;bottom:0;{OVER}'></div>{FIELD}", "told"),
    "overlay": Case(f"<div style='position:absolute;top:0;height:500px;{OVER}'></div>{FIELD}", "told"),
    "picture over it": Case(
        "<img style='position:absolute;top:0;left:0;width:500px;height:99px' src=\"data:image/svg+xml,"
        "<svg xmlns='http://www.w3.org/2000/svg'><rect width='100%25' height='100%25' fill='white'/></svg>\">" + FIELD,
        "told",
    ),
    "dimmed": Case(f"<div style='position:fixed;inset:0;background:rgba(0,0,0,.2)'></div>{FIELD}", "shown"),
    "control without height": Case(f"<input style='height:0;padding:0;border:0' value='{VALUE}'>", "told"),
    "box without height": Case(f"<div style='height:0;overflow:hidden'>{FIELD}</div>", "shown"),
    "left of the page": Case(f"<div style='position:absolute;left:-9999px'>{FIELD}</div>", "told"),
    "above the page": Case(f"<div style='position:absolute;top:-999px'>{FIELD}</div>", "told"),
    "right of the window": Case(f"<div style='margin-left:2000px'>{FIELD}</div>", "shown"),
    "right of all pictures": Case(f"<div style='margin-left:5000px;width:400px'>{FIELD}</div>", "told"),
    "below several pictures": Case(f"<div style='height:20000px'></div>{FIELD}", "shown"),
    "below all pictures": Case(f"<div style='height:40000px'></div>{FIELD}", "told"),
    "closed details": Case(f"<details><summary>s</summary>{FIELD}</details>", "told"),
    "open details": Case(f"<details open><summary>s</summary>{FIELD}</details>", "shown"),
    "content left out": Case(f"<div style='content-visibility:hidden'>{FIELD}</div>", "shown"),
    "content drawn when needed": Case(
        f"<div style='height:3000px'></div><div style='content-visibility:auto'>{FIELD}</div>", "shown"
    ),
    "not displayed": Case(f"<div style='display:none'>{FIELD}</div>", "told"),
    "invisible": Case(f"<div style='visibility:hidden'>{FIELD}</div>", "told"),
    "clipped away": Case(f"<div style='position:absolute;clip-path:inset(50%)'>{FIELD}</div>", "told"),
    "scaled away": Case(f"<div style='transform:scale(0)'>{FIELD}</div>", "told"),
    "letters without colour": Case(f"<input style='color:transparent' value='{VALUE}'>", "told"),
    "faint": Case(f"<div style='opacity:.1'>{FIELD}</div>", "told"),
    "fading in": Case(
        f"<div id=d style='opacity:0;transition:opacity .25s'>{FIELD}</div>",
        "shown",
        "requestAnimationFrame(() => d.style.opacity = 1)",
    ),
    "fading in and out, hardly": Case(
        "<style>@keyframes k{from{opacity:0}to{opacity:.1}}</style>"
        f"<p style='animation:k 1s infinite'>{FIELD}</p>",
        "told",
    ),
    "moving": Case(
        "<style>@keyframes k{from{transform:translateX(0)}to{transform:translateX(400px)}}</style>"
        f"<p style='width:300px;animation:k .3s linear infinite alternate'>{FIELD}</p>",
        "shown",
    ),
}


async def photographed(page: Page, case: Case) -> Photograph:
    await page.set_content(f"<!doctype html><body style='margin:9px;font:16px sans-serif'>{case.html}")
    if case.script:
        await page.evaluate(f"() => {{ {case.script} }}")
    return await Camera(page).take(Shown((READ,), (PLANNED,)).hidden_in)


def red(photograph: Photograph) -> int:
    """How much red its pictures have."""
    bands = (Image.open(BytesIO(tile)).convert("RGB").split() for tile in photograph.tiles)
    return sum(sum(ImageChops.subtract(r, ImageChops.lighter(g, b)).histogram()[61:]) for r, g, b in bands)


@pytest.mark.parametrize("name", CASES)
async def test_a_picture_shows_the_value_or_tells_that_it_does_not(name: str, page: Page) -> None:
    """B2. What it says agrees with what is there to see."""
    case = CASES[name]
    photograph = await photographed(page, case)
    told = [hidden.name for hidden in photograph.hidden]
    assert told == ([] if case.fate == "shown" else ["Email"])
    assert (red(photograph) >= ENOUGH) == (case.fate == "shown")


async def test_what_a_picture_does_not_show_makes_the_evidence_incomplete(page: Page, tmp_path: Path) -> None:
    """B2. The fault names the control, and the run ends with 81; a picture that shows it is nobody's fault."""
    recorder = Recorder(RecordingFolder.create(tmp_path, "run"), "run", planned=(PLANNED,))
    recorder.watch(page)
    for number, name in enumerate(("plain", "overlay"), 1):
        assert (recorder.faults, recorder.complete) == ([], True)
        await page.set_content(CASES[name].html)
        await recorder.on(StepStarted(number, name, name))
        await recorder.on(StepDone(number, name, slug=name, url="", values=(READ,)))
    assert recorder.faults == ["evidence: the screenshot of step 2 does not show what is in: Email"]
    assert not recorder.complete


async def test_two_controls_with_the_same_value_are_two(page: Page) -> None:
    """B2. The one that can be seen does not stand for the other."""
    twin = ReadBack("Confirm email", "contact.email", VALUE, VALUE, matches=True)
    await page.set_content(f"{FIELD}<div style='position:absolute;left:-999px'>{FIELD}</div>")
    photograph = await Camera(page).take(Shown((READ, twin), (PLANNED,)).hidden_in)
    assert {hidden.name for hidden in photograph.hidden} == {"Email", "Confirm email"}


async def test_what_is_chosen_may_be_shown_by_another_element(page: Page) -> None:
    """B2. Pages hide the list itself and draw their own; what nobody wrote, such as a tick, is not looked for."""
    topic = ReadBack("Topic", "topic", "Lost", "Lost", matches=True)
    tick = ReadBack("News", "news", "yes", "yes", matches=True)
    kinds = (PlannedValue("topic", "Topic", "select", "Lost"), PlannedValue("news", "News", "checkbox", "yes"))
    await page.set_content("<select style='position:absolute;left:-999px'><option>Lost</select><span>Lost</span>")
    assert (await Camera(page).take(Shown((topic, tick), kinds).hidden_in)).hidden == ()


WATCHED = """() => {
  window.seen = [];
  const all = {attributes: true, childList: true, characterData: true, subtree: true};
  new MutationObserver(() => seen.push('changed')).observe(document, all);
  addEventListener('focusin', () => seen.push('focused'));
  addEventListener('input', () => seen.push('typed'));
}"""
LOOK = """() => ({
  places: [...document.querySelectorAll('*')].map(e => JSON.stringify([e.getBoundingClientRect(), e.scrollTop])).join(),
  scrolled: scrollY, animations: document.getAnimations().length, source: document.documentElement.outerHTML,
})"""


@pytest.mark.parametrize(
    "name",
    ["box in a box", "middle of an app", "fixed dialog", "head that sticks, on a scrolled page", "foot that stays"],
)
async def test_what_is_opened_for_a_picture_is_closed_again(name: str, page: Page) -> None:
    """B2. Where the page was scrolled to, too; and no attribute has changed in between."""
    case = CASES[name]
    await page.set_content(f"<!doctype html><body style='margin:9px;font:16px sans-serif'>{case.html}")
    await page.evaluate(f"() => {{ {case.script}; document.querySelectorAll('main').forEach(e => e.scrollTop = 40) }}")
    await page.evaluate(WATCHED)
    before = await page.evaluate(LOOK)
    photograph = await Camera(page).take(Shown((READ,), (PLANNED,)).hidden_in)
    assert photograph.hidden == ()
    assert await page.evaluate(LOOK) == before
    assert await page.evaluate("seen") == []


async def test_an_ordinary_page_is_asked_four_times(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened, frozen or taken twice where everything can be seen."""
    await page.set_content(FIELD)
    camera = Camera(page)
    await camera.take()
    asked, send, snapshot = list[str](), camera._session.send, pictures.snapshot  # type: ignore[union-attr, attr-defined]

    async def counted(method: str, parameters: dict[str, object] | None = None) -> object:
        asked.append(method.partition(".")[2])
        return await send(method, parameters)

    async def described(session: CDPSession) -> dict[str, object]:
        asked.append("captureSnapshot")
        return await snapshot(session)

    monkeypatch.setattr(pictures, "snapshot", described)
    camera._session.send = counted  # type: ignore[union-attr, method-assign]
    assert (await camera.take(Shown((READ,), (PLANNED,)).hidden_in)).hidden == ()
    assert sorted(asked) == ["captureScreenshot", "captureSnapshot", "captureSnapshot", "getLayoutMetrics"]
