"""The ASGI middleware in front of the practice site: counts what arrives, and applies the faults of the network.

It reads a request just far enough to know its step; what a fault does is in network_faults.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from autofill.replica.faults.network_faults import NETWORK_FAULTS, Exchange
from autofill.replica.faults.table import Fault, FaultError, FaultStep, faults_of, parse_fault
from autofill.replica.office.records import Records

HUB_PATH: Final = "/help/contact-us.htm"
AURA_PATH: Final = "/s/sfsites/aura"
CONFIRMATION_PATH: Final = "/s/confirmation"
CHAT_REQUEST_PATH: Final = "/chat/request"
REPORT_PATH: Final = "/portal/report/submit"
_ACTIONS: Final[Mapping[bytes, FaultStep]] = {
    b"submitInquiry": "submit",
    b"getSubTopics": "topic",
    b"getTrackingData": "tracking",
}


class FaultMiddleware:
    """The application that a server serves: the practice site with its faults, and another origin beside it.

    Args:
        app: The practice site without faults.
        records: Where requests are counted.
        faults: The faults of every request; a request can name more in its address (`?fault=...`).
        other_origin: The base address of the other origin, at which the same server listens; empty if there is none.
    """

    def __init__(self, app: ASGIApp, records: Records, faults: Sequence[Fault], other_origin: str) -> None:
        self._app = app
        self._records = records
        self._faults = tuple(faults)
        self._other_origin = other_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request and answer it; of several faults of its step the first applies."""
        body = await _read_body(receive) if scope["method"] == "POST" else b""
        if self._other_origin == "http://{}:{}".format(*scope["server"]):
            if body or scope["query_string"]:
                self._records.increment("leaked")
            await _OTHER_ORIGIN(scope, receive, send)
            return
        step = _step_of(scope, body)
        if step == "submit":
            self._records.increment("requests")
        try:
            named = [parse_fault(text) for text in parse_qs(scope["query_string"].decode()).get("fault", [])]
        except FaultError as error:
            await PlainTextResponse(str(error), status_code=400)(scope, receive, send)
            return
        scope["faults"] = faults = self._faults + tuple(named)
        exchange = Exchange(
            app=self._app, scope=scope, receive=receive, send=send, body=body, other_origin=self._other_origin
        )
        fault = next(iter(faults_of(faults, "network", step)), None) if step else None
        if fault is None:
            await exchange.answer()
            return
        if step == "submit" and fault.when == "after":
            await exchange.answered()
        await NETWORK_FAULTS[fault.name](exchange, fault)


_OTHER_ORIGIN: Final = PlainTextResponse("Another site.", headers={"Access-Control-Allow-Origin": "*"})


async def _read_body(receive: Receive) -> bytes:
    """A request's body, or what came of it before the client left."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body


def _step_of(scope: Scope, body: bytes) -> FaultStep | None:
    path: str = scope["path"]
    if path == AURA_PATH:
        return next((step for action, step in _ACTIONS.items() if action in body), None)
    if path == HUB_PATH:
        return "hub"
    if scope["method"] == "POST" and path in {CHAT_REQUEST_PATH, REPORT_PATH}:
        return "submit"
    is_wizard = path.startswith("/s/") and path.count("/") == 2 and path != CONFIRMATION_PATH
    return "open" if is_wizard else None
