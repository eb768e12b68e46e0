"""What helps to mend the program is kept only on request, and losing it harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page

from autofill.events import FaultNoticed
from autofill.evidence.keeping.debug import Debug, make_private, traced
from autofill.evidence.keeping.folder import RecordingFolder


@pytest.fixture
def recording(tmp_path: Path) -> RecordingFolder:
    return RecordingFolder.create(tmp_path, "run")


def test_nobody_gets_it_who_did_not_ask(recording: RecordingFolder) -> None:
    assert Debug().folder(recording) is None
    assert not (recording.path / "debug").exists()


@pytest.mark.parametrize("debug", [Debug(trace=True), Debug(video=True)])
def test_a_warning_lies_in_the_folder_first(recording: RecordingFolder, debug: Debug) -> None:
    """Before anything personal does; and none of it is part of the bag."""
    folder = debug.folder(recording)

    assert folder == recording.path / "debug"
    assert [path.name for path in folder.iterdir()] == ["CONTAINS-PERSONAL-DATA.txt"]
    assert recording.payload() == []


async def test_a_trace_that_is_lost_is_told_and_nothing_else(page: Page, tmp_path: Path) -> None:
    """The browser went away in the middle; what happened meanwhile still counts."""
    told: list[FaultNoticed] = []

    async def tell(fault: FaultNoticed) -> None:
        told.append(fault)

    async with traced(page, tmp_path, tell):
        await page.context.close()

    assert told == [FaultNoticed("debug", "the trace could not be saved")]
    assert not (tmp_path / "trace.zip").exists()


def test_files_of_the_driver_become_private(tmp_path: Path) -> None:
    (tmp_path / "video.webm").touch(0o644)

    make_private(tmp_path)

    assert (tmp_path / "video.webm").stat().st_mode & 0o777 == 0o600
