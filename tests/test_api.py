"""The Python API: what it gives, what it raises, and that it disturbs nothing of whoever uses it."""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from loguru import logger

import autofill
from autofill import load, plan, rehearse, run, run_async
from autofill.api import RehearseSettings, RunSettings
from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import AlreadySent, FileMissing, InvalidFile, Misconfigured, NoBrowser
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms import catalog
from autofill.orders.options import RunOptions
from autofill.orders.rehearse_options import RehearseOptions
from tests.replay.conftest import THANKS, Site, served
from tests.replay.forms import LAST, PAGE, PROFILE, map_text

FIRST = Path(__file__).parents[1] / "profiles" / "01-missing-package.yaml"
INSIDE = "<p><label>Name <input name=n></label><p><label>Message <textarea name=m></textarea></label>"
WITHOUT_MESSAGE = INSIDE.partition("<p><label>Message")[0]


@pytest.fixture
def form(tmp_path: Path) -> str:
    file = tmp_path / "form.yaml"
    text = map_text((LAST, "Name | text | contact.name\nMessage | textarea | message"))
    file.write_text(text.replace("https://desk.example/,", "https://desk.example/contact,"), encoding="utf-8")
    return str(file)


@pytest.fixture
def inquiry(tmp_path: Path) -> Path:
    file = tmp_path / "inquiry.yaml"
    file.write_text(PROFILE.partition("answers:")[0], encoding="utf-8")
    return file


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a user's recordings go."""
    monkeypatch.setenv("AUTOFILL_RECORDINGS", str(tmp_path / "recordings"))
    return tmp_path / "recordings"


def asks(site: Site) -> str:
    site.answers["POST /send"] = (200, THANKS)
    return site.show(PAGE.format(inside=INSIDE), path="/contact")


def test_what_the_package_offers_is_imported_when_it_is_asked_for() -> None:
    code = "import sys, autofill; from autofill.cli.app import VERBS; print('pydantic' in sys.modules, autofill.run)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.startswith("False <function run")
    assert {name for name in autofill.__all__ if not hasattr(autofill, name)} == set()
    assert not hasattr(autofill, "nothing")


def test_the_stub_says_what_is_there() -> None:
    stub = Path(autofill.__file__).with_suffix(".pyi").read_text(encoding="utf-8")

    assert {line.split()[-1] for line in stub.splitlines() if " as " in line} == set(autofill.__all__)


def test_a_profile_is_what_its_file_says() -> None:
    profile = load(FIRST)

    assert profile.path == FIRST
    assert profile.inquiry.contact is not None
    assert profile.inquiry.contact.email == "maria.obrien@example.com"
    assert plan(profile).digest == plan(str(FIRST)).digest == catalog.prepare_profile(FIRST).plan.digest


def test_what_is_wrong_with_a_profile_is_raised_with_its_line(tmp_path: Path, here: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FIRST.read_text().replace("maria.obrien@example.com", "nobody"))

    for refuse in (load, plan, run):
        with pytest.raises(InvalidFile) as told:
            refuse(wrong)
        assert [problem.field for problem in told.value.problems] == ["contact.email"]
        assert (told.value.exit_code, bool(told.value.hint)) == (65, True)
    with pytest.raises(FileMissing):
        load(tmp_path / "none.yaml")
    with pytest.raises(FileMissing, match="no form map has this name"):
        plan(FIRST, form="no-such-form")


@pytest.mark.usefixtures("here")
def test_a_form_is_named_or_its_file_is_given(form: str, inquiry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path(form).parent))
    assert load(inquiry, Path(form)).inquiry == load(inquiry, form).inquiry
    assert plan(inquiry, Path(form)) == plan(inquiry, form) == plan(inquiry, "~/form.yaml")
    with pytest.raises(NoBrowser):
        run(inquiry, form=Path(form), url="http://127.0.0.1:9/", browser=str(inquiry.with_name("none")))
    with pytest.raises(NoBrowser):
        rehearse(inquiry, form=Path(form), browser=str(inquiry.with_name("none")), report=inquiry.parent, retries=0)


