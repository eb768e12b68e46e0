"""The desk as a web application: addresses, requests and answers.

What an inquiry must look like and what is remembered are decided elsewhere.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from autofill.replica.control import ControlApi
from autofill.replica.desk import Desk
from autofill.replica.faults.form_faults import PageFaults
from autofill.replica.faults.middleware import AURA_PATH, CONTACT_US_PATH, FaultMiddleware
from autofill.replica.faults.table import Fault, FaultStep, faults_of, parse_fault
from autofill.replica.options import ReplicaOptions, Shadow
from autofill.replica.pages import STATIC, hub_page, prefilled_answers, wizard_page
from autofill.replica.sites.chat.site import ChatSite
from autofill.replica.sites.portal.site import PortalSite
from autofill.replica.sites.wizard import fault_pages
from autofill.replica.sites.wizard.actions import answer

# A page load uses fewer numbers than this, so that no two loads of a page give a control the same id.
_IDS_A_LOAD = 1_000
# In the query of a submission that came from a form that left the page.
_BY_FORM = "form"


class Counter:
    """The handlers of the pages of one desk that everybody may see."""

    def __init__(self, desk: Desk, elsewhere: str) -> None:
        self._desk = desk
        self._options = desk.options
        self._elsewhere = elsewhere
        self._first_ids = itertools.count(7, _IDS_A_LOAD)

    async def home(self, _: Request) -> Response:
        """Send a visitor to the hub."""
        return RedirectResponse(CONTACT_US_PATH)

    async def hub(self, request: Request) -> Response:
        """Show the hub."""
        return _detour(request, "hub") or HTMLResponse(hub_page(self._trouble(request)))

    async def wizard(self, request: Request) -> Response:
        """Show the wizard, with what the address already says filled in."""
        options = _options_for_one_load(self._options, request.query_params)
        prefilled = prefilled_answers(request.path_params.get("slug", ""), request.query_params)
        page = wizard_page(options, next(self._first_ids), prefilled, self._trouble(request))
        return _detour(request, "open") or HTMLResponse(page, headers={"Cache-ControlApi": "no-store"})

    async def call(self, request: Request) -> Response:
        """Answer the calls of the wizard."""
        body = await request.body()
        await asyncio.sleep(self._options.delay_ms / 1000)
        try:
            message = json.loads(parse_qs(body.decode(), strict_parsing=True)["message"][0])
            reply = answer(self._desk, message, request.scope["faults"])
        except (KeyError, TypeError, ValueError):
            return PlainTextResponse("The message cannot be read.", status_code=400)
        return _navigation(reply) if _BY_FORM in request.query_params else JSONResponse(reply)

    def _trouble(self, request: Request) -> PageFaults:
        return PageFaults(request.scope["faults"], tuple(request.query_params.getlist("fault")), self._elsewhere)


@dataclass(frozen=True, slots=True)
class PracticeSite:
    """A desk as a server needs it: its application, what is to be done every now and then, and its memory."""

    app: ASGIApp
    deliver: Callable[[], Awaitable[None]]
    close: Callable[[], None]


def build_site(options: ReplicaOptions, elsewhere: str = "") -> PracticeSite:
    """Build one practice desk; `elsewhere` is another origin that the same server serves.

    Raises:
        RecordsError: The file in which the desk is to remember things cannot be used.
    """
    desk = Desk(options)
    counter, control = Counter(desk, elsewhere), ControlApi(desk)
    site = Starlette(
        routes=[
            Route("/", counter.home),
            Route(CONTACT_US_PATH, counter.hub),
            Route("/s/", counter.wizard),
            Route(AURA_PATH, counter.call, methods=["POST"]),
            *fault_pages.ROUTES,
            Route("/s/{slug}", counter.wizard),
            *ChatSite(desk).routes,
            *PortalSite(desk).routes,
            *control.routes,
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )
    wire = FaultMiddleware(site, desk.records, [parse_fault(fault) for fault in options.faults], elsewhere)
    return PracticeSite(wire, control.deliver, desk.records.close)


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


def _detour(request: Request, step: FaultStep) -> Response | None:
    faults: tuple[Fault, ...] = request.scope["faults"]
    wants_login = any(fault.name == "login" for fault in faults_of(faults, "page", step))
    return fault_pages.login_first(request) if wants_login else None


def _navigation(reply: Mapping[str, Any]) -> Response:
    """Answer a form that left the page as a script would be answered in it."""
    (action,) = reply["actions"]
    if action["error"]:
        return fault_pages.refusal_page(action["error"])
    if action["returnValue"] is None:
        return RedirectResponse("/s/", status_code=303)
    return RedirectResponse(fault_pages.confirmation_address(action["returnValue"]["caseNumber"]), status_code=303)
