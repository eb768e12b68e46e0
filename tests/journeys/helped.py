"""The program, with a person at its open window who solves every CAPTCHA there. Nothing here asserts.

Usage: helped.py batch ... --headed    (the arguments of `autofill`)

There is no screen, so the window is not shown; all else is as with one.
"""

from __future__ import annotations

from playwright.async_api import Page

from autofill import console
from autofill.cli import batch_execution
from autofill.cli.app import main
from autofill.evidence.recorder import Recorder
from autofill.page.browser import BrowserSettings


def person_at_the_window() -> None:
    """Have questions answered by somebody who does what they ask."""
    watch, pages = Recorder.watch, list[Page]()

    def noted(self: Recorder, page: Page) -> None:
        pages.append(page)
        watch(self, page)

    async def answer(_question: object) -> str:
        robot = pages[-1].frame_locator("iframe").get_by_role("button", name="I am not a robot")
        await robot.click()
        return ""

    def unseen(wanted: str | None, _headless: bool, hosts: tuple[str, ...], *, sandbox: bool) -> BrowserSettings:
        return BrowserSettings(wanted, hosts=hosts, sandbox=sandbox)

    Recorder.watch, console.ask = noted, answer  # type: ignore[method-assign, assignment]
    setattr(batch_execution, "BrowserSettings", unseen)  # noqa: B010 - it is imported there


if __name__ == "__main__":
    person_at_the_window()
    main()
