"""The web app's access control: one-time tokens, an address that nobody can guess, a cookie, and response headers.

Other programs and other sites' pages can reach a port of this machine too. Knows nothing of recordings.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import quote

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from autofill.door import Stranger, stranger
from autofill.language import _, gettext_noop

# The one script is ours; with trusted types it could not even make markup out of a recording's text by mistake.
_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self';"
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
    Stranger.HOST: gettext_noop("This address does not belong to the app."),
    Stranger.ORIGIN: gettext_noop("This page does not belong to the app."),
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
        self._tokens: dict[str, str] = {}

    def new_token(self, page: str = "/") -> str:
        """A further token, and the page it leads to, as its address goes on after `root`."""
        self._tokens[token := secrets.token_urlsafe(24)] = page
        return token

    def take(self, token: str) -> str | None:
        """The page that a token leads to, if it lets in; it is worthless afterwards."""
        found = [known for known in self._tokens if _same(known, token)]
        return self._tokens.pop(found[0]) if found else None

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
        return guarded(response)

    def _let_in(self, request: Request) -> Response | None:
        """The cookie, and the way on, for a token; the address with the token stays in histories, and is worthless."""
        token = request.query_params.get("token", "") if request.method == "GET" and request.url.path == "/" else ""
        leads_to = self._entrance.take(token)
        if leads_to is None:
            return None
        root = self._entrance.root
        response = RedirectResponse(f"{root}{leads_to}", status_code=303)
        response.set_cookie(_cookie(request), self._entrance.cookie, path=root, httponly=True, samesite="strict")
        return response

    def _refusal(self, request: Request) -> Response | None:
        if self._entrance.leads_to(request.url.path):
            if _same(request.cookies.get(_cookie(request), ""), self._entrance.cookie):
                return None
            # Whoever follows a link from elsewhere, a private file say, brings no strict cookie: one of our own does.
            if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
                return HTMLResponse(f'<meta http-equiv="refresh" content="0; url={quote(request.url.path)}">')
        words = _(
            "Open the address that `autofill open` printed. It works once: for a new one, run `autofill open` again."
        )
        return PlainTextResponse(words, status_code=403)


def guarded(response: Response) -> Response:
    """The response with the headers of every page; those that it has itself are kept."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _at_the_door(request: Request) -> Response | None:
    who = stranger(request.scope, origin_needed=True)
    return PlainTextResponse(_(_TO_STRANGERS[who]), status_code=403) if who else None


def _cookie(request: Request) -> str:
    # Two of them in one browser must not take each other's.
    return f"autofill-{request.scope['server'][1]}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
