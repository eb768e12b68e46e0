"""A form map is checked as strictly as a profile; the library's map speaks the inquiry's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, get_args

import pytest

from autofill.forms.catalog import load_form
from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.inquiry.geography import US_STATES
from autofill.inquiry.models import Contact
from autofill.organisations.registry import organisation
from tests.forms.conftest import FORM_MAP, changed

Maps: TypeAlias = Callable[..., FormMap]
Complaints: TypeAlias = Callable[[Callable[[], object]], list[str]]
USPS = load_form("usps-email-us").form_map
POST = organisation("usps").own_fields.fields
CONTROLS = {control.id: control for page in USPS.pages for control in page.controls}


def test_the_map_used_here_is_valid(form_map: Maps) -> None:
    """So each complaint below comes from its change alone."""
    assert form_map().id == "small"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Small", "titel: Small", "m.yaml:2:1: titel: unknown key; did you mean `title`?"),
        ("kind: textarea", "kind: textbox", "m.yaml:16:23: pages.0.controls.0.kind: is not one of the choices;"),
        ("name: Message, ", "", "m.yaml:16:9: pages.0.controls.0.name: is missing; write it, or one of label, "),
        ("required: yes", "required: maybe", "pages.0.controls.0.required: must be yes or no"),
        ("seconds_between_runs: 0", "seconds_between_runs: soon", "m.yaml:6:8: pace.seconds_between_runs: must be a"),
        ("'[0-9]{8}'", "'[0-9'", "confirmation.case_number: is not a regular expression of Python"),
        ("path: ^/send$", "path: (", "m.yaml:22:24: server.path: is not a regular expression of Python"),
        ("{mark: seen", "{mark: guessed", "start.fact.mark: is not one of the choices;"),
        ("https://desk.example/form", "http://desk.example/form", "m.yaml:5:9: start.url: "),
        ("near: [case number]", "near: []", "confirmation.near: "),
    ],
)
def test_each_mistake_is_named_at_its_place(
    form_map: Maps, complaints: Complaints, old: str, new: str, said: str
) -> None:
    """File, line, column, the key's place in the map, and what would be right."""
    (complaint,) = complaints(lambda: form_map(("&f", "{mark: seen, source: desk}"), (old, new)))
    assert said in complaint


def test_a_fact_without_its_source_is_refused(form_map: Maps, complaints: Complaints) -> None:
    """However deep it stands; the missing names are listed."""
    limit = "required: yes, limit: {max: 9, fact: {mark: seen, source: hearsay}}"
    first, second = complaints(lambda: form_map(("required: yes", limit), ("&f", "{mark: unknown, source: rumour}")))
    assert first == "m.yaml:5:96: start.fact.source: is not listed under `sources`"
    assert "pages.0.controls.0.limit.fact.source: is not listed under `sources`" in second


@pytest.mark.parametrize(
    "change",
    [
        ("value: message", "value: contact.nickname"),
        ("required: yes", "when: [{field: contact.nickname}]"),
        ("required: yes", "dependent: {on: contact.nickname, table: {}}"),
        ("title: Details", "title: Details\n    when: [{field: contact.nickname}]"),
    ],
)
def test_a_field_no_inquiry_has_is_refused(tmp_path: Path, complaints: Complaints, change: tuple[str, str]) -> None:
    """Whether it is entered, asked about in a condition, or decides about the choices; each at its place."""
    (tmp_path / "m.yaml").write_bytes(changed(FORM_MAP, (change,)))
    (complaint,) = complaints(lambda: load_form(str(tmp_path / "m.yaml")))
    assert re.search(r"m\.yaml:\d+:\d+: pages\.0\..*: unknown field; did you mean contact\.name\?", complaint)


def test_the_first_version_s_own_words_are_fields_of_that_organisation_only(
    tmp_path: Path, complaints: Complaints
) -> None:
    """A map in nobody's folder says whose it is; what others ask is no field of theirs."""
    file = tmp_path / "m.yaml"
    tracked = ("value: message", "value: item.tracking_number")
    file.write_bytes(
        changed(FORM_MAP, (tracked, ("organisation: Nobody", "organisation: United States postal service")))
    )
    assert load_form(str(file)).organisation.id == "usps"
    file.write_bytes(changed(FORM_MAP, (tracked,)))
    (complaint,) = complaints(lambda: load_form(str(file)))
    assert "m.yaml:16:54: pages.0.controls.0.value: unknown field; for a question of the form, use" in complaint


