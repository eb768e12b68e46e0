"""The control API over HTTP: clock, cases, mails and the key."""

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
def api() -> Iterator[str]:
    with serving(ReplicaOptions(delay_ms=0, reply_after=timedelta(hours=1))) as replica:
        yield f"{replica.url}/_replica"


def post(url: str, body: bytes) -> Any:
    with urllib.request.urlopen(url, body) as response:
        return json.load(response)


def told(url: str, **words: object) -> Any:
    return post(url, json.dumps(words).encode())


def sent(api: str, answers: dict[str, str], send: Any) -> str:
    return str(send(api.removesuffix("/_replica"), answers)["returnValue"]["caseNumber"])


def test_a_week_passes_in_a_moment(api: str, answers: dict[str, str], read: Any, send: Any) -> None:
    """The clock says what is due next, and what fell due is in the outbox when the answer comes."""
    number = sent(api, answers, send)
    before = read(f"{api}/clock")
    (case,) = read(f"{api}/cases")
    assert case["due"] == [{"kind": "reply", "at": before["next_due"]}]
    after = told(f"{api}/clock", advance="1w")
    passed = datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"])
    assert timedelta(weeks=1) <= passed < timedelta(weeks=1, minutes=2)
    assert after["next_due"] is None
    assert [(mail["case_number"], mail["kind"]) for mail in read(f"{api}/outbox")] == [
        (number, "confirmation"),
        (number, "reply"),
    ]


def test_a_case_can_be_answered_by_hand(api: str, answers: dict[str, str], send: Any) -> None:
    """At once, or later; and it shows its mails and what is due."""
    number = sent(api, answers, send)
    later = told(f"{api}/cases/{number}", reply="Tomorrow.", after="2d")
    assert [mail["kind"] for mail in later["mails"]] == ["confirmation"]
    assert [task["kind"] for task in later["due"]] == ["reply"]
    case = told(f"{api}/cases/{number}", reply="It is in Albany.")
    assert case["due"] == []
    assert case["mails"][1]["answers_to"] == case["mails"][0]["message_id"]
    assert "It is in Albany." in case["mails"][1]["text"]


def test_a_case_can_be_left_alone(api: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """For good, or until somebody is told to answer mails again."""
    number = sent(api, answers, send)
    assert told(f"{api}/cases/{number}", silent=True)["due"] == []
    told(f"{api}/clock", advance="1w")
    assert len(read(f"{api}/outbox")) == 1
    assert not told(f"{api}/cases/{number}", silent=False)["silent"]


def test_a_follow_up_and_its_request_know_each_other(api: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """By number, in both directions."""
    first = sent(api, answers, send)
    again = answers | {"topic": "follow-up", "sub_topic": "no-answer", "has_tracking_number": "no"}
    second = sent(api, again | {"previous_case": first}, send)
    assert read(f"{api}/cases/{first}")["followed_up_by"] == [second]
    assert read(f"{api}/cases/{second}")["previous_case"] == first


def test_a_mail_can_be_sent_to_the_desk(api: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """It is in its case at once, with its files, and the agent answers it."""
    number = sent(api, answers, send)
    (confirmation,) = read(f"{api}/outbox")
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = "<answer@home.example>"
    mail["In-Reply-To"] = mail["References"] = confirmation["message_id"]
    mail.set_content("Here is the receipt.")
    mail.add_attachment(b"abc", "image", "png", filename="receipt.png")
    assert post(f"{api}/mail", mail.as_bytes()) == {"case_number": number}
    told(f"{api}/clock", advance="1w")
    case = read(f"{api}/cases/{number}")
    assert [each["kind"] for each in case["mails"]] == ["confirmation", "incoming", "reply"]
    assert [(file["name"], file["size"]) for file in case["mails"][1]["files"]] == [("receipt.png", 3)]
    assert case["mails"][1]["text"] == "Here is the receipt."
    assert case["mails"][2]["answers_to"] == "<answer@home.example>"


def test_signatures_can_be_checked_with_the_record(api: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """As they stand in the outbox."""
    sent(api, answers, send)
    (mail,) = read(f"{api}/outbox")
    assert is_valid(mail["raw"].encode(), read(f"{api}/dkim"))


def test_reset_sets_the_clock_back_too(api: str, answers: dict[str, str], send: Any, read: Any) -> None:
    """The site is as it was when it opened; its key stays."""
    key = read(f"{api}/dkim")
    sent(api, answers, send)
    told(f"{api}/clock", advance="1w")
    post(f"{api}/reset", b"")
    assert read(f"{api}/cases") == []
    assert datetime.fromisoformat(read(f"{api}/clock")["now"]) - datetime.now().astimezone() < timedelta(days=1)
    assert read(f"{api}/dkim") == key


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
    api: str, answers: dict[str, str], send: Any, read: Any, path: str, body: bytes, status: int
) -> None:
    """And nothing is changed by it."""
    number = sent(api, answers, send)
    before = read(f"{api}/cases")
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{api}/{path.format(number=number)}", body)
    caught.value.close()
    assert caught.value.code == status
    assert read(f"{api}/cases") == before
