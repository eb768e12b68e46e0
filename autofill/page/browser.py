"""Browser finder and starter, for the Chromium family, and its pages.

Order of search: what the user named, a headless shell on the machine (the fastest for headless runs), Playwright's own
download, Google Chrome, Microsoft Edge, any Chromium on the PATH.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, Page, Playwright
from playwright.async_api import Error as PlaywrightError

from autofill.errors import Misconfigured, NoBrowser, TryLater
from autofill.language import _
from autofill.page.engines import teach
from autofill.page.seen import watched

PATH_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "brave-browser",
)
LOOPBACK = ("127.0.0.1", "localhost")
CHANNELS = ("chrome", "msedge")
# A common desktop window; most screens of a form fit, and those that do not are photographed whole all the same.
HEADLESS_VIEWPORT = {"width": 1280, "height": 960}
# Ways out that no route sees and no contact form needs are taken away from every frame before its scripts run.
_SIDE_DOORS = Path(__file__).with_name("side_doors.js")
# Pages that were opened while nobody needed them yet, each for the next who wants one of its browser.
_AHEAD: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()
_REMEDIES = ("sudo apt install chromium fonts-noto-cjk", "autofill run ... --browser /path/to/chrome")


def is_root() -> bool:
    """Whether this process runs as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to get a browser: Playwright's words for starting it, none for its own download; or its address."""

    why: str
    start: Mapping[str, str] = field(default_factory=dict)
    address: str = ""


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """What the user asked for, and the only hosts the browser can reach (`*.example.com` covers what is below it).

    `sandbox` is Chromium's own; it cannot start as root, and elsewhere it is worth having, as the page is untrusted.
    `whole` asks for a browser that can show windows, a headless one too: a headless shell cannot.
    """

    wanted: str | None = None
    headless: bool = True
    hosts: tuple[str, ...] = LOOPBACK
    sandbox: bool = not is_root()
    whole: bool = False


def candidates(settings: BrowserSettings) -> list[Candidate]:
    """Browsers worth trying, best first. A wanted browser is the only candidate: no silent substitute."""
    if settings.wanted:
        return [_wanted(settings.wanted)]
    found = []
    whole = settings.whole or not settings.headless
    if not whole and (shell := shutil.which("chromium-headless-shell")):
        found.append(Candidate(_("headless shell on the PATH"), {"executable_path": shell}))
    # Without a channel, the download that is started without a window is a headless shell.
    found.append(Candidate(_("Playwright's own download"), {"channel": "chromium"} if settings.whole else {}))
    found += [Candidate(_("installed {name}").format(name=name), {"channel": name}) for name in CHANNELS]
    found += [
        Candidate(_("{name} on the PATH").format(name=name), {"executable_path": path})
        for name in PATH_NAMES
        if (path := shutil.which(name))
    ]
    return found


def _wanted(text: str) -> Candidate:
    why = _("set with --browser or AUTOFILL_BROWSER")
    if text.startswith(("ws://", "wss://", "http://", "https://")):
        return Candidate(why, address=text)
    is_path = "/" in text or "\\" in text or Path(text).exists()
    return Candidate(why, {"executable_path" if is_path else "channel": text})


def install_command(settings: BrowserSettings) -> str:
    """The command that gets such a browser."""
    return "autofill install --headed" if settings.whole or not settings.headless else "autofill install"


@asynccontextmanager
async def launched(playwright: Playwright, settings: BrowserSettings) -> AsyncIterator[Browser]:
    """Start (or connect to) the first candidate that works, and close it afterwards.

    Raises:
        NoBrowser: none of them could be started.
    """
    browser = await _first_that_works(playwright, settings)
    try:
        yield browser
    finally:
        await close_quietly(browser)


@asynccontextmanager
async def browser_starting(
    driver: Awaitable[Playwright], settings: BrowserSettings
) -> AsyncIterator[Awaitable[Browser]]:
    """Start a browser, and the first `fresh_page` in it, as soon as the driver is there, without waiting for any of it.

    Whoever wants it awaits what this yields, and hears of it there if it could not be started. At the end it is left to
    the driver, which closes its browsers before it ends.
    """

    async def start() -> Browser:
        browser = await _first_that_works(await driver, settings)
        with suppress(PlaywrightError):  # whoever wants a page opens one, and hears why there is none
            _AHEAD[browser] = page = await _open_page(browser, headless=settings.headless)
            # What finds things in a page is compiled by the time there is something to find, while nobody waits for it.
            compiling.append(asyncio.create_task(_ignored(page.get_by_role("heading").count())))
        return browser

    compiling: list[asyncio.Task[None]] = []
    starting = asyncio.create_task(start())
    try:
        yield starting
    finally:
        with suppress(Exception):
            await starting


