"""The recorder keeps what happened in the order it happened, and a missing picture is a fault, not a failure."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from autofill import __version__
from autofill.errors import DiskTrouble, ExitCode
from autofill.events import (
    AboutToSubmit,
    ConnectionInfo,
    Event,
    FaultNoticed,
    OutcomeShown,
    ReadBack,
    RunStarted,
    StepDone,
    StepStarted,
    SubmitResponded,
    Verdict,
    VerdictReached,
)
from autofill.evidence.keeping import pictures
from autofill.evidence.keeping.bag import read_manifest
from autofill.evidence.keeping.boxes import Boxes
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.inquiry_copy import InquiryCopy, inquiry_in
from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.keeping.pictures import Camera
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.recorder import Recorder
from autofill.evidence.sealing.seal import is_sealed
from autofill.evidence.sealing.verify import verify_recording
from autofill.inquiry.attachments import Attachment
from autofill.page.texts import PageTexts

URL = "https://desk.example/form"
NAME = ReadBack("Name", "contact.first_name", "길동", "길동", matches=True)
RUN: list[Event] = [
    RunStarted(2, "156.0", URL),
    StepStarted(1, "Details", "details"),
    StepDone(1, "Details", "details", URL, (NAME,)),
    AboutToSubmit(1),
    StepStarted(2, "Submit and wait", "outcome"),
    SubmitResponded(200, f"{URL}/send"),
    OutcomeShown(2, "Confirmation", "confirmation", URL, "Thank you. Case number 12345678"),
    VerdictReached(Verdict.CONFIRMED, "12345678", page_proof=True, response_ok=True),
]


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(RecordingFolder.create(tmp_path, "run"), "run")


def journal(recorder: Recorder) -> list[dict[str, Any]]:
    lines = (recorder.folder.path / "data/journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def summary(recorder: Recorder, **changes: Any) -> RunSummary:
    facts = {"run_id": "run", "profile": "p.yaml", "form": "f", "target": "replica", "exit_code": ExitCode.DONE}
    times = {"started": datetime(2026, 11, 22, tzinfo=UTC), "finished": datetime(2026, 11, 22, tzinfo=UTC)}
    return RunSummary.model_validate({**facts, **times, "steps": recorder.steps, **changes})


async def keep(recorder: Recorder, page: Page, events: list[Event]) -> None:
    await page.set_content("<h1>Thank you</h1><input value=길동>")
    recorder.watch(page)
    for event in events:
        await recorder.on(event)


async def test_everything_is_kept_in_the_order_it_happened(page: Page, recorder: Recorder) -> None:
    """Each file stands in the journal after what it shows, with its hash; the intent before the response."""
    await keep(recorder, page, RUN)
    recorder.finish(summary(recorder, verdict=Verdict.CONFIRMED, case_number="12345678"))
    records = journal(recorder)
    assert [record.get("path", record["kind"]) for record in records] == [
        "run",
        "step",
        "page",
        "data/steps/0001-details.png",
        "data/steps/0001-details.boxes.json",
        "data/steps/0001-details.values.json",
        "intent",
        "step",
        "response",
        "page",
        "data/confirmation.png",
        "data/steps/0002-confirmation.boxes.json",
        "data/confirmation.txt",
        "data/confirmation.html",
        "verdict",
        "end",
    ]
    for record in records:
        if record["kind"] == "file":
            content = (recorder.folder.path / record["path"]).read_bytes()
            assert (record["sha256"], record["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (records[-1]["verdict"], records[-1]["exit_code"]) == ("confirmed", 0)


@pytest.mark.parametrize("behind_login", [True, False])
async def test_pages_behind_a_login_are_known_for_what_they_show(
    *, behind_login: bool, page: Page, tmp_path: Path
) -> None:
    """Where none of our values are, whatever is there is the account's own, and no box can be asked for it."""
    planned = (PlannedValue("contact.first_name", "", "text", "길동"),)
    recorder = Recorder(RecordingFolder.create(tmp_path, "run"), "run", planned=planned, behind_login=behind_login)
    await keep(recorder, page, [StepDone(1, "Dashboard", "dashboard", URL), *RUN[1:]])
    found = {
        file.name.partition(".")[0]: [what.field for what in Boxes.model_validate_json(file.read_bytes()).entered]
        for file in (recorder.folder.path / "data/steps").glob("*.boxes.json")
    }
    ours = ["contact.first_name"]
    assert found == {
        "0001-dashboard": ours + ["page.dashboard"] * behind_login,
        "0001-details": ours,
        "0002-confirmation": ours + ["page.confirmation"] * behind_login,
    }


