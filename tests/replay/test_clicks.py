"""A click counts only when its target has received it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from autofill.errors import FormChanged
from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import Entry, FillStep
from autofill.replay.clicks import click_until_received, until_clickable
from autofill.replay.controls import fill
from autofill.replica import ReplicaOptions, serving

PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"
# After each press of the mouse the button is elsewhere, as when an error line above it goes.
RUNS_AWAY = """<button style="position: absolute; top: 0">Next</button><script type=module>
const button = document.querySelector('button');
let presses = 0;
button.addEventListener('mousedown', () => {{ if (presses++ < {times}) button.style.top = presses * 200 + 'px'; }});
button.addEventListener('click', () => document.title = 'heard');
</script>"""


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "“Next” cannot be clicked."),
        ("<button disabled>Next</button>", "“Next” cannot be clicked."),
        ("<button hidden>Next</button>", "“Next” cannot be clicked."),
        ("<button>Next</button><button>Next</button>", "“Next” is on the page more than once."),
        (RUNS_AWAY.format(times=99), "“Next” does not react to clicks."),
    ],
    ids=["missing", "disabled", "hidden", "doubled", "deaf"],
)
async def test_what_cannot_be_clicked_stops_the_run(page: Page, html: str, said: str) -> None:
    """Exit code 76, and never the first of many."""
    page.set_default_timeout(1500)
    await page.set_content(html + "<script>addEventListener('click', () => document.title = 'clicked')</script>")
    with pytest.raises(FormChanged) as caught:
        await click_until_received(page.get_by_role("button", name="Next"), "Next")
    assert str(caught.value) == f"{said} Nothing was sent."
    assert await page.title() == ("clicked" if "react" in said else "")


async def test_a_lost_click_is_made_again(page: Page) -> None:
    """And a heard one is not: two clicks would go two pages on."""
    await page.set_content(RUNS_AWAY.format(times=1))
    await page.get_by_role("button").click()
    assert await page.title() == ""
    await page.set_content(RUNS_AWAY.format(times=2))
    await click_until_received(page.get_by_role("button"), "Next")
    assert await page.title() == "heard"
    await page.set_content("<button onclick='this.dataset.n = 1 + Number(this.dataset.n || 0)'>Next</button>")
    await click_until_received(page.get_by_role("button"), "Next")
    await expect(page.get_by_role("button")).to_have_attribute("data-n", "1")


async def test_a_click_that_leads_away_was_heard(page: Page, site: Any) -> None:
    """The page goes, and takes its listener with it."""
    site.show("<h1>There</h1>", path="/there")
    await page.goto(site.show("<a href=/there>Next</a>"))
    await click_until_received(page.get_by_role("link"), "Next")
    await expect(page.get_by_role("heading", name="There")).to_be_visible()


@pytest.mark.parametrize("shadow", ["flat", "native"])
async def test_the_platform_s_lost_click_is_survived(page: Page, shadow: Any) -> None:
    """Field with an error line, filled, Next: a plain click never reaches the button; ours does in the end."""
    step = next(step for step in prepare_profile(PROFILE).plan.steps if isinstance(step, FillStep))
    with serving(ReplicaOptions(shadow=shadow, errors_first=True, delay_ms=0)) as replica:
        onward = page.get_by_role("button", name="Next")
        await page.goto(f"{replica.url}/s/")
        await _fill_message_last(page, step.entries)
        listener = await onward.evaluate_handle(
            "button => { const heard = {n: 0}; button.addEventListener('click', () => heard.n++); return heard }"
        )
        await onward.click()
        assert await listener.evaluate("heard => heard.n") == 0
        await page.goto(f"{replica.url}/s/")
        await _fill_message_last(page, step.entries)
        await click_until_received(onward, "Next")
        await expect(page.get_by_role("heading", name="Contact Information")).to_be_visible()


async def _fill_message_last(page: Page, entries: tuple[Entry, ...]) -> None:
    for entry in sorted(entries, key=lambda entry: entry.control.id == "message"):
        await fill(page, entry, {})


async def test_waiting_until_a_button_can_be_clicked_clicks_nothing(page: Page) -> None:
    """A button that comes alive is waited for; one that stays dead stops the run."""
    await page.set_content(
        "<button disabled onclick=\"document.title='clicked'\">Submit</button>"
        "<script>setTimeout(() => document.querySelector('button').disabled = false, 50)</script>"
    )
    await until_clickable(page.get_by_role("button"), "Submit")
    assert await page.get_by_role("button").is_enabled()
    assert await page.title() == ""


@pytest.mark.parametrize(
    "html",
    [
        "<button disabled>Submit</button>",
        "<button>Submit</button><div style='position: fixed; inset: 0'>We value your privacy</div>",
    ],
    ids=["disabled", "h4 covered by a banner"],
)
async def test_a_button_that_cannot_be_clicked_stops_the_run_before_the_click(page: Page, html: str) -> None:
    """After it nobody could say that nothing was sent."""
    page.set_default_timeout(300)
    await page.set_content(html)
    with pytest.raises(FormChanged, match="“Submit” cannot be clicked"):
        await until_clickable(page.get_by_role("button"), "Submit")
