"""The pages of runs over real requests; the runs are a program that says what a run would say."""

from __future__ import annotations

import fcntl
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.background import BackgroundRuns, RunRequest
from autofill.jobs.batch_progress import progress_of_batch
from autofill.jobs.locked_log import locked_log
from autofill.web import serving
from tests.jobs.test_run_progress import event
from tests.web.conftest import Keep, Visitor, gateway_of

# Says its lines, and every Ctrl-C; with a question among them it waits for an answer, and says what it heard.
PROGRAM = """
import json, signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, lambda *_: print(json.dumps({"schema": "interrupted"}), flush=True))
lines = Path(sys.argv[1]).read_text()
print(lines, end="", flush=True)
if "question" in lines:
    heard = json.loads(sys.stdin.readline() or "null")
    print(json.dumps({"schema": "heard", "was": heard}), flush=True)
"""
PWNED = "<script>window.__pwned=1</script>"
RUN_ID = "20261129T052000Z-feedback-abcdef"
CLAIMED = event(
    "claimed",
    run_id=RUN_ID,
    recording="r",
    profile="p",
    target="live",
    form="F",
    steps=["Hub", "Details"],
)
ASKS = event("confirm", question=3, origin="https://f.example", again=False)


def summary(**what: object) -> str:
    usual: dict[str, object] = {"profile": "p", "form": "f", "target": "live", "exit_code": 0, "run_id": RUN_ID}
    return RunSummary.model_validate(usual | what).model_dump_json()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """What the program says."""
    (tmp_path / "program.py").write_text(PROGRAM)
    return tmp_path / "lines"


@pytest.fixture
def runs(recordings: Path, lines: Path) -> BackgroundRuns:
    return BackgroundRuns(recordings, program=(sys.executable, str(lines.with_name("program.py")), str(lines)))


