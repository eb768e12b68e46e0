"""The contact form as web pages: the hub (Contact Us), the wizard (Email Us), and the calls the wizard makes."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.faults.form_faults import PageFaults
from autofill.replica.faults.middleware import AURA_PATH, HUB_PATH
from autofill.replica.faults.table import Fault, FaultStep, faults_of
from autofill.replica.form import catalog
from autofill.replica.pages import STATIC, page, unstored_page
from autofill.replica.sites.wizard import fault_pages
from autofill.replica.sites.wizard.actions import answer
from autofill.replica.sites.wizard.settings import form_on, options_for_one_load, prefilled_answers, wizard_settings

# A page load uses fewer numbers than this, so that no two loads of a page give a control the same id.
_IDS_PER_LOAD: Final = 1_000
# In the query of a submission that came from a form that left the page.
_BY_FORM: Final = "form"
# Only a page with faults loads these.
_FAULT_SCRIPTS: Final = {"faults.js", "page_faults.js"}


class WizardSite:
    """The handlers of the hub, the wizard and its calls.

    Args:
        desk: What files the inquiries.
        other_origin: The base address of another origin that the same server serves.
    """

    def __init__(self, desk: Desk, other_origin: str) -> None:
        self._desk = desk
        self._other_origin = other_origin
        self._first_ids = itertools.count(7, _IDS_PER_LOAD)
        self._modules = sorted({path.name for path in STATIC.glob("wizard/*.js")} - _FAULT_SCRIPTS)
        self.routes: Final = (
            Route("/", self._home),
            Route(HUB_PATH, self._hub),
            Route("/s/", self._wizard),
            Route(AURA_PATH, self._call, methods=["POST"]),
            *fault_pages.ROUTES,
            Route("/s/{slug}", self._wizard),
        )

    async def _home(self, _: Request) -> Response:
        return RedirectResponse(HUB_PATH)

    async def _hub(self, request: Request) -> Response:
        faults = self._page_faults(request)
        return _login_redirect(request, "hub") or page(
            "wizard/templates/hub.html.j2",
            form=form_on(self._desk.options, faults),
            wizard=f"/s/?{faults.query}" if faults.query else "/s/",
            settings=faults.settings("hub") if faults.is_in_page else None,
        )

    async def _wizard(self, request: Request) -> Response:
        options = options_for_one_load(self._desk.options, request.query_params)
        prefilled = prefilled_answers(request.path_params.get("slug", ""), request.query_params)
        faults = self._page_faults(request)
        return _login_redirect(request, "open") or unstored_page(
            "wizard/templates/wizard.html.j2",
            heading=catalog.TOPICS.get(prefilled.get("topic", ""), "Email Us"),
            modules=self._modules,
            script="faults.js" if faults.is_in_page else "wizard.js",
            settings=wizard_settings(options, next(self._first_ids), prefilled, faults),
        )

    async def _call(self, request: Request) -> Response:
        body = await request.body()
        await asyncio.sleep(self._desk.options.delay_ms / 1000)
        try:
            message = json.loads(parse_qs(body.decode(), strict_parsing=True)["message"][0])
            reply = answer(self._desk, message, request.scope["faults"])
        except (KeyError, TypeError, ValueError):
            return PlainTextResponse("The message cannot be read.", status_code=400)
        return _as_page(reply) if _BY_FORM in request.query_params else JSONResponse(reply)

    def _page_faults(self, request: Request) -> PageFaults:
        return PageFaults(request.scope["faults"], tuple(request.query_params.getlist("fault")), self._other_origin)


def _login_redirect(request: Request, step: FaultStep) -> Response | None:
    faults: tuple[Fault, ...] = request.scope["faults"]
    needs_login = any(fault.name == "login" for fault in faults_of(faults, "page", step))
    return fault_pages.login_redirect(request) if needs_login else None


def _as_page(reply: Mapping[str, Any]) -> Response:
    """The page that a form which leaves the page gets in place of a reply that only scripts read."""
    (action,) = reply["actions"]
    if action["error"]:
        return fault_pages.refusal_page(action["error"])
    if action["returnValue"] is None:
        return RedirectResponse("/s/", status_code=303)
    return RedirectResponse(fault_pages.confirmation_address(action["returnValue"]["caseNumber"]), status_code=303)
