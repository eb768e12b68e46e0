"""The pages of batches: all of them, and one with its rows, paused and resumed. Another page begins one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from autofill.errors import AutofillError
from autofill.jobs.background_batches import AlreadyRunning, BackgroundBatches, BatchNow
from autofill.web.batch_view import as_known, view_of_batch
from autofill.web.context import AppContext
from autofill.web.pages import page
from autofill.web.posted import posted

_FILES = {"csv": "text/csv", "json": "application/json"}
# Seconds between two looks at how far a batch is.
_GLANCE = 0.5


class BatchPages:
    """The handlers."""

    def __init__(self, context: AppContext, batches: BackgroundBatches) -> None:
        self._context, self._root, self._batches = context, context.root, batches
        # Why a batch was not resumed when that was last tried, by its name: its page says so whenever it is loaded.
        self._refused: dict[str, str] = {}

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/batches", self.overview),
            Route("/batches/{name}", self.show),
            Route("/batches/{name}/events", self.follow),
            Route("/batches/{name}/pause", self.pause, methods=["POST"]),
            Route("/batches/{name}/resume", self.resume, methods=["POST"]),
            Route("/batches/{name}/results.{kind}", self.results),
        ]

    def overview(self, _request: Request) -> Response:
        """All batches, the newest first."""
        known = self._context.ledger.read()
        batches = [replace(each, status=as_known(each.status, known)) for each in self._batches.every()]
        return page("batches.html.j2", root=self._root, section="batches", batches=batches)

    def show(self, request: Request) -> Response:
        """One batch."""
        return self._page(request)

    def follow(self, request: Request) -> Response:
        """An event whenever rows have ended, at most two a second (server-sent events)."""
        name = self._now(request).status.folder
        return StreamingResponse(self._events(name, request.app.state.is_closing), media_type="text/event-stream")

    async def pause(self, request: Request) -> Response:
        """End it in order, to be resumed."""
        name = self._place(request).name
        await run_in_threadpool(self._batches.pause, name)
        return self._to(name)

    async def resume(self, request: Request) -> Response:
        """Start the same command again; for real only with the address of the form, which the command compares."""
        return await run_in_threadpool(self._resume, request, (await posted(request)).get("address", ""))

    def results(self, request: Request) -> Response:
        """The results as a file."""
        kind = request.path_params["kind"]
        file = self._place(request) / f"results.{kind}"
        if kind not in _FILES or not file.is_file():
            raise HTTPException(404)
        name = f"{file.parent.name}.{kind}"
        return FileResponse(file, media_type=_FILES[kind], filename=name)

    def _place(self, request: Request) -> Path:
        name = request.path_params["name"]
        try:
            return next(each for each in self._batches.folder.iterdir() if each.name == name)
        except (StopIteration, OSError):
            raise HTTPException(404) from None

    def _resume(self, request: Request, address: str) -> Response:
        now = self._now(request)
        if now.request is None:
            raise HTTPException(404)
        try:
            return self._to(self._batches.start(now.request, address))
        except AlreadyRunning as running:
            return self._to(running.name)
        except AutofillError as error:
            name = now.status.folder
            self._refused[name] = str(error)
            return self._to(name, "?refused=1")

    def _page(self, request: Request) -> Response:
        now, query = self._now(request), request.query_params
        return page(
            "batch_rows.html.j2",
            root=self._root,
            section="batches",
            view=view_of_batch(self._context, now.status, query),
            now=now,
            refused=self._refused.get(now.status.folder, "")
            if "refused" in query and not now.status.is_running
            else "",
        )

    def _now(self, request: Request) -> BatchNow:
        now = self._batches.now(self._place(request).name)
        if now is None:
            raise HTTPException(404)
        return now

    def _to(self, name: str, query: str = "") -> Response:
        return RedirectResponse(f"{self._root}/batches/{quote(name)}{query}", status_code=303)

    async def _events(self, name: str, is_closing: Callable[[], bool]) -> AsyncIterator[str]:
        seen, is_running, number = None, True, 0
        while is_running:
            if is_closing():
                return
            now = await run_in_threadpool(self._batches.now, name)
            is_running = now is not None and now.status.is_running
            state = now and (len(now.status.outcomes), now.status.rows, now.is_pausing)
            if state != seen:
                seen, number = state, number + 1
                yield f"id: {number}\ndata: {{}}\n\n"
            await asyncio.sleep(_GLANCE if is_running else 0)
        yield "event: over\ndata: {}\n\n"
