"""Events in, files out: a picture and the values of every step, the journal, the summary, the report, the seal.

Decides nothing about the run; it only keeps what happened, in the order it happened.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.errors import AutofillError, DiskTrouble
from autofill.events import (
    AboutToSubmit,
    Event,
    FaultNoticed,
    OutcomeShown,
    PersonWanted,
    ReadBack,
    RunStarted,
    StepDone,
    StepStarted,
    SubmitResponded,
    VerdictReached,
)
from autofill.evidence.folder import RecordingFolder
from autofill.evidence.journal import Fact, Journal
from autofill.evidence.pictures import Camera
from autofill.evidence.report import Shot, render_report
from autofill.evidence.seal import seal
from autofill.evidence.summary import RunSummary, StepSummary

_SEALED_HTML = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
)
_T = TypeVar("_T")
# Clocks are corrected all the time by fractions of a second; more than this (seconds) is a jump.
_CLOCK_DRIFT = 2.0


@dataclass(slots=True)
class Recorder:
    """Keeps one run. Create it before the browser shows anything, `watch` the page, then hand it every event.

    A page that hangs or has crashed gives no picture, ever: `patience` is how many seconds each one may take.
    Before the submit click a disk that fails stops the run; after it the run goes on, what cannot be written here goes
    to the system's temporary folder, and `complete` turns false.
    """

    folder: RecordingFolder
    run_id: str
    patience: float = 10
    shots: list[Shot] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    browser: str = ""
    verdict: VerdictReached | None = None
    submit_begun: bool = False
    complete: bool = True
    _rescue: RecordingFolder | None = None
    _journal: Journal = field(init=False)
    _began: float = field(init=False)
    _began_wall: float = field(init=False)
    _camera: Camera | None = None
    _page: Page | None = None
    _step: StepStarted | None = None
    _step_began: float = 0.0

    def __post_init__(self) -> None:
        self._began, self._began_wall = time.monotonic(), time.time()
        self._journal = Journal(self.folder.path / "data" / "journal.jsonl")

    @property
    def at_step(self) -> str | None:
        """Name of the step the run is in."""
        return self._step.name if self._step else None

    @property
    def steps(self) -> tuple[StepSummary, ...]:
        """The steps so far."""
        return tuple(StepSummary(n=s.number, name=s.name, screenshot=s.screenshot, ms=s.ms) for s in self.shots)

    def submit_begins(self) -> None:
        """The run is claimed, and the click comes next: from now on no trouble with the disk may stop it."""
        self.submit_begun = True

    def watch(self, page: Page) -> None:
        """From now on pictures are of this page."""
        self._page, self._camera = page, Camera(page)

    async def on(self, event: Event) -> None:
        """Keep one event; when this returns it is on disk.

        Raises:
            DiskTrouble: it could not be written.
        """
        match event:
            case RunStarted():
                self.browser = event.browser
                self._note("run", run_id=self.run_id, browser=event.browser, url=event.start_url)
            case StepStarted():
                self._step, self._step_began = event, time.monotonic()
                self._note("step", n=event.number, name=event.name)
            case StepDone():
                await self._keep_shot(event.number, event.name, event.slug, event.url, event.values)
            case AboutToSubmit():
                self._note("intent", n=event.number)
            case PersonWanted():
                self._note("person", why=event.why)
            case SubmitResponded():
                self._note("response", status=event.status, url=event.url)
            case OutcomeShown():
                await self._keep_outcome(event)
            case VerdictReached():
                self.verdict = event
                self._compare_clocks()
                self._note("verdict", verdict=event.verdict, case_number=event.case_number)
            case FaultNoticed():
                self._fault(f"{event.kind}: {event.detail}")

    def keep_attachment(self, name: str, content: bytes) -> None:
        """Keep a file that goes with the inquiry, under a name that says nothing."""
        self.folder.add_folder("data/attachments")
        self._keep(f"data/attachments/{name}", content)

    def _compare_clocks(self) -> None:
        """The times in a recording are for people; if the clock was moved meanwhile, they must know."""
        drift = (time.time() - self._began_wall) - (time.monotonic() - self._began)
        if abs(drift) > _CLOCK_DRIFT:
            self._fault(f"clock: the computer's clock was moved by {drift:.0f} seconds during the run")

    async def stopped(self, why: str) -> None:
        """Keep where an unfinished run stood: a picture, if the browser still gives one."""
        name = self._step.name if self._step else "Start"
        self._note("stopped", step=name, why=why)
        number = self._step.number if self._step else 1
        url = self._page.url if self._page else ""
        await self._keep_shot(number, f"{name} (stopped here)", "stopped", url, ())

    def finish(self, summary: RunSummary) -> None:
        """Write summary and report, and seal. The recording is complete when this returns.

        Raises:
            DiskTrouble: something could not be written; the recording is not sealed.
        """
        self._note("end", verdict=summary.verdict, exit_code=summary.exit_code)
        self._journal.close()
        self.folder.write("data/run.json", (summary.model_dump_json(indent=1, exclude={"sealed"}) + "\n").encode())
        self.folder.write("data/report.html", render_report(summary, self.shots))
        seal(self.folder, self.run_id)

    async def _keep_outcome(self, event: OutcomeShown) -> None:
        await self._keep_shot(event.number, event.name, event.slug, event.url, ())
        if event.slug == "confirmation":
            self._keep("data/confirmation.txt", event.text.encode())
            html = await self._attempt("the page's HTML", self._page.content()) if self._page else None
            self._keep("data/confirmation.html", (_SEALED_HTML + (html or "")).encode(errors="replace"))

    async def _keep_shot(self, number: int, name: str, slug: str, url: str, values: tuple[ReadBack, ...]) -> None:
        took = round((time.monotonic() - self._step_began) * 1000)
        place = "data/confirmation.png" if slug == "confirmation" else f"data/steps/{number:04}-{slug}.png"
        picture = await self._attempt(f"the picture of step {number}", self._camera.take()) if self._camera else None
        if picture is not None:
            self._keep(place, picture)
        if values:
            rows = json.dumps([asdict(value) for value in values], ensure_ascii=False, indent=1)
            self._keep(f"data/steps/{number:04}-{slug}.values.json", rows.encode())
        self.shots.append(Shot(number, name, url, took, place if picture is not None else None, picture, values))

    async def _attempt(self, what: str, doing: Awaitable[_T]) -> _T | None:
        """The browser may be gone; then the run goes on without this piece, and says so."""
        try:
            async with asyncio.timeout(self.patience):
                return await doing
        except (PlaywrightError, TimeoutError):
            self._lack(f"evidence: {what} could not be taken")
            return None

    def _keep(self, name: str, content: bytes) -> None:
        try:
            self.folder.write(name, content)
        except DiskTrouble as trouble:
            if not self.submit_begun:
                raise
            self._save_elsewhere(name, content, str(trouble))
            return
        facts: dict[str, Fact] = {"path": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        self._note("file", **facts)

    def _save_elsewhere(self, name: str, content: bytes, trouble: str) -> None:
        """Evidence of what was sent is too precious to lose over one full disk."""
        try:
            if self._rescue is None:
                self._rescue = RecordingFolder.create(Path(tempfile.gettempdir()), self.run_id)
            self._rescue.write(name, content)
        except AutofillError:
            self._lack(f"evidence: {trouble}")
        else:
            self._lack(f"evidence: {trouble} It is kept in {self._rescue.path}")

    def _note(self, kind: str, **facts: Fact) -> None:
        """One line in the journal."""
        try:
            self._journal.write(kind, **facts)
        except DiskTrouble:
            if not self.submit_begun:
                raise
            self.complete = False

    def _lack(self, text: str) -> None:
        self.complete = False
        self._fault(text)

    def _fault(self, text: str) -> None:
        self.faults.append(text)
        self._note("fault", what=text)
