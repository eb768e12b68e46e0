"""A value is covered however the page draws it, or the picture is left out: B1, one row of a table for each way."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps
from playwright.async_api import Page

from autofill.events import StepDone, StepStarted
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.recorder import Recorder
from autofill.evidence.sharing.share import share
from tests.evidence.sharing.ways import CANARY, PARCEL, WAYS
from tests.journeys.canaries import leaks

PLANNED = (
    PlannedValue("contact.email", "Email", "text", CANARY),
    PlannedValue("item.tracking_number", "Tracking Number", "text", PARCEL),
)
BODY = "<!doctype html><meta charset=utf-8><body style='margin:9px;font:16px sans-serif;color:red;width:680px'>"
# Words of the page that have to stay.
WORDS = "<p style='color:#000;font-size:20px'>Service Request 70775444 of 2026</p>"
RUN = "20261128T090000Z-drawn-abcdef"
# So much red says that a page draws the value at all.
DRAWN = 80


async def recorded(page: Page, place: Path, ways: list[str]) -> Path:
    """A sealed recording with a step for each way."""
    folder = RecordingFolder.create(place, RUN)
    recorder = Recorder(folder, RUN, planned=PLANNED)
    await page.set_viewport_size({"width": 700, "height": 600})
    recorder.watch(page)
    for number, name in enumerate(ways, 1):
        await page.goto("about:blank")
        await page.set_content(f"{BODY}{WAYS[name].html}{WORDS}")
        if script := WAYS[name].script:
            await page.evaluate(f"async () => {{ {script} }}")
        await recorder.on(StepStarted(number, name, f"way-{number}"))
        await recorder.on(StepDone(number, name, slug=f"way-{number}", url="", values=()))
    now = datetime(2026, 11, 28, tzinfo=UTC)
    said: dict[str, Any] = {"run_id": RUN, "profile": "p.yaml", "form": "f", "target": "replica", "started": now}
    recorder.finish(RunSummary(**said, verdict="not-submitted", exit_code=0, finished=now, steps=recorder.steps))
    return folder.path


def red(picture: Image.Image) -> int:
    """How many pixels are red, on white or with other letters' edges."""
    r, g, b = picture.convert("RGB").split()
    return sum(ImageChops.subtract(r, ImageChops.lighter(g, b)).histogram()[61:])


def pictures(recording: Path) -> dict[str, Image.Image]:
    """Pictures of the steps, by their numbers."""
    files = recording.glob("data/steps/*.png")
    return {file.name.split("-")[0]: Image.open(file) for file in files}


def read(sheet: Image.Image) -> str:
    """What tesseract reads, letters and digits alone."""
    program = shutil.which("tesseract")
    if program is None:
        pytest.fail("this test reads pictures with tesseract, which is not here: apt-get install tesseract-ocr")
    file = BytesIO()
    sheet.save(file, "PNG")
    command = [program, "-", "-", "--psm", "6"]
    env = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=file.getvalue(), capture_output=True, check=True, env=env)
    return re.sub(r"[\W_]", "", done.stdout.decode()).lower()


def sheet(seen: list[Image.Image]) -> Image.Image:
    """Pictures one below the other, each from its top to its words, in grey."""
    parts = [each.convert("L").crop((0, 0, 700, 130)) for each in seen]
    whole = Image.new("L", (700, 130 * len(parts)), 255)
    for number, part in enumerate(parts):
        whole.paste(part, (0, 130 * number))
    return whole.resize((1400, 260 * len(parts)))


@pytest.mark.parametrize("part", range(6))
async def test_every_way_of_drawing_a_value_is_covered_or_withheld(part: int, page: Page, tmp_path: Path) -> None:
    """B1. Nothing red is left in what is kept; eyes, mirrored eyes, searches and metadata find nothing of it."""
    ways = list(WAYS)[part::6]
    original = await recorded(page, tmp_path, ways)
    before = pictures(original)

    copy = share(original).copy

    after = pictures(copy)
    fates, left = {}, {}
    for number, name in enumerate(ways, 1):
        picture = after.get(f"{number:04}")
        fates[name] = "withheld" if picture is None else "covered"
        if picture is not None:
            left[name] = red(picture)
            assert picture.info == {}
    drawn = {name: red(before[f"{number:04}"]) for number, name in enumerate(ways, 1)}
    assert [name for name in ways if drawn[name] < DRAWN] == []
    assert fates == {name: WAYS[name].fate for name in ways}
    assert {name: count for name, count in left.items() if count} == {}
    text = read(sheet(list(after.values()))) + read(ImageOps.mirror(sheet(list(after.values()))))
    assert [word for word in ("zebulonia", "examplecom", "28490") if word in text] == []
    assert text.count("70775444") >= len(after) // 2
    assert "zebulonia" in read(sheet(list(before.values())))
    files = [path for path in copy.rglob("*") if path.is_file()]
    assert [leak for path in files for leak in leaks(path.name, path.read_bytes(), [CANARY, PARCEL])] == []
