"""The program, which gets signals at a moment of its own choosing. Nothing here asserts.

Usage: signalled.py MOMENT SIGNALS run ...    (SIGNALS: numbers with commas between; then the arguments of `autofill`)

It sends them to itself, so no test depends on how fast anything is. With FORM_AT, the form that `--live` uses is the
practice desk at that address.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext
from playwright.async_api._context_manager import PlaywrightContextManager

from autofill.cli.app import main
from autofill.evidence import recorder
from autofill.forms import catalog
from autofill.jobs import session
from autofill.jobs.pool import Pool
from autofill.orders.preparation import RunPreparation
from autofill.page import browser

# What is called at each moment.
MOMENTS: dict[str, tuple[Any, str]] = {
    "preparing": (RunPreparation, "work"),
    "launching": (browser, "browser_starting"),
    "opening": (Browser, "new_context"),
    "closing-page": (BrowserContext, "close"),
    "closing-browser": (PlaywrightContextManager, "__aexit__"),
    "sealing": (recorder, "seal"),
    "ending": (session, "run_session"),
}


def signalled(moment: str, numbers: list[int]) -> None:
    """Have the signals sent when it comes to that moment; the last one is that something has ended."""
    where, name = MOMENTS[moment]
    called, sealed = getattr(where, name), Pool.sealed
    until_only_seals_are_missing = threading.Event()

    async def waiting_for_seals(work: Pool) -> None:
        asyncio.get_running_loop().call_soon(until_only_seals_are_missing.set)
        await sealed(work)

    Pool.sealed = waiting_for_seals  # type: ignore[assignment, method-assign]

    def send() -> None:
        while numbers:
            signal.pthread_kill(threading.main_thread().ident or 0, numbers.pop(0))

    async def sent_on_the_way(*some: Any, **more: Any) -> Any:
        send()
        await asyncio.sleep(0.01)  # what the signal is to end, it ends here
        return await called(*some, **more)

    def sent_before(*some: Any, **more: Any) -> Any:
        if moment == "sealing":
            until_only_seals_are_missing.wait()
        send()
        return called(*some, **more)

    def sent_after(*some: Any, **more: Any) -> None:
        called(*some, **more)
        send()

    now_or_then = sent_after if moment == "ending" else sent_before
    setattr(where, name, sent_on_the_way if asyncio.iscoroutinefunction(called) else now_or_then)


def elsewhere(url: str) -> None:
    """The form of `--live` lives here."""
    prepare = catalog.prepare_profile

    def prepare_profile(profile: Path, form: str | None = None, reworded: Any = None) -> catalog.Prepared:
        prepared = prepare(profile, form, reworded)
        here = {"start_url": f"{url}/help/contact-us.htm", "origins": (url,)}
        return replace(prepared, plan=prepared.plan.model_copy(update=here))

    catalog.prepare_profile = prepare_profile


if __name__ == "__main__":
    MOMENT, NUMBERS = sys.argv.pop(1), sys.argv.pop(1)
    if MOMENT in MOMENTS:
        signalled(MOMENT, [int(number) for number in NUMBERS.split(",")])
    if "FORM_AT" in os.environ:
        elsewhere(os.environ["FORM_AT"])
    main()
