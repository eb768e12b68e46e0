"""Texts for channels that are no form: facts first, within limits, nothing personal in public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest

from autofill.errors import Misconfigured
from autofill.forms.catalog import load_form, load_profile
from autofill.forms.channels import Script, script_for
from autofill.inquiry.fields import Fields, content_of
from autofill.inquiry.profile import Loaded
from autofill.organisations.registry import GENERAL, organisation

Inquiries: TypeAlias = Callable[..., Loaded]
POST = organisation("usps")
OFFICES, CHANNEL = POST.data.offices, POST.data.channels
CHAT_LIMIT, DIRECT_MESSAGE_LIMIT, POST_LIMIT = 500, 1_000, 280
EXAMPLES = sorted((Path(__file__).parents[2] / "profiles").glob("*.yaml"))
TODAY = date(2026, 11, 22)
# What an inquiry says in the form's words, not in the person's.
NOT_PERSONAL = {"form", "topic", "sub_topic", "contact.reply_by", "certify_true", "allow_invisible"}
ITEM = """item:
  tracking_number: 9400111206206406260787
  mailing_date: 2026-10-05
  mail_class: priority-mail
  service: certified-mail
  contents: two blue vases
  value: 80 USD
  sender_address: {street: 88 Elm Street, city: Portland, state: OR, postal_code: 97205}
  recipient_address: {street: A 1, city: Busan, country: KR}