@pytest.mark.usefixtures("here")
def test_a_profile_keeps_the_form_it_was_loaded_for(form: str, inquiry: Path) -> None:
    profile = load(inquiry, Path(form))
    none = str(inquiry.with_name("none"))

    assert plan(profile) == plan(inquiry, form)
    assert load(inquiry).form is None
    for at in ("http://127.0.0.1:9/", None):
        with pytest.raises(NoBrowser):
            run(profile, url=at, browser=none)
    with pytest.raises(NoBrowser):
        rehearse(profile, browser=none, report=inquiry.parent, retries=0)
    for instead in (plan, run):
        with pytest.raises(FileMissing, match="no form map has this name"):
            instead(profile, form="no-such-form")


def test_a_run_says_what_the_program_says_and_sends_once(form: str, inquiry: Path, here: Path) -> None:
    with served() as site:
        first = run(load(inquiry, form), url=asks(site))
        with pytest.raises(AlreadySent) as told:
            run(inquiry, form=form, url=site.url + "/contact")
        site.answers["POST /send"] = (200, THANKS.replace("12345678", "87654321"))
        again = run(inquiry, form=form, url=site.url + "/contact", again_because="the first one was a test")

        assert (first.verdict, again.verdict, site.posts) == ("confirmed", "confirmed", 2)
    assert told.value.first == first.run_id
    assert (told.value.exit_code, first.exit_code, first.sealed) == (84, 0, True)
    assert first.run_id is not None
    assert first.recording == str(here / first.run_id)
    kept = (here / first.run_id / "data" / "run.json").read_bytes()
    assert first.model_dump(exclude={"sealed", "signed", "stamped"}) == type(first).model_validate_json(
        kept
    ).model_dump(exclude={"sealed", "signed", "stamped"})


def test_what_ends_a_run_after_it_began_is_in_its_summary(form: str, inquiry: Path, here: Path) -> None:
    with served() as site:
        asks(site)
        site.show(PAGE.format(inside=WITHOUT_MESSAGE), path="/contact")
        end = run(inquiry, form=form, url=site.url + "/contact")

        assert (end.verdict, end.exit_code, end.retry_safe, site.posts) == ("not-submitted", 76, True, 0)
    assert end.error is not None
    assert "Message" in end.error


def test_no_browser_and_no_place_are_errors(form: str, inquiry: Path, here: Path, tmp_path: Path) -> None:
    with pytest.raises(NoBrowser):
        run(inquiry, form=form, url="http://127.0.0.1:9/", browser=str(tmp_path / "none"))
    with pytest.raises(Misconfigured):
        run(inquiry, form=form, url="https://www.example.com/contact")
    with pytest.raises(TypeError):
        run(inquiry, colour="blue")  # type: ignore[call-arg]


def test_it_leaves_signals_and_garbage_to_whoever_calls_it(form: str, inquiry: Path, here: Path) -> None:
    before = (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), gc.isenabled(), gc.get_freeze_count())
    with served() as site:
        assert run(inquiry, form=form, url=asks(site)).verdict == "confirmed"

    after = (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), gc.isenabled(), gc.get_freeze_count())
    assert after == before


def test_the_log_of_whoever_calls_it_stays_as_it_is_and_hears_no_value(form: str, inquiry: Path, here: Path) -> None:
    heard: list[str] = []
    sink = logger.add(heard.append, format="{message}", level="DEBUG")
    try:
        with served() as site:
            run(inquiry, form=form, url=asks(site))
        logger.info("mine")
    finally:
        logger.remove(sink)

    assert heard[-1] == "mine\n"
    assert any("StepDone" in line for line in heard)
    assert not any(value in line for line in heard for value in ("Ana", "damaged"))


