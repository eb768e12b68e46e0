"""Letters say what the case knows, in the organisation's language, and go to nobody but the organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from autofill.cases.following.letter import Letter, as_profile, as_reply, last_mail
from autofill.cases.model.case_states import Kind
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.forms.catalog import load_profile
from autofill.inquiry.fields import Fields, flatten
from autofill.organisations.registry import organisation
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from tests.cases.case_makers import DEADLINES, FIELDS, INQUIRY, happened, stands

USPS = organisation("usps")
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
THEIRS = b"""From: USPS Customer Support <support@desk.example>
To: maria@example.com
Subject: Your case 12345678
Message-ID: <second@desk.example>
References: <first@desk.example>

We have received it.
"""


def letter(days: int = 10, *events: object, words: str | None = None, number: str | None = "12345678") -> Letter:
    return Letter(stands(days, *events, number=number), INQUIRY, USPS, DEADLINES.calendar, words)  # type: ignore[arg-type]


def written(fields: Fields) -> InquiryCopy:
    return InquiryCopy(form="usps-email-us", fields=fields)


def read_back(profile: bytes) -> Fields:
    return flatten(validate_source(parse_source(profile, "p.yaml"), USPS.inquiry_model))


def reply(theirs: bytes, made: Letter | None = None) -> EmailMessage:
    raw = as_reply(made or letter(), theirs, NOW)
    assert raw.isascii()
    mail = message_from_bytes(raw, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_reminder_says_what_was_sent_and_when() -> None:
    text = letter(20, happened(Kind.FOLLOWED_UP, 7, "reply"), happened(Kind.FOLLOWED_UP, 14, "reply")).text

    assert text == (
        "Dear Customer Support,\n\n"
        "I wrote to you about the following matter and have not been answered yet.\n\n"
        "Case number: 12345678\n"
        "Tracking number: 9400111202555830001010\n"
        "Subject of my inquiry: Books not received\n"
        "First sent on: October 5, 2026\n"
        "Reminders sent on: October 12, 2026, October 19, 2026\n\n"
        "Could you please tell me what has been found so far, and when I can expect your answer?\n\n"
        "Kind regards,\nMaria O'Brien"
    )


def test_a_letter_that_no_run_has_sent_is_no_reminder() -> None:
    unsent = (happened(Kind.FOLLOWED_UP, 7, "new"), replace(happened(Kind.SENT, 8), run_id="run-2"))

    assert not any(fact.startswith("Reminders") for fact in letter(20, *unsent).facts)


def test_days_are_those_of_the_organisation() -> None:
    """It was still the evening before there."""
    seoul_morning = Letter(stands(10, happened(Kind.FOLLOWED_UP, 1)), INQUIRY, USPS, DEADLINES.calendar)
    early = seoul_morning.case_status.case.events[0].at.replace(hour=3)

    assert seoul_morning._day(early) == "October 5, 2026"


def test_the_newest_number_is_quoted_and_the_others_named() -> None:
    facts = letter(10, happened(Kind.NUMBER_ADDED, 1, number="2"), happened(Kind.NUMBER_ADDED, 2, number="3")).facts

    assert facts[:2] == ("Case number: 3", "Earlier case numbers: 12345678, 2")


def test_what_is_not_known_is_not_said() -> None:
    bare = Letter(stands(10, number=None), written({"message": "Where are they?"}), USPS, DEADLINES.calendar)

    assert bare.facts == ("First sent on: October 5, 2026",)


def test_who_was_asked_answers_and_asks_nothing() -> None:
    text = letter(10, happened(Kind.QUESTION, 2), words="The parcel was blue.").text

    assert "Thank you for your message of October 7, 2026." in text
    assert "The parcel was blue." in text
    assert "Could you" not in text


def test_an_answer_that_settles_nothing_is_answered() -> None:
    text = letter(10, happened(Kind.ANSWERED, 2), words="It is not my parcel.").text

    assert "Thank you for your answer of October 7, 2026. It does not settle the matter yet." in text


def test_before_anything_is_late_the_letter_reproaches_nobody() -> None:
    assert "not been answered" not in letter(1).text


def test_a_reply_is_ready_to_be_sent() -> None:
    mail = reply(THEIRS)

    assert str(mail["From"]) == "Maria O'Brien <maria@example.com>"
    assert str(mail["To"]) == "support@desk.example"
    assert mail["Subject"] == "Re: Your case 12345678"
    assert mail["In-Reply-To"] == "<second@desk.example>"
    assert mail["References"] == "<first@desk.example> <second@desk.example>"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail.get_content().replace("\r\n", "\n") == letter().text + "\n"


@pytest.mark.parametrize(
    ("name", "address"), [('금자 "x", y', "a@example.com"), ("Zoë", "jörg@exämple.com"), ("x" * 90, "a@example.com")]
)
def test_names_and_addresses_of_any_script_survive(name: str, address: str) -> None:
    inquiry = written({**FIELDS, "contact.first_name": name, "contact.email": address})

    raw = as_reply(Letter(stands(9), inquiry, USPS, DEADLINES.calendar), THEIRS, NOW)

    sender = message_from_string(raw.decode(), policy=SMTP)["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (f"{name} O'Brien", address)
    assert raw.isascii() == address.isascii()


def test_a_subject_without_the_number_gets_it() -> None:
    mail = reply(THEIRS.replace(b"Your case 12345678", b"Re: AW: =?utf-8?b?7IaM7Y+s?="))

    assert mail["Subject"] == "Re: 소포 [case 12345678]"


@pytest.mark.parametrize("subject", [b"", b"=?no-charset?b?7IaM7Y+s?=", b"=?utf-8?b?%%%?="])
def test_a_subject_that_cannot_be_read_is_no_obstacle(subject: bytes) -> None:
    mail = reply(THEIRS.replace(b"Your case 12345678", subject))

    assert mail["Subject"].startswith("Re: ")
    assert mail["Subject"].endswith("[case 12345678]")


@pytest.mark.parametrize(
    ("reply_to", "to"),
    [
        (b"case-77@DESK.example", "case-77@DESK.example"),
        (b"thief@elsewhere.example", "support@desk.example"),
        (b"support@desk.example.thief.example", "support@desk.example"),
        (b"nonsense", "support@desk.example"),
    ],
)
def test_a_reply_goes_to_the_senders_own_domain(reply_to: bytes, to: str) -> None:
    assert str(reply(b"Reply-To: " + reply_to + b"\n" + THEIRS)["To"]) == to


@pytest.mark.parametrize(
    "sender", [b"", b"nobody", b"@desk.example", b"support@", b"\xff\xfe", b"<s p@desk.example>", b"a@b@c", b"a@b..c"]
)
def test_a_mail_without_a_sender_cannot_be_answered(sender: bytes) -> None:
    theirs = THEIRS.replace(b"USPS Customer Support <support@desk.example>", sender)

    with pytest.raises(ValueError, match="names no sender"):
        as_reply(letter(), theirs, NOW)


def test_headers_of_theirs_cannot_smuggle_in_others() -> None:
    theirs = THEIRS.replace(b"Subject: Your case", b"Subject: a=?utf-8?q?=0D=0ABcc:_thief@elsewhere.example?= case")
    theirs = theirs.replace(b"<second@desk.example>", b"<second@desk.example>\r\n Bcc: x <y z>")

    mail = reply(theirs)

    assert mail["Bcc"] is None
    assert mail["In-Reply-To"] == "<second@desk.example>"


def test_a_mail_full_of_nothing_is_no_obstacle() -> None:
    theirs = THEIRS.replace(b"References: <first@desk.example>", b"References:" + b" <x@y>" * 5000)

    assert len(reply(theirs)["References"]) < 2000


def test_a_follow_up_inquiry_quotes_the_case_and_keeps_the_rest() -> None:
    inquiry = read_back(as_profile(letter(20, words="Zitat: „so“ # kein Kommentar")))

    assert (inquiry["topic"], inquiry["sub_topic"], inquiry["previous_case"]) == ("follow-up", "no-answer", "12345678")
    assert inquiry["subject"] == "Case 12345678: Books not received"
    assert "Zitat: „so“ # kein Kommentar" in inquiry["message"]
    assert (inquiry["contact.last_name"], inquiry["contact.email"]) == ("O'Brien", "maria@example.com")
    assert inquiry["item.tracking_number"] == "9400111202555830001010"
    assert not {"attachments", "problem_date", "translation"} & inquiry.keys()
    assert inquiry["certify_true"] == "yes"


@pytest.mark.parametrize(
    ("kind", "reason"), [(Kind.ANSWERED, "not-solved"), (Kind.QUESTION, "new-information"), (Kind.NOTE, "no-answer")]
)
def test_a_follow_up_inquiry_says_why(kind: Kind, reason: str) -> None:
    assert read_back(as_profile(letter(20, happened(kind, 1), words="x")))["sub_topic"] == reason


@pytest.mark.parametrize("profile", sorted(Path("profiles").glob("*.yaml")), ids=lambda path: path.name[:2])
def test_every_example_can_be_followed_up(profile: Path) -> None:
    """From the flat mapping alone, and nothing of contact and item is lost."""
    loaded, form = load_profile(profile)
    copy = InquiryCopy(form=form.form_map.id, fields=loaded.fields)

    followed = read_back(as_profile(Letter(stands(20), copy, USPS, DEADLINES.calendar)))

    kept = {name: text for name, text in loaded.fields.items() if name.startswith(("contact.", "item."))}
    assert kept.items() <= followed.items()
    assert followed["form"] == form.form_map.id


def test_quoting_is_safe_in_a_follow_up_inquiry() -> None:
    """Whatever stands in a value, or in a question of the form: dots, quotes, colons, a line that looks like a key."""
    question, other = 'Size: "L. or XL"? # 1', "Size"
    fields: Fields = {
        **FIELDS,
        "contact.company": 'a: "b" # c\\',
        "contact.address": "1 Elm Street, Reno, NV 89501",
        "contact.address.street": "- 1 Elm Street",
        "message": "gone",
        f"answers.{question}": "yes: no\n  # two\nlines",
        f"answers.{other}": ("L", "XL, \n'quoted'"),
        f"answers.{other}.detail": "- x",
        "files.Photo": "photo.png",
    }

    source = parse_source(as_profile(Letter(stands(20), written(fields), USPS, DEADLINES.calendar)), "p.yaml")

    assert source.data["answers"] == {
        question: "yes: no\n  # two\nlines",
        other: ["L", "XL, \n'quoted'"],
        f"{other}.detail": "- x",
    }
    assert source.data["contact"] == {
        "first_name": "Maria",
        "last_name": "O'Brien",
        "email": "maria@example.com",
        "company": 'a: "b" # c\\',
        "address": {"street": "- 1 Elm Street"},
    }
    assert not {"files", "attachments", "problem_date"} & source.data.keys()


@pytest.mark.parametrize(
    ("fields", "signed"),
    [
        ({"contact.name": "Kim Min-jun", "contact.email": "kim@example.com"}, "Kim Min-jun"),
        ({"contact.last_name": "Kim", "contact.email": "kim@example.com"}, "Kim"),
        ({"contact.email": "kim@example.com"}, "kim@example.com"),
    ],
)
def test_a_letter_is_signed_with_what_is_known_of_the_writer(fields: Fields, signed: str) -> None:
    made = Letter(stands(20), written(fields), USPS, DEADLINES.calendar)

    assert made.text.endswith(f"Kind regards,\n{signed}")
    assert reply(THEIRS, made)["From"].addresses[0].addr_spec == "kim@example.com"


def test_without_an_address_of_the_writer_the_mail_program_fills_in_the_sender() -> None:
    made = Letter(stands(20), written({"contact.name": "Kim Min-jun"}), USPS, DEADLINES.calendar)

    assert (reply(THEIRS, made)["From"], reply(THEIRS, made)["Message-ID"]) == (None, None)


def test_the_latest_mail_is_the_one_to_answer() -> None:
    mails = (
        happened(Kind.ACKNOWLEDGED, 0, "m1"),
        happened(Kind.REVIEWED, 1, "m2"),
        happened(Kind.FOLLOWED_UP, 5, "new"),
    )

    assert last_mail(mails) is mails[1]
    assert last_mail(mails[2:]) is None


def test_a_mail_that_may_be_anybodys_is_answered_only_if_there_is_no_other() -> None:
    theirs = happened(Kind.ACKNOWLEDGED, 0, "m1")
    anybodys = replace(happened(Kind.ACKNOWLEDGED, 1, "m2"), because="absent", once="mail doubtful 1")

    assert last_mail((theirs, anybodys)) is theirs
    assert last_mail((anybodys,)) is anybodys
