"""The doors of the gallery and the practice site, tried by a real browser, by its neighbours, and by ps."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from autofill.replica import ReplicaOptions
from autofill.replica import serving as practising
from autofill.web import RunningApp, serving
from tests.servers import answering
from tests.terminal import at_a_terminal, read_until
from tests.web.conftest import gateway_of


class Neighbour:
    """Another server on 127.0.0.1, such as another user's: what browsers send it, and a page that attacks."""

    def __init__(self) -> None:
        self.headers: list[dict[str, str]] = []
        self.page = ""
        neighbour = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                neighbour.headers.append(dict(self.headers))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(neighbour.page.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    neighbour = Neighbour()
    with answering(neighbour.server):
        yield neighbour


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[RunningApp]:
    with serving(tmp_path / "recordings", gateway_of(tmp_path / "ledger.sqlite3")) as running:
        yield running


async def test_no_other_server_of_this_machine_gets_what_opens_the_gallery(
    browser: Browser, gallery: RunningApp, neighbour: Neighbour
) -> None:
    """B5: the browser that has it open visits every other port without the cookie, whatever name the visit is under."""
    async with await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(gallery.new_address())
        assert (page.url, await page.title()) == (gallery.home, "Home · autofill")
        beside = await context.new_page()
        for path in ("", "x.png", "r/x/", "app.css"):
            await beside.goto(neighbour.url + path)
        neighbour.page = f"<img src={neighbour.url}y.png><a href={gallery.home}>in</a>"
        await beside.goto(neighbour.url)
        await page.reload()
        assert await page.title() == "Home · autofill"

    assert len(neighbour.headers) >= 6
    assert not any("Cookie" in headers for headers in neighbour.headers)


async def test_the_cookie_is_worthless_without_the_address(browser: Browser, gallery: RunningApp) -> None:
    """B5: even if another program had it, from a backup of the browser's profile, say."""
    async with await browser.new_context() as context:
        await (await context.new_page()).goto(gallery.new_address())
        (cookie,) = await context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")

    stolen = f"{cookie['name']}={cookie['value']}"
    for path in ("/", "/?token=", "/r/x/", f"/{cookie['value']}/"):
        assert asked(Request(gallery.origin + path, headers={"Cookie": stolen})) == 403
    assert asked(Request(gallery.home, headers={"Cookie": stolen})) == 200


async def test_a_used_address_lets_no_second_browser_in(browser: Browser, gallery: RunningApp) -> None:
    address = gallery.new_address()
    async with await browser.new_context() as first, await browser.new_context() as second:
        await (await first.new_page()).goto(address)
        page = await second.new_page()
        answer = await page.goto(address)

    assert answer is not None
    assert answer.status == 403


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """`autofill review` in a terminal: the address that it prints, and what it starts the browser with."""
    (tmp_path / "browser").write_text('#!/bin/sh\necho "started $@ at once"\n')
    (tmp_path / "browser").chmod(0o755)
    command = [sys.executable, "-m", "autofill", "review", "--recordings", str(tmp_path / "recordings")]
    settings = {"BROWSER": str(tmp_path / "browser"), "DISPLAY": ":9", "NO_COLOR": "1"}
    with at_a_terminal(command, stdin=None, stderr=None, env=os.environ | settings) as (running, terminal):
        printed, started = read_until(terminal, b"at once").decode().split("started ")
        address, file = next(word for word in printed.split() if word.startswith("http:")), started.split()[0]
        assert asked(Request(address.partition("?")[0])) == 403  # it serves by now, and hears signals
        yield address, file
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
    assert not _file(file).exists()


def _file(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))


def test_no_secret_stands_on_a_command_line(reviewed: tuple[str, str], own_state: Path) -> None:
    """B5: the browser is started on a file that only this user can read."""
    address, words = reviewed
    file = _file(words)
    inside = file.read_text().partition("url=")[2].partition('"')[0]

    assert words.startswith("file:///")
    assert file.is_relative_to(own_state)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert address.partition("=")[0] == inside.partition("=")[0]
    assert address != inside
    secrets = [one.partition("=")[2].encode() for one in (address, inside)]
    assert not any(secret in words for secret in secrets for words in _command_lines())


