"""What goes into a control: a field, a fixed text, or an expression over the inquiry; what is doubtful is a mistake."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from autofill.forms.value import UnfitError, checked, is_fixed, names_in, value_from

FIELDS: Mapping[str, str | tuple[str, ...]] = {
    "contact.name": "Ana María Núñez",
    "contact.phone": "+1 202 555 0143",
    "contact.address": "1 Main Street, Reston, VA 20190",
    "contact.address.state": "VA",
    "contact.address.country": "US",
    "problem_date": "2026-11-02",
    "message": "It broke.",
    "attachments": ("a.png", "b.pdf"),
    "answers.Colour of the box": "green",
}


LOUD = "the form map's `phone` takes national, international or e164"
NOT_MADE = "the form map's expression needs values that the inquiry does not have"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("message", "It broke."),
        ("answers.colour of the box", "green"),
        ("General question", "General question"),
        ("yes", "yes"),
        ("{{ 'Website' }}", "Website"),
        ("{{ contact.name | first }}", "Ana"),
        ("{{ contact.name | last }}", "Núñez"),
        ("{{ attachments | first }}", "a.png"),
        ("{{ attachments[1] }}", "b.pdf"),
        ("{{ attachments }}", "a.png\nb.pdf"),
        ("{{ (contact.phone | phone | digits) | slice(0, 3) }}", "202"),
        ("{{ (contact.phone | phone | digits) | slice(6) }}", "0143"),
        ("{{ contact.phone | phone('e164') }}", "+12025550143"),
        ("{{ problem_date | date('D. MMMM YY') }}", "2. November 26"),
        ("{{ contact.address.state | state_name }}", "Virginia"),
        ("{{ contact.address.country | country_name }}", "United States"),
        ("{{ contact.address }}", "1 Main Street, Reston, VA 20190"),
        ("Phone {{ contact.phone }}, {{ message }}", "Phone +1 202 555 0143, It broke."),
        ("{{ answers['Colour of the box'] }}", "green"),
        ("{{ contact.company | default('none') }}", "none"),
        ("{% if subject is defined %}{{ subject }}{% endif %}", None),
        ("Hello {{ contact.company }}", None),
        ("subject", None),
    ],
)
def test_what_a_control_gets(value: str, text: str | None) -> None:
    """What the inquiry lacks makes no half text: nothing at all is entered, and the plan says what is missing."""
    assert value_from(checked(value), FIELDS) == text


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("{{ contact.first_name }} {{ contact['last_name'] }}", ("contact.first_name", "contact.last_name")),
        ("{% for file in attachments %}{{ file }}{% endfor %}", ("attachments",)),
        ("{{ contact }}", ("contact",)),
        ("contact.emial", ("contact.emial",)),
        ("General question", ()),
    ],
)
def test_every_name_in_it_is_known(value: str, names: tuple[str, ...]) -> None:
    """So that a map that names a field that no inquiry has is told before a browser starts."""
    assert names_in(value) == names


@pytest.mark.parametrize("value", ["First name", "E-mail", "Message", "{{ contact.name", "{{ contact.name | shout }}"])
def test_what_looks_like_a_field_or_cannot_be_read_is_a_mistake(value: str) -> None:
    """A label in the place of a field's name would be typed into the form as it stands."""
    with pytest.raises(ValueError, match=r"looks like a field|is not a valid expression|cannot be read"):
        checked(value)


@pytest.mark.parametrize("value", ["contact.emial", "www.acme.com", "nickname"])
def test_what_could_be_a_name_is_never_typed_as_it_stands(value: str) -> None:
    """Misspelled fields are told, not sent."""
    assert not is_fixed(value)


@pytest.mark.parametrize(
    "value",
    [
        "{{ message | date('DD/MM/YYYY') }}",
        "{{ contact.phone | phone('loud') }}",
        "{{ 1 / 0 }}{{ message }}",
        "{{ ''.__class__ }}",
        "{{ message.__class__.__mro__ }}",
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_escapes_the_sandbox(value: str) -> None:
    """Expressions come with maps of other people."""
    assert outcome(value) in {None, "must be a day written year-month-day, such as 2026-01-31", LOUD, NOT_MADE}


def outcome(value: str) -> str | None:
    """What comes of it, or why nothing does."""
    try:
        given = value_from(value, FIELDS)
    except UnfitError as unfit:
        return str(unfit)
    return "\n".join(given) if isinstance(given, tuple) else given
