"""Files and Maildirs give their mails without being changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autofill.errors import FileMissing
from autofill.mail.limits import HEADER
from autofill.mail.sources import Files, Maildir


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for number, name in enumerate(("cur/old:2,S", "new/new", "tmp/unfinished")):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(f"Subject: {name}\r\n\r\nbody".encode())
        os.utime(file, (number, number))
    return tmp_path


def test_a_maildirs_mails_come_newest_first_and_links_are_left_out(maildir: Path) -> None:
    (maildir / "cur" / "link").symlink_to(maildir / "tmp" / "unfinished")
    before = {path: path.stat() for path in maildir.rglob("*")}
    source = Maildir(maildir)

    heads = list(source.heads())

    assert [head.header for head in heads] == [b"Subject: new/new", b"Subject: cur/old:2,S"]
    assert source.body(heads[0]) == b"Subject: new/new\r\n\r\nbody"
    assert heads[0].size == len(source.body(heads[0]))
    assert {path: path.stat().st_mtime for path in maildir.rglob("*")} == {p: s.st_mtime for p, s in before.items()}


def test_a_mail_that_is_moved_meanwhile_comes_next_time(maildir: Path) -> None:
    heads = Maildir(maildir).heads()
    next(heads)
    (maildir / "cur" / "old:2,S").rename(maildir / "cur" / "old:2,RS")

    assert list(heads) == []


def test_no_more_of_a_file_than_a_header_may_have_is_read(tmp_path: Path) -> None:
    file = tmp_path / "1.eml"
    file.write_bytes(b"x" * 3 * HEADER)

    (head,) = Files((file,)).heads()

    assert (len(head.header), head.size) == (HEADER, 3 * HEADER)


def test_what_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        list(Maildir(tmp_path).heads())
    for named in (tmp_path / "none.eml", tmp_path):
        (head,) = Files((named,)).heads()
        assert (head.is_named, head.is_mail, head.is_there) == (True, False, False)
        assert str(named) in head.remark
