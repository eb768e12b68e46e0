"""Where a rehearsal may go: this computer, and staging sites of the form map; never the real form, not by any host."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from autofill.errors import DiskTrouble, InvalidFile, Misconfigured
from autofill.forms.catalog import Prepared, prepare_profile
from autofill.orders.audience import Audience
from autofill.orders.options import RunOptions
from autofill.orders.rehearse_options import RehearseOptions
from autofill.orders.rehearsing import Rehearsal, hosts_of_rehearsal
from autofill.orders.setting import RunSetting
from tests.journeys.night_form import FORM, PROFILE
from tests.servers import answering

PROFILES = (Path("a/contact.yaml"), Path("b/contact.yaml"))
STAGING = "https://staging.shop.example"


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    start = "start: {url: https://www.shop.example/contact, hosts: [cdn.example, www.shop.example]}"
    text = FORM.replace("url: https://www.shop.example/contact", start)
    (tmp_path / "form.yaml").write_text(text, "utf-8")
    (tmp_path / "contact.yaml").write_text(PROFILE, "utf-8")
    return prepare_profile(tmp_path / "contact.yaml", str(tmp_path / "form.yaml"))


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:8000/contact", STAGING, f"{STAGING}/contact"])
def test_this_computer_and_listed_sites_are_fine(url: str | None, prepared: Prepared) -> None:
    RehearseOptions(profiles=PROFILES, url=url).check_place(prepared.form.form_map)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.shop.example/contact",
        "https://other.example",
        "http://staging.shop.example",
        "https://staging.shop.example:8443",
        "https://127.0.0.1.example",
        "https://staging.shop.example@www.shop.example/",
    ],
)
def test_every_other_place_is_refused(url: str, prepared: Prepared) -> None:
    with pytest.raises(Misconfigured):
        RehearseOptions(profiles=PROFILES, url=url).check_place(prepared.form.form_map)


def test_the_browser_reaches_no_host_of_the_real_form(prepared: Prepared) -> None:
    assert hosts_of_rehearsal([prepared.plan], f"{STAGING}/contact") == {"staging.shop.example", "cdn.example"}
    assert hosts_of_rehearsal([prepared.plan], "http://127.0.0.1:8000") == {"127.0.0.1", "localhost"}


@pytest.mark.parametrize("pattern", ["*", "*.shop.example", "WWW.shop.example", "www.sho?.example"])
def test_no_pattern_of_a_map_stands_for_the_real_form(pattern: str, prepared: Prepared) -> None:
    plan = prepared.plan.model_copy(update={"hosts": ("cdn.example", pattern)})
    assert hosts_of_rehearsal([plan], f"{STAGING}/contact") == {"staging.shop.example", "cdn.example"}


def test_the_real_form_is_where_it_begins_and_wherever_it_goes_on(prepared: Prepared) -> None:
    hosts = ("www.shop.example", "app.shop.example")
    plan = prepared.plan.model_copy(update={"hosts": hosts, "origins": ("https://app.shop.example",)})
    assert hosts_of_rehearsal([plan], f"{STAGING}/contact") == {"staging.shop.example"}


def test_what_one_form_needs_is_not_the_real_form_of_another(prepared: Prepared) -> None:
    """All profiles of a rehearsal share one browser."""
    other = prepared.plan.model_copy(update={"hosts": (), "origins": ("https://cdn.example",)})
    assert hosts_of_rehearsal([prepared.plan, other], f"{STAGING}/contact") == {"staging.shop.example"}


@pytest.mark.parametrize("url", ["", "http://[staging", "staging.shop.example", "https:///contact", "file:///contact"])
def test_what_is_no_address_is_said_before_anything_starts(url: str) -> None:
    with pytest.raises(Misconfigured, match="--url must be the address of a page"):
        RehearseOptions(profiles=PROFILES, url=url).check()
    with pytest.raises(Misconfigured, match="--url must be the address of a page"):
        RunOptions(profiles=PROFILES, url=url, live=True).check()


def test_a_staging_site_takes_a_browser_of_this_computer() -> None:
    """Only that is kept from the real form's hosts."""
    RehearseOptions(profiles=PROFILES, url="http://127.0.0.1:8000", browser="ws://there:1").check()
    with pytest.raises(Misconfigured, match="on another computer"):
        RehearseOptions(profiles=PROFILES, url=STAGING, browser="ws://there:1").check()


