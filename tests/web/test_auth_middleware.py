"""Access control: only who came in by the entrance is answered."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.routing import Route

from autofill.jobs.background import BackgroundRuns
from autofill.web import RunningApp
from autofill.web.app import create_app
from autofill.web.auth_middleware import Entrance
from autofill.web.context import AppContext
from autofill.web.recording_store import RecordingStore
from tests.web.conftest import gateway_of

Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def port(gallery: RunningApp) -> int:
    return int(gallery.origin.rpartition(":")[2])


@pytest.fixture
def ask(port: int) -> Iterator[Ask]:
    """Send one request with exactly these headers."""
    line = http.client.HTTPConnection("127.0.0.1", port)

    def send(path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, headers={"Host": f"127.0.0.1:{port}"} | named)
        answer = line.getresponse()
        answer.read()
        return answer

    yield send
    line.close()


@pytest.fixture
def root(gallery: RunningApp) -> str:
    return gallery.entrance.root


@pytest.fixture
def cookie(gallery: RunningApp, port: int) -> str:
    """What the browser shows that was let in."""
    return f"autofill-{port}={gallery.entrance.cookie}"


def entry(gallery: RunningApp) -> str:
    return gallery.new_address().removeprefix(gallery.origin)


def test_an_address_lets_in_once(ask: Ask, gallery: RunningApp, root: str, cookie: str) -> None:
    """B5: it leads to where nobody else finds, with a cookie that is sent nowhere else; afterwards it is worthless."""
    address = entry(gallery)

    answer, again = ask(address), ask(address)

    assert (answer.status, answer.headers["location"]) == (303, f"{root}/")
    given, *bounds = answer.headers["set-cookie"].split("; ")
    assert given == cookie
    assert set(bounds) == {"HttpOnly", f"Path={root}", "SameSite=strict"}
    assert ask(f"{root}/", Cookie=given).status == 200
    assert (again.status, again.headers["set-cookie"]) == (403, None)


def test_an_address_leads_to_the_page_that_was_asked_for(ask: Ask, gallery: RunningApp, root: str) -> None:
    """No request can name another: the app itself remembers where the token leads."""
    address = gallery.new_address("/r/x/").removeprefix(gallery.origin)

    assert ask(f"{address}&page=//evil.example").headers["location"] == f"{root}/r/x/"


def test_each_address_is_another(gallery: RunningApp) -> None:
    """The one that a browser was given, and the one for a person to copy, do not use each other up."""
    assert len({gallery.new_address() for _ in range(9)}) == 9
    assert gallery.entrance.root not in gallery.new_address()
    assert gallery.entrance.cookie not in gallery.new_address()


PATHS = (
    "/",
    "/app.css",
    "/recording.js",
    "/recordings",
    "/r/x/",
    "/r/x/files/data/run.json",
    "/r/x/thumbs/data/a.png",
    "/gone",
)


@pytest.mark.parametrize("path", [*PATHS, "/?token=", "/?token=wrong", "//", "/{root}", "/wrong/"])
@pytest.mark.parametrize("with_cookie", [False, True])
@pytest.mark.parametrize("site", ["none", "same-site", "cross-site"])
def test_without_the_secret_address_nothing_is_shown(
    ask: Ask, cookie: str, path: str, with_cookie: bool, site: str
) -> None:
    """B5: whoever got hold of the cookie is refused like other users and programs of this machine."""
    named = {"Cookie": cookie} if with_cookie else {}

    assert ask(path, Sec_Fetch_Site=site, **named).status == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("value", [None, "", "wrong", "\xfc"])
def test_the_address_alone_shows_nothing(ask: Ask, root: str, port: int, path: str, value: str | None) -> None:
    """It stands in histories; and a cookie of an earlier start, or a made-up one, does not lead in."""
    named = {} if value is None else {"Cookie": f"autofill-{port}={value}"}

    assert ask(root + path, **named).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/", "/recordings", "/r/x/", "/r/%22%3E%3Cscript%3E/"])
def test_a_link_from_elsewhere_is_followed_from_here_once_more(
    ask: Ask, root: str, cookie: str, site: str, path: str
) -> None:
    """Strict cookies are not sent to where another site's page leads; nothing is shown until the cookie comes."""
    answer = ask(root + path, Sec_Fetch_Site=site)

    assert (answer.status, answer.headers["content-length"]) == (200, str(len(page_of(root + path))))
    assert ask(f"{root}/", Cookie=cookie, Sec_Fetch_Site="same-origin").status == 200
    assert ask(f"{root}/", Sec_Fetch_Site="same-origin").status == 403


