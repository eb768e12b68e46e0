"""The gallery as a web application: its addresses, and what each of them answers.

Recordings are only read here; the one thing that is written is a person's own opinion, into the ledger.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.cases.ledger.reviews import ReviewStance
from autofill.errors import AutofillError
from autofill.language import _
from autofill.web.auth_middleware import Door, form_key
from autofill.web.cards import Card, Wanted, listing
from autofill.web.ledger_gateway import Notebook, Notes
from autofill.web.pages import page, script, style_sheet
from autofill.web.pictures import size_of, thumbnail
from autofill.web.recording_store import SERVED, Entry, Shelf
from autofill.web.recording_view import film_of
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
    """The pages over one shelf and one notebook; `key` is what its own forms carry."""

    def __init__(self, shelf: Shelf, notebook: Notebook, key: str) -> None:
        self._shelf = shelf
        self._notebook = notebook
        self._key = key

    def overview(self, request: Request) -> Response:
        """All recordings, newest first, or those that are wanted."""
        notes = self._notebook.read()
        cards = [_card(entry, notes) for entry in self._shelf.entries()]
        shown = listing(cards, Wanted.read(request.query_params))
        return page("list.html.j2", listing=shown, folder=self._shelf.path, trouble=notes.trouble)

    def recording(self, request: Request) -> Response:
        """One recording to look through."""
        return self._recording(request.path_params["name"])

    async def add_review(self, request: Request) -> Response:
        """Keep what a person says of a recording."""
        name = request.path_params["name"]
        said = await _form(request)
        if not hmac.compare_digest(said.get("key", "").encode(), self._key.encode()):
            raise HTTPException(403)
        return await run_in_threadpool(self._opine, name, said.get("stance", ""), said.get("note", ""))

    def thumbnail(self, request: Request) -> Response:
        """A small copy of one picture of a recording."""
        found = self._shelf.file(request.path_params["name"], request.path_params["inside"])
        small = thumbnail(found) if found else None
        if small is None:
            raise HTTPException(404)
        return Response(small, media_type="image/webp")

    def file(self, request: Request) -> Response:
        """One file of a recording, as it was kept."""
        found = self._shelf.file(request.path_params["name"], request.path_params["inside"])
        if found is None or (found.suffix == ".png" and size_of(found) is None):
            raise HTTPException(404)
        if found.suffix != ".html":
            return FileResponse(found, media_type=SERVED[found.suffix], headers=_HEADERS)
        if (content := report(found)) is not None:
            return HTMLResponse(content, headers=_HEADERS)
        notice = _("This file is no report as autofill writes them, so it is not opened. Here is the recording itself.")
        return self._recording(request.path_params["name"], status=403, notice=notice)

    def _opine(self, name: str, stance: str, note: str) -> Response:
        note = "\n".join(note.replace("\0", "").splitlines()).strip()
        if self._shelf.find(name) is None:
            raise HTTPException(404)
        if stance not in set(ReviewStance):
            return self._recording(name, _("Choose one: accept, doubt or note."), note)
        if len(note) > LONGEST_NOTE or (stance == ReviewStance.NOTE and not note):
            return self._recording(name, _("A note has 1 to 2,000 characters."), note)
        try:
            self._notebook.add(name, ReviewStance(stance), note)
        except AutofillError as error:
            return self._recording(name, str(error), note)
        return RedirectResponse(f"/r/{name}/#yours", status_code=303)

    def _recording(
        self, name: str, refused: str = "", note: str = "", *, status: int = 200, notice: str = ""
    ) -> Response:
        entry = self._shelf.find(name)
        if entry is None:
            raise HTTPException(404)
        notes = self._notebook.read()
        form = {"key": self._key, "refused": refused, "note": note, "longest": LONGEST_NOTE}
        return page(
            "recording.html.j2",
            status=422 if refused else status,
            notice=notice,
            card=_card(entry, notes),
            film=film_of(self._shelf, entry),
            trouble=notes.trouble,
            stances=tuple(ReviewStance),
            **form,
        )


def create_app(shelf: Shelf, notebook: Notebook, token: str) -> Starlette:
    """The gallery of one folder of recordings, for whoever knows the token."""
    gallery = Gallery(shelf, notebook, form_key(token))
    return Starlette(
        routes=[
            Route("/", gallery.overview),
            Route("/look.css", lambda _request: style_sheet()),
            Route("/gallery.js", lambda _request: script()),
            Route("/r/{name}/", gallery.recording),
            Route("/r/{name}/opinion", gallery.add_review, methods=["POST"]),
            Route("/r/{name}/thumbs/{inside:path}", gallery.thumbnail),
            Route("/r/{name}/files/{inside:path}", gallery.file),
        ],
        exception_handlers={HTTPException: _refuse},
        middleware=[Middleware(Door, token=token)],
    )


def _card(entry: Entry, notes: Notes) -> Card:
    return Card(entry, notes.statuses.get(entry.name), notes.opinions.get(entry.name, ()))


def _refuse(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page("refusal.html.j2", status)


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