async def _first_that_works(playwright: Playwright, settings: BrowserSettings) -> Browser:
    """The first candidate that works, started or connected to.

    Raises:
        NoBrowser: none of them could be started.
    """
    tried = []
    await teach(playwright)
    for candidate in candidates(settings):
        try:
            return await _start(playwright, candidate, settings)
        except PlaywrightError as error:
            tried.append(f"{candidate.why} ({_reason(error)})")
    raise NoBrowser(
        _("No browser could be started. Tried: {tried}.").format(tried="; ".join(tried)),
        hint="\n    ".join((_("One of these helps:"), install_command(settings), *_REMEDIES)),
    )


async def _start(playwright: Playwright, candidate: Candidate, settings: BrowserSettings) -> Browser:
    chromium = playwright.chromium
    if candidate.address:
        # A DevTools address speaks Chrome's protocol to any version; a Playwright server needs our exact version.
        over_cdp = candidate.address.startswith("http") or "/devtools/" in candidate.address
        return await (chromium.connect_over_cdp if over_cdp else chromium.connect)(candidate.address)
    how: dict[str, Any] = dict(candidate.start)
    return await chromium.launch(
        headless=settings.headless,
        args=[
            # A late fetch is one that no page's route sees.
            "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,FetchLaterAPI",
            # A TURN server's user name is words of the page's choice; it goes past resolver rules.
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            # What a shared worker sends belongs to no page, so no page's route sees it.
            "--disable-shared-workers",
            host_rules(settings.hosts),
        ],
        chromium_sandbox=settings.sandbox,
        # Ctrl-C must not take the browser away before the picture of where the run stood is taken.
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
        **how,
    )


def host_rules(hosts: tuple[str, ...]) -> str:
    """The argument that makes every other host unreachable: names and addresses alike fail before a packet leaves."""
    return f"--host-resolver-rules=MAP * ~NOTFOUND{''.join(f', EXCLUDE {host}' for host in hosts)}"


def _reason(error: PlaywrightError) -> str:
    first = error.message.splitlines()[0]
    return _("not found") if "doesn't exist" in first or "not found" in first else first[:200]


@asynccontextmanager
async def fresh_page(browser: Browser, *, headless: bool, video: Path | None = None) -> AsyncIterator[Page]:
    """A page in a context of its own: no cookies, cache, permissions, downloads or service workers are shared.

    Args:
        browser: Where to open it.
        headless: Whether nobody sees it; otherwise it is as large as its window.
        video: A folder to film it into.

    Raises:
        TryLater: the browser went away before the page was open.
        Misconfigured: it cannot be filmed.
    """
    try:
        ahead = _AHEAD.pop(browser, None) if video is None else None
        page = ahead or await _open_page(browser, headless=headless, video=video)
    except PlaywrightError as error:
        if video is not None and "ffmpeg" in error.message:
            raise Misconfigured(
                _("A video needs Playwright's ffmpeg, which is not installed. Nothing was sent."),
                hint=_("Run: playwright install ffmpeg. Or use --debug-trace, which has a screenshot of every action."),
            ) from None
        raise TryLater(
            _("The browser closed before the form was opened. Nothing was sent."), hint=_("Try again.")
        ) from None
    try:
        yield page
    finally:
        await close_quietly(page.context)


async def _open_page(browser: Browser, *, headless: bool, video: Path | None = None) -> Page:
    how: dict[str, Any] = {"viewport": HEADLESS_VIEWPORT} if headless else {"no_viewport": True}
    # What moves may stand elsewhere in the picture than where it was noted.
    how["reduced_motion"] = "reduce"
    if video is not None:
        how |= {"record_video_dir": video, "record_video_size": HEADLESS_VIEWPORT}
    context = await browser.new_context(
        locale="en-US", timezone_id="America/New_York", service_workers="block", accept_downloads=False, **how
    )
    await context.add_init_script(path=_SIDE_DOORS)
    return watched(await context.new_page())


async def memory_of(browser: Browser) -> int:
    """The bytes of memory that a browser's processes have for themselves; 0 where the system does not tell."""
    with suppress(PlaywrightError):
        session = await browser.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        await session.detach()
        return sum(_memory_of(process["id"]) for process in processes)
    return 0


def _memory_of(process: int) -> int:
    """Resident pages that are not shared (Linux: proc_pid_statm(5))."""
    try:
        _size, resident, shared, *_rest = Path(f"/proc/{process}/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


async def _ignored(doing: Awaitable[object]) -> None:
    """Await something of no consequence; a page that goes on, or away, makes it fail."""
    with suppress(PlaywrightError):
        await doing


async def close_quietly(closable: Any) -> None:
    """Close a context or browser that may be gone already."""
    with suppress(PlaywrightError):
        await closable.close()
