"""Numbers so short that others are the same, of an organisation of one's own: a mail goes to the case it names."""

from __future__ import annotations

import pytest

from tests.mail.makers import Office
from tests.mail.shapes import made

ORGANISATION = """\
id: acme
title: Acme Parcels
mail:
  domains: [acme.com]
  case_number:
    pattern: '\\b(\\d{4,5})\\b'
    near: ticket
"""


@pytest.fixture
def waiting(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two cases; the number of one is a year, and that of the other a ZIP code."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(office.folder / "config"))
    own = office.folder / "config" / "autofill" / "organisations" / "acme"
    own.mkdir(parents=True)
    (own / "organisation.yaml").write_text(ORGANISATION)
    office.sent("run-1", "2026", form="acme-contact")
    office.sent("run-2", "85001", form="acme-contact")
    return office


@pytest.mark.parametrize(
    ("subject", "text", "number"),
    [
        ("Your ticket 2026", "It was found.", "2026"),
        ("Re: [#2026] parcel", "It was found in 85001 Phoenix.", "2026"),
        ("Parcel", "Ticket 85001 was closed.\n\n(c) 2026 Acme", "85001"),
        ("Parcel", "It was found in Phoenix, AZ 85001. (c) 2026 Acme", None),
        ("Parcel", "Your ticket is open. (c) 2026 Acme", None),
        ("Parcel", "Your order 85001 was sent on 11/29/2026.", None),
    ],
)
def test_a_short_number_has_to_be_called_so(waiting: Office, subject: str, text: str, number: str | None) -> None:
    raw = made(text, From="desk@acme.com", Subject=subject)

    [outcome] = waiting.read(raw)

    assert outcome.case_number == number
