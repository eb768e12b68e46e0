"""The web app's access control: a token, the host name, and response headers. Knows nothing of recordings.

Other programs and other sites' pages can reach a port of this machine too; only requests with the token are answered.
"""

from __future__ import annotations

import hashlib
import hmac

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from autofill.language import _

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


class AuthMiddleware(BaseHTTPMiddleware):
    """Middleware that answers only requests with the token and this server's host name, and adds security headers."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        super().__init__(app)
        self._token = token

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer one request; headers that a page sets itself are kept."""
        response = self._refusal(request) or self._set_cookie(request) or await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        port = _port(request)
        # Another site can give its own name this machine's address; its pages would then count as ours.
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        if request.headers.get("host") not in hosts:
            return PlainTextResponse(_("This address is not the gallery’s."), status_code=403)
        known = request.cookies.get(_cookie(request)) or request.query_params.get("token", "")
        if not hmac.compare_digest(known.encode(), self._token.encode()):
            return PlainTextResponse(_("Open the address that `autofill review` printed."), status_code=403)
        # Cookies do not know ports: another server on this machine counts as the same site.
        origin = request.headers.get("origin", "")
        if request.method == "POST" and origin.removeprefix("http://") not in hosts:
            return PlainTextResponse(_("This page is not the gallery’s."), status_code=403)
        return None

    def _set_cookie(self, request: Request) -> Response | None:
        """Move the token from the address, which stays in histories, into a cookie."""
        if "token" not in request.query_params:
            return None
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(_cookie(request), self._token, httponly=True, samesite="lax")
        return response


def form_key(token: str) -> str:
    """The hidden key in the app's own forms: a page without the token cannot send one (CSRF)."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def _port(request: Request) -> int | None:
    server = request.scope.get("server")
    return server[1] if server else None


def _cookie(request: Request) -> str:
    # Cookies do not know ports; two galleries must not take each other's.
    return f"autofill-{_port(request)}"
