"""Mails of any structure: what a reader sees of them is read, what he does not see is not, and none breaks anything."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from hypothesis import given
from hypothesis import strategies as st

from autofill.mail.html import text_of
from autofill.mail.limits import is_within_limits
from autofill.mail.message import read_mail
from autofill.mail.senders import numbers_in
from autofill.mail.wording import decoded_header, folded
from autofill.organisations.registry import organisation

RULES = organisation("usps").data.mail
NUMBERS = st.integers(10_000_000, 99_999_999).map(str)
# No digits, which could be read as numbers too, and nothing that ends a sentence or begins a mark.
WORDS = st.text(st.characters(exclude_categories=["N", "C", "Z"], exclude_characters=".!?<>&"), max_size=12)
BLANKS = st.sampled_from([" ", "\n", "\n\n", "\t", "\xa0", " \n ", "\u2003", "\r\n"])
UNSEEN = st.sampled_from(["", "\xad", "\u200b", "\u2060", "\ufeff"])
CHARSETS = st.sampled_from(["utf-8", "utf-16", "utf-7"])


@st.composite
def said(draw: st.DrawFn, number: str) -> str:
    """Words that name a number, as a reader sees them."""
    apart = "".join(digit + draw(UNSEEN) for digit in number)
    return f"{draw(WORDS)}{draw(BLANKS)}case{draw(BLANKS)}{apart}{draw(BLANKS)}{draw(WORDS)}"


@st.composite
def leaf(draw: st.DrawFn, number: str) -> Message:
    text = draw(said(number))
    if draw(st.booleans()):
        return MIMEText(text, "plain", draw(CHARSETS))
    around = draw(st.sampled_from(["p", "td", "div", "span", "b", "center"]))
    hidden = draw(st.sampled_from(["<!-- {} -->", "<style>{}</style>", "<p style='display:none'>{}</p>"]))
    return MIMEText(f"{hidden.format('case 99990000')}<{around}>{text}</{around}>", "html", "utf-8")


@st.composite
def unread(draw: st.DrawFn, number: str) -> Message:
    """What is not the mail's own to say."""
    inner = MIMEText(f"case {number}", "plain", "utf-8")
    if draw(st.booleans()):
        return MIMEMessage(inner)
    inner.add_header("Content-Disposition", "attachment", filename="a.txt")
    return inner


@st.composite
def around(draw: st.DrawFn, inner: Message, number: str) -> Message:
    """A mail within parts, beside others."""
    for _depth in range(draw(st.integers(0, 5))):
        outer = MIMEMultipart(draw(st.sampled_from(["mixed", "alternative", "related"])))
        beside = draw(st.lists(unread(number), max_size=2))
        for part in draw(st.permutations([inner, *beside])):
            outer.attach(part)
        inner = outer
    inner["From"], inner["Subject"] = "a@usps.gov", draw(st.sampled_from(["Hello", "=?utf-8?b?A?=", "=?no?q?x?="]))
    return inner


@given(st.data(), NUMBERS)
def test_a_number_that_is_seen_is_read_whatever_is_around_it(data: st.DataObject, number: str) -> None:
    """C1: and no number of an attachment, of a mail inside, of a comment, a style or a hidden part."""
    raw = data.draw(around(data.draw(leaf(number)), "77770000")).as_bytes()

    assert numbers_in(read_mail(raw).words, RULES) == (number,)


@given(st.data(), NUMBERS)
def test_a_number_that_is_not_seen_is_not_read(data: st.DataObject, number: str) -> None:
    raw = data.draw(around(data.draw(unread(number)), "77770000")).as_bytes()

    assert numbers_in(read_mail(raw).words, RULES) == ()


@given(st.binary(max_size=3000), st.integers(0, 3000), st.data())
def test_no_bytes_break_the_reader(junk: bytes, at: int, data: st.DataObject) -> None:
    """Alone, or anywhere in a mail of parts."""
    whole = data.draw(around(MIMEText("x"), "77770000")).as_bytes()

    for raw in (junk, whole[:at] + junk + whole[at:], b"Content-Type: text/html\r\n\r\n" + junk):
        mail = read_mail(raw)
        assert isinstance(mail.text + mail.subject, str)
        assert is_within_limits(raw) or mail.text == ""


@given(st.text(max_size=500))
def test_what_is_not_encoded_stays_as_it_is(text: str) -> None:
    """And folding twice folds no more."""
    assert folded(folded(text)) == folded(text)
    assert text_of("") == ""
    assert isinstance(text_of(text), str)
    assert "case" in decoded_header(f"case {text.encode('ascii', 'ignore').decode()}")


@given(NUMBERS, st.sampled_from(["=?utf-8?b?A?=", "=?klingon?q?=FF?=", "=?windows-874?q?=A1?=", "=?utf-8?q?=FF?="]))
def test_one_undecodable_word_does_not_take_the_subject(number: str, broken: str) -> None:
    """Row F: what can be decoded is shown."""
    made = EmailMessage()
    made["From"] = "a@usps.gov"
    raw = f"Subject: =?utf-8?q?Case_{number}?= {broken}\r\n\r\n".encode() + made.as_bytes()

    assert f"Case {number}" in read_mail(raw).subject
