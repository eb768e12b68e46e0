"""Escalation goes step by step, and ends; what to do is the organisation's."""

from __future__ import annotations

from autofill.cases.model.escalation import escalation_of, further_help, step_after, step_named
from autofill.organisations.registry import GENERAL, organisation

USPS = organisation("usps").data
STEPS = escalation_of(USPS)


def test_it_goes_from_the_telephone_to_the_regulator() -> None:
    names = [None, *(step.name for step in STEPS)]
    following = [step_after(STEPS, name) for name in names]

    assert [step and step.name for step in following] == ["phone", "consumer-contact", "regulator", None]


def test_a_step_is_found_by_its_name() -> None:
    assert all(step_named(STEPS, step.name) is step for step in STEPS)
    assert step_named(STEPS, None) is None


def test_where_nothing_is_known_there_is_nowhere_to_turn() -> None:
    assert escalation_of(GENERAL.data) == ()
    assert step_after((), None) is None
    assert further_help(GENERAL.data, 300) == ()


def test_every_step_says_where_and_how() -> None:
    """The district's office has no number that is known; how to find it is said."""
    assert [step.where for step in STEPS] == ["1-800-275-8777", "", "prc.gov/consumer-assistance"]
    assert all(step.title and step.advice for step in STEPS)


def test_numbers_and_pages_are_put_into_the_advice() -> None:
    *_, regulator = STEPS
    assert regulator.advice.endswith("turn to the Office of Inspector General instead: 1-888-877-7644.")


def test_further_help_comes_once_the_inquiry_is_old_enough() -> None:
    (search,) = further_help(USPS, 7)

    assert search.endswith("Search as well: missingmail.usps.com (needs an account).")
    assert further_help(USPS, 6) == ()
