"""What the desk remembers and posts. No browser and no server here."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from email.policy import default
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from autofill.replica.control import outbox_as_json, submissions_as_json
from autofill.replica.desk import Desk
from autofill.replica.office.dkim_key import DkimKey
from autofill.replica.office.mail import read_incoming
from autofill.replica.office.records import CaseMail, Upload
from autofill.replica.options import ReplicaOptions

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
    (kept,) = desk.records.submissions()
    assert isinstance(number, str)
    assert len(number) == 8
    assert number.isascii()
    assert number.isdecimal()
    assert kept.case_number == number
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
    (kept,) = desk.records.submissions()
    assert [error.label for error in errors if not isinstance(error, str)] == ["City"]
    assert kept.case_number is None
    assert desk.outbox() == []


def test_the_confirmation_mail_parses_and_carries_the_number() -> None:
    """Its bytes are ASCII, and its letters come back as they were written."""
    desk = Desk()
    number = str(desk.submit(ANSWERS, []))
    (entry,) = outbox_as_json(desk)
    mail = email.message_from_string(entry["raw"], policy=default)
    assert entry["to"] == mail["To"] == "gildong@example.com"
    assert number in entry["subject"] == mail["Subject"]
    assert entry["case_number"] == number
    assert mail["From"].addresses[0].addr_spec == "uspscustomersupport@usps-practice.example"
    assert mail["Message-ID"].endswith("@usps-practice.example>")
    assert mail["Date"].datetime.tzinfo is not None
    bodies = [str(mail.get_body([kind])) for kind in ("plain", "html")]
    assert all(number in body for body in bodies)
    assert "길동 홍" in read_incoming(entry["raw"].encode()).text


def test_mails_also_go_into_a_folder(tmp_path: Path) -> None:
    """One file a mail, named by the number; the folder is made when it is needed."""
    desk = Desk(ReplicaOptions(outbox=tmp_path / "out" / "box"))
    number = str(desk.submit(ANSWERS, []))
    (file,) = (tmp_path / "out" / "box").iterdir()
    assert file.name == f"{number}.eml"
    assert number.encode() in file.read_bytes()


def test_reset_forgets_everything() -> None:
    """After it the desk is as new."""
    desk = Desk()
    desk.records.increment("requests", 3)
    desk.submit(ANSWERS, [Upload.from_bytes("a.txt", b"a")])
    desk.reset()
    assert submissions_as_json(desk) == {"requests": 0, "leaked": 0, "submissions": []}
    assert outbox_as_json(desk) == []


MONDAY = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
"""Just after ten in the morning in New York, where it is winter."""


def on_monday(**options: Any) -> Desk:
    """A desk on a Monday morning that is yet to come."""
    now, year = datetime.now(UTC), timedelta(weeks=52)
    monday = MONDAY + year * ((now - MONDAY) // year + 1)
    return Desk(ReplicaOptions(clock=monday - now, **options))


def dated(desk: Desk) -> list[tuple[str, str]]:
    """Kind, weekday and hour (Greenwich) of every mail of the desk."""
    return [(mail.kind, f"{datetime.fromisoformat(mail.dated):%a %H}") for mail in desk.outbox()]


def answer_to(mail: CaseMail, *more: str) -> bytes:
    return "\r\n".join([f"In-Reply-To: {mail.message_id}", *more, "", "Thank you."]).encode()


def test_an_agent_answers_when_the_clock_has_passed_it() -> None:
    """26 hours later, and dated so, however far the clock was moved."""
    desk = on_monday()
    desk.submit(ANSWERS, [])
    desk.advance(timedelta(hours=25))
    assert dated(desk) == [("confirmation", "Mon 15")]
    desk.advance(timedelta(weeks=3))
    assert dated(desk) == [("confirmation", "Mon 15"), ("reply", "Tue 17")]


def test_a_letter_that_is_due_at_night_is_written_in_the_morning() -> None:
    """Friday's inquiry is answered on Monday."""
    desk = on_monday()
    desk.advance(timedelta(days=4))
    desk.submit(ANSWERS, [])
    desk.advance(timedelta(weeks=1))
    assert dated(desk) == [("confirmation", "Fri 15"), ("reply", "Mon 13")]


def test_letters_come_in_their_order() -> None:
    """A review notice, if there is one, before the reply; both answer the confirmation's thread."""
    desk = on_monday(review_after=timedelta(hours=2), reply_after=timedelta(hours=3))
    desk.submit(ANSWERS, [])
    desk.advance(timedelta(weeks=1))
    assert dated(desk) == [("confirmation", "Mon 15"), ("review", "Mon 17"), ("reply", "Mon 18")]
    first, second, third = desk.outbox()
    assert read_incoming(second.raw).answers_to[0] == first.message_id
    assert read_incoming(third.raw).answers_to == (second.message_id, second.message_id, first.message_id)


def test_a_silent_desk_confirms_and_never_answers() -> None:
    """Neither an inquiry nor a mail, until it is told to answer a case."""
    desk = on_monday(silent=True)
    number = str(desk.submit(ANSWERS, []))
    (confirmation,) = desk.outbox()
    assert desk.receive_mail(answer_to(confirmation)) == number
    desk.advance(timedelta(weeks=9))
    assert len(desk.outbox()) == 1
    desk.schedule_reply(number, "We are sorry.", timedelta())
    assert "We are sorry." in read_incoming(desk.outbox()[-1].raw).text


