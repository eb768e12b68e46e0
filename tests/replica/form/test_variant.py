"""Variants of the form: the same questions and answers in other words, another order, other controls and screens."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from autofill.replica import ReplicaOptions, serving
from autofill.replica.form.fields import ALL_FIELDS, CONTACT_INFORMATION, PROBLEM_DETAILS, Field
from autofill.replica.form.variant import Form, form_of
from autofill.replica.form.wordings import OTHER_HEADINGS, OTHER_WORDS

SEEDS = range(40)


def variant(seed: int | None) -> Form:
    return form_of(PROBLEM_DETAILS, CONTACT_INFORMATION, seed)


def asked(form: Form) -> Iterator[Field]:
    return (question for screen in form.screens for question in screen.questions)


def test_without_a_seed_the_form_is_as_usual() -> None:
    form = variant(None)
    assert [screen.heading for screen in form.screens] == list(OTHER_HEADINGS)
    assert (tuple(asked(form)), form.said("Next"), form.names) == (ALL_FIELDS, "Next", {})


def test_a_seed_always_means_the_same_variant_and_another_seed_another() -> None:
    forms = [variant(seed) for seed in SEEDS]
    assert forms == [variant(seed) for seed in SEEDS]
    assert all(one != other for one, other in pairwise(forms))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_variant_asks_everything_once_and_takes_the_same_answers(seed: int) -> None:
    """Only the label, the control and the place of a question are another."""
    same = {(field.name, field.when): replace(field, label="", kind="text") for field in ALL_FIELDS}
    questions = [replace(field, label="", kind="text") for field in asked(variant(seed))]
    assert len(questions) == len(ALL_FIELDS)
    assert {(field.name, field.when): field for field in questions} == same


@pytest.mark.parametrize("seed", SEEDS)
def test_a_question_stands_behind_those_it_depends_on(seed: int) -> None:
    known: set[str] = set()
    for question in asked(variant(seed)):
        known.add(question.name)
        conditions = filter(None, (question.when, question.required_when))
        assert {condition.name for condition in conditions} <= known
    assert variant(seed).screens[-1].kind in {"review", "submit"}


def test_variants_split_join_and_leave_out_screens() -> None:
    arrangements = {tuple(screen.kind for screen in variant(seed).screens) for seed in SEEDS}
    details, contact, review, submit = "problem-details", "contact-information", "review", "submit"
    assert {(details, contact, review, submit), (details, contact, contact, submit)} <= arrangements
    assert any(contact not in screens for screens in arrangements)
    assert any(submit not in screens for screens in arrangements)


def test_some_variants_have_labels_in_the_controls_and_some_a_trap() -> None:
    assert {variant(seed).bare for seed in SEEDS} == {True, False}
    assert len({variant(seed).trap for seed in SEEDS}) > 2
    assert (variant(None).bare, variant(None).trap) == (False, "")


def test_every_usual_word_of_the_table_is_one_of_the_form() -> None:
    """A word that the form no longer says would never be said otherwise."""
    said = {field.label for field in ALL_FIELDS} | {"Contact Us", "Email Us", "Next", "Previous", "Submit"}
    assert OTHER_WORDS.keys() == said


def test_the_site_shows_the_variant_it_was_told_to() -> None:
    form = variant(3)
    with serving(ReplicaOptions(variant=3)) as site:
        with urllib.request.urlopen(site.url) as hub:
            assert f">{form.said('Email Us')}</a>" in hub.read().decode()
        with urllib.request.urlopen(f"{site.url}/s/") as wizard:
            page = wizard.read().decode()
    assert all(screen.heading in page for screen in form.screens)
