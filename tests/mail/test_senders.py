"""Which domains a case listens to, and what is called a case number."""

from __future__ import annotations

import pytest

from autofill.cases.model.case_records import Case
from autofill.cases.model.run_states import Space
from autofill.mail.senders import domains_of, is_within, numbers_in
from autofill.organisations.registry import GENERAL, organisation

USPS = organisation("usps").data.mail


def test_a_case_number_stands_on_a_line_that_says_so() -> None:
    words = "Call 2022682000\nService Request Number: 12345678\nreference CA123456789, case 12345678\nparcel 87654321"

    assert numbers_in(words, USPS) == ("12345678", "CA123456789")


def test_a_tracking_number_is_no_case_number() -> None:
    assert numbers_in("Your case about 9400111202555830001010", USPS) == ()
    assert numbers_in("case 12345678", GENERAL.data.mail) == ()


@pytest.mark.parametrize(
    ("space", "form", "domains"),
    [
        ("live", "usps-email-us", ("usps.gov",)),
        ("live", "usps-a-map-of-ones-own", ("usps.gov",)),
        ("practice", "usps-email-us", ("usps-practice.example",)),
        ("live", "a-form", ()),
        ("practice", "a-form", ("general-practice.example",)),
    ],
)
def test_a_case_listens_to_its_own_organisation(space: Space, form: str, domains: tuple[str, ...]) -> None:
    assert domains_of(Case("run-1", space, form, ())) == domains


def test_a_domain_is_within_itself_and_those_above() -> None:
    assert is_within("usps.gov", ("usps.gov",))
    assert is_within("mail.usps.gov", ("usps.gov",))
    assert not is_within("notusps.gov", ("usps.gov",))
    assert not is_within("", ("usps.gov",))
