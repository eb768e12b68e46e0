"""What was typed is found in whatever a page sends, in any usual encoding; what is no inquiry is not taken for one."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autofill.replay.content import MOST_BYTES, Amount, TypedContent, is_readable

MESSAGE = "A package with three books was mailed to me.\nIt has not arrived; O’Brien’s neighbours in Zürich have none."
TYPED = {
    "contact.email": "maria.obrien@example.com",
    "contact.last_name": "O'Brien",
    "contact.phone": "(415) 555-0132",
    "item.tracking_number": "9400 1112 0255 5830 0010 10",
    "message": MESSAGE,
}
CONTENT = TypedContent(TYPED)
ALL = json.dumps(TYPED, ensure_ascii=False)
KOREAN = "소포가 아직 도착하지 않았습니다. 어디에 있는지 확인해 주시기 바랍니다."


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def amount(sent: str | bytes, content: TypedContent = CONTENT) -> Amount:
    return content.amount(content.carried_in([sent]))


ENCODINGS: dict[str, Callable[[str], str | bytes]] = {
    "plain": str,
    "json": json.dumps,
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "a form": lambda text: urlencode({"d": text}),
    "a form, spaces as %20": lambda text: urlencode({"d": text}, quote_via=quote),
    "percent, twice": lambda text: quote(quote(text)),
    "percent, three times": lambda text: quote(quote_plus(quote(text))),
    "base64": b64,
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 of percent": lambda text: b64(quote(text)),
    "base64 of json, in an address": lambda text: "/read?d=" + quote(b64(json.dumps(text))),
    "base64 with letters before it": lambda text: "id-ab" + b64(text),
    "base64, twice": lambda text: b64(b64(text)),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "capitals": str.upper,
    "small letters": str.lower,
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "HTML": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "JavaScript escapes": lambda text: "".join(
        f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text
    ),
    "lines as <br>": lambda text: text.replace("\n", "<br>"),
    "multipart beside a picture": lambda text: (
        b'--x\r\nname="d"\r\n\r\n' + text.encode() + b"\r\n--x\r\n\x89PNG\xff\xd8\0"
    ),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "Windows' letters": lambda text: text.encode("cp1252"),
    "a form in Windows' letters": lambda text: quote(text.encode("cp1252")),
    "the first half": lambda text: text[: len(text) * 2 // 3],
    "cut into lines of 20": lambda text: "\n".join(text[n : n + 20] for n in range(0, len(text), 20)),
}


@pytest.mark.parametrize("write", ENCODINGS.values(), ids=ENCODINGS)
def test_the_message_is_found_however_it_is_written(write: Callable[[str], str | bytes]) -> None:
    """A9: the message alone is the inquiry."""
    assert amount(write(MESSAGE)) is Amount.INQUIRY


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr", "utf-16-le"])
def test_other_scripts_are_found_in_their_own_encodings(encoding: str) -> None:
    content = TypedContent({"message": KOREAN})
    assert amount(KOREAN.encode(encoding), content) is Amount.INQUIRY
    assert amount(quote(KOREAN.encode(encoding)), content) is Amount.INQUIRY


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("", Amount.NOTHING),
        ('{"actions": [], "aura.context": {"fwuid": "x7K9a0bQ"}}', Amount.NOTHING),
        ("A package was mailed to somebody else.", Amount.NOTHING),
        ("email=maria.obrien%40example.com", Amount.PART),
        ("phone=%2B1-415-555-0132", Amount.PART),
        ("trackingNumber=9400111202555830001010", Amount.PART),
        (json.dumps({name: text for name, text in TYPED.items() if name != "message"}), Amount.PART),
        (ALL, Amount.INQUIRY),
    ],
)
def test_how_much_is_carried(sent: str, expected: Amount) -> None:
    """One value is a part; the message is the inquiry."""
    assert amount(sent) is expected


def test_most_of_what_is_typed_is_the_inquiry() -> None:
    """Also of a form that has no message."""
    content = TypedContent({"a": "something long", "b": "something else", "c": "short one"})
    assert amount("something long", content) is Amount.PART
    assert amount("something long, something else", content) is Amount.INQUIRY


def test_a_name_within_the_address_is_not_told_apart() -> None:
    """A look-up that may carry the e-mail address carries the name in it, too."""
    assert CONTENT.fields(CONTENT.carried_in(["maria.obrien@example.com"])) == {"contact.email"}


def test_a_single_common_word_is_no_sign_of_anything() -> None:
    """It may stand in the site's own words, by chance or by design; two of them do not."""
    content = TypedContent(
        {"subject": "Package", "city": "Portland", "place": "Parcel help desk", "mail": "ana.lee@example.com"},
        site_words="Parcel Help Desk",
    )
    assert amount('{"topic": "missing-package"}', content) is Amount.NOTHING
    assert amount("parcel-help-desk", content) is Amount.NOTHING
    assert amount("package for Portland", content) is not Amount.NOTHING


def test_a_number_that_the_letter_quotes_is_not_the_letter() -> None:
    """A look-up that may carry the tracking number carries what a subject says of it, too."""
    number = "9400111202555830001010"
    content = TypedContent(
        {"item.tracking_number": number, "subject": f"Parcel {number}", "message": f"About {number}!"}
    )
    assert content.fields(content.carried_in([f"trackingNumber={number}"])) == {"item.tracking_number"}


def test_what_is_too_short_to_tell_is_not_looked_for() -> None:
    assert not TypedContent({"message": "Hi!", "name": "Lee"}).known


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", True),
        ("Zürich\n".encode(), True),
        (b"\x89PNG\r\n", False),
        (b"a\0b", False),
        (b"x" * (MOST_BYTES + 1), False),
    ],
)
def test_what_cannot_be_read_is_known(body: bytes, *, expected: bool) -> None:
    """Compressed, encrypted, or too long to look through."""
    assert is_readable(body) is expected


@given(st.binary(max_size=400))
def test_any_bytes_can_be_looked_through(data: bytes) -> None:
    """Nothing that a page sends ends the run."""
    assert amount(data) is Amount.NOTHING


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(sorted(ENCODINGS)))
def test_the_message_is_found_among_anything(before: str, after: str, encoding: str) -> None:
    """A page can put it between other things."""
    written = ENCODINGS[encoding](MESSAGE)
    around = (before.encode("utf-8", "replace"), after.encode("utf-8", "replace"))
    if isinstance(written, str) and encoding != "the first half":
        assert amount(b"\n".join((around[0], written.encode(), around[1]))) is Amount.INQUIRY
