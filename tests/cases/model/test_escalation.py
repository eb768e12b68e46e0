"""The ladder is climbed rung by rung, and ends."""

from __future__ import annotations

from autofill.cases.model.escalation import ESCALATION, search_advice, step_after, step_named


def test_the_ladder_is_climbed_from_the_telephone_to_the_regulator() -> None:
    names = [None, *(rung.name for rung in ESCALATION)]

    assert [rung and rung.name for rung in map(step_after, names)] == ["phone", "consumer-contact", "regulator", None]


def test_a_rung_is_found_by_its_name() -> None:
    assert all(step_named(rung.name) is rung for rung in ESCALATION)
    assert step_named(None) is None


def test_every_rung_says_where_and_how_and_from_where_it_is_known() -> None:
    """The district's office has no number that is known; how to find it is said."""
    assert [rung.where for rung in ESCALATION] == ["1-800-275-8777", "", "prc.gov/consumer-assistance"]
    assert all(rung.how and rung.line.source for rung in ESCALATION)


def test_numbers_and_pages_are_put_into_the_advice() -> None:
    *_, regulator = ESCALATION
    assert regulator.advice.endswith("turn to the Office of Inspector General instead: 1-888-877-7644.")
    assert "Search as well: missingmail.usps.com (needs an account)." in search_advice()
