"""Headers of spreadsheets, in the words of those who keep them."""

from __future__ import annotations

import pytest

from autofill.intake.columns import fields_for_columns
from autofill.mapping.headers import propose
from autofill.organisations import registry

USPS = registry.organisation_of_form("usps-email-us")
FIELDS = fields_for_columns(USPS.inquiry_model)
ITEM = next(iter(USPS.own_fields.identifying))


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            ["Tracking Number", "First name", "Last name", "E-mail", "Phone", "Street", "City", "ZIP", "Mailing date"],
            [ITEM, "contact.first_name", "contact.last_name", "contact.email", "contact.phone",
             "contact.address.street", "contact.address.city", "contact.address.postal_code", "item.mailing_date"],
        ),
        (
            ["Sendungsnummer", "Vorname", "Nachname", "E-Mail-Adresse", "Straße", "PLZ", "Ort", "Nachricht"],
            [ITEM, "contact.first_name", "contact.last_name", "contact.email", "contact.address.street",
             "contact.address.postal_code", "contact.address.city", "message"],
        ),
        (
            ["운송장번호", "이름", "이메일", "전화번호", "우편번호", "내용"],
            [ITEM, "contact.name", "contact.email", "contact.phone", "contact.address.postal_code", "message"],
        ),
        (
            ["성", "이름", "나라"],
            ["contact.last_name", "contact.first_name", "contact.address.country"],
        ),
        (
            ["Name", "Vorname", "Land"],
            ["contact.last_name", "contact.first_name", "contact.address.country"],
        ),
        (
            ["Nomor resi", "Nama depan", "Nama belakang", "Surel", "Telepon", "Kota", "Pesan"],
            [ITEM, "contact.first_name", "contact.last_name", "contact.email", "contact.phone",
             "contact.address.city", "message"],
        ),
        (
            ["Correo electrónico", "Apellidos", "Código postal", "País", "Mensaje"],
            ["contact.email", "contact.last_name", "contact.address.postal_code", "contact.address.country", "message"],
        ),
        (
            ["Courriel", "Prénom", "Code postal", "Ville", "Objet"],
            ["contact.email", "contact.first_name", "contact.address.postal_code", "contact.address.city", "subject"],
        ),
        (
            ["Recipient city", "Recipient ZIP", "Sender street", "item.value", "topic", "Photo"],
            ["item.recipient_address.city", "item.recipient_address.postal_code", "item.sender_address.street",
             "item.value", "topic", "attachments"],
        ),
    ],
    ids=["en", "de", "ko", "성", "Vorname", "id", "es", "fr", "names of fields"],
)  # fmt: skip
def test_what_a_column_is_for(header: list[str], fields: list[str]) -> None:
    assert list(propose(header, FIELDS, ITEM)) == fields


@pytest.mark.parametrize(
    "name",
    ["Internal note", "Status", "Order No", "Bestellnummer", "Empfänger Ort", "Price", "", "???",
     "Paid", "Note", "Bemerkung", "비고",
     "Catatan", "Remarque"],
)  # fmt: skip
def test_what_is_not_clear_goes_nowhere(name: str) -> None:
    """An order is no case of the organisation's, and somebody else's city not one's own."""
    assert propose([name], FIELDS, ITEM) == (None,)


def test_of_two_columns_for_one_field_neither_is_taken() -> None:
    assert propose(["E-mail", "E-Mail-Adresse", "Phone"], FIELDS, ITEM) == (None, None, "contact.phone")
