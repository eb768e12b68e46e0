"""The desk as a web application: addresses, requests and answers.

What an inquiry must look like and what is remembered are decided elsewhere.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from autofill.replica import detours
from autofill.replica.actions import answer
from autofill.replica.alterations import Trouble
from autofill.replica.desk import Desk
from autofill.replica.faults import Fault, Step, faults_of, parse_fault
from autofill.replica.options import ReplicaOptions, Shadow
from autofill.replica.pages import STATIC, hub_page, prefilled_answers, wizard_page
from autofill.replica.wire import CALLS, HUB, Wire

# A page load uses fewer numbers than this, so that no two loads of a page give a control the same id.
_IDS_A_LOAD = 1_000
# In the query of a submission that came from a form that left the page.
_BY_FORM = "form"


class DeskEndpoints:
    """The handlers of one desk; holds its options and its memory."""

    def __init__(self, options: ReplicaOptions, elsewhere: str) -> None:
        self.options = options
        self.elsewhere = elsewhere
        self.desk = Desk(options.outbox)
        self._first_ids = itertools.count(7, _IDS_A_LOAD)

    async def home(self, _: Request) -> Response:
        """Send a visitor to the hub."""
        return RedirectResponse(HUB)

    async def hub(self, request: Request) -> Response:
        """Show the hub."""
        return _detour(request, "hub") or HTMLResponse(hub_page(self._trouble(request)))

    async def wizard(self, request: Request) -> Response:
        """Show the wizard, with what the address already says filled in."""
        options = _options_for_one_load(self.options, request.query_params)
        prefilled = prefilled_answers(request.path_params.get("slug", ""), request.query_params)
        page = wizard_page(options, next(self._first_ids), prefilled, self._trouble(request))
        return _detour(request, "open") or HTMLResponse(page, headers={"Cache-Control": "no-store"})

    async def call(self, request: Request) -> Response:
        """Answer the calls of the wizard."""
        body = await request.body()
        await asyncio.sleep(self.options.delay_ms / 1000)
        try:
            message = json.loads(parse_qs(body.decode(), strict_parsing=True)["message"][0])
            reply = answer(self.desk, message, request.scope["faults"])
        except (KeyError, TypeError, ValueError):
            return PlainTextResponse("The message cannot be read.", status_code=400)
        return _navigation(reply) if _BY_FORM in request.query_params else JSONResponse(reply)

    async def submissions(self, _: Request) -> Response:
        """Tell what arrived."""
        return JSONResponse(self.desk.as_json())

    async def outbox(self, _: Request) -> Response:
        """Tell which mails were sent."""
        return JSONResponse(self.desk.outbox_as_json())

    async def reset(self, _: Request) -> Response:
        """Forget what arrived and what was sent."""
        self.desk.reset()
        return JSONResponse({"status": "empty"})

    async def health(self, _: Request) -> Response:
        """Say that the desk is open."""
        return JSONResponse({"status": "ok"})

    def _trouble(self, request: Request) -> Trouble:
        return Trouble(request.scope["faults"], tuple(request.query_params.getlist("fault")), self.elsewhere)


def create_app(options: ReplicaOptions, elsewhere: str = "") -> ASGIApp:
    """Build one practice desk with an empty memory; `elsewhere` is another origin that the same server serves."""
    endpoints = DeskEndpoints(options, elsewhere)
    desk = Starlette(
        routes=[
            Route("/", endpoints.home),
            Route(HUB, endpoints.hub),
            Route("/s/", endpoints.wizard),
            Route(CALLS, endpoints.call, methods=["POST"]),
            *detours.ROUTES,
            Route("/s/{slug}", endpoints.wizard),
            Route("/_replica/submissions", endpoints.submissions),
            Route("/_replica/outbox", endpoints.outbox),
            Route("/_replica/reset", endpoints.reset, methods=["POST"]),
            Route("/_replica/health", endpoints.health),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )
    return Wire(desk, endpoints.desk, [parse_fault(fault) for fault in options.faults], elsewhere)


def _options_for_one_load(options: ReplicaOptions, query: Mapping[str, str]) -> ReplicaOptions:
    """Let a person try another look by the address: `?shadow=native&star=0&errors_first=1`."""
    shadows: dict[str, Shadow] = {"flat": "flat", "native": "native"}
    switches = {"0": False, "1": True}
    return replace(
        options,
        shadow=shadows.get(query.get("shadow", ""), options.shadow),
        star=switches.get(query.get("star", ""), options.star),
        errors_first=switches.get(query.get("errors_first", ""), options.errors_first),
    )


def _detour(request: Request, step: Step) -> Response | None:
    faults: tuple[Fault, ...] = request.scope["faults"]
    wants_login = any(fault.name == "login" for fault in faults_of(faults, "page", step))
    return detours.login_first(request) if wants_login else None


def _navigation(reply: Mapping[str, Any]) -> Response:
    """Answer a form that left the page as a script would be answered in it."""
    (action,) = reply["actions"]
    if action["error"]:
        return detours.refusal_page(action["error"])
    if action["returnValue"] is None:
        return RedirectResponse("/s/", status_code=303)
    return RedirectResponse(detours.confirmation_address(action["returnValue"]["caseNumber"]), status_code=303)
