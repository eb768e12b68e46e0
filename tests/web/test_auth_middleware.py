"""Access control: only requests with the token and this server's name are answered."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autofill.web import serving
from autofill.web.auth_middleware import form_key
from tests.web.conftest import gateway_of

Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def token_and_port(recordings: Path, ledger: Path) -> Iterator[tuple[str, int]]:
    with serving(recordings, gateway_of(ledger)) as gallery:
        address = urlsplit(gallery)
        assert address.port
        yield address.query.removeprefix("token="), address.port


@pytest.fixture
def ask(token_and_port: tuple[str, int]) -> Iterator[Ask]:
    """Send one request with exactly these headers."""
    port = token_and_port[1]
    line = http.client.HTTPConnection("127.0.0.1", port)

    def send(path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        line.request(method, path, headers={"Host": f"127.0.0.1:{port}"} | headers)
        answer = line.getresponse()
        answer.read()
        return answer

    yield send
    line.close()


def test_token_in_the_address_becomes_a_cookie(ask: Ask, token_and_port: tuple[str, int]) -> None:
    """The announced address leads in, and the token does not stay in the address."""
    token, port = token_and_port

    answer = ask(f"/?token={token}")

    cookie = answer.headers["set-cookie"]
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert cookie.startswith(f"autofill-{port}={token};")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert ask("/", Cookie=cookie.split(";")[0]).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/look.css",
        "/gallery.js",
        "/r/x/",
        "/r/x/files/data/run.json",
        "/r/x/thumbs/data/a.png",
        "/?token=",
        "/?token=wrong",
        "/gone",
    ],
)
def test_without_the_token_nothing_is_shown(ask: Ask, path: str) -> None:
    """Other users and programs of this machine can reach the port, and get nothing."""
    assert ask(path).status == 403


@pytest.mark.parametrize("cookie", ["", "wrong", "\xfc"])
def test_wrong_cookie_is_refused(ask: Ask, token_and_port: tuple[str, int], cookie: str) -> None:
    """A cookie of an earlier start, or a made-up one, does not lead in."""
    assert ask("/", Cookie=f"autofill-{token_and_port[1]}={cookie}").status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"]
)
def test_other_host_is_refused_even_with_the_token(ask: Ask, token_and_port: tuple[str, int], host: str) -> None:
    """Another site that resolves to this machine cannot read the gallery."""
    token, port = token_and_port

    assert ask(f"/?token={token}", Host=host.format(port=port)).status == 403


def test_localhost_is_this_server(ask: Ask, token_and_port: tuple[str, int]) -> None:
    """People write either name of this machine."""
    token, port = token_and_port

    assert ask(f"/?token={token}", Host=f"localhost:{port}").status == 303


@pytest.mark.parametrize("path", ["/", "/?token={token}", "/gone"])
def test_pages_run_only_the_gallerys_own_script_and_reach_no_other_host(
    ask: Ask, token_and_port: tuple[str, int], path: str
) -> None:
    """Every answer carries the policy, refusals and errors too."""
    token, port = token_and_port

    policy = ask(path.format(token=token), Cookie=f"autofill-{port}={token}").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "form-action 'self';" in policy
    assert "trusted-types 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:{port}", ""]
)
def test_a_form_from_another_page_is_refused_even_with_the_cookie(
    ask: Ask, token_and_port: tuple[str, int], origin: str | None
) -> None:
    """Another program's server on this machine counts as the same site for cookies, but not for the gallery."""
    token, port = token_and_port
    said = {} if origin is None else {"Origin": origin.format(port=port)}

    assert ask("/r/x/opinion", "POST", Cookie=f"autofill-{port}={token}", **said).status == 403


def test_the_forms_key_is_not_the_token() -> None:
    """A page that leaks its form does not leak the way in."""
    assert form_key("token") != form_key("other")
    assert "token" not in form_key("token")
