"""Shapes of mails as mailers, programs, editors and deceivers make them, and what is read out of each: a table.

Two inquiries wait: one whose case has the number `KNOWN`, and one whose page showed none, which `NEW` can become.
Nothing here asserts.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from quopri import encodestring
from typing import Final, NamedTuple

from tests.mail.makers import PERSON, SENDER, TRACKING, signed

KNOWN, NEW = "72485618", "55512340"
RECEIVED: Final = "We have received your inquiry."
NAMED: Final = f"Your service request number is {NEW}."


class Shape(NamedTuple):
    """A mail, what it is taken for, the number of the case it is put to, and words of what is told."""

    raw: bytes
    taken_for: str
    number: str | None = None
    told: str = ""


def made(text: str | bytes, *lines: str, **header: str) -> bytes:
    """A mail with these header lines, others being as usual; empty ones are left out."""
    usual = {
        "From": SENDER,
        "To": PERSON,
        "Subject": "Your inquiry with us",
        # The table is made before the first test runs, and the runs that it is read for when theirs do.
        "Date": format_datetime(datetime.now(UTC) + timedelta(hours=2)),
        "Message-ID": "<1@usps.gov>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    usual |= {name.replace("_", "-"): value for name, value in header.items()}
    head = [*(f"{name}: {value}" for name, value in usual.items() if value), *lines]
    body = text.encode() if isinstance(text, str) else text
    return "\r\n".join([*head, "", ""]).encode(errors="surrogateescape") + body.replace(b"\r\n", b"\n").replace(
        b"\n", b"\r\n"
    )


def plain(text: str | bytes, *lines: str, **header: str) -> bytes:
    """A signed mail of plain text."""
    return signed(made(text, *lines, **header))


def html(text: str, *lines: str, **header: str) -> bytes:
    """A signed mail of HTML."""
    return plain(f"<html><body>{text}</body></html>", *lines, Content_Type="text/html; charset=utf-8", **header)


def parts(*each: tuple[str, str], kind: str = "alternative", **header: str) -> bytes:
    """A signed mail of parts: what each is, and its text."""
    text = "".join(f"--q\nContent-Type: {what}\n\n{words}\n" for what, words in each)
    return plain(f"{text}--q--\n", Content_Type=f'multipart/{kind}; boundary="q"', **header)


def automatic(text: str, *lines: str, **header: str) -> bytes:
    """A signed mail of which a program says that it wrote it."""
    return plain(text, "Auto-Submitted: auto-generated", *lines, **header)


def _base64(text: str, charset: str = "utf-8") -> bytes:
    content = b64encode(text.encode(charset))
    return plain(
        content + b"\n", Content_Type=f"text/plain; charset={charset}", **{"Content-Transfer-Encoding": "base64"}
    )


def _flowed(text: str, more: str = "") -> bytes:
    return plain(text, Content_Type=f"text/plain; charset=utf-8; format=flowed{more}")


_QUOTED: Final = {"Content-Transfer-Encoding": "quoted-printable"}
_ROW: Final = f"<tr><td>Service Request Number</td>\n<td>{NEW}</td></tr>"
_OTHER: Final = "case 99990000"

# Its words, however they are laid out: the number that the page did not show.
WORDS: Final = {
    "on one line": plain(f"{RECEIVED}\n{NAMED}"),
    "wrapped before the number": plain(
        f"{RECEIVED} For all further questions your\nservice request number, which you should please keep at hand, is"
        f"\n{NEW}."
    ),
    "wrapped within the words": plain(f"{RECEIVED} Please keep your service\nrequest number: {NEW}"),
    "number on the next line": plain(f"{RECEIVED}\nService Request Number:\n{NEW}"),
    "number after an empty line": plain(f"{RECEIVED}\nService Request Number\n\n  {NEW}"),
    "number before the words": plain(f"{RECEIVED}\n{NEW} is your service\nrequest number."),
    "columns with tabs": plain(f"{RECEIVED}\nService Request\t\tNumber\t{NEW}"),
    "no-break spaces": plain(f"We have received\xa0your\xa0inquiry. Service\xa0Request\xa0Number\xa0{NEW}"),
    "soft hyphens": plain(f"{RECEIVED} Ser\xadvice request num\xadber 555\xad12340"),
    "zero-width spaces": plain(f"{RECEIVED} Case 555\u200b12\u200b340"),
    "marks of direction": plain(f"{RECEIVED} Case \u202a{NEW}\u202c"),
    "full-width digits": plain(f"{RECEIVED} Case ５５５１２３４０"),
    "glued to its letters": plain(f"{RECEIVED}\nSR{NEW}"),
    "glued to a word": plain(f"{RECEIVED}\nCase{NEW}"),
    "glued with a line": plain(f"{RECEIVED}\nYour SR_{NEW}"),
    "glued with a hash": plain(f"{RECEIVED}\nReference SR#{NEW}"),
    "in brackets": plain(f"{RECEIVED} (case [{NEW}])"),
    "in stars": plain(f"{RECEIVED} Case **{NEW}**"),
    "in a list": plain(f"{RECEIVED}\n * Date: today\n * Case: {NEW}\n * Call 2022682000"),
    "abbreviated": plain(f"{RECEIVED}\nYour service request no.\n{NEW}"),
    "in the subject alone": plain(RECEIVED, Subject=f"Service Request {NEW}"),
    "phrase in the subject alone": plain(f"Case {NEW}.", Subject="We have received your inquiry"),
    "phrase turned round": plain(f"Your request has been received. {NAMED}"),
    "phrase of receipt": plain(f"We acknowledge receipt of\nyour e\u2011mail. {NAMED}"),
    "phrase of a new case": plain(f"Your case {NEW} is here.\nYour case has been created."),
    "phrase wrapped": plain(f"This is to say that we have received\nyour inquiry. {NAMED}"),
    "no phrase, but automatic": automatic(f"Thank you. {NAMED}"),
    "no phrase, but in bulk": plain(NAMED, "Precedence: bulk"),
    "beside a number to call": plain(f"{RECEIVED} {NAMED}\nAbout your case call 8002758777."),
    "beside the parcel's number": plain(f"{RECEIVED} {NAMED}\nTracking {TRACKING}"),
    "beside the day": plain(f"{RECEIVED} Case {NEW} of {datetime.now(UTC):%Y%m%d}"),
    "base64": _base64(f"{RECEIVED} {NAMED}"),
    "base64 of UTF-16": _base64(f"{RECEIVED} {NAMED}", "utf-16"),
    "quoted-printable, broken in the number": plain(f"{RECEIVED} Case 555=\n12340", **_QUOTED),
    "quoted-printable throughout": plain(encodestring(f"{RECEIVED} \xe4 {NAMED}".encode(), quotetabs=True), **_QUOTED),
    "flowed": _flowed(f"We have received \nyour inquiry. Case \n{NEW}"),
    "flowed without its spaces": _flowed(f"{RECEIVED} Case 555 \n12340", "; delsp=yes"),
    "letters of no stated kind": plain(
        f"We have received\xa0your inquiry. Case {NEW}".encode("latin-1"), Content_Type=""
    ),
    "letters called ASCII that are not": plain(
        f"{RECEIVED} Fälle: case {NEW}", Content_Type="text/plain; charset=ascii"
    ),
    "letters of an unknown kind": plain(f"{RECEIVED} Case {NEW}", Content_Type="text/plain; charset=klingon"),
    "letters named as file names are": plain(
        f"{RECEIVED} Fälle: case {NEW}".encode("cp1252"), Content_Type="text/plain; charset*=us-ascii''windows-1252"
    ),
    "letters of Windows": plain(
        f"{RECEIVED} Case “{NEW}”".encode("cp1252"), Content_Type="text/plain; charset=windows-1252"
    ),
    "a broken letter beside": plain(b"We have received your inquiry. \xff\xfe Case 55512340"),
    "base64, cut off": plain(
        b64encode(f"{RECEIVED} {NAMED} Goodbye".encode())[:-1] + b"\n",
        **{"Content-Transfer-Encoding": "base64"},
    ),
    "base64 with a footer of the list": plain(
        b64encode(f"{RECEIVED} {NAMED}  ".encode()) + b"\n______\nA list\n", **{"Content-Transfer-Encoding": "base64"}
    ),
    "type without the mark behind it": plain(f"{RECEIVED} {NAMED}", Content_Type="text/plain charset=utf-8"),
    "parts that never begin": plain(f"{RECEIVED} {NAMED}", Content_Type="multipart/mixed"),
    "letters of Windows called UTF-8": plain(f"{RECEIVED} Fälle: case {NEW}".encode("cp1252")),
    "words of UTF-8 called Chinese": plain(
        f"{RECEIVED} 您好！case {NEW}".encode(), Content_Type="text/plain; charset=gb2312"
    ),
    "words of UTF-8 called Western": plain(
        f"{RECEIVED} Für Sie: case {NEW}", Content_Type="text/plain; charset=iso-8859-1"
    ),
    "more letters of Korean than said": plain(
        f"{RECEIVED} 똠방각하 case {NEW}".encode("cp949"), Content_Type="text/plain; charset=euc-kr"
    ),
    "address as a name": plain(
        f"{RECEIVED} {NAMED}", From="desk@usps.gov <desk@usps.gov>", To=f"'{PERSON}' <{PERSON}>"
    ),
    "colleague's address as a name": plain(f"{RECEIVED} {NAMED}", From="help@usps.gov <desk@usps.gov>"),
    "name with a comma and an address": plain(
        f"{RECEIVED} {NAMED}", From='"Desk, of (a@example.net)" <desk@usps.gov> (b@example.net)'
    ),
    "received, and being reviewed": automatic(
        f"Your request ({NEW}) has been received and is being reviewed by our staff.", Subject=f"Case {NEW}"
    ),
    "confirmation that can be left off": plain(f"{RECEIVED} {NAMED}", "List-Unsubscribe: <mailto:a@usps.gov>"),
    "phrase in German": plain(f"Ihre Anfrage ist bei uns eingegangen. Case {NEW}"),
    "phrase in Korean": plain(f"문의가 접수되었습니다. Case {NEW}"),
    "beside an order": plain(f"{RECEIVED} {NAMED}\nOrder no. 99990000, invoice: 99990001, phone 2022682000"),
    "beside a link": plain(f"{RECEIVED} {NAMED} https://usps.gov/case/99990000 case+99990001@usps.gov"),
    "beside another sentence": plain(f"{RECEIVED} {NAMED} It is not 99990000."),
    "line ends of Unix": plain(f"{RECEIVED}\n{NAMED}").replace(b"\r\n", b"\n"),
    "no text type": plain(f"{RECEIVED} {NAMED}", Content_Type="", MIME_Version=""),
}  # fmt: skip
# The same, of HTML.
PAGES: Final = {
    "cells of a table": html(f"<p>{RECEIVED}</p><table>{_ROW}</table>"),
    "tables within tables": html(f"<table><tr><td><p>{RECEIVED}</p><table>{_ROW}</table></td></tr></table>"),
    "cells below each other": html(f"{RECEIVED}<table><tr><th>Case</th></tr><tr><td>{NEW}</td></tr></table>"),
    "headline and paragraph": html(f"{RECEIVED}<h2>Service Request</h2><p>{NEW}</p>"),
    "list of terms": html(f"{RECEIVED}<dl><dt>Reference</dt><dd>{NEW}</dd></dl>"),
    "broken lines": html(f"{RECEIVED}<br>Case<br/>{NEW}"),
    "bold": html(f"{RECEIVED} Your case number is <b>{NEW}</b>."),
    "number in two pieces": html(f"{RECEIVED} Case <b>555</b><i>12340</i>"),
    "phrase in pieces": html(f"We have <b>received</b>\n<span>your</span>&nbsp;inquiry. Case {NEW}"),
    "soft hyphen": html(f"{RECEIVED} Case 555&shy;12340"),
    "zero-width space": html(f"{RECEIVED} Case 555&#8203;12340"),
    "letters of its own kind": plain(
        f"<html><head><meta charset='gb2312'></head>您的 {RECEIVED} 工单 case {NEW}</html>".encode("gb2312"),
        Content_Type="text/html",
    ),
    "digits as entities": html(f"{RECEIVED} Case &#53;&#53;&#x35;12340"),
    "another number in a hidden preview": html(f"<div style='DISPLAY: none'>{_OTHER}</div>{RECEIVED} {NAMED}"),
    "another number in an attribute": html(f"<p hidden>{_OTHER}</p><img alt='{_OTHER}'>{RECEIVED} {NAMED}"),
    "another number in a comment": html(f"<!-- {_OTHER} -->{RECEIVED} {NAMED}"),
    "another number for Outlook": html(f"<!--[if mso]><p>{_OTHER}</p><![endif]-->{RECEIVED} {NAMED}"),
    "another number in style and script": html(
        f"<style>/* {_OTHER} */</style><script>'{_OTHER}'</script><template>{_OTHER}</template>{RECEIVED} {NAMED}"
    ),
    "unclosed, in capitals": html(f"<P>{RECEIVED}<TABLE><TR><TD>Case<TD>{NEW}"),
    "with an XML declaration": plain(
        f"<?xml version='1.0' encoding='utf-8'?><html><p>{RECEIVED} {NAMED}</p></html>", Content_Type="text/html"
    ),
    "plain part that says nothing": parts(
        ("text/plain", "Please use a program that shows HTML mails."), ("text/html", f"<p>{RECEIVED} {NAMED}</p>")
    ),
    "plain part with another year": parts(
        ("text/plain", "(c) 2026. View this mail in a browser."), ("text/html", f"<p>{RECEIVED} {NAMED}</p>")
    ),
    "plain part without a word": parts(("text/plain", " "), ("text/html", f"<p>{RECEIVED} {NAMED}</p>")),
    "both parts": parts(("text/plain", f"{RECEIVED} {NAMED}"), ("text/html", f"<p>{RECEIVED} {NAMED}</p>")),
    "with a picture": parts(("text/html", f"{RECEIVED} {NAMED}"), ("image/png", "case 99990000"), kind="related"),
    "with a footer of a list": parts(("text/plain", f"{RECEIVED} {NAMED}"), ("text/plain", "--\na list"), kind="mixed"),
}  # fmt: skip

# What happens to a case whose number is known.
KINDS: Final = {
    "program says so": Shape(automatic(f"Case {KNOWN}."), "confirmation", KNOWN),
    "program replied": Shape(plain(f"Case {KNOWN}.", "Auto-Submitted: auto-replied (vacation)"), "confirmation", KNOWN),
    "old way of saying so": Shape(plain(f"Case {KNOWN}.", "Precedence: auto_reply"), "confirmation", KNOWN),
    "sent by nobody": Shape(b"Return-Path: <>\r\n" + plain(f"Case {KNOWN}."), "confirmation", KNOWN),
    "wants no answer by a program": Shape(
        plain(f"Case {KNOWN}.", "X-Auto-Response-Suppress: All"), "confirmation", KNOWN
    ),
    "another way": Shape(plain(f"Case {KNOWN}.", "X-Autoreply: yes"), "confirmation", KNOWN),
    "phrase, wrapped (C2)": Shape(
        plain(f"Hello. Case {KNOWN}: we have received\nyour inquiry and a person will answer."), "confirmation", KNOWN
    ),
    "phrase, with a no-break space (C2)": Shape(
        plain(f"We have received\xa0your inquiry. Case {KNOWN}."), "confirmation", KNOWN
    ),
    "phrase, in HTML": Shape(html(f"We have <br>received your&nbsp;inquiry. Case {KNOWN}"), "confirmation", KNOWN),
    "under review": Shape(automatic(f"Case {KNOWN} is now being\nreviewed by a person."), "review", KNOWN),
    "a person": Shape(plain(f"Your parcel was found. Case {KNOWN}."), "answer", KNOWN),
    "a person, called automatic": Shape(automatic(f"Your parcel was found. Case {KNOWN}."), "answer", KNOWN),
    "signed around its words (S/MIME)": Shape(
        plain("MIAGCSqGSIb3DQEHAqCAMIACAQEx", Content_Type="application/pkcs7-mime", Subject=f"Re: case {KNOWN}"),
        "answer",
        KNOWN,
        "packed in a way",
    ),
    "packed by Outlook (TNEF)": Shape(
        plain("eJ8+Ig==", Content_Type="application/ms-tnef; name=winmail.dat", Subject=f"Re: case {KNOWN}"),
        "answer",
        KNOWN,
        "packed in a way",
    ),
    "packed by Outlook, with words": Shape(
        parts(("text/plain", f"It was found. Case {KNOWN}"), ("application/ms-tnef", "eJ8+Ig=="), kind="mixed"),
        "answer",
        KNOWN,
    ),
    "a person, not automatic": Shape(plain(f"It was found. Case {KNOWN}.", "Auto-Submitted: no"), "answer", KNOWN),
    "reply that quotes the phrase": Shape(
        plain(f"It was found.\n> {RECEIVED}\n> Case {KNOWN}", Subject="RE: your inquiry"), "answer", KNOWN
    ),
    "reply in German": Shape(plain(f"{RECEIVED} Case {KNOWN}", Subject="AW: Your inquiry"), "answer", KNOWN),
    "bounce": Shape(
        parts(("text/plain", f"Not delivered: case {KNOWN}"), kind="report", Subject="Failure"), "other", KNOWN
    ),
    "bounce of a kind of its own": Shape(
        automatic(f"Not delivered: case {KNOWN}. {RECEIVED}", From="MAILER-DAEMON@mx.usps.gov"), "other", KNOWN
    ),
    "bounce that names whom it failed for": Shape(
        automatic(f"Not delivered: case {KNOWN}", "X-Failed-Recipients: a@example.net"), "other", KNOWN
    ),
    "bounce of parts": Shape(
        parts(("text/plain", f"Not sent: case {KNOWN}"), ("message/delivery-status", "Status: 5.1.1"), kind="mixed"),
        "other",
        KNOWN,
    ),
    "somebody is away": Shape(
        automatic(f"I am out of the office until Monday. > Case {KNOWN}", Subject="Automatic reply: x"), "other", KNOWN
    ),
    "somebody is away, in German": Shape(
        plain(f"Bis Montag. > Case {KNOWN}", Subject="Abwesenheitsnotiz: x"), "other", KNOWN
    ),
    "newsletter": Shape(
        automatic(f"Have you seen our stamps? Case {KNOWN}", "List-Unsubscribe: <mailto:a@usps.gov>"), "other", KNOWN
    ),
    "a person, passed on in bulk": Shape(
        plain(f"It was found. Case {KNOWN}", "Precedence: bulk", Subject="Re: your inquiry"), "answer", KNOWN
    ),
    "received, and being reviewed": Shape(
        automatic(f"Your request ({KNOWN}) has been received and is being reviewed."), "confirmation", KNOWN
    ),
    "phrase in Japanese, wrapped": Shape(
        plain(f"お問い合わせを受け\n付けました。Case {KNOWN}"), "confirmation", KNOWN
    ),
    "number within words of Korean": Shape(plain(f"요청{KNOWN}번이 처리되었습니다."), "answer", KNOWN),
    "number of an order that is the same": Shape(plain(f"Your order {KNOWN} was sent."), "nothing", None, "no case"),
    "number glued to its letters": Shape(plain(f"It was found. SR{KNOWN}"), "answer", KNOWN),
    "subject with an undecodable word (F)": Shape(
        automatic(RECEIVED, Subject=f"=?windows-874?Q?Case_=A1_{KNOWN}?="), "confirmation", KNOWN
    ),
    "subject with a broken word beside (F)": Shape(
        automatic(RECEIVED, Subject=f"=?utf-8?b?A?= =?utf-8?q?Case_{KNOWN}?="), "confirmation", KNOWN
    ),
    "subject in an unknown kind of letters": Shape(
        automatic(RECEIVED, Subject=f"=?x-none?q?Case_{KNOWN}?="), "confirmation", KNOWN
    ),
    "subject with letters as they are": Shape(
        automatic(RECEIVED, Subject=f"Fälle: case {KNOWN}"), "confirmation", KNOWN
    ),
    "subject folded": Shape(automatic(RECEIVED, Subject=f"Your case\r\n {KNOWN}"), "confirmation", KNOWN),
    "hidden recipients (X-Original-To)": Shape(
        b"X-Original-To: " + PERSON.encode() + b"\r\n" + automatic(f"Case {KNOWN}", To="undisclosed-recipients:;"),
        "confirmation",
        KNOWN,
    ),
    "hidden recipients (Received, without brackets)": Shape(
        f"Received: from a by b with esmtps\r\n (Exim 4.97)\r\n id 1 for {PERSON}; now\r\n".encode()
        + automatic(f"Case {KNOWN}", To="undisclosed-recipients:;"),
        "confirmation",
        KNOWN,
    ),
    "passed on from the address in the inquiry": Shape(
        f"X-Forwarded-For: {PERSON} me@example.net\r\n".encode() + automatic(f"Case {KNOWN}", To="a@example.net"),
        "confirmation",
        KNOWN,
    ),
    "hidden recipients (Received)": Shape(
        f"Received: from a by b with ESMTPS id 1\r\n for <{PERSON}>; now\r\n".encode()
        + automatic(f"Case {KNOWN}", To="undisclosed-recipients:;"),
        "confirmation",
        KNOWN,
    ),
    "signed copy": Shape(
        signed(made(f"{RECEIVED} Case {KNOWN}", To="list@example.net", Cc=PERSON), also=b"cc"), "confirmation", KNOWN
    ),
    "unsigned copy": Shape(
        automatic(f"Case {KNOWN}", To="list@example.net", Cc=PERSON), "other", KNOWN, "not go to the address"
    ),
    "to somebody else": Shape(
        automatic(f"Case {KNOWN}", To="mallory@example.net"), "other", KNOWN, "not go to the address"
    ),
    "parts within parts": Shape(
        parts(
            ('multipart/alternative; boundary="r"', f"--r\nContent-Type: text/plain\n\nFound. Case {KNOWN}\n--r--"),
            ("application/pdf; name=a.pdf", "x"),
            kind="mixed",
        ),
        "answer",
        KNOWN,
    ),
}  # fmt: skip


def _prefixed(lines: str, raw: bytes) -> bytes:
    return lines.encode() + b"\r\n" + raw


_TO_MALLORY: Final = plain(f"{RECEIVED} {NAMED}", To="mallory@example.net")
# What proves nothing, and why.
UNPROVED: Final = {
    "unsigned copy to the person (A10)": Shape(_prefixed(f"Cc: {PERSON}", _TO_MALLORY), "nothing", None, "No case has"),
    "unsigned second copy (A10)": Shape(
        _prefixed(
            f"Cc: {PERSON}",
            signed(made(f"{RECEIVED} {NAMED}", To="m@example.net", Cc="b@example.net"), also=b"cc"),
        ),
        "nothing",
        None,
        "was changed",
    ),
    "second To": Shape(_prefixed(f"To: {PERSON}", _TO_MALLORY), "nothing", None, "forged, or was changed"),
    "second From": Shape(_prefixed(f"From: {SENDER}", plain(NAMED)), "nothing", None, "more than one"),
    "second Subject": Shape(_prefixed("Subject: x", plain(f"{RECEIVED} {NAMED}")), "nothing", None, "was changed"),
    "second Date": Shape(_prefixed("Date: x", plain(f"{RECEIVED} {NAMED}")), "nothing", None, "changed"),
    "second Content-Type": Shape(
        _prefixed("Content-Type: text/html", plain(f"{RECEIVED} {NAMED}")), "nothing", None, "was changed"
    ),
    "delivered to the person, to somebody else": Shape(
        _prefixed(f"Delivered-To: {PERSON}", _TO_MALLORY), "nothing", None, "No case has"
    ),
    "To not signed": Shape(
        signed(made(f"{RECEIVED} {NAMED}"), leave_out=(b"to",)), "nothing", None, "leaves out what matters"
    ),
    "not signed": Shape(made(f"{RECEIVED} {NAMED}"), "nothing", None, "is not signed"),
    "changed": Shape(plain(f"{RECEIVED} {NAMED}").replace(b"55512340", b"55512341"), "nothing", None, "was changed"),
    "two numbers": Shape(plain(f"{RECEIVED} Cases {NEW} and 55512341."), "nothing", None, "No case has its number"),
    "number on the line of none": Shape(plain(f"{RECEIVED}\nParcel {NEW}"), "nothing", None, "has no case number"),
    "number after the sentence": Shape(plain(f"{RECEIVED} It is a case.\nParcel {NEW}"), "nothing", None, "no case"),
    "number to call": Shape(plain(f"{RECEIVED} About your case call us at 8002758777."), "nothing", None, "no case"),
    "number of the parcel": Shape(plain(f"{RECEIVED} Case about {TRACKING[:10]}"), "nothing", None, "No case has"),
    "a day": Shape(plain(f"{RECEIVED} Case of {datetime.now(UTC):%Y%m%d}"), "nothing", None, "No case has"),
    "nothing arrived": Shape(
        automatic(f"We have not received your form. {NAMED}"), "nothing", None, "No case has its number"
    ),
    "two columns": Shape(plain(f"{RECEIVED}\nMatter Case\n99990000 {NEW}"), "nothing", None, "No case has"),
    "an order": Shape(automatic(f"Thank you. In case of questions: order {NEW}."), "nothing", None, "no case number"),
    "a newsletter": Shape(
        automatic(f"Our stamps. Reference {NEW}", "List-Id: <a.usps.gov>"), "nothing", None, "No case has its number"
    ),
    "somebody is away": Shape(
        automatic(f"I am on leave. Case {NEW}", Subject="Automatic reply: x"), "nothing", None, "No case has"
    ),
    "a bounce": Shape(automatic(f"{RECEIVED} {NAMED}", From="postmaster@usps.gov"), "nothing", None, "No case has"),
    "address of ours as the name of another": Shape(
        plain(f"{RECEIVED} {NAMED}", From="desk@usps.gov <a@example.net>"), "nothing", None, "more than one"
    ),
    "an answer": Shape(plain(f"It was found. {NAMED}", Subject="Re: x"), "nothing", None, "No case has its number"),
    "number in an attachment": Shape(
        parts(
            ("text/plain", RECEIVED), ('text/plain\nContent-Disposition: attachment; filename="a"', NAMED), kind="mixed"
        ),
        "nothing",
        None,
        "has no case number",
    ),
    "encrypted": Shape(
        parts(("application/pgp-encrypted", "Version: 1"), ("application/octet-stream", "x"), kind="encrypted"),
        "nothing",
        None,
        "Its text is encrypted",
    ),
    "signed around its words": Shape(
        plain("MIAGCSqGSIb3DQEHAqCAMIACAQEx", Content_Type="application/pkcs7-mime; smime-type=signed-data"),
        "nothing",
        None,
        "packed in a way",
    ),
    "number in a mail inside": Shape(
        parts(("text/plain", RECEIVED), ("message/rfc822", f"Subject: x\n\n{NAMED}"), kind="mixed"),
        "nothing",
        None,
        "has no case number",
    ),
}  # fmt: skip

_GOOD: Final = plain(f"{RECEIVED} {NAMED}")
_GOOD_FROM: Final = plain(f"{RECEIVED} {NAMED}\n\nFrom here on we look.\n")
_TEA: Final = b"From: friend@example.net\nSubject: tea\nDate: Fri, 27 Nov 2026 10:00:00 +0000\n\nSee you.\n"
_FORWARD: Final = (
    b"From: me@example.org\r\nSubject: Fwd: your inquiry\r\n\r\n---------- Forwarded message ---------\r\n"
)


def _nested(depth: int) -> bytes:
    each = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return made(f"--b\n{each}\n{NAMED}", Content_Type='multipart/mixed; boundary="b"')


# What people name as a mail, and what they are told about it (C3, C4).
FILES: Final = {
    "mail": Shape(_GOOD, "proof", NEW),
    "byte order mark first": Shape(b"\xef\xbb\xbf" + _GOOD, "proof", NEW, "byte order mark"),
    "blank first line": Shape(b"\r\n" + _GOOD, "proof", NEW, "begins with empty lines"),
    "mailbox of two": Shape(
        b"From a@b Sat Nov 28 02:00:00 2026\n" + _TEA + b"\nFrom c Sat Nov 28 03:00:00 2026\n"
        + _GOOD.replace(b"\r\n", b"\n"), "proof", NEW, "mailbox (mbox). Mails in it: 2",
    ),
    "mailbox that marks lines": Shape(
        b"From c Sat Nov 28 03:00:00 2026\n" + _GOOD_FROM.replace(b"\r\n", b"\n").replace(b"\nFrom h", b"\n>From h"),
        "proof", NEW, "Mails in it: 1",
    ),
    "mailbox that marks no lines": Shape(
        b"From - Sat Nov 28 03:00:00 2026\n" + _GOOD_FROM.replace(b"\r\n", b"\n"), "proof", NEW, "Mails in it: 1",
    ),
    "mailbox without times": Shape(
        b"From a\n" + _TEA + b"\nFrom c\n" + _GOOD.replace(b"\r\n", b"\n"), "proof", NEW, "Mails in it: 2",
    ),
    "mailbox of friends": Shape(b"From a@b Sat Nov 28 02:00:00 2026\n" + _TEA, "nothing", None, "Mails in it: 1"),
    "forwarded": Shape(_FORWARD + _GOOD, "nothing", None, "seems to forward another mail"),
    "forwarded inside": Shape(
        made(b"--q\nContent-Type: message/rfc822\n\n" + _GOOD, From="me@example.org",
             Content_Type="multipart/mixed; boundary=q"), "nothing", None, "seems to forward another mail",
    ),
    "of somebody else": Shape(_TEA, "nothing", None, "No case is waiting"),
    "of Outlook": Shape(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "nothing", None, "Outlook message (.msg)"),
    "of Apple Mail": Shape(b"1042\n" + _GOOD + b"<plist></plist>", "nothing", None, "Apple Mail message (.emlx)"),
    "empty": Shape(b"", "nothing", None, "The file is empty"),
    "empty lines": Shape(b"\r\n \r\n", "nothing", None, "The file is empty"),
    "PDF": Shape(b"%PDF-1.7\n", "nothing", None, "This is a PDF"),
    "packed": Shape(b"PK\x03\x04" + bytes(50), "nothing", None, "Unpack it first"),
    "picture": Shape(b"\x89PNG\r\n", "nothing", None, "This is a picture"),
    "UTF-16": Shape(_GOOD.decode().encode("utf-16"), "nothing", None, "UTF-16"),
    "web page": Shape(b"<!DOCTYPE html><p>" + NAMED.encode(), "nothing", None, "web page"),
    "profile": Shape(b"form: usps-email-us\ncontact:\n  email: a@b.example\n", "nothing", None, "has no sender"),
    "words": Shape(f"{RECEIVED} {NAMED}".encode(), "nothing", None, "does not begin with header lines"),
    "binary": Shape(bytes(range(256)) * 100, "nothing", None, "does not begin with header lines"),
    "endless header (C4)": Shape(made(NAMED, "X: " + "a\r\n b" * 300_000), "refused", None, "header is too long"),
    "header of many lines": Shape(made(NAMED, *["X: y"] * 1500), "refused", None, "header is too long"),
    "parts within parts within parts (C4)": Shape(_nested(400), "refused", None, "too many lines or parts"),
    "too many parts": Shape(
        made("--q\n\nx\n" * 1000, Content_Type="multipart/mixed; boundary=q"), "refused", None, "or parts"
    ),
    "too many lines": Shape(made("x\n" * 60_000), "refused", None, "too many lines"),
    "too large": Shape(_GOOD + bytes(26 * 1024**2), "refused", None, "larger than 25 MiB"),
}  # fmt: skip
