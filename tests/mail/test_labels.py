"""A number is the case's only if nothing else is called so: labels, links, sentences, columns, other scripts."""

from __future__ import annotations

import pytest

from autofill.mail.senders import numbers_in
from autofill.organisations.model import MailRules
from autofill.organisations.registry import organisation

USPS = organisation("usps").data.mail
NEAR = r"(?<!in )\bcase|ticket|Fallnummer|dossier|접수번호|受付番号|お問い合わせ番号|工单|nomor tiket"
NUMBER, OTHER = "55512340", "99990000"


def own(pattern: str = r"\b(\d{8})\b", near: str = NEAR) -> MailRules:
    """What an organisation of one's own says of its mails."""
    return MailRules.model_validate({"domains": ["acme.com"], "case_number": {"pattern": pattern, "near": near}})


@pytest.mark.parametrize(
    "words",
    [
        f"Case {NUMBER}\nOrder number: {OTHER}",
        f"Case {NUMBER} about invoice no. {OTHER}",
        f"Case {NUMBER} (tracking number {OTHER}, account {OTHER})",
        f"Case {NUMBER}. Your parcel {OTHER} is on its way.",
        f"Your case was opened as {NUMBER}. You can forget {OTHER}.",
        f"Ticket no. {NUMBER}. Another is {OTHER}",
        f"Your ticket (ref. # {NUMBER}) is open. (c) {OTHER} Acme",
        f"{NUMBER} is your case number. The other is {OTHER}.",
        f"Ticket\n{NUMBER}\nCustomer number\n{OTHER}",
        f"Case {NUMBER}, or call toll-free at {OTHER}",
        f"Case {NUMBER}: https://acme.com/case/{OTHER}, www.acme.com/?case={OTHER} or case+{OTHER}@acme.com",
        f"Order and case {NUMBER}",
        f"The case number for your parcel is {NUMBER}.",
        f"Case number for your parcel: {NUMBER}",
        f"Case {NUMBER} about order {OTHER}, or about order number {OTHER}",
        f"Case {NUMBER}, or call our customer care center at: {OTHER}",
        f"Fallnummer: {NUMBER}  Bestellnummer: {OTHER}  Ihre Kundennummer lautet {OTHER}",
        f"Votre dossier {NUMBER} (numéro de commande : {OTHER}, code postal {OTHER})",
        f"nomor tiket {NUMBER}, nomor pesanan Anda {OTHER}",
        f"접수번호 {NUMBER}번으로 접수되었습니다. 주문번호는 {OTHER}입니다. 전화 {OTHER}",
        f"お問い合わせ番号は{NUMBER}です。ご注文番号は{OTHER}です。",
        f"受付番号：{NUMBER}\n電話番号：{OTHER}",
        f"您的工单{NUMBER}已创建，订单号{OTHER}",
    ],
)
def test_what_is_called_otherwise_is_no_case_number(words: str) -> None:
    assert numbers_in(words, own()) == (NUMBER,)


@pytest.mark.parametrize(
    "words",
    [
        f"In case of trouble your order number is {OTHER}",
        f"About your case: payment reference {OTHER}",
        f"Your case. Customer\n{OTHER}",
        f"Your case is open. (c) {OTHER} Acme",
        f"https://acme.com/case/{OTHER}",
        f"Reply to case+{OTHER}@acme.com",
    ],
)
def test_nothing_is_taken_for_want_of_a_case_number(words: str) -> None:
    assert numbers_in(words, own()) == ()


def test_columns_of_a_table_are_not_told_apart() -> None:
    """Rather two numbers, which prove nothing, than the wrong one."""
    assert numbers_in(f"Matter Case\n{OTHER} {NUMBER}", own()) == (OTHER, NUMBER)


def test_an_organisation_may_call_its_cases_orders() -> None:
    assert numbers_in(f"Order number: {NUMBER}, invoice {OTHER}", own(near="order")) == (NUMBER,)


@pytest.mark.parametrize("words", ["Casey", "Briefcase", "In case:", "Any preference:", "In any case, call:"])
def test_words_with_a_case_in_them_name_none(words: str) -> None:
    assert numbers_in(f"{words} {OTHER}", USPS) == ()


@pytest.mark.parametrize("words", ["Case", "CASES:", "Case #", "case_", "Reference: SR", "Service\nRequest:"])
def test_words_that_name_a_case_do(words: str) -> None:
    assert numbers_in(f"{words} {NUMBER}", USPS) == numbers_in(f"{words}{NUMBER}", USPS) == (NUMBER,)


def test_in_any_case_is_no_case() -> None:
    assert numbers_in(f"In case of questions, and in any case, quote {OTHER}.", USPS) == ()
    assert numbers_in(f"In any case: your case number is {NUMBER}.", USPS) == (NUMBER,)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(r"(?u)\b(\d{8})\b", (NUMBER,)), (r"(?a)\b(\d{8})\b", (NUMBER,)), (r"()\b\d{8}\b", ())],
)
def test_any_pattern_that_an_organisation_may_have_is_used(pattern: str, found: tuple[str, ...]) -> None:
    assert numbers_in(f"Case {NUMBER}", own(pattern=pattern)) == found


def test_spaces_may_stand_anywhere_in_the_words_that_name_a_number() -> None:
    """Also where a pattern cannot be wider than it is."""
    assert numbers_in(f"In case {OTHER}?\nCase\n{NUMBER}", own(near=r"(?<!in )\bcase")) == (NUMBER,)