def test_one_case_can_be_left_without_an_answer() -> None:
    """What was planned for it is dropped; other cases are answered."""
    desk = on_monday()
    silent, other = (str(desk.submit(ANSWERS, [])) for _ in range(2))
    desk.set_silent(silent, silent=True)
    desk.advance(timedelta(weeks=1))
    assert [mail.case_number for mail in desk.outbox() if mail.kind == "reply"] == [other]


def test_an_agent_can_be_told_what_to_say_and_when() -> None:
    """At exactly that time, in place of the usual reply."""
    desk = on_monday()
    number = str(desk.submit(ANSWERS, []))
    desk.schedule_reply(number, "It is in Albany.", timedelta(hours=12))
    desk.advance(timedelta(weeks=1))
    assert dated(desk) == [("confirmation", "Mon 15"), ("reply", "Tue 03")]
    assert "It is in Albany." in read_incoming(desk.outbox()[-1].raw).text


def test_a_mail_is_put_into_its_case_and_answered() -> None:
    """Files and all; the answer's thread leads back to the first mail."""
    desk = on_monday(reply_after=timedelta(hours=1))
    number = str(desk.submit(ANSWERS, []))
    desk.advance(timedelta(hours=2))
    confirmation, reply = desk.outbox()
    assert desk.receive_mail(answer_to(reply, "Message-ID: <mine@home.example>")) == number
    desk.advance(timedelta(hours=2))
    assert [mail.kind for mail in desk.records.mails(number)] == ["confirmation", "reply", "incoming", "reply"]
    last = read_incoming(desk.outbox()[-1].raw)
    assert last.answers_to[0] == "<mine@home.example>"
    assert last.answers_to[-1] == confirmation.message_id
    assert "writing again" in last.text


def test_a_mail_that_comes_before_the_answer_is_answered_with_it() -> None:
    """One answer, not two."""
    desk = on_monday()
    desk.submit(ANSWERS, [])
    desk.receive_mail(answer_to(desk.outbox()[0]))
    desk.advance(timedelta(weeks=1))
    assert [kind for kind, _ in dated(desk)] == ["confirmation", "reply"]


def test_a_mail_of_a_program_is_kept_and_not_answered() -> None:
    """Or two programs would write to each other for ever."""
    desk = on_monday(reply_after=timedelta())
    desk.submit(ANSWERS, [])
    desk.write_due_mails()
    assert desk.receive_mail(answer_to(desk.outbox()[0], "Auto-Submitted: auto-replied"))
    desk.advance(timedelta(weeks=1))
    assert [kind for kind, _ in dated(desk)] == ["confirmation", "reply"]


def test_a_mail_is_also_known_by_the_number_in_it() -> None:
    """Where it answers nothing; a mail that belongs to no case is not kept."""
    desk = Desk()
    one, two = (str(desk.submit(ANSWERS, [])) for _ in range(2))
    (first, _) = desk.outbox()
    assert desk.receive_mail(f"Subject: Request {two}\r\n\r\nNot {one}.".encode()) == two
    assert desk.receive_mail(f"Subject: Request\r\n\r\nIt is {two}.".encode()) == two
    assert desk.receive_mail(answer_to(first, f"Subject: {two}")) == one
    assert desk.receive_mail(b"Subject: 00000000\r\nIn-Reply-To: <x@y.example>\r\n\r\nHello.") is None
    assert len(desk.records.mails()) == 2 + 3


def test_a_request_is_followed_up_under_a_number_of_its_own(answers: dict[str, str]) -> None:
    """The confirmation names both; an unknown number is refused politely, and kept."""
    desk = Desk()
    first = str(desk.submit(answers, []))
    again = answers | {"topic": "follow-up", "sub_topic": "no-answer", "has_tracking_number": "no"}
    second = str(desk.submit(again | {"previous_case": first}, []))
    assert second != first
    text = read_incoming(desk.outbox()[-1].raw).text
    assert first in text
    assert second in text
    errors = desk.submit(again | {"previous_case": "00000000"}, [])
    assert isinstance(errors, list)
    assert [(error.label, error.message[:38]) for error in errors] == [
        ("Previous Service Request Number", "We could not find a request with this ")
    ]
    assert desk.records.submissions()[-1].case_number is None


def test_the_examples_case_is_known_to_every_desk(answers: dict[str, str]) -> None:
    """So that the example of a follow-up can be run at a new one; other topics take any number as it is."""
    again = answers | {"topic": "follow-up", "sub_topic": "no-answer", "has_tracking_number": "no"}
    assert isinstance(Desk().submit(again | {"previous_case": "00482913"}, []), str)
    assert isinstance(Desk().submit(answers | {"previous_case": "any"}, []), str)


def test_mails_are_signed_only_when_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice run need not wait for a key; a mail once signed stays as it is."""
    desk = Desk()
    with monkeypatch.context() as patch:
        patch.setattr(DkimKey, "new", None)
        desk.submit(ANSWERS, [])
    assert desk.outbox() == desk.outbox()
    assert all(mail.raw.startswith(b"DKIM-Signature:") for mail in desk.outbox())
