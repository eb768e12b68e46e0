"""The script that Playwright's codegen makes of a base form, and what it does on mutants.

Recorded by codegen's own recorder while the form is filled in, only without codegen's windows. Nothing is changed of
what it wrote, but that the script waits less long for what never comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

from playwright.async_api import Browser, BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from tests.mutations.forms import RIGHT, Field
from tests.mutations.mutate import Mutant
from tests.mutations.runs import Outcome, wrongs
from tests.mutations.site import Site

Ended: TypeAlias = Outcome | Literal["failed", "sent nothing"]
# Half a minute in a script that nobody touched; what comes at all on these pages comes at once.
WAIT: Final = 2_000


class _Recorder:
    """The lines of a script, as the recorder tells of them."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def action_added(self, _page: object, _action: Mapping[str, Any], code: str) -> None:
        self.lines.append(code)

    def action_updated(self, _page: object, _action: Mapping[str, Any], code: str) -> None:
        self.lines[-1] = code


async def recorded(browser: Browser, site: Site) -> str:
    """The script of a person who fills in the site's form."""
    context = await browser.new_context()
    recorder: Any = context._impl_obj
    script = _Recorder()
    await recorder._start_recording({"language": "python-async"}, script)
    page = await context.new_page()
    await page.goto(f"{site.url}/contact")
    for screen in site.form.pages:
        for field in screen.fields:
            await _fill(page, field)
        await page.get_by_role("button", name=screen.button).click()
    await page.get_by_role("heading", name="Thank you").wait_for()
    await recorder._stop_recording()
    await context.close()
    return "\n".join(("async def script(context):", *script.lines))


async def _fill(page: Page, field: Field) -> None:
    control, value = page.locator(f"[id='{field.id}']"), RIGHT[field.key]
    match field.kind:
        case "select":
            await control.select_option(label=value)
        case "radio":
            await page.get_by_label(value).click()
        case "checkbox":
            await control.click()
        case _:
            await control.fill(value)


async def played(browser: Browser, site: Site, script: str, changed: Mutant) -> tuple[Ended, str]:
    """What the script comes to on a mutant, and what tells about it."""
    site.form, site.arrived = changed.form, []
    context = await browser.new_context()
    context.set_default_timeout(WAIT)
    try:
        await _perform(script, context)
        await context.pages[0].get_by_role("heading", name="Thank you").wait_for()
    except PlaywrightError as error:
        about = error.message.splitlines()[0]
        return ("failed", about) if not site.arrived else _judged(changed, site.arrived)
    finally:
        await context.close()
    return _judged(changed, site.arrived)


async def _perform(script: str, context: BrowserContext) -> None:
    made: dict[str, Any] = {}
    exec(compile(script, "codegen", "exec"), made)
    await made["script"](context)


def _judged(changed: Mutant, arrived: Sequence[Mapping[str, str]]) -> tuple[Ended, str]:
    if wrong := next(wrongs(changed.form, arrived), None):
        return wrong
    lost = ", ".join(field.words for field in changed.unanswerable)
    return ("left out", lost) if lost else ("right", "")
