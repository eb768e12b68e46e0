"""The facts of a mailpiece agree with what the example profiles say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from autofill.replica.form import catalog
from autofill.replica.form.mailpiece import find_mailpiece

PROFILES = Path(__file__).parents[3] / "profiles"
COUNTRIES = {"US": "", "KR": "South Korea", "DE": "Germany"}


def items() -> list[dict[str, Any]]:
    """The items with a number, each with the addresses that are known for it."""
    profiles = [yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) for path in sorted(PROFILES.glob("*.yaml"))]
    items = [profile.get("item", {}) | {"home": profile["contact"].get("address")} for profile in profiles]
    return [item for item in items if "tracking_number" in item and "recipient_address" in item]


def place(address: dict[str, str]) -> str:
    abroad = COUNTRIES[address.get("country", "US")]
    return abroad or f"{address['city']}, {address['state']} {address['postal_code'].partition('-')[0]}"


@pytest.mark.parametrize("item", items(), ids=lambda item: item["tracking_number"])
def test_an_example_s_number_has_its_example_s_facts(item: dict[str, Any]) -> None:
    """Where it was mailed, where it goes, when, and how, as far as the profile says so."""
    found = find_mailpiece(item["tracking_number"])
    mailed = date.fromisoformat(item["mailing_date"])
    assert found.mailed == f"{mailed:%b} {mailed.day}, {mailed.year}"
    assert found.origin == place(item.get("sender_address", item["home"]))
    assert found.destination == place(item["recipient_address"])
    if item.get("mail_class", "other") != "other":
        assert found.mail_class == catalog.MAIL_CLASSES[item["mail_class"]]


def test_there_are_examples_with_a_number() -> None:
    """Or the test above would have nothing to look at."""
    assert len(items()) == 5


def test_any_other_number_always_has_the_same_facts() -> None:
    """Spaces aside; and it never goes where it came from."""
    one, same, other = map(find_mailpiece, ("9400 1000", " 94001000 ", "94001001"))
    assert one == same != other
    assert one.origin != one.destination
