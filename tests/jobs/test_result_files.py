"""Files of results are tried out before the work begins, and nothing of that is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autofill.errors import DiskTrouble
from autofill.jobs.result_files import must_be_writable


def test_what_is_there_stays_and_what_is_not_is_not_made(tmp_path: Path) -> None:
    kept, pipe = tmp_path / "kept.xml", tmp_path / "pipe"
    kept.write_text("of last night")
    os.mkfifo(pipe)

    must_be_writable(kept, tmp_path / "new" / "fresh.xml", pipe)

    assert kept.read_text() == "of last night"
    assert {each.name for each in tmp_path.rglob("*")} == {"kept.xml", "pipe"}


@pytest.mark.parametrize("place", ["file/results.xml", ".", "/dev/null/results.xml"])
def test_a_place_that_takes_no_file_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DiskTrouble, match="The results cannot be written to"):
        must_be_writable(tmp_path / place)