def page_of(path: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={path}">'


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"]
)
def test_other_host_is_refused_even_with_all_secrets(
    ask: Ask, gallery: RunningApp, root: str, cookie: str, port: int, host: str
) -> None:
    """Another site that resolves to this machine cannot read the gallery, nor use up an address."""
    address, host = entry(gallery), host.format(port=port)

    assert ask(address, Host=host).status == 403
    assert ask(f"{root}/", Host=host, Cookie=cookie).status == 403
    assert ask(address).status == 303


@pytest.mark.parametrize("name", ["localhost", "[::1]"])
def test_names_of_this_machine_are_this_server(ask: Ask, gallery: RunningApp, port: int, name: str) -> None:
    """People write any of them."""
    assert ask(entry(gallery), Host=f"{name}:{port}").status == 303


@pytest.mark.parametrize("path", ["/", "entry", "root", "/gone"])
def test_pages_run_only_the_gallerys_own_script_and_reach_no_other_host(
    ask: Ask, gallery: RunningApp, root: str, cookie: str, path: str
) -> None:
    """Every answer carries the policy, refusals and errors too."""
    address = {"entry": entry(gallery), "root": f"{root}/gone"}.get(path, path)

    policy = ask(address, Cookie=cookie).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "form-action 'self';" in policy
    assert "trusted-types 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


def test_the_door_and_the_policy_are_those_of_every_page_there_is(
    ask: Ask, root: str, cookie: str, port: int, gallery: RunningApp, tmp_path: Path
) -> None:
    """Whatever page is added: no secret, another host and another page's form reach none of them."""
    runs = BackgroundRuns(tmp_path)
    context = AppContext(RecordingStore(tmp_path), gateway_of(tmp_path / "l"), root, tmp_path, runs)
    routes = [each for each in create_app(context, gallery.entrance).routes if isinstance(each, Route)]
    for route in routes:
        address = root + re.sub(r"{\w+(:path)?}", "x", route.path)
        for method in route.methods or ():
            here = {"Origin": f"http://127.0.0.1:{port}", "Cookie": cookie}
            strange = [{"Cookie": ""}, {"Host": "evil.example"}, {"Origin": "http://evil.example"}]
            assert [ask(address, method, **(here | each)).status for each in strange] == [403] * 3, (method, address)
            answer = ask(address, method, **here)
            assert answer.status != 403
            assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert len(routes) > 25


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:{port}", ""]
)
def test_a_form_from_another_page_is_refused_even_with_all_secrets(
    ask: Ask, root: str, cookie: str, port: int, origin: str | None
) -> None:
    """Another program's server on this machine counts as the same site for cookies, but not for the gallery."""
    said = {} if origin is None else {"Origin": origin.format(port=port)}

    assert ask(f"{root}/r/x/opinion", "POST", Cookie=cookie, **said).status == 403


def test_each_start_has_secrets_of_its_own() -> None:
    """An old address, or cookie, does not open a new gallery."""
    one, other = Entrance(), Entrance()

    assert len({one.root, other.root, one.cookie, other.cookie, one.new_token(), other.new_token()}) == 6
    assert min(map(len, (one.root, one.cookie, one.new_token()))) >= 32
    assert one.take(other.new_token()) is None
