"""Check of this computer: browser, fonts, a place to write; and how to install what is missing."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from autofill import __version__
from autofill.errors import NoBrowser
from autofill.evidence.keeping.folder import SPACE_WANTED
from autofill.language import _, gettext_noop
from autofill.page.browser import BrowserSettings, launched
from autofill.page.driver import driver_starting
from autofill.shell import has_display

# A font that has these languages has what names and addresses of our users need; without one they are empty boxes.
FONT_LANGUAGES = {"ko": gettext_noop("Korean"), "ja": gettext_noop("Japanese"), "zh": gettext_noop("Chinese")}
# Subjects are keys too: JSON has them as they are.
_BROWSER, _FONTS, _RECORDINGS = gettext_noop("Browser"), gettext_noop("Fonts"), gettext_noop("Recordings")
_WINDOW = gettext_noop("Browser window")
_APT = ("apt-get", "install", "-y", "--no-install-recommends")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check: what was found, whether it will do, and what to do if not."""

    subject: str
    found: str
    fine: bool
    remedy: str = ""


def examine(recordings: Path, browser: str | None) -> Iterator[Finding]:
    """Check everything a run needs."""
    yield Finding("autofill", f"{__version__} (Python {platform.python_version()}, {platform.system()})", fine=True)
    yield Finding("Playwright", version("playwright"), fine=True)
    yield browser_found(browser)
    yield _window_found(browser)
    yield fonts_found()
    yield _place_found(recordings)


def browser_found(wanted: str | None = None, *, whole: bool = False) -> Finding:
    """Start the browser a run would use, without a window; a `whole` one could open windows, too."""
    subject = _WINDOW if whole else _BROWSER
    try:
        return Finding(subject, asyncio.run(_start(BrowserSettings(wanted, whole=whole))), fine=True)
    except NoBrowser as error:
        return Finding(subject, str(error), fine=False, remedy=error.hint)


def _window_found(wanted: str | None) -> Finding:
    """Start a browser that can show windows, where windows can be shown."""
    if not has_display():
        found = _("no display here: --headed, --live and forms learn need one")
        return Finding(_WINDOW, found, fine=True)
    return browser_found(wanted, whole=True)


async def _start(settings: BrowserSettings) -> str:
    async with driver_starting() as driver, launched(await driver, settings) as browser:
        return _("{name} {version}, starts").format(name=browser.browser_type.name, version=browser.version)


def fonts_found() -> Finding:
    """Ask fontconfig which scripts have a font; Windows and macOS bring their own."""
    if not shutil.which("fc-list"):
        if sys.platform in {"win32", "darwin"}:
            return Finding(_FONTS, _("the system's own"), fine=True)
        return Finding(_FONTS, _("cannot be listed (no fontconfig)"), fine=False, remedy="autofill install")
    missing = [_(name) for code, name in FONT_LANGUAGES.items() if not _output("fc-list", f":lang={code}", "family")]
    if missing:
        what = _("none for {languages}: such names are empty boxes in screenshots")
        found = what.format(languages=", ".join(missing))
        return Finding(_FONTS, found, fine=False, remedy=_("autofill install, or: sudo apt install fonts-noto-cjk"))
    return Finding(_FONTS, ", ".join(map(_, FONT_LANGUAGES.values())), fine=True)


def _place_found(recordings: Path) -> Finding:
    here = recordings.absolute()
    existing = next(folder for folder in (here, *here.parents) if folder.exists())
    remedy = _("choose another folder with --recordings or AUTOFILL_RECORDINGS")
    if not os.access(existing, os.W_OK):
        return Finding(_RECORDINGS, _("{here} cannot be written").format(here=here), fine=False, remedy=remedy)
    free = shutil.disk_usage(existing).free
    found = _("{here}, {size} MiB free").format(here=here, size=free // 1024**2)
    return Finding(_RECORDINGS, found, fine=free > SPACE_WANTED, remedy=remedy)


def install(say: Say, *, whole: bool = False) -> bool:
    """Install a browser, and fonts where that is possible. True when a browser starts in the end.

    In this order: one that is there already, Playwright's own download, the system's package manager.

    Args:
        say: Is told each step.
        whole: Whether the browser must be able to show windows, as `--headed` and `--live` do.
    """
    browser = browser_found(whole=whole)
    if not browser.fine:
        say(
            _("No browser can show windows yet. Installing Playwright's.")
            if whole
            else _("No browser found. Installing Playwright's.")
        )
        _call(sys.executable, "-m", "playwright", "install", "chromium")
        browser = browser_found(whole=whole)
    if not browser.fine:
        say(_("That did not work. Trying the system's package manager."))
        any(_install_packages(say, package) for package in browser_packages(whole=whole))
        browser = browser_found(whole=whole)
    say(_("Browser: {found}").format(found=browser.found))
    if not fonts_found().fine:
        say(_("Fonts for Korean, Japanese and Chinese are missing. Installing them with the system's package manager."))
        _install_packages(say, "fontconfig", "fonts-noto-cjk")
    fonts = fonts_found()
    say(_("Fonts: {found}").format(found=fonts.found))
    return browser.fine


def browser_packages(*, whole: bool) -> tuple[str, ...]:
    """The system's packages with such a browser, best first."""
    return ("chromium",) if whole else ("chromium-headless-shell", "chromium")


def _install_packages(say: Say, *packages: str) -> bool:
    """Install system packages where this user may; otherwise say the command that would."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        say(_("This system has no apt-get; install these with its own tools: {packages}").format(packages=names))
        return False
    if os.geteuid() != 0:
        say(_("Only an administrator can: sudo apt install {packages}").format(packages=names))
        return False
    return _call("apt-get", "update") and _call(*_APT, *packages)


def _call(*command: str) -> bool:
    """Run a program quietly; whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, capture_output=True, env=environment, check=False).returncode == 0  # noqa: S603


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
