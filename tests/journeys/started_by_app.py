"""The program as the app starts it: the desk FORM_AT is the real form, a person is at its window. Nothing asserts.

Usage: started_by_app.py run ...    (the arguments of `autofill`)

There is no screen, so the window is not shown; who has said that they are done has solved the CAPTCHA.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from autofill.cli.app import main
from autofill.cli.run_events import PersonElsewhere
from autofill.evidence.recorder import Recorder
from autofill.forms import catalog
from autofill.orders import reading
from autofill.page.browser import BrowserSettings


def real_form_at(url: str) -> None:
    """The form of `--live` is that desk, which serves its CAPTCHA itself."""
    prepare = catalog.prepare_profile

    def prepare_profile(profile: Path, form: str | None = None, reworded: Any = None) -> catalog.Prepared:
        prepared = prepare(profile, form, reworded)
        wanted = prepared.plan.person_needed.model_copy(update={"captcha_frames": ("/recaptcha/",)})
        here = {"start_url": f"{url}/help/contact-us.htm", "origins": (url,), "person_needed": wanted}
        return replace(prepared, plan=prepared.plan.model_copy(update=here))

    catalog.prepare_profile = prepare_profile


def person_at_the_window() -> None:
    """The person who answers in the app has this window before them."""
    watch, wait, pages = Recorder.watch, PersonElsewhere.help, list[Page]()

    def noted(self: Recorder, page: Page) -> None:
        pages.append(page)
        watch(self, page)

    async def solved(self: PersonElsewhere, why: str) -> None:
        await wait(self, why)
        await pages[-1].frame_locator("iframe").get_by_role("button", name="I am not a robot").click()

    def unseen(wanted: str | None, _headless: bool, hosts: tuple[str, ...], *, sandbox: bool) -> BrowserSettings:
        return BrowserSettings(wanted, hosts=hosts, sandbox=sandbox)

    Recorder.watch, PersonElsewhere.help = noted, solved  # type: ignore[method-assign]
    setattr(reading, "BrowserSettings", unseen)  # noqa: B010 - it is imported there


if __name__ == "__main__":
    if "FORM_AT" in os.environ:
        real_form_at(os.environ["FORM_AT"])
        person_at_the_window()
        sys.argv.insert(2, "--no-sandbox")
    main()
