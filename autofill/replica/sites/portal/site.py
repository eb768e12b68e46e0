"""Informed Delivery as web pages: login, dashboard, and the form for a mailpiece that did not come.

Who may come in is decided in members.py. Of the genuine pages only two addresses were seen; all else is made up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import wraps
from html import escape
from string import Template
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.faults.middleware import REPORT_PATH
from autofill.replica.form.checks import BAD_DATE, REQUIRED
from autofill.replica.options import PRACTICE_ACCOUNT
from autofill.replica.pages import STATIC, framed
from autofill.replica.sites.portal.sessions import REMEMBERED, Session, Sessions

DASHBOARD: Final = "/portal/dashboard"
LOGIN: Final = "/entreg/LoginAction_input"
_FORM, _REVIEW, _DONE = "/portal/report", "/portal/report/review", "/portal/report/done"
_COOKIE: Final = "portal_session"
_HEAD: Final = '<link rel="stylesheet" href="/static/portal/portal.css">'
_KINDS: Final = {"letter": "Letter or flat", "package": "Package with a tracking number"}
_LABELS: Final = {
    "kind": "Kind of item",
    "tracking_number": "Tracking Number",
    "look": "What does it look like?",
    "announced": "Date it was announced",
    "subject": "Subject",
    "comments": "Comments",
}
_NEEDED: Final = ("kind", "announced", "comments")
# Who the account belongs to.
_HOLDER: Final = {"first_name": "Pat", "last_name": "Example", "email": "pat@example.com", "reply_by": "email"}
_Handler: TypeAlias = Callable[[Any, Request, Session], Awaitable[Response]]


def _members_only(handler: _Handler) -> Callable[[Any, Request], Awaitable[Response]]:
    """Lead whoever is not logged in to the login, and from there back to where they were going."""

    @wraps(handler)
    async def guarded(self: PortalSite, request: Request) -> Response:
        name = request.cookies.get(_COOKIE, "")
        session = self.members.session(name)
        if session is not None:
            return await handler(self, request, session)
        query = {"appURL": request.url.path if request.method == "GET" else DASHBOARD}
        return RedirectResponse(f"{LOGIN}?{urlencode(query | ({'expired': '1'} if name else {}))}", status_code=303)

    return guarded


class PortalSite:
    """The handlers of one desk's Informed Delivery."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.members = Sessions(desk)
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
        told = await _told(request)
        remember, username = "remember" in told, told.get("username", "")
        name = self.members.log_in(username, told.get("password", ""), remember=remember)
        if name is None:
            left = self.members.tries_left
            why = f"The username or password is not right. Tries left: {left}." if left else "This account is locked."
            return _login_page(why, username)
        answer = RedirectResponse(_local(request.query_params.get("appURL", "")), status_code=303)
        age = int(REMEMBERED.total_seconds()) if remember else None
        answer.set_cookie(_COOKIE, name, max_age=age, httponly=True, samesite="lax")
        return answer

    async def _logout(self, request: Request) -> Response:
        self.members.log_out(request.cookies.get(_COOKIE, ""))
        answer = RedirectResponse(LOGIN, status_code=303)
        answer.delete_cookie(_COOKIE)
        return answer

    @_members_only
    async def _dashboard(self, _: Request, __: Session) -> Response:
        return _page("Informed Delivery", "dashboard", first_name=_HOLDER["first_name"])

    @_members_only
    async def _form(self, request: Request, session: Session) -> Response:
        """Take the report in; what is wrong with it is said beside the form."""
        if request.method == "POST":
            told = await _told(request)
            session.draft = {name: told[name].strip() for name in _LABELS if told.get(name, "").strip()}
            if not (errors := _complaints(session.draft)):
                return RedirectResponse(_REVIEW, status_code=303)
            return _form_page(session.draft, errors)
        return _form_page(session.draft, [])

    @_members_only
    async def _review(self, _: Request, session: Session) -> Response:
        shown = dict(session.draft) | {"kind": _KINDS.get(session.draft.get("kind", ""), "")}
        rows = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(shown[name])}</dd>"
            for name, label in _LABELS.items()
            if shown.get(name)
        )
        return _page("Review", "review", {"rows": rows}, back=_FORM, on=REPORT_PATH)

    @_members_only
    async def _submit(self, request: Request, session: Session) -> Response:
        """File the report; a draft is filed once."""
        if request.method != "POST":
            return _page("Submit", "submit")
        if _complaints(session.draft):
            return RedirectResponse(_FORM, status_code=303)
        words = {"channel": "informed-delivery", "topic": "mail-delivery", **_HOLDER}
        number = self._desk.file({**words, **session.draft})
        session.draft = {}
        return RedirectResponse(f"{_DONE}?number={number}", status_code=303)

    @_members_only
    async def _done(self, request: Request, _: Session) -> Response:
        return _page("We have your report", "done", number=request.query_params.get("number", ""))


def _login_page(why: str, username: str = "") -> Response:
    alert = f'<div role="alert" class="portal-alert">{escape(why)}</div>' if why else ""
    return _page("Sign In To Your Account", "login", {"alert": alert}, username=username)


def _form_page(draft: Mapping[str, str], errors: list[str]) -> Response:
    lines = "".join(f"<li>{escape(error)}</li>" for error in errors)
    alert = f'<div role="alert" class="portal-alert">Error<ul>{lines}</ul></div>' if errors else ""
    options = "".join(
        f'<option value="{slug}"{" selected" if draft.get("kind") == slug else ""}>{escape(words)}</option>'
        for slug, words in _KINDS.items()
    )
    given = {name: draft.get(name, "") for name in _LABELS}
    return _page("Report a missing mailpiece", "report", {"alert": alert, "options": options}, **given)


def _complaints(draft: Mapping[str, str]) -> list[str]:
    needed = [*_NEEDED, *(["tracking_number"] if draft.get("kind") == "package" else [])]
    errors = [f"{_LABELS[name]}: {REQUIRED}" for name in needed if not draft.get(name)]
    if draft.get("announced") and not _is_day(draft["announced"]):
        errors.append(f"{_LABELS['announced']}: {BAD_DATE}")
    return errors


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%b %d, %Y")  # noqa: DTZ007 - a day, nowhere in particular
    except ValueError:
        return False
    return True


def _local(path: str) -> str:
    """A way back that stays here, whatever the address says."""
    return path if path.startswith("/portal/") else DASHBOARD


async def _told(request: Request) -> dict[str, str]:
    """What a form of the page says; browsers send line breaks as CRLF."""
    told = parse_qs((await request.body()).decode(errors="replace"))
    return {name: values[0].replace("\r\n", "\n") for name, values in told.items()}


def _page(title: str, name: str, parts: Mapping[str, str] = {}, **texts: str) -> Response:
    """One page of the portal; `parts` are HTML, `texts` are not."""
    template = Template(STATIC.joinpath("portal", f"{name}.html").read_text("utf-8"))
    content = template.substitute(parts, **{key: escape(text) for key, text in texts.items()})
    return HTMLResponse(framed(title, content, head=_HEAD), headers={"Cache-ControlApi": "no-store"})
