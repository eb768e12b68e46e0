"""The gallery as a web application: its addresses and its pages.

What is on the shelf and who may come in are decided elsewhere. Nothing here writes.
"""

from __future__ import annotations

from pathlib import Path

import jinja2
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from autofill.evidence.report import in_utc, outcome_of
from autofill.review.door import Door
from autofill.review.shelf import SERVED, Shelf

# A recording's pages come from outside: they may show what they carry, and may do nothing.
_SANDBOX = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class Gallery:
    """The pages over one shelf."""

    def __init__(self, recordings: Path) -> None:
        self._shelf = Shelf(recordings)
        rooms = [jinja2.PackageLoader("autofill.review"), jinja2.PackageLoader("autofill.evidence")]
        self._house = jinja2.Environment(
            loader=jinja2.ChoiceLoader(rooms),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._house.filters |= {"utc": in_utc, "outcome": outcome_of}

    def overview(self, _: Request) -> Response:
        """All recordings, newest first."""
        return self._page("gallery.html.j2", recordings=self._shelf.recordings(), folder=self._shelf.path)

    def recording(self, request: Request) -> Response:
        """One recording: its report, or what there is when it was never finished."""
        found = self._shelf.find(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return self._page("recording.html.j2", recording=found)

    def file(self, request: Request) -> Response:
        """One file of a recording, as it was kept."""
        found = self._shelf.file(request.path_params["name"], request.path_params["inside"])
        if found is None:
            raise HTTPException(404)
        return FileResponse(found, media_type=SERVED[found.suffix], headers={"Content-Security-Policy": _SANDBOX})

    def look(self, _: Request) -> Response:
        """The style sheet of all pages."""
        return Response(self._house.get_template("gallery.css").render(), media_type="text/css")

    def _page(self, template: str, **what: object) -> Response:
        return HTMLResponse(self._house.get_template(template).render(what).encode(errors="replace"))


def create_app(recordings: Path, token: str) -> Starlette:
    """The gallery of one folder of recordings, for whoever knows the token."""
    gallery = Gallery(recordings)
    return Starlette(
        routes=[
            Route("/", gallery.overview),
            Route("/look.css", gallery.look),
            Route("/r/{name}/", gallery.recording),
            Route("/r/{name}/files/{inside:path}", gallery.file),
        ],
        middleware=[Middleware(Door, token=token)],
    )
