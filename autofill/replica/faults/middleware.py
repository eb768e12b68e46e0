"""What lies between a client and the desk: it counts what arrives, and breaks what it is told to break.

It looks into a request just far enough to know its step; how a fault is done is in network_faults.py.
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

CONTACT_US_PATH: Final = "/help/contact-us.htm"
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
    """The application that a server serves: the desk behind its wire, and another origin that is not the desk.

    Args:
        app: The desk's application.
        records: The desk's memory, which counts what arrives.
        faults: What goes wrong with every request; a request can name more in its address (`?fault=...`).
        elsewhere: The other origin's base address, at which the same server listens too; empty if there is none.
    """

    def __init__(self, app: ASGIApp, records: Records, faults: Sequence[Fault], elsewhere: str) -> None:
        self._app = app
        self._records = records
        self._faults = tuple(faults)
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request, and answer it or fail to; of several faults of one step the first strikes."""
        body = await _read_body(receive) if scope["method"] == "POST" else b""
        if self._elsewhere == "http://{}:{}".format(*scope["server"]):
            if body or scope["query_string"]:
                self._records.increment("leaked")
            await _ANOTHER_SITE(scope, receive, send)
            return
        step = _step_of(scope, body)
        if step == "submit":
            self._records.increment("requests")
        try:
            asked = [parse_fault(text) for text in parse_qs(scope["query_string"].decode()).get("fault", [])]
        except FaultError as error:
            await PlainTextResponse(str(error), status_code=400)(scope, receive, send)
            return
        scope["faults"] = faults = self._faults + tuple(asked)
        exchange = Exchange(self._app, scope, receive, send, body, self._elsewhere)
        struck = faults_of(faults, "network", step) if step else ()
        if not struck:
            await exchange.answer()
            return
        fault = struck[0]
        if step == "submit" and fault.when == "after":
            await exchange.answered()
        await NETWORK_FAULTS[fault.name](exchange, fault)


_ANOTHER_SITE: Final = PlainTextResponse("Another site.", headers={"Access-ControlApi-Allow-Origin": "*"})


async def _read_body(receive: Receive) -> bytes:
    """Read a request to its end, or to where the client left it."""
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
    if path == CONTACT_US_PATH:
        return "hub"
    if scope["method"] == "POST" and path in {CHAT_REQUEST_PATH, REPORT_PATH}:
        return "submit"
    is_wizard = path.startswith("/s/") and path.count("/") == 2 and path != CONFIRMATION_PATH
    return "open" if is_wizard else None