def _command_lines() -> Iterator[bytes]:
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            yield process.read_bytes()


@pytest.mark.parametrize("opened", [0, 1], ids=["the printed address", "the private file"])
async def test_both_ways_into_the_gallery_lead_in(browser: Browser, reviewed: tuple[str, str], opened: int) -> None:
    """B5: a browser sends a strict cookie to a page that a file led to only when the page asks for itself again."""
    async with await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(reviewed[opened])
        await expect(page).to_have_title("Recordings · autofill")
        assert "token" not in page.url
        await page.reload()
        assert await page.title() == "Recordings · autofill"


@pytest.fixture
def practice() -> Iterator[str]:
    with practising(ReplicaOptions(delay_ms=0)) as replica:
        yield replica.url


@pytest.mark.parametrize("path", ["/", "/s/", "/static/page.css", "/_replica/submissions", "/_replica/clock", "/gone"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None),
        ({"Host": "localhost:{port}"}, None),
        ({"Host": "[::1]:{port}"}, None),
        ({"Origin": "http://127.0.0.1:{port}"}, None),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_the_practice_site_answers_only_to_its_name_and_its_pages(
    practice: str, path: str, headers: dict[str, str], status: int | None
) -> None:
    """B4: its pages and its control paths alike."""
    port = practice.rpartition(":")[2]
    named = {name: value.format(port=port) for name, value in headers.items()}

    assert asked(Request(practice + path, headers=named)) == (status or asked(Request(practice + path)))


@pytest.mark.parametrize("path", ["/_replica/reset", "/_replica/clock", "/_replica/mail", "/s/sfsites/aura"])
@pytest.mark.parametrize("origin", ["null", "", "http://127.0.0.1:1", "http://evil.example"])
def test_no_other_sites_page_changes_anything_at_the_practice_site(practice: str, path: str, origin: str) -> None:
    """B4: nor is it counted."""
    request = Request(practice + path, b'{"advance": "72h"} submitInquiry', {"Origin": origin})

    assert asked(request) == 403
    with urlopen(f"{practice}/_replica/submissions") as answer:
        assert b'"requests":0' in answer.read().replace(b" ", b"")


async def test_a_neighbours_page_reaches_neither(
    browser: Browser, gallery: RunningApp, practice: str, neighbour: Neighbour
) -> None:
    """B4, B5: by script or by form, in the browser that has both open."""
    async with await browser.new_context() as context:
        await (await context.new_page()).goto(gallery.new_address())
        await (await context.new_page()).goto(practice)
        places = [f"{gallery.home}r/x/opinion", gallery.origin, f"{practice}/_replica/reset"]
        assert [await sent(context, neighbour, place) for place in places] == [403] * 3
        assert [await fetched(context, neighbour, place) for place in places] == ["TypeError"] * 3


async def sent(context: BrowserContext, neighbour: Neighbour, place: str) -> int:
    """The answer to a form that a neighbour's page sends."""
    neighbour.page = f"<form method=post action={place}><button>go</button></form>"
    page = await context.new_page()
    await page.goto(neighbour.url)
    async with page.expect_response(lambda response: response.request.method == "POST") as response:
        await page.click("button")
    return (await response.value).status


async def fetched(context: BrowserContext, neighbour: Neighbour, place: str) -> str:
    """What a script of a neighbour's page gets to read."""
    page = await context.new_page()
    await page.goto(neighbour.url)
    read: str = await page.evaluate(
        "place => fetch(place, {credentials: 'include'}).then(answer => answer.text(), error => error.name)", place
    )
    return read


def asked(request: Request) -> int:
    """The status of an answer."""
    try:
        with urlopen(request) as answer:
            status: int = answer.status
            return status
    except HTTPError as error:
        with error:
            return error.code
