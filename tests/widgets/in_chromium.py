"""`make widgets`: the real widgets of many libraries, each filled by autofill, read back, and posted.

Usage: in_chromium.py [--only PAGE ...]
What the form then posts is what counts: a read-back that says more than that is the one unforgivable thing.
The table in docs/controls.md follows, but for what was not tried, and not at all if anything is not as expected.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import queue
import sys
from collections.abc import Container
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, async_playwright

from autofill.errors import AutofillError
from autofill.forms.control import Control
from autofill.forms.plan import Entry
from autofill.page.browser import BrowserSettings, fresh_page, launched
from autofill.page.seen import look
from autofill.replay.controls import fill, leave, read_back
from tests.servers import answering
from tests.widgets import zoo, zoo_react, zoo_vue
from tests.widgets.widget import Widget

LIBRARIES: Final = zoo.LIBRARIES | zoo_react.LIBRARIES | zoo_vue.LIBRARIES
ZOO: Final = (*zoo.ZOO, *zoo_react.ZOO, *zoo_vue.ZOO)
HERE: Final = Path(__file__).parent
TABLE: Final = HERE.parents[1] / "docs" / "controls.md"
BEGIN, END = "<!-- the zoo begins: make widgets -->", "<!-- the zoo ends -->"
FILES: Final = {"a.txt": b"abc", "b.txt": b"defg"}
# Milliseconds for one answer of a page, and seconds for what it posts.
PATIENCE: Final = 8_000
POSTING: Final = 5


class Server(ThreadingHTTPServer):
    """The built pages, and whatever is posted to them."""

    def __init__(self) -> None:
        self.posted: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(HERE / "build")))


class Handler(SimpleHTTPRequestHandler):
    """Answers with files, and keeps what is posted."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert isinstance(self.server, Server)
        fields = parse_qs(body, keep_blank_values=True)
        self.server.posted.put({key: "\n".join(values) for key, values in fields.items()})
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Trial:
    """What became of one widget."""

    widget: Widget
    does: str = ""
    stopped: str = ""
    found: str | None = None
    read: bool = False
    posted: dict[str, str] = field(default_factory=dict)

    @property
    def arrived(self) -> bool:
        """Whether the form posted just what was planned."""
        return all(self.posted.get(key) == value for key, value in self.widget.posted.items())

    @property
    def works(self) -> bool:
        """Whether it was filled, read back and posted."""
        return self.read and self.arrived

    @property
    def is_as_expected(self) -> bool:
        """Whether it works as the zoo says, or else was noticed not to; a wrong value never is."""
        believed = self.read and not self.arrived and not self.stopped
        return self.works is not bool(self.widget.why) and not believed

    def __str__(self) -> str:
        """One line of what happened."""
        widget = self.widget
        got = {key: self.posted.get(key) for key in widget.posted}
        end = "ok" if self.works else f"NOT: {self.stopped or f'read {self.found!r}, posted {got}'}"
        return f"{'  ' if self.is_as_expected else '! '}{widget.page} {widget.what} [{self.does}] {end}"


def version_of(page: str) -> str:
    """The version of a page's library that is installed."""
    package = HERE / "node_modules" / LIBRARIES[page][1] / "package.json"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])


async def try_widget(page: Page, address: str, server: Server, widget: Widget) -> Trial:
    """Open its page, fill it as a map of ten lines would have it, read it back, send the form."""
    trial = Trial(widget)
    named = {} if {"near", "css"} & widget.control.keys() else {"name": widget.name}
    control = Control.model_validate({"value": "message", **named, **widget.control})
    entry = Entry(control=control, text=widget.text, day=widget.day)
    await page.goto(f"{address}/{widget.page}.html")
    try:
        await page.get_by_role("button", name="Send").wait_for()
        (seen,) = await look(page, [control])
        trial.does = seen.does
        await fill(page, entry, FILES)
        await leave(page)
        value = await read_back(page, entry)
        if control.kind == "file":
            await asyncio.sleep(1)  # some take files in their own time, and a run takes a picture first
        trial.read, trial.found = value.matches, value.found
    except (AutofillError, PlaywrightError) as error:
        trial.stopped = f"{str(error).splitlines()[0]} {getattr(error, 'hint', '') or ''}"
        return trial
    if not server.posted.empty():
        trial.stopped = "it posted before anybody sent it"
        return trial
    try:
        await page.get_by_role("button", name="Send").click()
        trial.posted = await asyncio.to_thread(server.posted.get, timeout=POSTING)
    except PlaywrightError:
        trial.stopped = "its form cannot be sent"
    except queue.Empty:
        trial.stopped = "it posted nothing"
    return trial


async def try_all(pages: Container[str]) -> list[Trial]:
    """Try every widget in one browser, each on a page as new."""
    trials = []
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        for widget in ZOO:
            if widget.page in pages:
                server = Server()
                with answering(server) as address:
                    async with fresh_page(browser, headless=True) as page:
                        page.set_default_timeout(PATIENCE)
                        trials.append(await try_widget(page, address, server, widget))
                print(trials[-1], flush=True)
    return trials


def table(trials: list[Trial], before: str) -> str:
    """The rows of docs/controls.md; those `before` stand for what was not tried."""
    rows = {tuple(line.split(" | ")[::2][:2]): line for line in before.splitlines()}
    for trial in trials:
        widget = trial.widget
        library, version = LIBRARIES[widget.page][0], version_of(widget.page)
        cells = (f"| {library}", version, widget.what, trial.does or "-", f"{widget.why or 'yes'} |")
        rows[cells[0], widget.what] = " | ".join(cells)
    known = (rows.get((f"| {LIBRARIES[each.page][0]}", each.what)) for each in ZOO)
    return "\n".join(
        ["| library | version | widget | found as | works |", "|---|---|---|---|---|", *filter(None, known)]
    )


def main(words: list[str] | None = None) -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument(
        "--only", metavar="PAGE", nargs="+", choices=LIBRARIES, help="the widgets of these pages only"
    )
    trials = asyncio.run(try_all(arguments.parse_args(words).only or LIBRARIES))
    broken = [trial for trial in trials if not trial.is_as_expected]
    if not broken:
        before, _, text = TABLE.read_text(encoding="utf-8").partition(BEGIN)
        rows, _, rest = text.partition(END)
        TABLE.write_text(f"{before}{BEGIN}\n{table(trials, rows)}\n{END}{rest}", encoding="utf-8")
    print(f"{len(trials)} widgets, {sum(trial.works for trial in trials)} work, {len(broken)} not as expected")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