async def test_the_inquiry_and_its_files_are_kept_before_anything_else(recorder: Recorder) -> None:
    """In the journal, in the manifest, and so in what is verified."""
    copy = InquiryCopy(form="f", fields={"contact.first_name": "길동"})
    recorder.keep_inquiry(copy, [Attachment("secret-name.PDF", b"%PDF-"), Attachment("b.txt", b"x")])
    await recorder.on(VerdictReached(Verdict.NOT_SUBMITTED, None, page_proof=False, response_ok=False))
    recorder.finish(summary(recorder))

    root = recorder.folder.path
    assert inquiry_in(root) == copy
    assert [record["path"] for record in journal(recorder)[:3]] == [
        "data/inquiry.json", "data/attachments/1.pdf", "data/attachments/2.txt",
    ]  # fmt: skip
    assert "data/inquiry.json" in read_manifest(root, "manifest-sha256.txt")
    (root / "data/inquiry.json").write_bytes(InquiryCopy(form="f", fields={}).content)
    wrong = verify_recording(root).first_wrong
    assert wrong
    assert "data/inquiry.json" in wrong.detail


async def test_an_inquiry_that_cannot_be_kept_stops_the_run(recorder: Recorder, full_disk: Path) -> None:
    with pytest.raises(DiskTrouble):
        recorder.keep_inquiry(InquiryCopy(form="f", fields={}))


async def test_a_finished_recording_is_sealed_and_complete(page: Page, recorder: Recorder) -> None:
    """The files of the contract, run.json without the one thing it cannot know."""
    await keep(recorder, page, RUN)
    recorder.finish(summary(recorder, verdict=Verdict.CONFIRMED))
    assert is_sealed(recorder.folder)
    assert {"data/run.json", "data/report.html", "data/journal.jsonl"} <= set(recorder.folder.payload())
    told = json.loads((recorder.folder.path / "data/run.json").read_bytes())
    assert [step["screenshot"] for step in told["steps"]] == ["data/steps/0001-details.png", "data/confirmation.png"]
    assert "sealed" not in told
    assert (recorder.browser, recorder.verdict, recorder.complete) == ("156.0", RUN[-1], True)


async def test_an_event_is_on_disk_when_the_recorder_has_heard_it(page: Page, recorder: Recorder) -> None:
    """The run goes on only then, and may end at any moment."""
    await keep(recorder, page, [])
    for event, kind in zip(RUN[:4], ["run", "step", "file", "intent"], strict=True):
        await recorder.on(event)
        assert journal(recorder)[-1]["kind"] == kind


async def test_the_journal_says_what_made_the_recording_and_from_what(recorder: Recorder) -> None:
    """Versions, system and both digests, before anything else."""
    await recorder.on(RunStarted(2, "chromium 156.0", URL, "a" * 64, "b" * 64))
    (run,) = journal(recorder)
    assert run["kind"] == "run"
    assert (run["run_id"], run["browser"], run["url"]) == ("run", "chromium 156.0", URL)
    assert (run["form_map_digest"], run["plan_digest"], run["autofill"]) == ("a" * 64, "b" * 64, __version__)
    assert platform.system() in run["system"]
    assert platform.node() not in run["system"]


async def test_the_journal_says_how_the_answer_came(recorder: Recorder) -> None:
    """The certificate's own words, each a fact of its own."""
    line = ConnectionInfo(
        "TLS 1.3", "192.0.2.1:443", "desk.example", "An Authority", "2026-01-01T00:00:00+00:00", "2027"
    )
    await recorder.on(SubmitResponded(200, URL, line))
    (response,) = journal(recorder)
    assert {name: response[name] for name in asdict(line)} == asdict(line)


async def test_every_step_says_on_which_page_it_was(recorder: Recorder) -> None:
    """The address without what was typed; a step that never had a page says nothing."""
    await recorder.on(RunStarted(2, "156.0", f"{URL}?topic=claim"))
    await recorder.on(StepDone(1, "Details", "details", f"{URL}/2?topic=claim&who=Zebulonia#Zebulonia"))
    await recorder.stopped("It ended.")
    pages = [(record["n"], record["url"]) for record in journal(recorder) if record["kind"] == "page"]
    assert pages == [(1, f"{URL}/2?topic=claim&who=…")]


async def test_values_are_kept_side_by_side(page: Page, recorder: Recorder) -> None:
    """Planned and found, in letters that people can read; a step without values has no such file."""
    await keep(recorder, page, [*RUN[:3], StepDone(2, "Look", "look", URL)])
    text = (recorder.folder.path / "data/steps/0001-details.values.json").read_text(encoding="utf-8")
    assert "길동" in text
    assert json.loads(text) == [
        {"name": "Name", "field": "contact.first_name", "planned": "길동", "found": "길동", "matches": True}
    ]
    assert not (recorder.folder.path / "data/steps/0002-look.values.json").exists()
    assert (recorder.folder.path / "data/steps/0002-look.png").exists()


