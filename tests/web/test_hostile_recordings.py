"""The gallery lists every recording, whatever somebody made of one of them (B6)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.evidence.keeping import bag
from autofill.evidence.keeping.folder import remove_tree
from autofill.web.recording_store import RecordingStore
from tests.evidence.bags import sealed, unsealed
from tests.evidence.hostile import IDS, KINDS, Hostile, hostile
from tests.web.conftest import Keep, Visitor, bomb

BROKEN = "20261123T000000Z-broken-00000b"
GOOD = ("20261122T000000Z-good-00000a", "20261124T000000Z-good-00000c")


@pytest.fixture
def around(recordings: Path, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two recordings, and room for one between them; what is too deep for others is removed."""
    monkeypatch.setattr(bag, "MOST_ENTRIES", 100)
    for name in GOOD:
        keep(name)
    yield recordings
    remove_tree(recordings)


def listed(visitor: Visitor) -> list[str]:
    code, _headers, page = visitor.get("/")
    assert code == 200
    return re.findall(r'href="/r/([^/"]+)/"', page)


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_one_broken_recording_hides_no_other(kind: Hostile, around: Path, visitor: Visitor, tmp_path: Path) -> None:
    """B6: it is on the list itself, too, and its page says what verify says."""
    (tmp_path / "made").mkdir()
    hostile(tmp_path / "made", kind).rename(around / BROKEN)

    assert sorted(set(listed(visitor))) == sorted([*GOOD, BROKEN])

    code, _headers, page = visitor.get(f"/r/{BROKEN}/")
    assert code == 200
    too_large = "Too large to be checked while a page waits" in page
    assert too_large or kind.line.rpartition(": ")[2] in page


@pytest.mark.parametrize(
    "summary",
    [
        b'{"started": "0001-01-01T00:00:00+23:59"}',
        b'{"started": "9999-12-31T23:59:59-23:59"}',
        b'{"steps": [{"n": ' + b"9" * 5000 + b', "name": "x", "screenshot": null, "ms": 1}]}',
        b'{"messages": [' + b",".join([b'"x"'] * 100_000) + b"]}",
        b"[" * 1_000_000,
        b'{"profile": "\\ud800"}',
        b'{"form": "\\u0000\\u202e"}',
    ],
)
def test_a_summary_made_to_break_the_list_breaks_nothing(summary: bytes, around: Path, visitor: Visitor) -> None:
    """B6: whatever its times, numbers and texts are."""
    root = unsealed(around).path.rename(around / BROKEN)
    usual = (root / "data/run.json").read_bytes().strip()
    joined = usual[:-1] + b"," + summary[1:] if summary.startswith(b"{") else summary
    (root / "data/run.json").write_bytes(joined)

    assert sorted(set(listed(visitor))) == sorted([*GOOD, BROKEN])
    assert visitor.get(f"/r/{BROKEN}/")[0] == 200


def test_a_huge_picture_is_not_unfolded(around: Path, visitor: Visitor) -> None:
    """B6: neither on the list nor on its page."""
    root = sealed(around).path.rename(around / BROKEN)
    (root / "data/steps/0001-open.png").write_bytes(bomb())

    assert sorted(set(listed(visitor))) == sorted([*GOOD, BROKEN])
    assert visitor.get(f"/r/{BROKEN}/")[0] == 200
    assert visitor.get(f"/r/{BROKEN}/thumbs/data/steps/0001-open.png")[0] == 404


def test_what_lies_there_and_may_not_be_looked_at_is_listed_as_that(
    around: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B6: a folder that cannot be entered, links in a circle, pipes and names that are no text."""
    (around / BROKEN).mkdir()
    (around / "loop").symlink_to("loop")
    (around / os.fsdecode(b"\xff")).mkdir()
    os.mkfifo(around / "pipe.tar.age")
    look = Path.is_dir

    def refusing(path: Path) -> bool:
        if path.name == BROKEN:
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(Path, "is_dir", refusing)

    found = {entry.name: entry.condition.value for entry in RecordingStore(around).entries()}

    assert found == {GOOD[0]: "finished", GOOD[1]: "finished", BROKEN: "unreadable"}
