"""Which questions a page asks and the settings of its scripts. No browser here."""

from __future__ import annotations

import pytest

from autofill.replica.faults.form_faults import PageFaults
from autofill.replica.faults.table import parse_fault
from autofill.replica.form.fields import CONTACT_INFORMATION


def page_faults(*faults: str) -> PageFaults:
    return PageFaults(tuple(parse_fault(fault) for fault in faults), other_origin="http://127.0.0.2:1")


def labels(found: PageFaults) -> list[str]:
    return [field.label for field in found.altered(CONTACT_INFORMATION)]


@pytest.mark.parametrize(
    ("fault", "first"),
    [
        ("renamed=First Name", ["Please specify", "Last Name"]),
        ("doubled=First Name", ["First Name", "First Name", "Last Name"]),
        ("missing=First Name", ["Last Name"]),
        ("missing=Country", ["First Name", "Last Name"]),
    ],
)
def test_a_question_is_changed_and_no_other(fault: str, first: list[str]) -> None:
    """The rest keeps its order."""
    found = labels(page_faults(fault))
    assert found[: len(first)] == first
    assert len(found) == len(CONTACT_INFORMATION) + fault.startswith("doubled") - fault.startswith("missing")


def test_a_question_is_cut() -> None:
    """It takes five characters; its neighbour as many as before."""
    first, last, *_ = page_faults("cut=First Name").altered(CONTACT_INFORMATION)
    assert (first.max_length, last.max_length) == (5, 40)


def test_faults_of_questions_add_up() -> None:
    """Each works on what the one before has left."""
    found = labels(page_faults("missing=First Name", "doubled=Last Name"))
    assert found[:3] == ["Last Name", "Last Name", "Company Name"]


def test_scripts_are_told_of_their_own_faults_only() -> None:
    """Without any, a page is what it always is."""
    assert page_faults("reset", "renamed=Email").settings("open") == {}
    settings = page_faults("reset", "captcha").settings("hub")
    assert settings["faults"] == [{"name": "captcha", "step": "open", "value": "", "when": "before"}]
    assert settings["step"] == "hub"


def test_what_the_address_asks_for_is_carried_on() -> None:
    """As it stands there, written so that it survives in an address."""
    found = PageFaults(named=("reset@submit=before", "renamed=First Name"))
    assert found.query == "fault=reset%40submit%3Dbefore&fault=renamed%3DFirst+Name"
    assert found.settings("open") == {"faultQuery": f"&{found.query}"}
