"""The practice site as one ASGI application: every site's routes on one desk, behind the faults."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from autofill.door import stranger
from autofill.replica.control import ControlApi
from autofill.replica.desk import Desk
from autofill.replica.faults.middleware import FaultMiddleware
from autofill.replica.faults.table import parse_fault
from autofill.replica.options import ReplicaOptions
from autofill.replica.pages import STATIC
from autofill.replica.sites.chat.site import ChatSite
from autofill.replica.sites.portal.site import PortalSite
from autofill.replica.sites.wizard.site import WizardSite

_REFUSAL = PlainTextResponse("Neither other hosts nor pages of other sites get an answer here.", status_code=403)


@dataclass(frozen=True, slots=True)
class PracticeSite:
    """What a server needs of the practice site.

    Attributes:
        app: The application.
        deliver: Writes and sends the mails that are due; to be called again and again.
        close: Closes the file of records.
    """

    app: ASGIApp
    deliver: Callable[[], Awaitable[None]]
    close: Callable[[], None]


def build_site(options: ReplicaOptions, other_origin: str = "") -> PracticeSite:
    """The practice site with these options; `other_origin` is another origin that the same server serves.

    Raises:
        RecordsError: The file of records cannot be used.
    """
    desk = Desk(options)
    control = ControlApi(desk)
    app = Starlette(
        routes=[
            *WizardSite(desk, other_origin).routes,
            *ChatSite(desk).routes,
            *PortalSite(desk).routes,
            *(control.routes if options.control else ()),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )
    faults = [parse_fault(fault) for fault in options.faults]
    return PracticeSite(
        app=_Door(FaultMiddleware(app, desk.records, faults, other_origin), other_origin),
        deliver=control.deliver,
        close=desk.records.close,
    )


class _Door:
    """The ASGI middleware that answers only the site's own pages, and programs of this machine.

    The other origin stands for anybody's site, so that everybody is answered there.
    """

    def __init__(self, app: ASGIApp, other_origin: str) -> None:
        self._app = app
        self._other_origin = other_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_elsewhere = self._other_origin == "http://{}:{}".format(*scope["server"])
        refused = not is_elsewhere and stranger(scope, origin_needed=False)
        await (_REFUSAL if refused else self._app)(scope, receive, send)