async def test_the_confirmation_is_kept_as_text_and_as_a_page_that_loads_nothing(
    page: Page, recorder: Recorder
) -> None:
    """Opened later it must run no script and ask no server, whatever it holds."""
    await keep(recorder, page, RUN)
    html = (recorder.folder.path / "data/confirmation.html").read_text(encoding="utf-8")
    assert html.startswith('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
    assert "<h1>Thank you</h1>" in html
    assert (recorder.folder.path / "data/confirmation.txt").read_text() == "Thank you. Case number 12345678"


async def test_every_picture_says_where_the_planned_values_are(page: Page, recorder: Recorder) -> None:
    """Also what a page made of a value; the place is kept, never the value."""
    recorder.planned = (
        PlannedValue("contact.last_name", "Last Name", "text", "Quetzalcoatlus"),
        PlannedValue("contact.city", "City", "text", "Wolverhampton"),
    )
    changed = ReadBack("City", "contact.city", "Wolverhampton", "WLVRHMPTN", matches=False)
    await page.set_content("<input value=Quetzalcoatlus><p>wlvrhmptn</p>")
    recorder.watch(page)
    for event in (RUN[1], StepDone(1, "Details", "details", URL, (changed,)), RUN[6]):
        await recorder.on(event)
    for name in ("0001-details", "0002-confirmation"):
        text = (recorder.folder.path / f"data/steps/{name}.boxes.json").read_text(encoding="utf-8")
        boxes = Boxes.model_validate_json(text)
        assert {box.field for box in boxes.boxes} == {"contact.last_name", "contact.city"}
        assert not re.search("quetzal|wolver|wlvr", text, re.IGNORECASE)
    assert [size.path for size in boxes.pictures] == ["data/confirmation.png"]


async def test_a_picture_without_places_is_a_fault_of_the_copy_only(
    page: Page, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recording is complete; a copy to share will lack the picture."""

    def strange(snapshot: object) -> PageTexts:
        raise KeyError("documents")

    monkeypatch.setattr(pictures, "page_texts_of", strange)
    await keep(recorder, page, RUN[:3])
    assert (len(recorder.faults), recorder.complete) == (1, True)
    assert recorder.faults[0].startswith("picture: the places of the values in the screenshot of step 1")
    assert "data/steps/0001-details.png" in recorder.folder.payload()
    assert "data/steps/0001-details.boxes.json" not in recorder.folder.payload()


async def test_a_tall_page_is_kept_in_pieces(page: Page, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step's picture is the first of them; that the end is missing is said, and no more than that."""
    monkeypatch.setattr(pictures, "TALLEST", 1_000)
    recorder.watch(page)
    await recorder.on(RUN[1])
    for number, height in ((1, 2_500), (2, 200_000)):
        await page.set_content(f"<body style='margin: 0'><div style='height: {height}px'>")
        await recorder.on(StepDone(number, "Tall", "tall", URL))
    kept = [name for name in recorder.folder.payload() if name.endswith(".png")]
    first = ["data/steps/0001-tall.2.png", "data/steps/0001-tall.3.png", "data/steps/0001-tall.png"]
    assert kept == [*first, *(f"data/steps/0002-tall{tile}.png" for tile in (".2", ".3", ".4", ""))]
    assert [step.screenshot for step in recorder.steps] == ["data/steps/0001-tall.png", "data/steps/0002-tall.png"]
    assert recorder.faults == ["picture: the page of step 2 is 200000 pixels tall; its end is not shown"]
    assert recorder.complete


async def test_a_piece_that_could_not_be_taken_is_a_piece_of_evidence_that_is_missing(
    page: Page, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thing than a page too tall, of which all is kept that ever is."""
    monkeypatch.setattr(pictures, "TALLEST", 1_000)
    shoot = Camera._capture

    async def only_the_first(camera: Camera, how: dict[str, Any]) -> bytes:
        if how["clip"]["y"]:
            raise TimeoutError
        return await shoot(camera, how)

    monkeypatch.setattr(Camera, "_capture", only_the_first)
    recorder.watch(page)
    await page.set_content("<body style='margin: 0'><div style='height: 2500px'>")
    await recorder.on(RUN[1])
    await recorder.on(StepDone(1, "Tall", "tall", URL))
    assert "data/steps/0001-tall.png" in recorder.folder.payload()
    assert recorder.faults == ["evidence: the lower part of the screenshot of step 1 could not be taken"]
    assert not recorder.complete


async def test_a_refusal_is_a_step_like_any_other(page: Page, recorder: Recorder) -> None:
    """Only a confirmation may be called one."""
    await keep(recorder, page, [*RUN[:6], OutcomeShown(2, "Refusal", "refusal", URL, "Error")])
    assert "data/steps/0002-refusal.png" in recorder.folder.payload()
    assert not [name for name in recorder.folder.payload() if "confirmation" in name]


async def test_where_a_run_stopped_is_shown(page: Page, recorder: Recorder) -> None:
    """The step's name, the reason, and a picture beside that of the step itself."""
    await keep(recorder, page, RUN[:3])
    await recorder.stopped("“Next” cannot be clicked.")
    assert recorder.at_step == "Details"
    stopped, _, kept, _ = journal(recorder)[-4:]
    assert (stopped["step"], stopped["why"]) == ("Details", "“Next” cannot be clicked.")
    assert kept["path"] == "data/steps/0001-stopped.png"
    assert recorder.steps[-1].name == "Details (stopped here)"


async def test_a_run_that_never_had_a_page_still_stops_in_order(recorder: Recorder) -> None:
    """No browser, no picture, no fault of the evidence."""
    await recorder.stopped("No browser could be started.")
    assert [step.screenshot for step in recorder.steps] == [None]
    assert recorder.faults == []


async def test_a_picture_that_cannot_be_taken_is_a_fault(page: Page, recorder: Recorder) -> None:
    """The run goes on, says so, and keeps everything else."""
    await keep(recorder, page, RUN[:2])
    await page.close()
    for event in RUN[2:]:
        await recorder.on(event)
    recorder.finish(summary(recorder))
    assert recorder.faults == [
        "evidence: the screenshot of step 1 could not be taken",
        "evidence: the screenshot of step 2 could not be taken",
        "evidence: the page's HTML could not be saved",
    ]
    assert [record["what"] for record in journal(recorder) if record["kind"] == "fault"] == recorder.faults
    assert [step.screenshot for step in recorder.steps] == [None, None]
    assert "data/steps/0001-details.values.json" in recorder.folder.payload()
    assert "data/confirmation.txt" in recorder.folder.payload()
    assert is_sealed(recorder.folder)


async def test_a_page_that_hangs_does_not_hang_the_recorder(page: Page, recorder: Recorder) -> None:
    """Its script never ends, so it is never drawn; the wait for the picture does end."""
    recorder.patience = 0.3
    await keep(recorder, page, RUN[:2])
    await page.evaluate("setTimeout(() => { for (;;); }, 0)")
    await recorder.on(RUN[2])
    assert recorder.faults == ["evidence: the screenshot of step 1 could not be taken"]


async def test_a_fault_of_the_run_is_kept_in_its_words(recorder: Recorder) -> None:
    """With the kind first."""
    await recorder.on(FaultNoticed("after-click", "the page failed"))
    assert recorder.faults == ["after-click: the page failed"]
    assert journal(recorder)[-1]["what"] == "after-click: the page failed"


@pytest.fixture
def full_disk(recorder: Recorder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No file goes into the recording any more; the folder that takes them then."""
    write = RecordingFolder.write

    def refuse(self: RecordingFolder, name: str, content: bytes) -> None:
        if self == recorder.folder:
            raise DiskTrouble(f"{name} could not be written.")
        write(self, name, content)

    monkeypatch.setattr(RecordingFolder, "write", refuse)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    return tmp_path / "elsewhere" / "run"


async def test_a_full_disk_before_the_click_stops_the_run(page: Page, recorder: Recorder, full_disk: Path) -> None:
    """Nothing was sent, and without evidence nothing shall be."""
    with pytest.raises(DiskTrouble, match=r"data/steps/0001-details\.png"):
        await keep(recorder, page, RUN)
    assert not recorder.submit_begun


async def test_a_full_disk_after_the_click_stops_nothing(page: Page, recorder: Recorder, full_disk: Path) -> None:
    """What was sent is kept wherever there is room, and said to be."""
    recorder.submit_begun = True
    await keep(recorder, page, RUN)
    assert recorder.verdict == RUN[-1]
    assert recorder.complete is False
    assert (full_disk / "data/confirmation.png").read_bytes().startswith(b"\x89PNG")
    assert f"data/confirmation.png could not be written. Saved in {full_disk}" in " ".join(recorder.faults)


async def test_a_clock_that_is_moved_is_said(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 33: the order is kept by another clock, but the times are for people."""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 3600)
    await recorder.on(RUN[-1])
    assert recorder.faults == ["clock: the computer's clock was moved by 3600 seconds during the run"]


async def test_clocks_that_agree_are_not_mentioned(recorder: Recorder) -> None:
    """Milliseconds of drift are no jump."""
    await recorder.on(RUN[-1])
    assert recorder.faults == []
