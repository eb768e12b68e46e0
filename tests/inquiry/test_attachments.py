"""Files of an inquiry (bad inputs, group E): opened once, through no link, and only what their endings say."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.inquiry.attachments import MAX_BYTES, Attachment, read_attachments
from autofill.sources.source import parse_source

PNG = b"\x89PNG\r\n\x1a\n rest"


def read(folder: Path, *paths: str) -> tuple[Attachment, ...]:
    """Read files of a profile in `folder`; each stands on a line of its own, from line 2."""
    text = "attachments:\n" + "".join(f"  - {path}\n" for path in paths)
    return read_attachments(folder, parse_source(text.encode(), "p.yaml"))


def refusal(folder: Path, *paths: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read(folder, *paths)
    return [str(problem) for problem in caught.value.problems]


def test_files_are_read_with_their_bytes_and_known_by_them(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "Maria's receipt.PNG").write_bytes(PNG)

    (attachment,) = read(tmp_path, "sub/Maria's receipt.PNG")

    assert attachment.data == PNG
    assert attachment.ending == ".png"
    assert attachment.fingerprint == f"{hashlib.sha256(PNG).hexdigest()}.png"
    assert "rest" not in repr(attachment)


def test_links_are_not_followed_whether_file_or_folder(tmp_path: Path) -> None:
    (tmp_path / "link.png").symlink_to("/etc/passwd")
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.png").write_bytes(PNG)
    (tmp_path / "folder").symlink_to(tmp_path / "real")

    first, second = refusal(tmp_path, "link.png", "folder/a.png")

    assert first.startswith("p.yaml:2:")
    assert "is a link, is behind a link" in first
    assert "is a link, is behind a link" in second


def test_devices_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()

    assert all("is not a regular file" in line for line in refusal(tmp_path, "pipe.png", "folder.png"))


def test_a_missing_file_is_66(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"p\.yaml:2:5: attachments\.0: no such file"):
        read(tmp_path, "gone.png")


def test_a_missing_file_beside_something_worse_is_listed_with_it(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()

    assert len(refusal(tmp_path, "gone.png", "empty.png")) == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.png", b"", "is empty"),
        ("fake.png", b"GIF89a", "has content that does not match its ending .png"),
        ("page.pdf", PNG, "has content that does not match its ending .pdf"),
        ("binary.txt", b"a\0b", "has content that does not match its ending .txt"),
        ("program.exe", b"MZ", "is of an unknown kind"),
        ("large.txt", b"x" * (MAX_BYTES + 1), "is larger than 10 MiB"),
    ],
)
def test_contents_are_checked(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    assert why in refusal(tmp_path, name)[0]


def test_what_was_read_stays_what_it_was(tmp_path: Path) -> None:
    """Case 68: a file that changes after the check changes nothing."""
    (tmp_path / "a.png").write_bytes(PNG)

    (attachment,) = read(tmp_path, "a.png")
    (tmp_path / "a.png").write_bytes(b"something else")

    assert attachment.data == PNG


@pytest.mark.parametrize("there", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_f_a_name_is_found_however_its_letters_are_composed(
    tmp_path: Path, there: Literal["NFC", "NFD"], written: Literal["NFC", "NFD"]
) -> None:
    """F: an attachment whose name is in Unicode form D was not found, nor a folder."""
    name = "Überweisungen/Überweisung.png"
    file = tmp_path / unicodedata.normalize(there, name)
    file.parent.mkdir()
    file.write_bytes(PNG)

    (attachment,) = read(tmp_path, unicodedata.normalize(written, name))

    assert attachment.data == PNG


def test_f_a_link_is_not_followed_whatever_its_name_is_composed_of(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Ü.png")).symlink_to("/etc/passwd")

    (problem,) = refusal(tmp_path, "Ü.png")

    assert "is a link" in problem
