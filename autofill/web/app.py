"""The web application: its pages and scripts behind the door."""

from __future__ import annotations

from urllib.parse import quote

import jinja2
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from autofill.errors import AutofillError, InvalidFile, OurBug
from autofill.jobs.background_batches import BackgroundBatches
from autofill.web.auth_middleware import AuthMiddleware, Entrance, guarded
from autofill.web.batch_pages import BatchPages
from autofill.web.batch_start_pages import BatchStartPages
from autofill.web.case_pages import CasePages
from autofill.web.context import AppContext
from autofill.web.health_pages import HealthPages
from autofill.web.home_pages import HomePages
from autofill.web.pages import asset, page
from autofill.web.recording_pages import RecordingPages
from autofill.web.run_pages import RunPages
from autofill.web.write_pages import WritePages


def create_app(context: AppContext, entrance: Entrance) -> Starlette:
    """The web application, and the way into it."""
    batches = BackgroundBatches(context.runs.own_program)
    return Starlette(
        routes=[
            Route("/app.css", lambda _request: asset("app.css", "text/css")),
            Route("/{name}.js", _script),
            *HomePages(context).routes(),
            *RecordingPages(context).routes(),
            *CasePages(context).routes(),
            *RunPages(context).routes(),
            *BatchPages(context, batches).routes(),
            *BatchStartPages(context, batches).routes(),
            *WritePages(context).routes(),
            *HealthPages(context).routes(),
        ],
        exception_handlers={HTTPException: _refuse, AutofillError: _explain, Exception: _admit},
        middleware=[Middleware(AuthMiddleware, entrance=entrance)],
    )


def _script(request: Request) -> Response:
    try:
        return asset(f"{request.path_params['name']}.js", "text/javascript")
    except jinja2.TemplateNotFound:
        raise HTTPException(404) from None


def _refuse(request: Request, error: Exception) -> Response:
    # What only takes a form stays in the address line when that was refused: whoever loads it anew means its page.
    if isinstance(error, HTTPException) and error.status_code == 405 and request.method in {"GET", "HEAD"}:
        return RedirectResponse(quote(request.scope["path"].rpartition("/")[0]), status_code=303)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page("refusal.html.j2", root=request.scope["root_path"], status=status)


def _admit(request: Request, error: Exception) -> Response:
    """The page of a mistake of ours, made outside of all middleware; the terminal has its traceback."""
    return guarded(_explain(request, OurBug.of(error)))


def _explain(request: Request, error: Exception) -> Response:
    return page(
        "refused.html.j2",
        root=request.scope["root_path"],
        status=422 if isinstance(error, InvalidFile) else 500,
        error=error,
    )
