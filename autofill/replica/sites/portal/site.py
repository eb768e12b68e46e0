"""Informed Delivery as web pages: login, dashboard, and the form for a mailpiece that did not come.

Logins are checked in sessions.py. Of the genuine pages only two addresses were seen; all else is made up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.faults.middleware import REPORT_PATH
from autofill.replica.form.checks import BAD_DATE, REQUIRED
from autofill.replica.options import PRACTICE_ACCOUNT
from autofill.replica.pages import read_form, unstored_page
from autofill.replica.sites.portal.sessions import REMEMBERED, Session, Sessions

DASHBOARD: Final = "/portal/dashboard"
LOGIN: Final = "/entreg/LoginAction_input"
_FORM, _REVIEW, _DONE = "/portal/report", "/portal/report/review", "/portal/report/done"
_COOKIE: Final = "portal_session"
_KINDS: Final = {"letter": "Letter or flat", "package": "Package with a tracking number"}
_LABELS: Final = {
    "kind": "Kind of item",
    "tracking_number": "Tracking Number",
    "look": "What does it look like?",
    "announced": "Date it was announced",
    "subject": "Subject",
    "comments": "Comments",
}
_REQUIRED: Final = ("kind", "announced", "comments")
_ACCOUNT_HOLDER: Final = {"first_name": "Pat", "last_name": "Example", "email": "pat@example.com", "reply_by": "email"}
_Handler: TypeAlias = Callable[[Any, Request, Session], Awaitable[Response]]


def _login_required(handler: _Handler) -> Callable[[Any, Request], Awaitable[Response]]:
    """A handler that sends a visitor without a session to the login, and from there back to the page."""

    @wraps(handler)
    async def guarded(self: PortalSite, request: Request) -> Response:
        name = request.cookies.get(_COOKIE, "")
        session = self.sessions.find(name)
        if session is not None:
            return await handler(self, request, session)
        query = {"appURL": request.url.path if request.method == "GET" else DASHBOARD}
        return RedirectResponse(f"{LOGIN}?{urlencode(query | ({'expired': '1'} if name else {}))}", status_code=303)

    return guarded


class PortalSite:
    """The handlers of Informed Delivery."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sessions = Sessions(desk)
        self.routes: Final = (
            Route(LOGIN, self._login, methods=["GET", "POST"]),
            Route("/portal/logout", self._logout, methods=["POST"]),
            Route(DASHBOARD, self._dashboard),
            Route(_FORM, self._form, methods=["GET", "POST"]),
            Route(_REVIEW, self._review),
            Route(REPORT_PATH, self._submit, methods=["GET", "POST"]),
            Route(_DONE, self._done),
            Route("/_replica/account", self._account),
        )

    async def _account(self, _: Request) -> Response:
        username, password = PRACTICE_ACCOUNT
        return JSONResponse({"username": username, "password": password})

    async def _login(self, request: Request) -> Response:
        if request.method != "POST":
            expired = "expired" in request.query_params
            return _login_page("Your session has expired. Please sign in again." if expired else "")
        given = await read_form(request)
        remember, username = "remember" in given, given.get("username", "")
        name = self.sessions.log_in(username, given.get("password", ""), remember=remember)
        if name is None:
            left = self.sessions.tries_left
            why = f"The username or password is not right. Tries left: {left}." if left else "This account is locked."
            return _login_page(why, username)
        answer = RedirectResponse(_local_path(request.query_params.get("appURL", "")), status_code=303)
        age = int(REMEMBERED.total_seconds()) if remember else None
        answer.set_cookie(_COOKIE, name, max_age=age, httponly=True, samesite="lax")
        return answer

    async def _logout(self, request: Request) -> Response:
        self.sessions.log_out(request.cookies.get(_COOKIE, ""))
        answer = RedirectResponse(LOGIN, status_code=303)
        answer.delete_cookie(_COOKIE)
        return answer

    @_login_required
    async def _dashboard(self, _: Request, __: Session) -> Response:
        return _page("dashboard", first_name=_ACCOUNT_HOLDER["first_name"])

    @_login_required
    async def _form(self, request: Request, session: Session) -> Response:
        """The report's form; a report with errors is shown again beside them."""
        errors: list[str] = []
        if request.method == "POST":
            given = await read_form(request)
            session.draft = {name: given[name].strip() for name in _LABELS if given.get(name, "").strip()}
            errors = _errors(session.draft)
            if not errors:
                return RedirectResponse(_REVIEW, status_code=303)
        report = {name: session.draft.get(name, "") for name in _LABELS}
        return _page("report", report=report, errors=errors, labels=_LABELS, kinds=_KINDS)

    @_login_required
    async def _review(self, _: Request, session: Session) -> Response:
        shown = dict(session.draft) | {"kind": _KINDS.get(session.draft.get("kind", ""), "")}
        return _page("review", answers=[(label, shown[name]) for name, label in _LABELS.items() if shown.get(name)])

    @_login_required
    async def _submit(self, request: Request, session: Session) -> Response:
        """The page with the submit button; a draft is filed once."""
        if request.method != "POST":
            return _page("submit")
        if _errors(session.draft):
            return RedirectResponse(_FORM, status_code=303)
        about = {"channel": "informed-delivery", "topic": "mail-delivery", **_ACCOUNT_HOLDER}
        number = self._desk.file({**about, **session.draft})
        session.draft = {}
        return RedirectResponse(f"{_DONE}?number={number}", status_code=303)

    @_login_required
    async def _done(self, request: Request, _: Session) -> Response:
        return _page("confirmation", number=request.query_params.get("number", ""))


def _login_page(alert: str, username: str = "") -> Response:
    return _page("login", alert=alert, username=username)


def _errors(draft: Mapping[str, str]) -> list[str]:
    required = [*_REQUIRED, *(["tracking_number"] if draft.get("kind") == "package" else [])]
    errors = [f"{_LABELS[name]}: {REQUIRED}" for name in required if not draft.get(name)]
    if draft.get("announced") and not _is_day(draft["announced"]):
        errors.append(f"{_LABELS['announced']}: {BAD_DATE}")
    return errors


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%b %d, %Y")  # noqa: DTZ007 - a day, nowhere in particular
    except ValueError:
        return False
    return True


def _local_path(path: str) -> str:
    """A page of the portal to go back to, whatever the address names."""
    return path if path.startswith("/portal/") else DASHBOARD


def _page(name: str, **values: object) -> Response:
    return unstored_page(f"portal/templates/{name}.html.j2", **values)
