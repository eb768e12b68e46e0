"""The pages that only a fault leads to: a login, a CAPTCHA, and the answers to a form that leaves the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from autofill.replica.faults.middleware import CONFIRMATION_PATH
from autofill.replica.pages import page

LOGIN_PATH: Final = "/login"
CAPTCHA_PATH: Final = "/recaptcha/api2/anchor"
_LOGIN_COOKIE: Final = "signed_in"


def login_redirect(request: Request) -> Response | None:
    """A redirect to the login, and from there back to this page; None for a visitor who has logged in."""
    if _LOGIN_COOKIE in request.cookies:
        return None
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{LOGIN_PATH}?{urlencode({'back': back})}")


def confirmation_address(numbers: str | Sequence[str]) -> str:
    """The address of the confirmation that a form which leaves the page leads to."""
    return f"{CONFIRMATION_PATH}?{urlencode({'number': numbers}, doseq=True)}"


def refusal_page(errors: Sequence[Mapping[str, str]]) -> Response:
    """The errors of an inquiry that a form which leaves the page has sent."""
    return _page("refusal", errors=errors)


async def _login(request: Request) -> Response:
    """A login that any username and password pass."""
    if request.method != "POST":
        return _page("login")
    back = request.query_params.get("back", "/")
    # The browser takes "//host" and "/\\host" for other origins.
    local = back if back.startswith("/") and back[1:2] not in {"/", "\\"} else "/"
    answer = RedirectResponse(local, status_code=303)
    answer.set_cookie(_LOGIN_COOKIE, "1")
    return answer


async def _captcha(_: Request) -> Response:
    return _page("captcha")


async def _confirmation(request: Request) -> Response:
    return _page("confirmation", numbers=parse_qs(request.url.query).get("number", []))


def _page(name: str, **values: object) -> Response:
    return page(f"wizard/templates/{name}.html.j2", **values)


ROUTES: Final = (
    Route(LOGIN_PATH, _login, methods=["GET", "POST"]),
    Route(CAPTCHA_PATH, _captcha),
    Route(CONFIRMATION_PATH, _confirmation),
)