def test_the_last_page_depends_on_nothing(form_map: Maps, complaints: Complaints) -> None:
    """Without it nothing would be submitted."""
    (complaint,) = complaints(lambda: form_map(("title: Submit", "title: Submit\n    when: [{field: subject}]")))
    assert "the last page submits" in complaint


FIRST, LAST = "    heading: {role: heading, name: Details}\n", "    heading: {role: heading, name: Submit}\n"
AGAIN = "    controls: [{name: Message, value: subject}]\n"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (((FIRST, ""),), False),
        (((LAST, ""),), False),
        (((LAST, ""), ("name: Submit}", "name: Next}")), True),
        (((LAST, AGAIN),), True),
        (((LAST, AGAIN.replace("Message", "More")),), False),
        (((LAST, AGAIN.replace("Message", "More, when: [{field: subject}]")),), True),
        (((LAST, AGAIN.replace("Message", "Message, within: More")),), False),
    ],
)
def test_a_page_without_a_heading_is_told_from_those_before_it(
    form_map: Maps, complaints: Complaints, changes: tuple[tuple[str, str], ...], *, told: bool
) -> None:
    """By a control or a button that they do not have: else what belongs into it would be typed into the page before."""
    if not told:
        assert form_map(*changes).pages
        return
    (complaint,) = complaints(lambda: form_map(*changes))
    assert "pages.1: needs a `heading`: nothing else tells it from the pages before it" in complaint


@pytest.mark.parametrize("name", ["usps-chat", "usps-informed-delivery"])
def test_maps_of_what_nobody_saw_are_for_practice_only(name: str) -> None:
    """They say why, and no control of theirs claims to be seen."""
    form_map = load_form(name).form_map
    assert "never seen" in str(form_map.practice_only)
    facts = [form_map.fact_of(page, control) for page in form_map.pages for control in page.controls]
    assert {fact and fact.mark for fact in facts} == {"unknown"}


def test_the_digest_is_of_the_content(form_map: Maps) -> None:
    """Comments and spelling do not change it, any fact does."""
    assert form_map().digest == form_map(("id: small", "# a comment\nid: 'small'")).digest
    assert form_map().digest != form_map(("&f", "{mark: unknown, source: desk}")).digest


@pytest.mark.parametrize(
    ("control", "slugs"),
    [
        ("mail-class", POST["item.mail_class"].choices),
        ("service", POST["item.service"].choices),
        ("reply-by", get_args(Contact.model_fields["reply_by"].annotation)),
        ("state", tuple(US_STATES)),
        ("has-tracking-number", ("yes", "no")),
    ],
)
def test_choices_are_the_inquiry_s_own_words(control: str, slugs: tuple[str, ...]) -> None:
    """Each slug a profile may hold is offered, and none that a profile cannot hold."""
    assert set(CONTROLS[control].choices) == set(slugs)


def test_sub_topics_depend_on_every_topic() -> None:
    """No topic leads to an empty list."""
    dependent = CONTROLS["sub-topic"].dependent
    assert dependent is not None
    assert set(dependent.table) == set(CONTROLS["topic"].choices)
    assert all(dependent.table.values())


def test_conditions_name_values_that_exist() -> None:
    """A misspelled topic would hide a control for ever."""
    topics = {
        value
        for control in CONTROLS.values()
        for when in control.when
        if when.field == "topic"
        for value in when.one_of
    }
    assert topics
    assert topics <= set(CONTROLS["topic"].choices)


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS.keys())
def test_controls_make_sense_by_themselves(control: Control) -> None:
    """Choosing needs choices with different words; free text needs a limit, or a letter too many is found too late."""
    tables = [control.choices, *(control.dependent.table.values() if control.dependent else [])]
    if control.kind in {"select", "combobox", "radio"}:
        assert any(tables)
        assert all(len(set(table.values())) == len(table) for table in tables)
    else:
        assert not any(tables)
    assert (control.limit is not None) == (control.kind in {"text", "textarea"})


def test_no_two_pages_have_the_same_name_for_files() -> None:
    """The second page is not taken for the first."""
    titles = ["Contact", "Contact", "Contact 2", "Contact"]
    pages = [
        {"title": title, "controls": [{"name": f"Question {n}", "value": "message"}], "advance": "Next"}
        for n, title in enumerate(titles)
    ]
    last = {"submit": "Send", "heading": "Check"}
    form = FormMap.model_validate({"id": "m", "title": "M", "url": "https://a.example/", "pages": [*pages, last]})

    slugs = [form.slug_of(page) for page in form.pages]
    assert slugs == ["contact", "contact-2", "contact-2-2", "contact-3", "check"]
