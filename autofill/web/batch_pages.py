"""The pages of batches: all of them, and one with its rows. Nothing is started or stopped here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from autofill.jobs.batch_progress import BatchStatus, batch_status, batch_statuses
from autofill.web.batch_view import as_known, view_of_batch
from autofill.web.context import AppContext
from autofill.web.pages import page

_FILES = {"csv": "text/csv", "json": "application/json"}
# Seconds between two looks at how far a batch is.
_GLANCE = 0.5


class BatchPages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._root = context, context.root
        self._folder = context.store.path / "batches"

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/batches", self.overview),
            Route("/batches/{name}", self.show),
            Route("/batches/{name}/events", self.follow),
            Route("/batches/{name}/results.{kind}", self.results),
        ]

    def overview(self, _request: Request) -> Response:
        """All batches, the newest first."""
        known = self._context.ledger.read()
        statuses = [as_known(each, known) for each in batch_statuses(self._folder)]
        return page("batches.html.j2", root=self._root, section="batches", statuses=statuses)

    def show(self, request: Request) -> Response:
        """One batch."""
        view = view_of_batch(self._context, self._status(request), request.query_params)
        return page("batch_rows.html.j2", root=self._root, section="batches", view=view)

    def follow(self, request: Request) -> Response:
        """An event whenever rows have ended, at most two a second (server-sent events)."""
        folder = self._place(request)
        self._status(request)
        return StreamingResponse(_events(folder, request.app.state.is_closing), media_type="text/event-stream")

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
            return next(each for each in self._folder.iterdir() if each.name == name)
        except (StopIteration, OSError):
            raise HTTPException(404) from None

    def _status(self, request: Request) -> BatchStatus:
        status = batch_status(self._place(request))
        if status is None:
            raise HTTPException(404)
        return status


async def _events(folder: Path, is_closing: Callable[[], bool]) -> AsyncIterator[str]:
    ended, is_running = -1, True
    while is_running:
        if is_closing():
            return
        status = await run_in_threadpool(batch_status, folder)
        is_running = status is not None and status.is_running
        if status is not None and len(status.outcomes) != ended:
            ended = len(status.outcomes)
            yield f"id: {ended}\ndata: {{}}\n\n"
        await asyncio.sleep(_GLANCE if is_running else 0)
    yield "event: over\ndata: {}\n\n"
