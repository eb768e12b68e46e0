"""The flat mapping: every name, every kind of value, and what the ledger makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline_snapshot import snapshot

from autofill.inquiry.fields import content_of, field_names, is_field, text_of, trail_of, value_of
from autofill.inquiry.profile import Loaded
from autofill.organisations.registry import organisation

Load = Callable[..., Loaded]
USPS = organisation("usps").inquiry_model
MORE = """\
attachments: [a.jpg, {file: sub/b.pdf, for: "Proof of  value"}]
answers:
  Which colour. Or shade?: red
  Would you  do it again: no
  Sizes: [S, M]
  Upload your receipt: {file: c.pdf}
subject:"""


def test_names_and_values(load: Load) -> None:
    """Days ISO, yes or no, addresses in one line, texts as tuples; what is not given is not in it."""
    fields = load(("subject:", MORE)).fields
    names = ("topic", "contact.first_name", "contact.address", "contact.address.postal_code", "item.mailing_date",
             "certify_true", "contact.reply_by", "attachments", "item.service", "item.sender_address", "previous_case",
             "answers.Which colour. Or shade?", "answers.Would you do it again", "answers.Sizes",
             "files.Upload your receipt", "files.Proof of value", "translation")  # fmt: skip
    assert {name: fields.get(name) for name in names} == snapshot(
        {
            "topic": "missing-package",
            "contact.first_name": "Ada",
            "contact.address": "1 Main Street, Boston, MA 02134",
            "contact.address.postal_code": "02134",
            "item.mailing_date": "2026-10-05",
            "certify_true": "no",
            "contact.reply_by": "email",
            "attachments": ("a.jpg",),
            "item.service": None,
            "item.sender_address": None,
            "previous_case": None,
            "answers.Which colour. Or shade?": "red",
            "answers.Would you do it again": "no",
            "answers.Sizes": ("S", "M"),
            "files.Upload your receipt": ("c.pdf",),
            "files.Proof of value": ("sub/b.pdf",),
            "translation": None,
        }
    )


def test_a_whole_name_is_given_by_its_parts(load: Load) -> None:
    """e2: a form with one field for it got none; the other way round nobody knows where to part it."""
    fields = load().fields
    assert (value_of(fields, "contact.name"), fields.get("contact.name")) == ("Ada Jones", None)
    assert value_of({"contact.name": "Ada"}, "contact.name") == "Ada"
    assert value_of({"contact.name": "Ada"}, "contact.first_name") is None
    assert value_of({}, "contact.name") is None


@pytest.mark.parametrize(
    ("first", "last", "whole"), [("민지", "김", "김민지"), ("太郎", "山田", "山田太郎"), ("Minji", "김", "Minji 김")]
)
def test_a_whole_name_is_written_as_its_script_has_it(first: str, last: str, whole: str) -> None:
    """The family's name comes first where no space stands between them."""
    assert value_of({"contact.first_name": first, "contact.last_name": last}, "contact.name") == whole


def test_it_cannot_be_changed(load: Load) -> None:
    """Made once, and the same for everybody."""
    with pytest.raises(TypeError):
        load().fields["subject"] = "x"  # type: ignore[index]


def test_a_question_is_known_by_its_words(load: Load) -> None:
    """Whatever their case and spacing; other names are exact."""
    fields = load(("subject:", MORE)).fields
    assert value_of(fields, "answers.WOULD you do  it again") == "no"
    assert value_of(fields, "files.proof of value") == ("sub/b.pdf",)
    assert value_of(fields, "answers.Would you") is None
    assert value_of(fields, "Subject") is None
    assert trail_of("answers.Which colour. Or shade?") == ("answers", "Which colour. Or shade?")
    assert trail_of("item.sender_address.city") == ("item", "sender_address", "city")


def test_what_a_form_map_may_name() -> None:
    """Fields of this kind of inquiry, and questions; never what is the person's own."""
    names = field_names(USPS)
    assert {"item.tracking_number", "contact.address", "contact.address.city", "attachments", "certify_true"} <= names
    assert "item.tracking_number" not in field_names()
    assert is_field("answers.Colour", USPS)
    for name in (
        "translation",
        "advice_seen",
        "contact",
        "item",
        "contact.phon",
        "answers",
        "answers.",
        "",
        "message.x",
    ):
        assert not is_field(name, USPS)


def test_content_tells_inquiries_apart(load: Load) -> None:
    """Its own words, not the form's name nor the names of files; the answers are words, too."""
    content = content_of(load(("subject:", MORE)).fields)
    assert content["answers.Sizes"] == "S\nM"
    assert not {"form", "allow_invisible", "attachments", "files.Proof of value"} & content.keys()
    assert text_of(load().fields, "previous_case") == ""
