"""The pages of runs: started, watched picture by picture, answered, and what they came to.

The runs are processes of their own (`jobs.background`): whatever becomes of the app, they go on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from autofill.jobs.background import RunRequest
from autofill.shell import has_display
from autofill.web.context import AppContext
from autofill.web.pages import page
from autofill.web.posted import number_in, posted
from autofill.web.run_view import view_of_run

# Seconds between two looks at what a run wrote.
_GLANCE = 0.15
_TARGETS = {"practice": False, "real": True}


class RunPages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._runs, self._root = context, context.runs, context.root
        self._one_at_a_time = threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/i/{name}/run", self.start, methods=["POST"]),
            Route("/runs/{name}", self.show),
            Route("/runs/{name}/events", self.follow),
            Route("/runs/{name}/answer", self.answer, methods=["POST"]),
            Route("/runs/{name}/stop", self.stop, methods=["POST"]),
        ]

    async def start(self, request: Request) -> Response:
        """Start a run of an inquiry, to practise or for real; for real in a window, where there can be one."""
        said = await posted(request)
        live = _TARGETS.get(said.get("target", ""))
        if live is None:
            raise HTTPException(400)
        window = has_display() and (live or "window" in said)
        asked = RunRequest(self._profile(request.path_params["name"]), live=live, window=window)
        return self._to(await run_in_threadpool(self._start, asked))

    def show(self, request: Request) -> Response:
        """The page of one run."""
        answered = number_in(request.query_params.get("answered", ""))
        view = view_of_run(self._context, request.path_params["name"], answered)
        if view is None:
            raise HTTPException(404)
        return page("live_run.html.j2", root=self._root, view=view, display=has_display())

    def follow(self, request: Request) -> Response:
        """Its events, as they come (server-sent events)."""
        name, last = request.path_params["name"], request.headers.get("last-event-id", "")
        if self._runs.lines(name) is None:
            raise HTTPException(404)
        events = self._events(name, number_in(last), request.app.state.is_closing)
        return StreamingResponse(events, media_type="text/event-stream")

    async def answer(self, request: Request) -> Response:
        """Hand on what a person answered; whether it is the right address, the run decides."""
        name, said = request.path_params["name"], await posted(request)
        question = number_in(said.get("question", ""))
        await run_in_threadpool(self._runs.answer, name, question, said.get("text", ""))
        return self._to(name, f"?answered={question}")

    async def stop(self, request: Request) -> Response:
        """End it in order."""
        await run_in_threadpool(self._runs.stop, request.path_params["name"])
        return self._to(request.path_params["name"])

    def _start(self, asked: RunRequest) -> str:
        """Start it, unless it goes on already: a double click is one wish."""
        with self._one_at_a_time:
            return next(self._runs.going_on(asked), None) or self._runs.start(asked)

    async def _events(self, name: str, seen: int, is_closing: Callable[[], bool]) -> AsyncIterator[str]:
        is_alive = True
        while is_alive:
            if is_closing():
                return
            is_alive = await run_in_threadpool(self._runs.is_alive, name)  # before its last lines are read
            lines = self._runs.lines(name) or []
            for number, line in enumerate(lines[seen:], seen + 1):
                # What is told to people has no place here; of the page's parts each shows it.
                yield f"id: {number}\ndata: {line if line.startswith('{') else '{}'}\n\n"
            seen = max(seen, len(lines))
            await asyncio.sleep(_GLANCE if is_alive else 0)
        yield "event: over\ndata: {}\n\n"

    def _profile(self, name: str) -> Path:
        profile = self._context.file_of(name)
        if profile is None:
            raise HTTPException(404)
        return profile

    def _to(self, name: str, query: str = "") -> Response:
        return RedirectResponse(f"{self._root}/runs/{name}{query}", status_code=303)
