"""What this computer lacks, and what is done about it. Nothing is downloaded: the commands that would are fakes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autofill import machine
from autofill.errors import NoBrowser
from autofill.page.browser import BrowserSettings, candidates, install_command

# Says what it was asked, and makes what it could get: WHOLE or SHELL, or nothing.
FAKE = """#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case "$*" in
  *"playwright install chromium"*) [ -n "$DOWNLOADS" ] && touch "$GOT/chromium" ;;
  *install*chromium-headless-shell*) touch "$GOT/chromium-headless-shell" ;;
  *install*chromium*) touch "$GOT/chromium" ;;
esac
"""
Install = Callable[..., tuple[bool, list[str]]]


@pytest.fixture
def got(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the browsers that there are; none yet."""
    folder = tmp_path / "got"
    folder.mkdir()

    async def start(settings: BrowserSettings) -> str:
        if settings.whole and not (folder / "chromium").exists():
            raise NoBrowser("none that can show windows", hint=install_command(settings))
        if not any(folder.iterdir()):
            raise NoBrowser("none at all", hint=install_command(settings))
        return "chromium, starts"

    monkeypatch.setattr(machine, "_start", start)
    return folder


@pytest.fixture
def install(got: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install as root, with commands that are fakes; whether a browser starts then, and what was called."""
    programs, log = tmp_path / "bin", tmp_path / "log"
    programs.mkdir()
    log.touch()
    for name in ("python", "apt-get", "fc-list"):
        (programs / name).write_text(FAKE if name != "fc-list" else "#!/bin/sh\necho font\n")
        (programs / name).chmod(0o755)
    for name, value in {"PATH": f"{programs}:{os.environ['PATH']}", "LOG": str(log), "GOT": str(got)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    def carried_out(*, whole: bool, downloads: bool = False) -> tuple[bool, list[str]]:
        monkeypatch.setenv("DOWNLOADS", "yes" if downloads else "")
        return machine.install(lambda _line: None, whole=whole), log.read_text().splitlines()

    return carried_out


def test_a_headless_shell_is_enough_for_runs_without_a_window(got: Path, install: Install) -> None:
    (got / "chromium-headless-shell").touch()

    assert install(whole=False) == (True, [])


def test_a_headless_shell_is_not_enough_for_a_window_and_a_whole_browser_is_fetched(
    got: Path, install: Install
) -> None:
    (got / "chromium-headless-shell").touch()

    assert install(whole=True, downloads=True) == (True, ["python -m playwright install chromium"])


@pytest.mark.parametrize(("whole", "package"), [(True, "chromium"), (False, "chromium-headless-shell")])
def test_without_a_download_the_system_is_asked_for_the_package_that_is_enough(
    whole: bool, package: str, install: Install
) -> None:
    assert install(whole=whole) == (
        True,
        [
            "python -m playwright install chromium",
            "apt-get update",
            f"apt-get install -y --no-install-recommends {package}",
        ],
    )


@pytest.mark.usefixtures("install")
def test_doctor_tells_that_a_window_needs_a_whole_browser(got: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (got / "chromium-headless-shell").touch()
    monkeypatch.setenv("DISPLAY", ":0")

    found = {finding.subject: finding for finding in machine.examine(got, None)}

    assert found["Browser"].fine
    assert not found["Browser window"].fine
    assert found["Browser window"].remedy == "autofill install --headed"


@pytest.mark.usefixtures("install")
def test_doctor_wants_no_window_where_none_can_be_shown(got: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (got / "chromium-headless-shell").touch()
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    found = {finding.subject: finding for finding in machine.examine(got, None)}

    assert found["Browser window"].fine
    assert "--headed" in found["Browser window"].found


def test_a_browser_for_windows_is_never_a_headless_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("chromium-headless-shell", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    windowless, whole, headed = (
        [each.start.get("executable_path") or each.start.get("channel") for each in candidates(settings)]
        for settings in (BrowserSettings(), BrowserSettings(whole=True), BrowserSettings(headless=False))
    )

    assert windowless[0] == str(tmp_path / "chromium-headless-shell")
    assert whole == ["chromium", "chrome", "msedge", str(tmp_path / "chromium")]
    assert headed == [None, "chrome", "msedge", str(tmp_path / "chromium")]