place: Back Bay post office
previous_case: 00482913
message: It left on May 5. Nothing came. Could you please look for it? I have a receipt."""


def script(fields: Fields, channel: str) -> Script:
    return script_for(fields, POST, channel, TODAY)  # type: ignore[arg-type]


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Fields:
    """Each of the profiles people copy."""
    return load_profile(request.param)[0].fields


@pytest.fixture
def lost(loaded: Inquiries) -> Fields:
    """An inquiry with all that can be asked for."""
    return loaded(
        ("topic: feedback\nsub_topic: compliment", "topic: missing-package"), ("message: Well done.", ITEM)
    ).fields


def test_the_public_post_holds_nothing_personal(example: Fields) -> None:
    """Nothing the person wrote, not even a word of it, is in what everybody reads."""
    public = script(example, "dm").passages[0].text
    assert len(public) <= POST_LIMIT
    assert "@USPSHelp" in public
    written = " ".join(text for name, text in content_of(example).items() if name not in NOT_PERSONAL)
    personal = set(re.findall(r"\w{4,}", written.casefold())) - set(re.findall(r"\w+", str(example["topic"])))
    common = {"direct", "message", "details", "help", "need", "send", "this", "hello", "with"}
    assert not (personal & set(re.findall(r"\w+", public.casefold()))) - common
    assert not re.search(r"\d", public)


def test_facts_come_first_and_limits_hold(example: Fields) -> None:
    """A chat and a direct message begin with what can be looked up."""
    for channel, limit in (("chat", CHAT_LIMIT), ("dm", DIRECT_MESSAGE_LIMIT)):
        message = next(each for each in script(example, channel).passages if each.limit == limit)
        assert len(message.text) <= limit
        assert not message.shortened
        if number := example.get("item.tracking_number"):
            assert str(number) in message.text[:200]


@pytest.mark.parametrize(("channel", "limit"), [("chat", 500), ("dm", 1_000)])
def test_a_long_message_is_cut_between_sentences_and_says_so(loaded: Inquiries, channel: str, limit: int) -> None:
    """Never inside a word, and never silently."""
    long = loaded(("Well done.", "Could you please look for my seventh parcel? " * 40)).fields
    message = next(each for each in script(long, channel).passages if each.limit == limit)
    assert message.shortened
    assert limit - 50 < len(message.text) <= limit
    assert message.text.endswith("parcel?")


def test_a_single_endless_sentence_is_cut_all_the_same(loaded: Inquiries) -> None:
    """A subject may be longer than the chat takes."""
    endless = loaded(("message:", f"subject: {'x' * 900}\nmessage:")).fields
    message = script(endless, "chat").passages[0]
    assert (len(message.text), message.shortened) == (CHAT_LIMIT, True)


def test_the_phone_script_has_the_facts_in_the_order_in_which_they_are_asked_for(lost: Fields) -> None:
    """The number in fours for the ear, the story and the request apart."""
    _opening, facts, notes, further = script(lost, "phone").passages
    assert facts.text.splitlines() == [
        "Tracking number: 9400 1112 0620 6406 2607 87",
        "Mailed: Oct 5, 2026",
        "Sent as: Priority Mail, Certified Mail",
        "Contents: two blue vases",
        "Value: 80 USD",
        "From: 88 Elm Street, Portland, OR 97205",
        "To: A 1, Busan, South Korea",
        "Place: Back Bay post office",
        "What happened: It left on May 5. Nothing came. I have a receipt.",
        "What I ask for: Could you please look for it?",
        "Earlier case number: 00482913",
        "Write to me at: ada@example.com",
    ]
    assert "Case number" in notes.text
    assert "Name of the person" in notes.text
    assert further.text.index("Consumer & Industry Contact") < further.text.index("Postal Regulatory Commission")


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ((), OFFICES["customer-care"]),
        ((("topic: feedback\nsub_topic: compliment", "topic: technical-support"),), OFFICES["technical-support"]),
        ((("topic: feedback", "topic: mail-delivery"), ("Well done.", "My passport is lost.")), OFFICES["passports"]),
        ((("Well done.", "My mail was stolen."), ("topic:", "advice_seen: [theft]\ntopic:")), OFFICES["inspectors"]),
    ],
)
def test_the_number_to_call_is_the_one_the_advice_names(
    loaded: Inquiries, changes: tuple[tuple[str, str], ...], number: object
) -> None:
    """Whether or not the advice was seen; otherwise the number for everything, with its hours."""
    assert script(loaded(*changes).fields, "phone").whom == str(number)


def test_numbers_of_international_mail_are_read_out_in_threes(loaded: Inquiries) -> None:
    """Two letters, three times three digits, two letters."""
    inquiry = loaded(("message:", "item: {tracking_number: RB123456785US}\nmessage:")).fields
    assert "Tracking number: RB 123 456 785 US" in script(inquiry, "phone").passages[1].text


def test_streets_and_phones_wait_until_they_are_asked_for(lost: Fields) -> None:
    """The opening of a chat names places only."""
    first, _story, asked = script(lost, "chat").passages
    assert "Portland, OR 97205" in first.text
    assert "Elm Street" not in first.text
    assert "Elm Street" in asked.text


def test_lines_broken_by_the_editor_are_one_sentence(loaded: Inquiries) -> None:
    """Only a blank line or the end of a sentence parts."""
    broken = loaded(("message: Well done.", "message: |\n  A box\n  of books\n\n  Please find it")).fields
    happened = script(broken, "chat").passages[1]
    assert happened.text == "A box of books"


EVERY_CHANNEL = {
    "Email form", "Follow-up form", "Reply to their mail",
    "Their mails", "Phone", "Chat", "Informed Delivery dashboard",
    "Direct message (@USPSHelp)", "Post Office counter", "Missing mail search", "Claim", "Refund page",
    "Postal Inspection Service", "Office of Inspector General", "National Passport Information Center",
    "Consumer & Industry Contact office", "Postal Regulatory Commission",
}  # fmt: skip


def test_every_channel_is_documented_with_a_test_that_exists() -> None:
    """Each row of docs/channels.md names the tests that show what it says."""
    repository = Path(__file__).parents[2]
    page = (repository / "docs" / "channels.md").read_text(encoding="utf-8")
    rows = [row.strip("| ").split(" | ") for row in page.splitlines() if "`tests/" in row]
    assert {channel for channel, *_ in rows} == EVERY_CHANNEL
    for channel, *_, shown in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", shown)
        assert tests, channel
        for file, name in tests:
            assert re.search(rf"^(?:async )?def {name}\(", (repository / file).read_text(encoding="utf-8"), re.M), name


def test_the_chats_hours_are_those_of_its_form_map() -> None:
    """One source, one fact."""
    away = load_form("usps-chat").form_map.away
    assert away
    assert away.hours == OFFICES["chat"].hours


def test_an_organisation_without_the_channel(lost: Fields) -> None:
    """Is said to have none; nothing is made up."""
    with pytest.raises(Misconfigured, match="No such channel is known"):
        script_for(lost, GENERAL, "chat", TODAY)