async def test_in_an_event_loop_the_plain_function_refuses_and_the_other_works(
    form: str, inquiry: Path, here: Path
) -> None:
    with served() as site:
        with pytest.raises(Misconfigured, match="event loop") as told:
            run(inquiry, form=form, url=asks(site))
        end = await run_async(inquiry, form=form, url=site.url + "/contact")

        assert (end.verdict, site.posts) == ("confirmed", 1)
    assert "await run_async" in told.value.hint


async def test_a_run_that_is_cancelled_ends_in_order_and_can_be_run_again(form: str, inquiry: Path, here: Path) -> None:
    opened, loop = asyncio.Event(), asyncio.get_running_loop()
    with served() as site:  # the form's page never comes
        site.hooks["GET /contact"] = lambda: loop.call_soon_threadsafe(opened.set)
        running = asyncio.create_task(run_async(inquiry, form=form, url=site.url + "/contact"))
        await opened.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        end = await run_async(inquiry, form=form, url=asks(site))

        assert (end.verdict, site.posts) == ("confirmed", 1)
    assert how_it_ended(here, end) == (True, "not-submitted")


def how_it_ended(here: Path, but: RunSummary) -> tuple[bool, str]:
    """Whether the other run's recording is sealed, and what the ledger knows of it."""
    (other,) = (folder for folder in here.glob("2*") if folder.name != but.run_id)
    with open_ledger(here / "ledger.sqlite3") as ledger:
        return (other / "tagmanifest-sha256.txt").is_file(), ledger.history(other.name)[-1].after


def live_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real form is there."""
    prepare = catalog.prepare_profile

    def prepare_profile(profile: Path, form: str | None = None, reworded: Any = None) -> catalog.Prepared:
        prepared = prepare(profile, str(profile.with_name("form.yaml")), reworded)
        return replace(prepared, plan=prepared.plan.model_copy(update={"start_url": url, "origins": (url[:-8],)}))

    monkeypatch.setattr(catalog, "prepare_profile", prepare_profile)


def test_a_live_form_is_sent_only_with_its_own_address(
    form: str, inquiry: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with served() as site:
        live_at(asks(site), monkeypatch)
        with pytest.raises(Misconfigured, match="You must confirm"):
            run(inquiry, live=True, no_sandbox=True)
        with pytest.warns(UserWarning, match="no live runs yet"):
            other = run(inquiry, live=True, no_sandbox=True, confirm_live="https://www.example.com")
        assert (other.exit_code, other.verdict, site.posts) == (77, "not-submitted", 0)
        with pytest.warns(UserWarning, match="no live runs yet"):
            sent = run(inquiry, live=True, no_sandbox=True, confirm_live=site.url)

        assert (sent.target, sent.verdict, site.posts) == ("live", "confirmed", 1)


def test_a_rehearsal_leaves_no_trace_and_finds_what_changed(
    form: str, inquiry: Path, here: Path, tmp_path: Path
) -> None:
    night = tmp_path / "night"
    with served() as site:
        nights = [rehearse(inquiry, url=asks(site), form=form, report=night) for _twice in range(2)]
        site.show(PAGE.format(inside=WITHOUT_MESSAGE), path="/contact")
        changed = rehearse(str(inquiry), url=site.url + "/contact", form=form, report=night, retries=0)

        assert ([each.run.verdict for each in nights], site.posts) == (["confirmed", "confirmed"], 2)
    assert (changed.exit_code, changed.run.exit_code) == (76, 76)
    assert (night / "index.html").is_file()
    assert not here.exists()
    with pytest.raises(Misconfigured, match="staging"):
        rehearse(inquiry, url="https://www.example.com/contact", form=form, report=night)
    with pytest.raises(FileMissing):
        rehearse(tmp_path / "none.yaml", form=form, report=night)


def test_settings_are_the_options_of_the_verbs() -> None:
    """Each has the name of the option, but for the two that are one."""
    assert set(RunSettings.__annotations__) - {"again_because"} <= set(RunOptions.__dataclass_fields__)
    assert set(RehearseSettings.__annotations__) <= set(RehearseOptions.__dataclass_fields__)
