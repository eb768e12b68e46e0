"""The page on which a batch is begun: a table or a folder is chosen, its columns assigned, its rows checked.

Started are the rows that are ready, in a process of its own (`jobs.background_batches`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from autofill.errors import AutofillError
from autofill.jobs.background_batches import AlreadyRunning, BackgroundBatches, BatchRequest
from autofill.web.batch_start_view import BatchStartView, assignment_for, batch_start_view, template_for
from autofill.web.context import AppContext
from autofill.web.pages import page
from autofill.web.posted import keep_file, posted, posted_file

_LARGEST_TABLE: Final = 64 << 20
_COLUMNS: Final = 2_000
_TARGETS: Final = {"practice": False, "real": True}


class BatchStartPages:
    """The handlers."""

    def __init__(self, context: AppContext, batches: BackgroundBatches) -> None:
        self._profiles, self._root, self._batches = context.profiles, context.root, batches

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/new/batch", self.show),
            Route("/new/batch", self.start, methods=["POST"]),
            Route("/new/batch/table", self.add_table, methods=["POST"]),
            Route("/new/batch/columns", self.assign, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """What was chosen so far, and what is wrong with it."""
        return self._page(batch_start_view(self._profiles, _chosen(request.query_params)))

    async def add_table(self, request: Request) -> Response:
        """Keep a table beside the inquiries, and choose it."""
        kept = await run_in_threadpool(keep_file, self._profiles, await posted_file(request, _LARGEST_TABLE))
        return self._to(BatchRequest(str(self._profiles / kept)))

    async def assign(self, request: Request) -> Response:
        """Save which column goes where."""
        return await run_in_threadpool(self._assign, await posted(request, _COLUMNS))

    async def start(self, request: Request) -> Response:
        """Start the rows that are ready; for real only with the address of the form."""
        said = await posted(request)
        live = _TARGETS.get(said.get("target", ""))
        if live is None:
            raise HTTPException(400)
        return await run_in_threadpool(self._start, replace(_chosen(said), live=live), said.get("address", ""))

    def _assign(self, said: Mapping[str, str]) -> Response:
        chosen = _chosen(said)
        try:
            assignment = assignment_for(chosen)
            if assignment is None:
                raise HTTPException(400)
            assignment.write([said.get(f"c{place}") or None for place in range(1, len(assignment.table.header) + 1)])
        except AutofillError as error:
            return self._page(replace(batch_start_view(self._profiles, chosen), error=error), 422)
        return self._to(chosen)

    def _start(self, chosen: BatchRequest, address: str) -> Response:
        view = batch_start_view(self._profiles, chosen)
        if not (view.check and view.check.ready):
            return self._page(view, 422)
        try:
            confirmed = address.strip() if chosen.live and address.strip() in view.origins else ""
            name = self._batches.start(replace(_absolute(chosen), origin=confirmed), address)
        except AlreadyRunning as running:
            name = running.name
        except AutofillError as error:
            return self._page(replace(view, error=error), 422)
        return RedirectResponse(f"{self._root}/batches/{quote(name)}", status_code=303)

    def _page(self, view: BatchStartView, status: int = 200) -> Response:
        return page("batch_start.html.j2", root=self._root, status=status, section="batches", view=view)

    def _to(self, chosen: BatchRequest) -> Response:
        query = urlencode({"source": chosen.source, "template": chosen.template or ""})
        return RedirectResponse(f"{self._root}/new/batch?{query}", status_code=303)


def _chosen(said: Mapping[str, str]) -> BatchRequest:
    source, template = (said.get(each, "").replace("\0", "").strip() for each in ("source", "template"))
    return BatchRequest(source, template or None)


def _absolute(chosen: BatchRequest) -> BatchRequest:
    """The same from wherever an app is opened that goes on with it."""
    template = template_for(chosen)
    return replace(
        chosen, source=str(Path(chosen.source).absolute()), template=template and str(Path(template).absolute())
    )
