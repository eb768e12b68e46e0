"""Group C and the rules of single values, each tried alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from autofill.inquiry import values

HIDDEN = [
    "\u202e",
    "\u202a",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200d",
    "\u200f",
    "\u2060",
    "\u00ad",
    "\u3164",
    "\U000e0041",
]


def take(kind: Any, text: str, today: date | None = None) -> Any:
    """The value that a text of this kind becomes; what it raises carries our words only."""
    return TypeAdapter(kind).validate_python(text, context=today, strict=True)


def refusal(kind: Any, text: str, today: date | None = None) -> str:
    """Our words when the text is refused."""
    with pytest.raises(ValidationError) as caught:
        take(kind, text, today)
    message = str(caught.value.errors()[0]["ctx"]["error"])
    assert not text.strip() or text not in message
    return message


@pytest.mark.parametrize("hidden", HIDDEN)
def test_invisible_characters(hidden: str) -> None:
    """Cases 35 to 37: direction marks, isolates, zero-width and blank letters are refused by code point."""
    assert f"U+{ord(hidden):04X}" in refusal(values.Line, f"pay{hidden}ment")
    with pytest.raises(ValueError, match=f"{ord(hidden):04X}"):
        values.visible(f"a{hidden}\nb")


@pytest.mark.parametrize(
    "text",
    ["O'Brien", "Nuñez", "王", "김민준", "Müller-Weiß", "<script>alert(1)</script>", "'; DROP TABLE x;--", "{{7*7}}",
     "${HOME}", "%(x)s", "{0.__class__}", "=1+1", "+1", "@x", "-x", "javascript:alert(1)", "No", "Null", " padded ",
     "2026-13-45", "\U0001f4e6", "❤\ufe0f", "हिन्दी", "١٢"],
)  # fmt: skip
def test_text_survives_unchanged(text: str) -> None:
    """Cases 42 and 45 to 48: names, code and formulas are text like any other."""
    assert take(values.Line, text) == text
    assert take(values.Message, text) == text


def test_line_breaks() -> None:
    """Case 44: one line means one line; a message keeps its lines and loses only the break YAML adds."""
    assert "single line" in refusal(values.Line, "a\nb")
    assert "single line" in refusal(values.Line, "a\tb")
    assert take(values.Message, "a\n\n  b\t\n") == "a\n\n  b\t"


@pytest.mark.parametrize("kind", [values.Line, values.Message])
@pytest.mark.parametrize("text", ["", " ", "\n \n", "\u00a0\u3000"])
def test_white_space_only(kind: Any, text: str) -> None:
    """Case 56: white space is no answer."""
    refusal(kind, text)


@pytest.mark.parametrize(
    "text", ["ada@example.com", "a.b+c@example.co.kr", "ada@xn--bro-hoa.example.org", "Ada@Example.COM"]
)
def test_email(text: str) -> None:
    """An address stays as it was written."""
    assert take(values.Email, text) == text


@given(st.from_regex(values.PLAIN_EMAIL, fullmatch=True))
def test_what_is_taken_for_a_plain_address_is_one(text: str) -> None:
    """The short way agrees with the library that knows; what is too long for it goes the long way."""
    if len(text) <= 60:
        assert validate_email(text, check_deliverability=False).normalized == text
    assert text.isascii()


@pytest.mark.parametrize(
    "text", ["nope", "a@b@example.com", "a@b\n@example.com", "a b@example.com", "a@x.test", "a@", "Ada <a@b.com>"]
)
def test_not_an_email(text: str) -> None:
    """Case 51: two @, line breaks, names and reserved domains are refused."""
    refusal(values.Email, text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("tamsin@büro.example.org", "tamsin@xn--bro-hoa.example.org"),
        ("Tamsin@BÜRO.example.org", "Tamsin@xn--bro-hoa.example.org"),
        ("a@例え.テスト.example.com", "a@xn--r8jz45g.xn--zckzah.example.com"),
        ('"ada.jones"@example.com', "ada.jones@example.com"),
    ],
)
def test_f_an_address_is_taken_in_the_letters_that_forms_take(text: str, taken: str) -> None:
    """F: a domain in other letters has a name in plain ones; quotes that quote nothing are none."""
    assert take(values.Email, text) == taken


@pytest.mark.parametrize(
    "text", ["jürgen@example.com", "söl@büro.example.org", '"ada jones"@example.com', '"a@b"@example.com']
)
def test_f_an_address_that_no_form_takes_is_refused_before_the_form_refuses_it(text: str) -> None:
    """F: it validated, and then the run stopped at the desk."""
    assert "before the @" in refusal(values.Email, text)


def test_days() -> None:
    """Days are ISO days of the calendar, today or before."""
    today = date(2026, 11, 22)
    assert take(values.PastDay, "2026-11-22", today) == today
    assert refusal(values.PastDay, "2026-11-23", today) == "is in the future"
    assert "not a date" in refusal(values.PastDay, "2026-13-45", today)
    assert "not a date" in refusal(values.PastDay, "2026-02-29", today)
    for text in ("22.11.2026", "2026-1-2", "20261122", "1700000000", "2026-11-22T00:00:00", "٢٠٢٦-١١-٢٢", "yesterday"):
        assert "year-month-day" in refusal(values.PastDay, text, today)


def test_yes_and_no() -> None:
    """Four words, in any case; nothing else."""
    assert [take(values.YesNo, text) for text in ("yes", "True", "no", "FALSE")] == [True, True, False, False]
    assert [refusal(values.YesNo, text) for text in ("on", "1", "ja", "")] == ["must be yes or no"] * 4


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("US", "US us USA U.S.A. U.S. 미국 America"),
        ("KR", "kr Südkorea Suedkorea 한국 대한민국 ROK"),
        ("DE", "Deutschland 독일 Jerman GERMANY"),
        ("ID", "Indonesia Indonesien 인도네시아"),
        ("GB", "UK England Grossbritannien 영국 Inggris"),
        ("AT", "Österreich Oesterreich Osterreich"),
        ("NL", "Holland Nederland"),
    ],
)
def test_a_country_is_taken_by_its_code_and_by_its_names(code: str, names: str) -> None:
    assert {take(values.Country, name) for name in names.split()} == {code}


def test_what_is_no_country_or_may_be_two_is_refused() -> None:
    """ISO codes that were withdrawn are none."""
    for text in ("XX", "SU", "Atlantis", "Europa", "", " ", "Kor"):
        assert "ISO 3166" in refusal(values.Country, text)
    for text in ("Oregon", "N.Y.", "District of Columbia", "Puerto Rico"):
        assert "state of the United States" in refusal(values.Country, text)


@pytest.mark.parametrize(
    ("text", "countries"),
    [("Korea", r"North Korea \(KP\), South Korea \(KR\)"), ("Georgia", r"Georgia \(GE\), United States \(US\)")],
)
def test_what_may_be_two_countries_is_refused_with_their_codes(text: str, countries: str) -> None:
    with pytest.raises(ValueError, match=countries):
        values.country(text)


@pytest.mark.parametrize(("text", "code"), [("ma", "MA"), ("Massachusetts", "MA"), ("puerto rico", "PR"), ("AE", "AE")])
def test_state(text: str, code: str) -> None:
    """Case 53: codes and full names become codes."""
    assert values.us_state(text) == code


@pytest.mark.parametrize("text", ["Washington DC", "Washington, D.C.", "washington d. c.", "D.C.", "dc"])
def test_f_the_capital_is_no_other_state(text: str) -> None:
    """F: `Washington DC` suggested the state of Washington."""
    assert values.us_state(text) == "DC"


@pytest.mark.parametrize(("text", "code"), [("N.Y.", "NY"), ("Calif", None), ("washington", "WA")])
def test_a_state_with_dots_is_that_state(text: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(ValueError, match=r"did you mean California \(CA\)"):
            values.us_state(text)
    else:
        assert values.us_state(text) == code


def test_not_a_state() -> None:
    """The nearest state is named."""
    with pytest.raises(ValueError, match=r"did you mean Massachusetts \(MA\)"):
        values.us_state("Masachusets")
    with pytest.raises(ValueError, match="two-letter code"):
        values.us_state("Bayern!")


def test_zip() -> None:
    """Five digits or nine with a dash, zeros kept."""
    assert [values.us_zip(text) for text in ("02134", "00501", "08901-1234")] == ["02134", "00501", "08901-1234"]
    for text in ("2134", "021345", "02134-12", "021341234", "０２１３４", "02134\n"):
        with pytest.raises(ValueError, match="not a ZIP"):
            values.us_zip(text)


def test_paths() -> None:
    """Group E begins here: attachments are named below the profile's folder."""
    assert take(values.RelativePath, "photos/box 1.jpg") == "photos/box 1.jpg"
    for text in ("/etc/passwd", "../x", "a/../../x", "C:\\x", "a\\b", "file:///x", "C:x"):
        assert "below" in refusal(values.RelativePath, text)


def test_slug() -> None:
    """Words of the form map, not sentences."""
    assert take(values.Slug, "not-received") == "not-received"
    for text in ("Not received", "-a", "a--b", "../a", "ü"):
        refusal(values.Slug, text)


@given(st.text(max_size=50))
def test_lines_change_nothing(text: str) -> None:
    """Whatever a line accepts, it keeps, and it can be seen on one line."""
    try:
        assert take(values.Line, text) == text
    except ValidationError:
        assert not text.strip() or not text.isprintable() or not values._BLANK_LETTERS.isdisjoint(text)
    else:
        assert "\n" not in text
        assert values.visible(text)
