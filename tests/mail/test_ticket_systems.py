"""First mails and answers as ticket systems write them, with the numbers that stand around a case's: a table."""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest

from autofill.cases.model.case_states import Kind
from autofill.mail.message import read_mail
from autofill.mail.senders import numbers_in
from autofill.organisations.model import MailRules
from tests.mail.shapes import made

AUTO: Final = ("Auto-Submitted: auto-replied",)


class Desk(NamedTuple):
    """How an organisation writes its numbers, a mail of it, and what is to be read out of that."""

    pattern: str
    near: str
    subject: str
    text: str
    number: str
    header: tuple[str, ...] = ()
    kind: Kind = Kind.ACKNOWLEDGED


FIRST: Final = {
    "number in brackets": Desk(
        r"\((\d{5,7})\)",
        "request",
        "[Request received] Parcel of 2026",
        "##- Please type your reply above this line -##\n\nYour request (104217) has been received and is being"
        " reviewed by our support staff.\n\nTo add comments, reply to this email.\n[Q7W2RE-9X41]",
        "104217",
    ),
    "ticket id behind a dash": Desk(
        r"\b(\d{4,7})\b",
        "ticket id",
        "Ticket Received - Where is my parcel",
        "Dear Maria,\n\nWe would like to acknowledge that we have received your request and a ticket has been created"
        " with Ticket ID - 20417.\n"
        "To view the status: https://acme.com/helpdesk/tickets/20417?order=99417\nPhone: 5550100",
        "20417",
    ),
    "thread token beside": Desk(
        r"\b(\d{8})\b",
        r"\bcase\b",
        "New Case: Where is my parcel [ ref:_00D5e0.!_5005e1:ref ]",
        "Thank you for contacting us. A new case has been opened.\n\nCase Number: 00104217\n"
        "Case Subject: Order 10001234\n\nref:_00D5e10001234._5005e10001234:ref",
        "00104217",
    ),
    "number behind three letters": Desk(
        r"\b(INC\d{7})\b",
        "incident",
        "Incident INC0010023 has been opened on your behalf",
        "Incident: INC0010023\nShort description: RITM0010001 late\nRef:MSG0012345_Xyz",
        "INC0010023",
        ("X-ServiceNow-Generated: true", "Precedence: bulk"),
    ),
    "hash in square brackets": Desk(
        r"#(\d{6})\b",
        "ticket|request|#",
        "Support Ticket Opened [#417002]",
        "Dear Maria,\nA request for support has been created and assigned #417002. You can view it online:"
        " https://acme.com/view.php?t=417003#417003",
        "417002",
        ("X-Autoreply: yes",),
    ),
    "ticket and hash": Desk(
        r"Ticket#(\d{5,16})",
        "ticket",
        "Thanks for your inquiry (Parcel)",
        "Your request (Ticket#202611290017) has been received and will be reviewed by our support staff.\n"
        "To provide additional information, reply or click https://acme.com/#ticket/zoom/31",
        "202611290017",
        AUTO,
    ),
    "key of a project": Desk(
        r"\b(HELP-\d+)\b",
        r"\bHELP-",
        "HELP-42 Where is my parcel",
        "--—-—-—-\nReply above this line.\n\nJust confirming that we got your request. We're on it.\n\n"
        "View request: https://acme.com/servicedesk/customer/portal/2/HELP-43 · Turn off this request's notifications",
        "HELP-42",
        ("Auto-Submitted: auto-generated", "Precedence: bulk"),
    ),
    "date and counter": Desk(
        r"\b(\d{16})\b",
        "ticket",
        "[Ticket#2026112910000123] RE: Parcel",
        'Your email with ticket number "2026112910000123" is received by us and will be answered ASAP.\n'
        "Parcel 1234567890123456",
        "2026112910000123",
        AUTO,
    ),
    "name of the system before it": Desk(
        r"#(\d+)\]",
        r"\[",
        "[acme.com #4217] AutoReply: Parcel",
        "This message has been automatically generated in response to the creation of a ticket regarding:\n\t"
        '"Parcel #99"\n\nThere is no need to reply. Your ticket has been assigned an ID of [acme.com #4217].',
        "4217",
        ("Precedence: bulk", "RT-Ticket: acme.com #4217"),
    ),
    "mask of letters and digits": Desk(
        r"\b([A-Z]{3}-\d{3}-\d{5})\b",
        "ticket id",
        "[#VCB-417-21788]: Parcel",
        "This is an automated response confirming the receipt of your ticket. One of our agents will get back to you.\n"
        "Ticket ID: VCB-417-21788\nSubject: Parcel ABC-123-45678",
        "VCB-417-21788",
    ),
    "short number behind words": Desk(
        r"\b(\d{1,6})\b",
        "reference for your ticket is",
        "Parcel",
        "Your request Parcel 94001 has been received and is being reviewed by our Support team.\n"
        "The reference for your ticket is 42.",
        "42",
    ),
    "German": Desk(
        r"\b(\d{6,10})\b",
        "vorgangsnummer|fallnummer",
        "Eingangsbestätigung",
        "Guten Tag,\nIhre Anfrage ist bei uns eingegangen.\nVorgangsnummer: 20417002\nKundennummer: 70000123\n"
        "Bestellnr.: 50000123\nTelefon: 0800 1234567\n80331 München",
        "20417002",
    ),
    "French": Desk(
        r"\b(\d{6,10})\b",
        "dossier",
        "Accusé de réception",
        "Bonjour,\nNous avons bien reçu votre demande. Votre dossier porte le numéro 20417002.\n"
        "Numéro de commande : 50000123\nTéléphone : 0155501000",
        "20417002",
    ),
    "Spanish": Desk(
        r"\b(\d{6,10})\b",
        "caso",
        "Hemos recibido su solicitud",
        "Su solicitud ha sido recibida. Número de caso: 20417002.\nNúmero de pedido: 50000123\nTeléfono: 915550100",
        "20417002",
    ),
    "Korean": Desk(
        r"\b(\d{8})\b",
        "접수 ?번호",
        "문의가 접수되었습니다",
        "고객님의 문의가 정상적으로 접수되었습니다.\n접수번호는 20417002입니다.\n주문번호: 50000123\n"
        "고객센터 전화: 15881234",
        "20417002",
    ),
    "Indonesian": Desk(
        r"\b(\d{6,10})\b",
        "nomor tiket",
        "Permintaan Anda",
        "Permintaan Anda telah kami terima.\nNomor tiket: 20417002\nNomor pesanan: 50000123\nTelepon: 02155501000",
        "20417002",
    ),
    "Japanese": Desk(
        r"\b(\d{8})\b",
        "受付番号|お問い合わせ番号",
        "お問い合わせを受け付けました",
        "このたびはお問い合わせいただき、ありがとうございます。\nお問い合わせを受け付けました。受付番号は20417002です。\n"
        "ご注文番号：50000123\n電話番号：03-5550-1000",
        "20417002",
    ),
    "Chinese": Desk(
        r"\b(\d{8})\b",
        "工单",
        "我们已收到您的请求",
        "您好，\n我们已收到您的请求，工单编号20417002。\n订单号：50000123\n联系电话：40012345",
        "20417002",
    ),
}
# What comes later, or of others.
LATER: Final = {
    "agent's answer": Desk(
        r"Ticket#(\d+)",
        "ticket",
        "Re: [Ticket#31001] Parcel",
        "It lies in Denver.\n\nOn Mon, Maria wrote:\n> Your request (Ticket#31001) has been received",
        "31001",
        kind=Kind.ANSWERED,
    ),
    "agent's answer, called automatic": Desk(
        r"Ticket#(\d+)",
        "ticket",
        "Re: [Ticket#31001] Parcel",
        "##- Please type your reply above this line -##\n\nRobin (Acme)\n\nHello Maria,\nwe have located your parcel in"
        " Denver.\n\nOn Mon, Maria wrote:\n> Your request (Ticket#31001) has been received",
        "31001",
        ("Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "In-Reply-To: <1@acme.com>"),
        kind=Kind.ANSWERED,
    ),
    "away": Desk(r"#(\d+)", "ticket", "Automatic reply: [#4217] Parcel", "I am on leave.", "", AUTO, kind=Kind.NOTE),
    "survey": Desk(
        r"\b(\d{8})\b",
        "ticket",
        "How did we do?",
        "Tell us about your ticket: https://acme.com/survey/ticket?id=10000123\nUnsubscribe",
        "",
        ("Precedence: bulk", "List-Unsubscribe: <https://acme.com/u/10000123>"),
        kind=Kind.NOTE,
    ),
    "order": Desk(
        r"\b(\d{8})\b",
        r"(?<!in )\bcase\b",
        "Your order 50000123",
        "Thank you for your order 50000123. In case of questions, quote your order number: 50000123."
        " Tracking: 60000123",
        "",
        AUTO,
    ),
}


@pytest.mark.parametrize("desk", [*FIRST.values(), *LATER.values()], ids=[*FIRST, *LATER])
def test_mails_of_ticket_systems_are_read(desk: Desk) -> None:
    """The case's number and no other, and what the mail is."""
    mail = read_mail(made(desk.text, *desk.header, Subject=desk.subject))
    rules = MailRules.model_validate({"case_number": {"pattern": desk.pattern, "near": desk.near}})

    assert (numbers_in(mail.words, rules), mail.kind) == ((desk.number,) if desk.number else (), desk.kind)