@pytest.mark.parametrize(
    "options",
    [
        {"junit": Path("file/junit.xml")},
        {"junit": Path("folder")},
        {"report": Path("file/report")},
        {"update_baseline": True, "baseline": Path("/proc/baselines")},
    ],
    ids=["junit", "junit-is-a-folder", "report", "baseline"],
)
def test_results_without_a_place_are_said_before_a_browser_starts(
    options: dict[str, Any], prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prepared
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", "utf-8")
    Path("folder").mkdir()
    given = RehearseOptions(profiles=(Path("contact.yaml"),), form="form.yaml", browser="none", retries=0, **options)
    with pytest.raises(DiskTrouble, match="cannot be written to"):
        asyncio.run(Rehearsal(given, Audience()).carried_out())
    assert not list(tmp_path.glob("*/recordings"))


class Closed(BaseHTTPRequestHandler):
    """A site that asks to be left alone for a minute."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.send_header("Retry-After", "60")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_who_waits_for_another_try_can_be_interrupted(prepared: Prepared, tmp_path: Path) -> None:
    """What came of the tries before is told all the same."""
    assert prepared
    with answering(HTTPServer(("127.0.0.1", 0), Closed)) as url:
        words = ("rehearse", "contact.yaml", "--form", "form.yaml", "--url", url, "--json")
        with subprocess.Popen(
            [sys.executable, "-m", "autofill", *words], cwd=tmp_path, stdout=subprocess.PIPE, text=True
        ) as running:
            while running.poll() is None and not [*tmp_path.rglob("tagmanifest-sha256.txt")]:
                time.sleep(0.1)
            running.send_signal(signal.SIGINT)
            told = json.loads(running.communicate(timeout=40)[0])

    assert (running.returncode, told["exit_code"], told["tries"]) == (130, 130, 2)
    assert (tmp_path / "rehearsal" / "index.html").is_file()


def test_no_rehearsal_is_tried_less_than_once() -> None:
    with pytest.raises(Misconfigured, match="--retries"):
        RehearseOptions(profiles=PROFILES, retries=-1).check()


@pytest.mark.parametrize(
    ("url", "target"), [("http://127.0.0.1:8000", "replica"), (STAGING, "staging")], ids=["here", "staging"]
)
def test_a_recording_says_where_it_was(url: str, target: str) -> None:
    """It does not say of a staging site that nothing left this computer."""
    setting = RunSetting(RunOptions(profiles=PROFILES, url=url), Audience(), url, "there")
    assert setting.conditions().target == target


def test_a_map_cannot_call_the_real_form_a_staging_site(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(FORM.replace(STAGING, "https://www.shop.example"), "utf-8")
    (tmp_path / "contact.yaml").write_text(PROFILE, "utf-8")
    with pytest.raises(InvalidFile, match=r"staging\.0: is the real form's own"):
        prepare_profile(tmp_path / "contact.yaml", str(tmp_path / "form.yaml"))


def test_profiles_do_not_share_their_screenshots() -> None:
    RehearseOptions(profiles=PROFILES).check()
    with pytest.raises(Misconfigured):
        RehearseOptions(profiles=PROFILES, baseline=Path("kept")).check()


def test_recordings_that_are_encrypted_cannot_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    monkeypatch.setenv("AUTOFILL_ENCRYPT_TO", key)
    with pytest.raises(Misconfigured):
        RehearseOptions(profiles=PROFILES).check()
