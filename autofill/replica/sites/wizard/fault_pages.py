"""Where a visitor is led in place of the page that was wanted: a login, a CAPTCHA, a confirmation of its own.

The desk's own pages are in pages.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from autofill.replica.faults.middleware import CONFIRMATION_PATH
from autofill.replica.pages import framed

LOGIN: Final = "/login"
CAPTCHA: Final = "/recaptcha/api2/anchor"
_SIGNED_IN: Final = "signed_in"

_LOGIN_PAGE: Final = """\
<main class="wide"><div class="card"><h2>Sign in</h2><form method="post">
<p><label>Username <input name="username"></label></p>
<p><label>Password <input name="password" type="password"></label></p>
<p><button class="slds-button slds-button_brand">Sign In</button></p>
</form></div></main>"""

_CAPTCHA_PAGE: Final = """\
<!doctype html><title>Practice CAPTCHA</title>
<button onclick="parent.postMessage('solved', '*')">I am not a robot</button>"""


def login_first(request: Request) -> Response | None:
    """Lead a visitor who has not signed in to the login, and from there back here."""
    if _SIGNED_IN in request.cookies:
        return None
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{LOGIN}?{urlencode({'back': back})}")


def confirmation_address(numbers: str | Sequence[str]) -> str:
    """Where a form that leaves the page arrives."""
    return f"{CONFIRMATION_PATH}?{urlencode({'number': numbers}, doseq=True)}"


def refusal_page(errors: Sequence[Mapping[str, str]]) -> HTMLResponse:
    """Say what is wrong with an inquiry that came from a form that left the page."""
    lines = "".join(f"<li>{escape(error['label'])}: {escape(error['message'])}</li>" for error in errors)
    toast = f'<div class="slds-notify slds-notify_toast" role="alert"><h2>Error</h2><ul>{lines}</ul></div>'
    return HTMLResponse(framed("Email Us", f'<main class="wide"><div class="card">{toast}</div></main>'))


async def _login(request: Request) -> Response:
    """Let in whoever knocks, with any password."""
    if request.method != "POST":
        return HTMLResponse(framed("Sign in", _LOGIN_PAGE))
    back = request.query_params.get("back", "/")
    # The browser takes "//host" and "/\\host" for other origins.
    local = back if back.startswith("/") and back[1:2] not in {"/", "\\"} else "/"
    answer = RedirectResponse(local, status_code=303)
    answer.set_cookie(_SIGNED_IN, "1")
    return answer


async def _captcha(_: Request) -> Response:
    return HTMLResponse(_CAPTCHA_PAGE)


async def _confirmation(request: Request) -> Response:
    numbers = parse_qs(request.url.query).get("number", [])
    lines = [
        f'<p class="case-number">Your Service Request Number is <strong>{escape(n)}</strong>.</p>' for n in numbers
    ]
    content = f'<h2 class="screen-heading">Thank you for contacting us</h2>{"".join(lines)}'
    return HTMLResponse(framed("Email Us", f'<main class="wide"><div class="card confirmation">{content}</div></main>'))


ROUTES: Final = (
    Route(LOGIN, _login, methods=["GET", "POST"]),
    Route(CAPTCHA, _captcha),
    Route(CONFIRMATION_PATH, _confirmation),
)
