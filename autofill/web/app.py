"""The web application: its routes and their handlers.

Recordings are only read here; only a person's review is written, to the ledger.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.cases.model.reviews import ReviewStance
from autofill.errors import AutofillError
from autofill.language import _
from autofill.web.auth_middleware import AuthMiddleware, Entrance
from autofill.web.cards import Card, CardFilter, listing
from autofill.web.ledger_gateway import LedgerGateway, LedgerSnapshot
from autofill.web.pages import asset, page
from autofill.web.pictures import size_of, thumbnail
from autofill.web.recording_store import SERVED, RecordingEntry, RecordingStore
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
_LARGEST_FORM = 64 << 10


class Gallery:
    """The handlers for one folder of recordings and one ledger; `root` is how every address of the app begins."""

    def __init__(self, store: RecordingStore, gateway: LedgerGateway, root: str) -> None:
        self._store = store
        self._ledger = gateway
        self._root = root

    def overview(self, request: Request) -> Response:
        """The list of recordings, newest first, with filters."""
        known = self._ledger.read()
        cards = [_card(entry, known) for entry in self._store.entries()]
        shown = listing(cards, CardFilter.read(request.query_params))
        return page("list.html.j2", root=self._root, listing=shown, folder=self._store.path, trouble=known.trouble)

    def recording(self, request: Request) -> Response:
        """The page of one recording."""
        return self._recording(request.path_params["name"])

    async def add_review(self, request: Request) -> Response:
        """Save a person's review of a recording."""
        name = request.path_params["name"]
        said = await _form(request)
        return await run_in_threadpool(self._save_review, name, said.get("stance", ""), said.get("note", ""))

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

    def _recording(
        self, name: str, refused: str = "", note: str = "", *, status: int = 200, notice: str = ""
    ) -> Response:
        entry = self._store.find(name)
        if entry is None:
            raise HTTPException(404)
        known = self._ledger.read()
        return page(
            "recording.html.j2",
            root=self._root,
            status=422 if refused else status,
            notice=notice,
            card=_card(entry, known),
            view=view_of(self._store, entry),
            trouble=known.trouble,
            stances=tuple(ReviewStance),
            refused=refused,
            note=note,
            longest=LONGEST_NOTE,
        )


def create_app(store: RecordingStore, gateway: LedgerGateway, entrance: Entrance) -> Starlette:
    """The web application for one folder of recordings, and the way into it."""
    gallery = Gallery(store, gateway, entrance.root)
    return Starlette(
        routes=[
            Route("/", gallery.overview),
            Route("/look.css", lambda _request: asset("gallery.css", "text/css")),
            Route("/gallery.js", lambda _request: asset("gallery.js", "text/javascript")),
            Route("/r/{name}/", gallery.recording),
            Route("/r/{name}/opinion", gallery.add_review, methods=["POST"]),
            Route("/r/{name}/thumbs/{inside:path}", gallery.thumbnail),
            Route("/r/{name}/files/{inside:path}", gallery.file),
        ],
        exception_handlers={HTTPException: _refuse},
        middleware=[Middleware(AuthMiddleware, entrance=entrance)],
    )


def _card(entry: RecordingEntry, known: LedgerSnapshot) -> Card:
    return Card(entry, known.case_statuses.get(entry.name), known.reviews.get(entry.name, ()))


def _refuse(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page("refusal.html.j2", root=request.scope["root_path"], status=status)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent; a form larger than ours was not."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            raise HTTPException(413)
    try:
        fields = parse_qs(body.decode(errors="replace"), max_num_fields=10)
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in fields.items()}
