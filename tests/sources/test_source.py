"""Files as they are found on a disk: missing, special, too large; and the place of a problem."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.sources.source import MAX_BYTES, Source, parse_source, read_source


def test_reads_a_file(tmp_path: Path) -> None:
    """The name in messages is the path as it was given."""
    path = tmp_path / "p.yaml"
    path.write_text("a: 1\n")
    assert read_source(path) == Source(str(path), {"a": "1"}, {(): (1, 1), ("a",): (1, 1)})


@pytest.mark.parametrize("name", ["none.yaml", "file/none.yaml", "none\0.yaml", "loop.yaml", "socket"])
def test_missing(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be opened is missing, whatever the reason."""
    (tmp_path / "file").touch()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    with socket.socket(socket.AF_UNIX) as bound:
        monkeypatch.chdir(tmp_path)  # the names of sockets may not be long
        bound.bind("socket")
        with pytest.raises(FileMissing) as caught:
            read_source(tmp_path / name)
    assert caught.value.exit_code == 66
    assert caught.value.__context__ is None


def test_special_files_are_refused_unread(tmp_path: Path) -> None:
    """A pipe nobody writes to, an endless device and a folder are refused at once."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(InvalidFile, match="is not a regular file"):
            read_source(path)


def test_size_limit(tmp_path: Path) -> None:
    """64 KiB are read, one byte more is refused."""
    path = tmp_path / "p.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert read_source(path).data
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    with pytest.raises(InvalidFile, match="larger than 64 KiB"):
        read_source(path)


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    """Refused and accepted files are closed again."""
    (tmp_path / "p.yaml").write_text("a: 1\n")
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208
    read_source(tmp_path / "p.yaml")
    with pytest.raises(InvalidFile):
        read_source(tmp_path)
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208


@pytest.mark.parametrize(
    ("trail", "expected"),
    [
        (("a", "b", 1), "f:2:10: a.b.1: m"),
        (("a", "b", 7), "f:2:3: a.b.7: m"),
        (("a", "none", "c"), "f:1:1: a.none.c: m"),
        (("none",), "f:1:1: none: m"),
        (("My name is Smith",), "f:1:1: ?: m"),
        ((), "f:1:1: m"),
    ],
)
def test_a_problem_stands_at_the_nearest_place(trail: tuple[str | int, ...], expected: str) -> None:
    """A value that is not there is complained about at its parent; sentences are not taken for names."""
    source = parse_source(b"a:\n  b: [x, y]\n", "f")
    assert str(source.problem(trail, "m")) == expected
    assert str(source.problem(trail, "m", severity="warning")) == expected.replace(": ", ": warning: ", 1)


def test_text_at_a_trail() -> None:
    """Only texts are given; lists, mappings and what is not there are None."""
    source = parse_source(b"a:\n  b: [x, y]\n", "f")
    assert source.text(("a", "b", 1)) == "y"
    assert [source.text(trail) for trail in ((), ("a",), ("a", "b"), ("a", "b", 2), ("a", 0), ("c",))] == [None] * 6


def test_values_are_not_shown_by_repr() -> None:
    """A source in a traceback or a log line says which file it is, not what it holds."""
    assert "Smith" not in repr(parse_source(b"name: Smith\n", "f"))
