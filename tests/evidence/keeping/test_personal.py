"""Personal values are found however a text spells them; what only looks alike is not."""

from __future__ import annotations

import pytest

from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.evidence.keeping.personal import PlannedValue, Search, fold, planned_values, unasked_values
from autofill.forms.control import TYPED, ControlKind
from autofill.inquiry.fields import Fields, field_names
from autofill.organisations.registry import organisation

POST = organisation("usps")
_ADDRESSES = ("contact.address", "item.sender_address", "item.recipient_address")


@pytest.mark.parametrize(
    ("kind", "personal"),
    [
        ("text", True),
        ("textarea", True),
        ("date", True),
        ("file", True),
        ("combobox", False),
        ("select", False),
        ("radio", False),
        ("checkbox", False),
    ],
)
def test_what_a_person_typed_is_personal(kind: ControlKind, personal: bool) -> None:
    """Words of the site that they chose from are not."""
    assert PlannedValue("f", "F", kind, "x").personal is personal
    assert (kind in TYPED) is personal


def test_files_are_seen_with_and_without_their_folder() -> None:
    """Each is a value of its own; everything else is one value."""
    texts = [value.text for value in planned_values("attachments", "Files", "file", "mine/a.pdf\nb.png")]
    assert texts == ["a.pdf", "b.png", "mine/a.pdf"]
    assert [value.text for value in planned_values("message", "Message", "textarea", "one\ntwo")] == ["one\ntwo"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Quetzalcoatlus", "dear QUETZALCOATLUS, hello"),
        ("(415) 555-0132", "call 4155550132 now"),
        ("+82 10-1234-5678", "010-1234-5678"),
        ("9400111899223197428497", "9400 1118 9922 3197 4284 97"),
        ("Zürich", "Zu\u0308rich or ZURICH"),
        ("Müller", "Mullers Paket"),
        ("길동", "홍길동님께"),
        ("王", "尊敬的王先生"),
        ("Jo", "Dear Jo,"),
        ("Maria", "Maria's parcel"),
        ("Krakatoa Knitwear", "Krakatoa\n      Knitwear"),
        ("First line is here.\nThank you", "... first line is here."),
        ("zebulonia.quetzal@example.com", "mailto:zebulonia.quetzal"),
        ("1200 Harbor Street, San Francisco", "in SAN FRANCISCO"),
        ("O'Brien & Sons", "O&#x27;Brien &amp; Sons"),
        ("Björn & Sons", "Bj%C3%B6rn%20%26%20Sons"),
        ("Björn 왕", r"Bj\u00f6rn \uc655"),
        ("ﬁnal ＡＢＣＤＥ", "FINAL abcde"),
    ],
)
def test_values_are_found_however_they_are_written(value: str, text: str) -> None:
    """Case, accents, width, breaks, punctuation, parts, escapes, and words around them make no difference."""
    assert Search([value]).finds(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jo", "a major question"),
        ("Maria", "Northern Mariana Islands"),
        ("4B", "94B12"),
        ("My parcel is lost and I am sad.\nThank you", "Thank you for contacting us"),
        ("...", "Wait..."),
        ("", "anything"),
    ],
)
def test_what_only_looks_alike_is_not_found(value: str, text: str) -> None:
    """Short words inside longer ones, closing phrases, and values without a letter or digit."""
    assert not Search([value]).finds(text)


def test_what_no_control_takes_is_personal_all_the_same() -> None:
    """Except what comes from lists. A new field has to be given its place here."""
    names = field_names(POST.inquiry_model)
    everything = InquiryCopy(form="f", chosen=tuple(POST.own_fields.chosen), fields=dict.fromkeys(names, "x"))
    own = {value.field for value in unasked_values(everything, set())}
    assert names - own == {
        *("form", "topic", "sub_topic", "contact.reply_by", "item.mail_class", "item.service"),
        *("allow_invisible", "certify_true"),
        *(f"{kind}{part}" for kind in _ADDRESSES for part in ("", ".country", ".state")),
    }


def test_what_a_control_takes_is_not_told_twice() -> None:
    """Nor the parts of an address that it takes as a whole; of several texts each counts."""
    said: Fields = {
        "contact.phone": "1",
        "item.tracking_number": "2",
        "contact.address.city": "3",
        "contact.email": ("4", "5"),
    }
    values = list(unasked_values(InquiryCopy(form="f", fields=said), {"contact.phone", "contact.address"}))
    assert [(value.field, value.text) for value in values] == [
        ("item.tracking_number", "2"), ("contact.email", "4"), ("contact.email", "5"),
    ]  # fmt: skip


def test_spans_say_which_value_stands_where() -> None:
    """To the letter, also behind letters that fold to several or to none."""
    text = "ﬁ … ß: (415) 555-0132!"
    (span,) = (span for span in Search(["x@y.zz", "415 555 0132"]).spans(text) if text[span.start] == "4")
    assert (span.value, text[span.start : span.end]) == (1, "415) 555-0132")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Portland, OR 97205", 0),
        ("A package with three bo…", 1),
        ("A package with three bo", None),
        ("OR 97205", None),
        ("Portland, ME 04101", None),
    ],
)
def test_a_line_may_be_a_part_of_a_value(line: str, part: int | None) -> None:
    """With a digit or a cut-off end; a label that a message happens to mention has neither."""
    search = Search(["88 Elm Street, Portland, OR 97205-1234", "A package with three books"])
    assert search.of_which_part(line) == part


def test_folding_leaves_letters_and_digits() -> None:
    """Of any script, halfway letters included."""
    assert fold("Ⅷ. Straße 12-B, 왕!") == fold("viii strasse 12b 왕")
    assert fold("\ud83d — …") == ""
