"""The desk's back door over HTTP: clock, cases, mails and the key."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.replica.office.test_dkim_key import is_valid


@pytest.fixture
def desk() -> Iterator[str]:
    with serving(ReplicaOptions(delay_ms=0, reply_after=timedelta(hours=1))) as replica:
        yield f"{replica.url}/_replica"


def post(url: str, body: bytes) -> Any:
    with urllib.request.urlopen(url, body) as response:
        return json.load(response)


def told(url: str, **words: object) -> Any:
    return post(url, json.dumps(words).encode())


def sent(desk: str, answers: dict[str, str], send: Any) -> str:
    return str(send(desk.removesuffix("/_replica"), answers)["returnValue"]["caseNumber"])


def test_a_week_passes_in_a_moment(desk: str, answers: dict[str, str], read: Any, send: Any) -> None:
    """The clock says what is due next, and what fell due is in the outbox when the answer comes."""
    number = sent(desk, answers, send)
    before = read(f"{desk}/clock")
    (case,) = read(f"{desk}/cases")
    assert case["due"] == [{"kind": "reply", "at": before["next_due"]}]
    after = told(f"{desk}/clock", advance="1w")
    passed = datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"])
    assert timedelta(weeks=1) <= passed < timedelta(weeks=1, minutes=2)
    assert after["next_due"] is None
    assert [(mail["case_number"], mail["kind"]) for mail in read(f"{desk}/outbox")] == [
        (number, "confirmation"),
        (number, "reply"),
    ]


def test_a_case_can_be_answered_by_hand(desk: str, answers: dict[str, str], send: Any) -> None:
    """At once, or later; and it shows its mails and what is due."""
    number = sent(desk, answers, send)
    later = told(f"{desk}/cases/{number}", reply="Tomorrow.", after="2d")
    assert [mail["kind"] for mail in later["mails"]] == ["confirmation"]
    assert [task["kind"] for task in later["due"]] == ["reply"]
    case = told(f"{desk}/cases/{number}", reply="It is in Albany.")
    assert case["due"] == []
    assert case["mails"][1]["answers_to"] == case["mails"][0]["message_id"]
    assert "It is in Albany." in case["mails"][1]["text"]


def test_a_case_can_be_left_alone(desk: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """For good, or until somebody is told to answer mails again."""
    number = sent(desk, answers, send)
    assert told(f"{desk}/cases/{number}", silent=True)["due"] == []
    told(f"{desk}/clock", advance="1w")
    assert len(read(f"{desk}/outbox")) == 1
    assert not told(f"{desk}/cases/{number}", silent=False)["silent"]


def test_a_follow_up_and_its_request_know_each_other(desk: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """By number, in both directions."""
    first = sent(desk, answers, send)
    again = answers | {"topic": "follow-up", "sub_topic": "no-answer", "has_tracking_number": "no"}
    second = sent(desk, again | {"previous_case": first}, send)
    assert read(f"{desk}/cases/{first}")["followed_up_by"] == [second]
    assert read(f"{desk}/cases/{second}")["previous_case"] == first


def test_a_mail_can_be_sent_to_the_desk(desk: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """It is in its case at once, with its files, and the agent answers it."""
    number = sent(desk, answers, send)
    (confirmation,) = read(f"{desk}/outbox")
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = "<answer@home.example>"
    mail["In-Reply-To"] = mail["References"] = confirmation["message_id"]
    mail.set_content("Here is the receipt.")
    mail.add_attachment(b"abc", "image", "png", filename="receipt.png")
    assert post(f"{desk}/mail", mail.as_bytes()) == {"case_number": number}
    told(f"{desk}/clock", advance="1w")
    case = read(f"{desk}/cases/{number}")
    assert [each["kind"] for each in case["mails"]] == ["confirmation", "incoming", "reply"]
    assert [(file["name"], file["size"]) for file in case["mails"][1]["files"]] == [("receipt.png", 3)]
    assert case["mails"][1]["text"] == "Here is the receipt."
    assert case["mails"][2]["answers_to"] == "<answer@home.example>"


def test_signatures_can_be_checked_with_the_record(desk: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """As they stand in the outbox."""
    sent(desk, answers, send)
    (mail,) = read(f"{desk}/outbox")
    assert is_valid(mail["raw"].encode(), read(f"{desk}/dkim"))


def test_reset_sets_the_clock_back_too(desk: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """The desk is as it was when it opened; its key stays."""
    key = read(f"{desk}/dkim")
    sent(desk, answers, send)
    told(f"{desk}/clock", advance="1w")
    post(f"{desk}/reset", b"")
    assert read(f"{desk}/cases") == []
    assert datetime.fromisoformat(read(f"{desk}/clock")["now"]) - datetime.now().astimezone() < timedelta(days=1)
    assert read(f"{desk}/dkim") == key


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("clock", b"", 400),
        ("clock", b"[]", 400),
        ("clock", b"\xff", 400),
        ("clock", b"{}", 400),
        ("clock", b'{"advance": "-1h"}', 400),
        ("clock", b'{"advance": "1h", "more": 1}', 400),
        ("cases/00000000", b"{}", 404),
        ("cases/{number}", b"{}", 400),
        ("cases/{number}", b'{"reply": 1}', 400),
        ("cases/{number}", b'{"silent": "yes"}', 400),
        ("cases/{number}", b'{"silent": true, "reply": "x"}', 400),
        ("cases/{number}", b'{"reply": "x", "after": "soon"}', 400),
        ("mail", b"Subject: 00000000\r\n\r\nHello.", 404),
        ("mail", b"", 404),
        ("mail", b"x" * 30_000_001, 413),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: str, answers: dict[str, str], send: Any, read: Any, path: str, body: bytes, status: int
) -> None:
    """And nothing is changed by it."""
    number = sent(desk, answers, send)
    before = read(f"{desk}/cases")
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{desk}/{path.format(number=number)}", body)
    caught.value.close()
    assert caught.value.code == status
    assert read(f"{desk}/cases") == before
