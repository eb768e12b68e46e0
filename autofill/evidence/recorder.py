"""Recorder: writes a run's events as pictures, values, journal, summary and report, and seals them."""

from __future__ import annotations

import asyncio
import json
import platform
import time
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Final, TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill import __version__
from autofill.errors import DiskTrouble
from autofill.events import (
    AboutToSubmit,
    Event,
    FaultNoticed,
    FormSaid,
    OutcomeShown,
    PersonWanted,
    ReadBack,
    RunStarted,
    StepDone,
    StepStarted,
    SubmitResponded,
    VerdictReached,
)
from autofill.evidence.keeping.box_search import boxes_in
from autofill.evidence.keeping.boxes import Boxes, PlannedControl, account_page
from autofill.evidence.keeping.folder import picture_place
from autofill.evidence.keeping.inquiry_copy import INQUIRY, InquiryCopy
from autofill.evidence.keeping.journal import JOURNAL
from autofill.evidence.keeping.keeper import Keeper
from autofill.evidence.keeping.log import REDACTOR
from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.keeping.pictures import Camera, Photograph
from autofill.evidence.keeping.reading import Shown, lacks_of
from autofill.evidence.keeping.report import StepPicture, render_report
from autofill.evidence.keeping.summary import RunSummary, StepSummary
from autofill.evidence.keeping.timeline import timeline_of
from autofill.evidence.sealing.seal import Sealed, seal, stamped_as_configured
from autofill.inquiry.attachments import Attachment
from autofill.language import _
from autofill.page.address import redact_url

_SEALED_HTML = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
)
FINGERPRINT: Final = "data/fingerprint.json"
_T = TypeVar("_T")
# Clocks are corrected all the time by fractions of a second; more than this (seconds) is a jump.
_CLOCK_DRIFT = 2.0


def _clocks_apart() -> float:
    return time.time() - time.monotonic()


