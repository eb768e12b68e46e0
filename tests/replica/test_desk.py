"""What the desk remembers and posts. No browser and no server here."""

from __future__ import annotations

import email
from email.policy import default
from itertools import pairwise
from pathlib import Path

from autofill.replica.desk import Desk, Upload

ANSWERS = {
    "topic": "feedback",
    "sub_topic": "compliment",
    "message": "고맙습니다",
    "first_name": "길동",
    "last_name": "홍",
    "email": "gildong@example.com",
    "confirm_email": "gildong@example.com",
    "reply_by": "email",
    "country": "KR",
    "street": "세종대로 110",
    "city": "서울",
    "certify_true": "true",
}


def test_an_accepted_inquiry_gets_eight_digits_and_is_kept() -> None:
    """The number is returned and filed with the answers; the repeated address is not kept."""
    desk = Desk()
    number = desk.submit(ANSWERS, [])
    (kept,) = desk.submissions
    assert isinstance(number, str)
    assert len(number) == 8
    assert number.isascii()
    assert number.isdecimal()
    assert kept.case_number == number
    assert kept.accepted
    assert kept.fields == {name: answer for name, answer in ANSWERS.items() if name != "confirm_email"}


def test_numbers_differ_and_do_not_count_up() -> None:
    """No number follows from the one before."""
    desk = Desk()
    numbers = [int(str(desk.submit(ANSWERS, []))) for _ in range(50)]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert len(set(numbers)) == 50
    assert len(steps) > 40


def test_a_refused_inquiry_is_kept_without_a_number_or_a_mail() -> None:
    """It reached the desk, so it is on record; nothing is confirmed."""
    desk = Desk()
    errors = desk.submit(ANSWERS | {"city": ""}, [])
    (kept,) = desk.submissions
    assert [error.label for error in errors if not isinstance(error, str)] == ["City"]
    assert not kept.accepted
    assert kept.case_number is None
    assert desk.mails == []


def test_the_confirmation_mail_parses_and_carries_the_number() -> None:
    """Its bytes are ASCII, and its letters come back as they were written."""
    desk = Desk()
    number = str(desk.submit(ANSWERS, []))
    (entry,) = desk.outbox_as_json()
    mail = email.message_from_string(entry["raw"], policy=default)
    assert entry["to"] == mail["To"] == "gildong@example.com"
    assert number in entry["subject"] == mail["Subject"]
    assert entry["case_number"] == number
    assert mail["From"].addresses[0].addr_spec == "support@replica.example"
    assert mail["Message-ID"].endswith("@replica.example>")
    assert mail["Date"].datetime.tzinfo is not None
    assert number in mail.get_content()
    assert "길동 홍" in mail.get_content()


def test_mails_also_go_into_a_folder(tmp_path: Path) -> None:
    """One file a mail, named by the number; the folder is made when it is needed."""
    desk = Desk(tmp_path / "out" / "box")
    number = str(desk.submit(ANSWERS, []))
    (file,) = (tmp_path / "out" / "box").iterdir()
    assert file.name == f"{number}.eml"
    assert number.encode() in file.read_bytes()


def test_reset_forgets_everything() -> None:
    """After it the desk is as new."""
    desk = Desk()
    desk.requests = 3
    desk.submit(ANSWERS, [Upload.from_bytes("a.txt", b"a")])
    desk.reset()
    assert desk.as_json() == {"requests": 0, "leaked": 0, "submissions": []}
    assert desk.outbox_as_json() == []
