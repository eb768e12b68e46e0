"""What the tests of this room share: an inquiry and a form map, both small, valid, and changed line by line.

Nothing here asserts but that a change hits something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest

from autofill.errors import InvalidFile
from autofill.forms.form_map import FormMap
from autofill.inquiry.profile import Loaded, check_profile
from autofill.organisations.registry import organisation
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source

Change: TypeAlias = tuple[str, str]
TODAY = date(2026, 11, 22)
PROFILE = """\
topic: feedback
sub_topic: compliment
contact:
  first_name: Ada
  last_name: Jones
  email: ada@example.com
  address: {street: 1 Main Street, city: Boston, state: MA, postal_code: 02134}
message: Well done.
certify_true: yes
"""
FORM_MAP = """\
id: small
title: Small form
organisation: Nobody
sources: {desk: A desk in a test}
start: {url: https://desk.example/form, origins: [https://desk.example], fact: &f}
pace: {seconds_between_runs: 0, fact: &f}
attachments: {accepted: no, fact: &f}
busy: {role: status, name: Loading}
pages:
  - id: details
    title: Details
    heading: {role: heading, name: Details}
    advance: {role: button, name: Next}
    fact: &f
    controls:
      - {id: message, kind: textarea, name: Message, value: message, required: yes, fact: &f}
  - id: submit
    title: Submit
    heading: {role: heading, name: Submit}
    advance: {role: button, name: Submit}
    fact: &f
server: {method: POST, path: ^/send$, fact: &f}
submit: {method: POST, path: ^/send$, fact: &f}
confirmation: {proof: {role: heading, name: Thank you}, case_number: '[0-9]{8}', near: [case number], fact: &f}
refusal: {elements: [{role: alert, name: Error}], fact: &f}
person_needed: {fact: &f}
"""


def changed(text: str, changes: tuple[Change, ...]) -> bytes:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    # Strict YAML has no anchors; this one only keeps the text above short.
    return text.replace("&f", "{mark: seen, source: desk}").encode()


@pytest.fixture(scope="session")
def loaded() -> Callable[..., Loaded]:
    """Loads the profile above after replacing `old` by `new` for each pair given."""

    def load(*changes: Change) -> Loaded:
        source = parse_source(changed(PROFILE, changes), "p.yaml")
        return check_profile(source, organisation("usps").inquiry_model, TODAY)

    return load


@pytest.fixture(scope="session")
def form_map() -> Callable[..., FormMap]:
    """Loads the form map above, changed in the same way."""
    return lambda *changes: validate_source(parse_source(changed(FORM_MAP, changes), "m.yaml"), FormMap)


@pytest.fixture(scope="session")
def complaints() -> Callable[[Callable[[], object]], list[str]]:
    """The lines of the InvalidFile that doing something raises."""

    def lines(doing: Callable[[], object]) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            doing()
        assert caught.value.exit_code == 65
        return [str(problem) for problem in caught.value.problems]

    return lines