@dataclass(slots=True)
class Recorder(Keeper):
    """Recorder of one run. Create it before the browser shows anything, `watch` the page, then pass every event.

    A page that hangs or has crashed gives no picture, ever: `patience` is how many seconds each one may take.
    `left` are controls that nothing goes into. `behind_login` says that pages show what an account holds, which nobody
    typed.
    """

    patience: float = 10
    planned: tuple[PlannedValue, ...] = ()
    left: tuple[PlannedValue, ...] = ()
    behind_login: bool = False
    shots: list[StepPicture] = field(default_factory=list)
    browser: str = ""
    statuses: list[int] = field(default_factory=list)
    messages: tuple[str, ...] = ()
    verdict: VerdictReached | None = None
    leaked: bool = False
    _clocks: float = field(default_factory=_clocks_apart)
    _camera: Camera | None = None
    _page: Page | None = None
    _start_url: str = ""
    _step: StepStarted | None = None
    _step_began: float = 0.0
    _writing: asyncio.Task[None] | None = None

    @property
    def at_step(self) -> str | None:
        """Name of the step the run is in."""
        return self._step.name if self._step else None

    @property
    def steps(self) -> tuple[StepSummary, ...]:
        """The steps so far."""
        return tuple(shot.step for shot in self.shots)

    def watch(self, page: Page) -> None:
        """Take pictures of this page from now on."""
        self._page, self._camera = page, Camera(page, self.patience)

    async def on(self, event: Event) -> None:
        """Keep one event; when this returns it is on disk.

        Raises:
            DiskTrouble: it could not be written.
        """
        await self.see(event)
        await self.kept()

    async def see(self, event: Event) -> None:
        """See one event, when all before it is on disk; the pictures and values of a step may be so a little later.

        When this returns the page may go on.

        Raises:
            DiskTrouble: it, or what came before it, could not be written.
        """
        await self.kept()
        match event:
            case RunStarted():
                self._note_run(event)
            case StepStarted():
                self._step, self._step_began = event, time.monotonic()
                self._note("step", n=event.number, name=event.name)
            case StepDone():
                await self._keep_shot(event.number, event.name, slug=event.slug, url=event.url, values=event.values)
            case AboutToSubmit():
                self._note("intent", n=event.number)
            case PersonWanted():
                self._note("person", why=event.why)
            case SubmitResponded():
                self.statuses.append(event.status)
                self._note("response", status=event.status, url=event.url, **asdict(event.line))
            case OutcomeShown():
                await self._keep_outcome(event)
            case VerdictReached():
                self.verdict = event
                self._compare_clocks()
                self._note("verdict", verdict=event.verdict, case_number=event.case_number)
            case FormSaid():
                self.messages += event.messages
            case FaultNoticed():
                self._fault(f"{event.kind}: {event.detail}")

    async def kept(self) -> None:
        """Wait until everything is on disk.

        Raises:
            DiskTrouble: it could not be written.
        """
        if writing := self._writing:
            await asyncio.wait({writing})  # a signal does not end it
            self._writing = None
            writing.result()

    def keep_inquiry(self, inquiry: InquiryCopy, attachments: Iterable[Attachment] = ()) -> None:
        """Keep what the person wrote, and the files that go with it under names that say nothing of their content."""
        self._keep(INQUIRY, inquiry.content)
        for number, attachment in enumerate(attachments, 1):
            self.folder.add_folder("data/attachments")
            self._keep(f"data/attachments/{number}{attachment.ending}", attachment.data)

    def keep_form(self, seen: bytes) -> None:
        """Keep what the form was like before anything was typed."""
        self._keep(FINGERPRINT, seen)

    def _compare_clocks(self) -> None:
        """Note a fault if the computer's clock was moved during the run: times in a recording are for people."""
        drift = _clocks_apart() - self._clocks
        if abs(drift) > _CLOCK_DRIFT:
            what = _("the computer's clock was moved by {seconds} seconds during the run").format(seconds=round(drift))
            self._fault(f"clock: {what}")

    async def stopped(self, why: str) -> None:
        """Keep where an unfinished run stood: a picture, if the browser still gives one."""
        with suppress(DiskTrouble):  # perhaps that is why
            await self.kept()
        name = self._step.name if self._step else _("Start")
        self._note("stopped", step=name, why=why)
        number = self._step.number if self._step else 1
        url = self._page.url if self._page else ""
        await self._keep_shot(number, _("{step} (stopped here)").format(step=name), slug="stopped", url=url, values=())
        await self.kept()

    def finish(self, summary: RunSummary, follows: str | None = None) -> Sealed:
        """Write summary and report, and seal. The recording is complete when this returns.

        `follows` is the seal of the recording that this one comes after.

        Raises:
            DiskTrouble: something could not be written; the recording is not sealed.
        """
        self._note("end", verdict=summary.verdict, exit_code=summary.exit_code)
        self._journal.close()
        told = summary.model_dump_json(indent=1, exclude={"sealed", "signed", "stamped"})  # it cannot know those yet
        self.folder.write("data/run.json", (told + "\n").encode())
        noted = timeline_of((self.folder.path / JOURNAL).read_bytes())
        self.folder.write("data/report.html", render_report(summary, self.shots, noted))
        return stamped_as_configured(self.folder, seal(self.folder, self.run_id, follows=follows))

    def _note_run(self, event: RunStarted) -> None:
        self.browser, self._start_url = event.browser, event.start_url
        self._note(
            "run",
            run_id=self.run_id,
            browser=event.browser,
            url=event.start_url,
            form_map_digest=event.form_map_digest,
            plan_digest=event.plan_digest,
            autofill=__version__,
            system=f"{platform.system()} {platform.release()} {platform.machine()}",
        )

    async def _keep_outcome(self, event: OutcomeShown) -> None:
        await self._keep_shot(event.number, event.name, slug=event.slug, url=event.url, values=())
        if event.slug == "confirmation":
            await self.kept()
            self._keep("data/confirmation.txt", event.text.encode())
            lack = _("the page's HTML could not be saved")
            html = await self._attempt(lack, self._page.content(), self.patience) if self._page else None
            self._keep("data/confirmation.html", (_SEALED_HTML + (html or "")).encode(errors="replace"))

    async def _keep_shot(self, number: int, name: str, slug: str, url: str, values: tuple[ReadBack, ...]) -> None:
        took = round((time.monotonic() - self._step_began) * 1000)
        if url:
            self._note("page", n=number, url=REDACTOR.clean(redact_url(url, self._start_url)))
        place = picture_place(number, slug)
        self._learn(values)
        # Where none of our values are, what is there is the account's own.
        pages = (account_page(slug),) if self.behind_login and not values else ()
        photograph = await self._photograph(number, Shown(values, self.planned))
        step = StepSummary(n=number, name=name, screenshot=place if photograph else None, ms=took)
        shot = StepPicture(step, url=url, picture=photograph.tiles[0] if photograph else None, values=values)
        self._writing = asyncio.create_task(asyncio.to_thread(self._write, shot, place, photograph, pages=pages))

    def _write(
        self, shot: StepPicture, place: str, photograph: Photograph | None, pages: tuple[PlannedControl, ...]
    ) -> None:
        if photograph is not None:
            shot = replace(shot, boxes=self._keep_picture(shot.step.n, place, photograph, pages))
        if shot.values:
            rows = json.dumps([asdict(value) for value in shot.values], ensure_ascii=False, indent=1)
            self._keep(f"{place.removesuffix('.png')}.values.json", rows.encode())
        self.shots.append(shot)

    def _learn(self, values: tuple[ReadBack, ...]) -> None:
        """Learn what the page made of a value: it is as personal as the value, and pages show it again."""
        known = {(value.field, value.name): value for value in (*self.left, *self.planned)}
        learned = [
            replace(known[value.field, value.name], text=value.found)
            for value in values
            if not value.matches and (value.field, value.name) in known
        ]
        self.planned += tuple(learned)
        REDACTOR.learn(value.text for value in learned if value.personal)

    async def _photograph(self, number: int, shown: Shown) -> Photograph | None:
        if self._camera is None:
            return None
        lack = _("the screenshot of step {number} could not be taken").format(number=number)
        return await self._attempt(lack, self._camera.take(shown.hidden_in), within=None)

    def _keep_picture(
        self, number: int, place: str, photograph: Photograph, pages: tuple[PlannedControl, ...]
    ) -> Boxes | None:
        """Keep the page as pictures, and where the planned values are in them."""
        stem = place.removesuffix(".png")
        places = [place, *(f"{stem}.{tile}.png" for tile in range(2, len(photograph.tiles) + 1))]
        for name, tile in zip(places, photograph.tiles, strict=True):
            self._keep(name, tile)
        boxes = None
        if photograph.page_texts is not None:
            boxes = boxes_in(photograph, places, self.planned, pages)
            beside = stem if "steps" in stem else f"data/steps/{number:04}-confirmation"
            self._keep(f"{beside}.boxes.json", boxes.model_dump_json().encode())
        for what in lacks_of(photograph, number):
            (self._lack if what.startswith("evidence") else self._fault)(what)
        return boxes

    async def _attempt(self, lack: str, doing: Awaitable[_T], within: float | None) -> _T | None:
        """Await a piece of evidence; without a browser the run goes on without it, with a fault."""
        try:
            async with asyncio.timeout(within):
                return await doing
        except (PlaywrightError, TimeoutError):
            self._lack(f"evidence: {lack}")
            return None