@pytest.fixture
def visitor(recordings: Path, ledger: Path, runs: BackgroundRuns, tmp_path: Path) -> Iterator[Visitor]:
    """A person in an app that has one inquiry."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "mine.yaml").write_text("form: f\n")
    with serving(recordings, gateway_of(ledger), profiles=tmp_path / "profiles", runs=runs) as running:
        yield Visitor(running)


def ended(runs: BackgroundRuns, lines: Path, *said: str) -> str:
    """The name of a run that said this and is over."""
    lines.write_text("".join(f"{line}\n" for line in said))
    name = runs.start(RunRequest(lines.parent / "profiles" / "mine.yaml", live=True))
    wait_for_end(runs, name)
    return name


def wait_for_end(runs: BackgroundRuns, name: str) -> None:
    with (runs.recordings / ".runs" / f"{name}.jsonl").open() as log:
        fcntl.flock(log, fcntl.LOCK_SH)
    while runs.is_alive(name):  # its lock is gone a moment before it is
        pass


def test_a_run_starts_with_a_post_and_its_page_says_what_kind_it_is(
    visitor: Visitor, runs: BackgroundRuns, lines: Path
) -> None:
    lines.write_text(f"{ASKS}\n")

    status, _headers, page = visitor.post("/i/mine/run", target="practice")

    (name,) = runs.names()
    assert status == 200
    assert f"/runs/{name}/events" in page
    assert "Practice: nothing leaves this computer" in page
    visitor.post(f"/runs/{name}/answer", question="3", text="x")
    wait_for_end(runs, name)


def test_a_double_click_starts_one_run(visitor: Visitor, runs: BackgroundRuns, lines: Path) -> None:
    lines.write_text(f"{ASKS}\n")
    clicks = [threading.Thread(target=visitor.post, args=("/i/mine/run",), kwargs={"target": "practice"}) for _ in "12"]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    (name,) = runs.names()
    visitor.post(f"/runs/{name}/answer", question="3", text="x")
    wait_for_end(runs, name)


@pytest.mark.parametrize(
    ("path", "target", "status"),
    [
        ("/i/nobody/run", "practice", 404),
        ("/i/..%2fmine/run", "practice", 404),
        ("/i/mine/run", "elsewhere", 400),
        ("/i/mine/run", "", 400),
    ],
)
def test_what_is_no_inquiry_of_the_app_or_no_kind_of_run_starts_nothing(
    path: str, target: str, status: int, visitor: Visitor, runs: BackgroundRuns
) -> None:
    assert visitor.post(path, target=target)[0] == status
    assert runs.names() == []


def test_a_page_from_elsewhere_starts_stops_and_answers_nothing(visitor: Visitor, runs: BackgroundRuns) -> None:
    for path in ("/i/mine/run", "/runs/x/stop", "/runs/x/answer"):
        assert visitor.post(path, origin="http://evil.example", target="real")[0] == 403
    visitor.get("/i/mine/run")
    assert runs.names() == []


def test_an_answer_goes_to_the_run_with_its_question_and_the_run_decides(
    visitor: Visitor, runs: BackgroundRuns, lines: Path
) -> None:
    lines.write_text(f"{CLAIMED}\n{ASKS}\n")
    name = runs.start(RunRequest(Path("p.yaml"), live=True))
    for line in iter(lambda: runs.lines(name) or [], []):
        if line[-1] == ASKS:
            break
    asked = visitor.get(f"/runs/{name}")[2]

    after = visitor.post(f"/runs/{name}/answer", question="3", text="https://f.example.org")[2]

    wait_for_end(runs, name)
    assert "Send this to F?" in asked
    assert "https://f.example" in asked
    assert 'http-equiv="refresh"' not in asked  # who types is not interrupted
    assert "Send this to F?" not in after
    assert json.loads((runs.lines(name) or [])[-1])["was"] == {"question": 3, "text": "https://f.example.org"}


def test_the_events_come_as_they_were_written_and_end_with_the_run(
    visitor: Visitor, runs: BackgroundRuns, lines: Path
) -> None:
    name = ended(runs, lines, CLAIMED, "Words for people", summary(verdict="confirmed", case_number="48213307"))

    status, headers, text = visitor.get(f"/runs/{name}/events")

    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/event-stream")
    *events, over = text.strip().split("\n\n")
    assert [each.partition("\n")[0] for each in events] == [f"id: {n}" for n in range(1, 5)]
    assert "Words for people" not in text
    assert over.startswith("event: over")


def test_another_app_shows_what_became_of_a_run_and_cannot_answer_it(
    recordings: Path, ledger: Path, runs: BackgroundRuns, lines: Path
) -> None:
    lines.write_text(f"{CLAIMED}\n{ASKS}\n")
    name = runs.start(RunRequest(Path("p.yaml"), live=True))
    while ASKS not in (runs.lines(name) or []):
        pass
    with serving(recordings, gateway_of(ledger)) as other:
        visitor = Visitor(other)
        assert f'href="/runs/{name}"' in visitor.get("/")[2]
        page = visitor.get(f"/runs/{name}")[2]
        visitor.post(f"/runs/{name}/answer", question="3", text="https://f.example")
        assert runs.is_alive(name)
        assert "can be answered only there" in page
        assert "/answer" not in page
        runs.answer(name, 3, "")
        wait_for_end(runs, name)
        assert "Ended unexpectedly" in visitor.get(f"/runs/{name}")[2]
        assert "/runs/" not in visitor.get("/")[2]


def begun(runs: BackgroundRuns, lines: Path, *said: str) -> str:
    """The name of a run that has said this, and waits."""
    lines.write_text("".join(f"{line}\n" for line in said))
    name = runs.start(RunRequest(Path("p.yaml"), live=True))
    while said[-1] not in (runs.lines(name) or []):
        pass
    return name


def ended_with(runs: BackgroundRuns, name: str) -> list[str]:
    """All that a run that waited has said when it is over."""
    runs.answer(name, 3, "")
    wait_for_end(runs, name)
    return runs.lines(name) or []


def test_a_run_is_stopped_once_by_whichever_app(
    visitor: Visitor, recordings: Path, ledger: Path, runs: BackgroundRuns, lines: Path
) -> None:
    """A second Ctrl-C would not let it settle what it has begun."""
    name = begun(runs, lines, CLAIMED, ASKS)
    assert 'id="stop"' in visitor.get(f"/runs/{name}")[2]
    with serving(recordings, gateway_of(ledger)) as other:
        assert 'id="stop"' in Visitor(other).get(f"/runs/{name}")[2]
        Visitor(other).post(f"/runs/{name}/stop")

    page = visitor.post(f"/runs/{name}/stop")[2]

    assert "<h1>Stopping</h1>" in page
    assert "/stop" not in page
    assert "/answer" not in page
    assert sum("interrupted" in line for line in ended_with(runs, name)) == 1


def test_a_run_that_may_have_sent_is_not_stopped_any_more(visitor: Visitor, runs: BackgroundRuns, lines: Path) -> None:
    name = begun(runs, lines, CLAIMED, event("filled", n=2), ASKS, event("heard", question=3))

    page = visitor.post(f"/runs/{name}/stop")[2]

    assert "It can no longer be stopped." in page
    assert "/stop" not in page
    assert not any("interrupted" in line for line in ended_with(runs, name))


def test_a_run_that_was_stopped_before_it_began_has_sent_nothing(
    visitor: Visitor, runs: BackgroundRuns, lines: Path
) -> None:
    name = begun(runs, lines, event("confirm", question=3, origin="", again=False))
    visitor.post(f"/runs/{name}/stop")
    ended_with(runs, name)

    page = visitor.get(f"/runs/{name}")[2]

    assert "<h1>Stopped</h1>" in page
    assert "The run was stopped. Nothing was sent." in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"exit_code": 130, "error": "Interrupted.", "stopped_at": "Hub"}, "The run was stopped. Nothing was sent."),
        ({"verdict": "confirmed", "submitted": "yes", "case_number": "48213307"}, "48213307"),
        ({"verdict": "rejected", "exit_code": 82, "messages": ["Enter a valid ZIP Code."]}, "Enter a valid ZIP Code."),
        ({"exit_code": 77, "error": "Not confirmed.", "stopped_at": "Submit"}, "Stopped at “Submit”"),
        ({"exit_code": 65, "run_id": None, "error": "p.yaml:3:1: city: is missing"}, "p.yaml:3:1: city: is missing"),
        ({"exit_code": 76, "error": PWNED, "messages": [PWNED], "stopped_at": PWNED}, "&lt;script&gt;"),
    ],
)
def test_a_run_that_is_over_says_what_it_came_to(
    said: dict[str, object], words: str, visitor: Visitor, runs: BackgroundRuns, lines: Path
) -> None:
    name = ended(runs, lines, CLAIMED, summary(**said))

    page = visitor.get(f"/runs/{name}")[2]

    assert words in page
    assert PWNED not in page
    assert "/events" not in page
    assert 'http-equiv="refresh"' not in page


@pytest.fixture
def unknown(ledger: Path, keep: Keep) -> None:
    """A run that the ledger and its recording call unknown."""
    with open_ledger(ledger) as opened:
        opened.prepare(RUN_ID, "key", item_keys=(), older_keys=(), space="live", form="usps-email-us")
        opened.filled(RUN_ID)
        opened.submitting(RUN_ID)
        opened.settle(RUN_ID, Verdict.UNKNOWN)
    keep(RUN_ID, verdict=Verdict.UNKNOWN, target="live", started=datetime.now(UTC))


@pytest.mark.usefixtures("unknown")
def test_an_unknown_run_is_found_out_about_and_is_so_everywhere(
    visitor: Visitor, runs: BackgroundRuns, lines: Path, ledger: Path
) -> None:
    name = ended(runs, lines, CLAIMED, summary(verdict="unknown", submitted="unknown", exit_code=80))
    assert "Do not send it again" in visitor.get(f"/runs/{name}")[2]

    visitor.post(f"/r/{RUN_ID}/resolve", outcome="arrived", case_number="48213307")

    page = visitor.get(f"/runs/{name}")[2]
    assert "Do not send it again" not in page
    assert "48213307" in page


@pytest.mark.usefixtures("unknown")
def test_a_run_that_turned_out_never_to_have_arrived_can_be_sent_again(
    visitor: Visitor, runs: BackgroundRuns, lines: Path, ledger: Path
) -> None:
    """Whoever found out, found out elsewhere; what the run itself advised is over."""
    about = {"profile": str(lines.parent / "profiles" / "mine.yaml"), "next": "Find out whether it arrived: resolve"}
    said = summary(verdict="unknown", submitted="unknown", exit_code=80, **about)
    name = ended(runs, lines, CLAIMED.replace('"p"', json.dumps(about["profile"])), said)
    before = visitor.get(f"/runs/{name}")[2]
    with open_ledger(ledger) as opened:
        opened.resolve(RUN_ID, because="They have no such inquiry.")

    page = visitor.get(f"/runs/{name}")[2]

    assert "Do not send it again" in before
    assert 'value="real"' not in before
    assert "Never arrived" in page
    assert "Find out whether it arrived" not in page
    assert 'value="real"' in page


def test_a_run_that_was_killed_before_the_click_has_sent_nothing(
    visitor: Visitor, runs: BackgroundRuns, lines: Path, ledger: Path, recordings: Path
) -> None:
    with open_ledger(ledger) as opened:
        opened.prepare(RUN_ID, "key", item_keys=(), older_keys=(), space="live", form="usps-email-us")
        opened.settle(RUN_ID, Verdict.NOT_SUBMITTED)
    (recordings / RUN_ID / "data").mkdir(parents=True)
    name = ended(runs, lines, CLAIMED)

    page = visitor.get(f"/runs/{name}")[2]

    assert "Ended unexpectedly" in page
    assert "Nothing was sent." in page
    assert "Find out whether it arrived" not in page


@pytest.mark.usefixtures("unknown")
def test_a_run_that_was_killed_after_the_click_has_to_be_found_out_about(
    visitor: Visitor, runs: BackgroundRuns, lines: Path, recordings: Path
) -> None:
    name = ended(runs, lines, CLAIMED)
    (recordings / RUN_ID / "data" / "run.json").unlink()  # it had no time to write it

    page = visitor.get(f"/runs/{name}")[2]

    assert "Do not send it again" in page
    assert "Find out whether it arrived" in page
    visitor.post(f"/r/{RUN_ID}/resolve", outcome="arrived", case_number="48213307")
    page = visitor.get(f"/runs/{name}")[2]
    assert ">Arrived</span>" in page
    assert "Ended unexpectedly" not in page


def test_there_is_no_page_for_a_run_that_is_not_there(visitor: Visitor) -> None:
    for path in ("/runs/20261129T052000Z-abcdef", "/runs/x", "/runs/x/events"):
        assert visitor.get(path)[0] == 404


@pytest.mark.parametrize("page", [f"runs/{RUN_ID}", "batches/b"])
def test_an_open_page_does_not_hold_up_the_end_of_the_app(
    page: str, recordings: Path, ledger: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (recordings / ".runs").mkdir()
    with (
        locked_log(recordings / ".runs" / f"{RUN_ID}.jsonl"),
        progress_of_batch(recordings / "batches" / "b", "b", "replica", 2),
        ExitStack() as open_pages,
        serving(recordings, gateway_of(ledger)) as running,
    ):
        events = open_pages.enter_context(Visitor(running).open(f"/{page}/events"))
        assert events.status == 200

    assert caplog.messages == []
