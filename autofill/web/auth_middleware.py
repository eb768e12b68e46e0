"""The web app's access control: one-time tokens, an address that nobody can guess, a cookie, and response headers.

Other programs and other sites' pages can reach a port of this machine too. Knows nothing of recordings.
"""

from __future__ import annotations

import hmac
import secrets

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from autofill.door import Stranger, stranger
from autofill.language import _, gettext_noop

# The one script is ours; with trusted types it could not even make markup out of a recording's text by mistake.
_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Without a referrer a browser would not say which page a form was sent from, either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TO_STRANGERS = {
    Stranger.HOST: gettext_noop("This address is not the gallery’s."),
    Stranger.ORIGIN: gettext_noop("This page is not the gallery’s."),
}


class Entrance:
    """The way in: tokens that work once, and what a browser that used one shows from then on.

    That is two secrets. A browser sends a cookie to every port of this machine, so it is bound to `root`, the beginning
    of every address, which no other server can know; and an address stays in a browser's history, so that alone is not
    enough, either.
    """

    def __init__(self) -> None:
        self.root = f"/{secrets.token_urlsafe(24)}"
        self.cookie = secrets.token_urlsafe(24)
        self._tokens: set[str] = set()

    def new_token(self) -> str:
        """A further token."""
        self._tokens.add(token := secrets.token_urlsafe(24))
        return token

    def takes(self, token: str) -> bool:
        """Whether a token lets in; it is worthless afterwards."""
        found = [known for known in self._tokens if _same(known, token)]
        self._tokens.difference_update(found)
        return bool(found)

    def leads_to(self, path: str) -> bool:
        """Whether an address begins as only those know who have been let in."""
        return _same("/" + path.lstrip("/").partition("/")[0], self.root)


class AuthMiddleware(BaseHTTPMiddleware):
    """Middleware that answers only who came in by the entrance, and adds security headers."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        super().__init__(app)
        self._entrance = entrance

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer one request; headers that a page sets itself are kept."""
        response = _at_the_door(request) or self._let_in(request) or self._refusal(request)
        if response is None:
            request.scope["root_path"] = self._entrance.root
            response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _let_in(self, request: Request) -> Response | None:
        """The cookie, and the way on, for a token; the address with the token stays in histories, and is worthless."""
        token = request.query_params.get("token", "") if request.method == "GET" and request.url.path == "/" else ""
        if not self._entrance.takes(token):
            return None
        root = self._entrance.root
        response = RedirectResponse(f"{root}/", status_code=303)
        response.set_cookie(_cookie(request), self._entrance.cookie, path=root, httponly=True, samesite="strict")
        return response

    def _refusal(self, request: Request) -> Response | None:
        if self._entrance.leads_to(request.url.path):
            if _same(request.cookies.get(_cookie(request), ""), self._entrance.cookie):
                return None
            # Whoever follows a link from elsewhere, a private file say, brings no strict cookie: one of our own does.
            if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
                return HTMLResponse(f'<meta http-equiv="refresh" content="0; url={self._entrance.root}/">')
        words = _("Open the address that `autofill review` printed. It works once; start it again to get a new one.")
        return PlainTextResponse(words, status_code=403)


def _at_the_door(request: Request) -> Response | None:
    who = stranger(request.scope, origin_needed=True)
    return PlainTextResponse(_(_TO_STRANGERS[who]), status_code=403) if who else None


def _cookie(request: Request) -> str:
    # Two galleries in one browser must not take each other's.
    return f"autofill-{request.scope['server'][1]}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
