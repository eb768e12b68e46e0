"""The pages of what there is: Home, the list of recordings, one of them, its pictures and files.

Recordings are only read here; only a person's review is written, to the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from autofill.cases.model.reviews import ReviewStance
from autofill.errors import AutofillError
from autofill.language import _
from autofill.web.cards import CardFilter, card_of, listing
from autofill.web.context import AppContext
from autofill.web.pages import page
from autofill.web.pictures import size_of, thumbnail
from autofill.web.posted import posted
from autofill.web.recording_store import SERVED
from autofill.web.recording_view import view_of
from autofill.web.reports import report

# A recording's pages come from outside: they may show what they carry, and may do nothing.
_SANDBOX = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Browsers look up the names of links before anybody follows one.
_HEADERS = {"Content-Security-Policy": _SANDBOX, "X-DNS-Prefetch-Control": "off"}
LONGEST_NOTE = 2_000


class RecordingPages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._root = context, context.root
        self._store, self._ledger = context.store, context.ledger

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/recordings", self.overview),
            Route("/r/{name}/", self.recording),
            Route("/r/{name}/opinion", self.add_review, methods=["POST"]),
            Route("/r/{name}/resolve", self.resolve, methods=["POST"]),
            Route("/r/{name}/thumbs/{inside:path}", self.thumbnail),
            Route("/r/{name}/files/{inside:path}", self.file),
        ]

    def overview(self, request: Request) -> Response:
        """The list of recordings, newest first, with filters."""
        known = self._ledger.read()
        cards = [card_of(entry, known) for entry in self._store.entries()]
        shown = listing(cards, CardFilter.read(request.query_params))
        return page("list.html.j2", root=self._root, listing=shown, folder=self._store.path, trouble=known.trouble)

    def recording(self, request: Request) -> Response:
        """The page of one recording."""
        return self._recording(request.path_params["name"])

    async def add_review(self, request: Request) -> Response:
        """Save a person's review of a recording."""
        name = request.path_params["name"]
        said = await posted(request)
        return await run_in_threadpool(self._save_review, name, said.get("stance", ""), said.get("note", ""))

    async def resolve(self, request: Request) -> Response:
        """Keep what a person found out about a run whose outcome is unknown."""
        return await run_in_threadpool(self._resolve, request.path_params["name"], await posted(request))

    def thumbnail(self, request: Request) -> Response:
        """A small copy of one picture of a recording."""
        found = self._store.file(request.path_params["name"], request.path_params["inside"])
        small = thumbnail(found) if found else None
        if small is None:
            raise HTTPException(404)
        return Response(small, media_type="image/webp")

    def file(self, request: Request) -> Response:
        """One file of a recording, as it was kept."""
        found = self._store.file(request.path_params["name"], request.path_params["inside"])
        if found is None or (found.suffix == ".png" and size_of(found) is None):
            raise HTTPException(404)
        if found.suffix != ".html":
            return FileResponse(found, media_type=SERVED[found.suffix], headers=_HEADERS)
        if (content := report(found)) is not None:
            return HTMLResponse(content, headers=_HEADERS)
        notice = _("This file is no report as autofill writes them, so it is not opened. Here is the recording itself.")
        return self._recording(request.path_params["name"], status=403, notice=notice)

    def _save_review(self, name: str, stance: str, note: str) -> Response:
        note = "\n".join(note.replace("\0", "").splitlines()).strip()
        if self._store.find(name) is None:
            raise HTTPException(404)
        if stance not in set(ReviewStance):
            return self._recording(name, _("Choose one: accept, doubt or note."), note)
        if len(note) > LONGEST_NOTE or (stance == ReviewStance.NOTE and not note):
            return self._recording(name, _("A note has 1 to 2,000 characters."), note)
        try:
            self._ledger.add(name, ReviewStance(stance), note)
        except AutofillError as error:
            return self._recording(name, str(error), note)
        return RedirectResponse(f"{self._root}/r/{name}/#yours", status_code=303)

    def _resolve(self, name: str, said: Mapping[str, str]) -> Response:
        number, because = said.get("case_number", "").strip()[:100], said.get("because", "").strip()[:500]
        arrived = said.get("outcome") == "arrived"
        if said.get("outcome") not in {"arrived", "not-submitted"}:
            return self._recording(name, status=422, refusal=_("Choose one: it arrived, or it never arrived."))
        if arrived and not number:
            return self._recording(name, status=422, refusal=_("Enter the case number that it got."))
        if not arrived and not because:
            return self._recording(name, status=422, refusal=_("Explain how you know that it never arrived."))
        try:
            self._ledger.resolve(name, number if arrived else None, because or None)
        except AutofillError as error:
            return self._recording(name, status=422, refusal=str(error))
        return RedirectResponse(f"{self._root}/r/{name}/", status_code=303)

    def _recording(
        self, name: str, refused: str = "", note: str = "", *, status: int = 200, notice: str = "", refusal: str = ""
    ) -> Response:
        entry = self._store.find(name)
        if entry is None:
            raise HTTPException(404)
        known = self._ledger.read()
        view = view_of(self._store, entry)
        return page(
            "recording.html.j2",
            root=self._root,
            status=422 if refused else status,
            notice=notice,
            refusal=refusal,
            card=card_of(entry, known),
            view=view,
            about=view.about,
            trouble=known.trouble,
            stances=tuple(ReviewStance),
            refused=refused,
            note=note,
            longest=LONGEST_NOTE,
        )
