"""What an `organisation.yaml` may say; a mistake in one is shown at its line, with what would be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from holidays import list_supported_countries

from autofill.errors import InvalidFile
from autofill.inquiry.fields import is_field
from autofill.inquiry.geography import COUNTRIES
from autofill.organisations.model import DataPart, FactPart, Office, OrganisationData, parts
from autofill.organisations.own_fields import read_own_fields
from autofill.organisations.registry import built_in, organisation
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source

REPOSITORY = Path(__file__).parents[2]
START = "id: acme\ntitle: Acme\noffices: {desk: {name: Desk}}\n"

WEEK = "mon, tue, wed, thu, fri, sat, sun"
OFFICE = "no such office under `offices`"
BRACES = "contains unknown braces; known: {name}, {phone}, {hours}, {page}"
COUNTRY = "is not a country whose holidays are known; write a code such as DE or DE-BY"
DAY = "must be a day written year-month-day, such as 2026-01-31"
DOMAIN = "must be a mail domain in small letters, such as acme.com, and not end in .example"
ZONE = "is not a time zone; write one such as Europe/Berlin"


def read(text: str) -> OrganisationData:
    return validate_source(parse_source((START + text).encode(), "f"), OrganisationData)


def test_id_and_title_are_enough() -> None:
    """Then an answer may take three business days of a week without holidays, and there is nowhere to turn."""
    data = read("")

    assert data.deadlines.reply_business_days == 3
    assert (data.calendar.timezone, data.calendar.holidays, len(data.calendar.workdays)) == ("UTC", None, 5)
    assert (data.mail.domains, data.escalation) == ((), ())


STEP = "escalation:\n  - {name: a, title: A, office: desk, how: Call.}\n  - "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ofices: {}\n", "4:1: ofices: unknown key; did you mean `offices`?"),
        ("language: English\n", "4:1: language: is not one of the choices; all choices: en"),
        ("calendar: {timezone: Mars}\n", "4:12: calendar.timezone: " + ZONE),
        ("calendar: {timezone: ../etc}\n", "4:12: calendar.timezone: " + ZONE),
        (
            "calendar: {workdays: [monday]}\n",
            "4:23: calendar.workdays.0: is not one of the choices; did you mean mon? all choices: " + WEEK,
        ),
        ("calendar:\n  holidays: Germany\n", "5:3: calendar.holidays: " + COUNTRY),
        ("calendar:\n  holidays: DE-XX\n", "5:3: calendar.holidays: " + COUNTRY),
        ("calendar: {workdays: []}\n", "4:12: calendar.workdays: must not be empty"),
        (
            "calendar: {moved_holidays: none}\n",
            "4:12: calendar.moved_holidays: is not one of the choices; all choices: both, observed, actual",
        ),
        ("calendar:\n  closed:\n    - 24.12.2026\n", "6:7: calendar.closed.0: " + DAY),
        ("calendar:\n  closed:\n    - 86400\n", "6:7: calendar.closed.0: " + DAY),
        ("deadlines: {reply_business_days: three}\n", "4:13: deadlines.reply_business_days: must be a whole number"),
        ("deadlines: {reply_business_days: 0}\n", "4:13: deadlines.reply_business_days: must be at least 1"),
        ("deadlines: {reply_business_days: 367}\n", "4:13: deadlines.reply_business_days: must be at most 366"),
        (
            "further_help:\n  - {after_business_days: 7, office: dsk, how: Ask.}\n",
            "5:30: further_help.0.office: " + OFFICE,
        ),
        ("channels:\n  dm: {office: nobody}\n", "5:8: channels.dm.office: " + OFFICE),
        ("channels:\n  dm: {office: desk, topics: {refund: nobody}}\n", "5:31: channels.dm.topics.refund: " + OFFICE),
        ("mail:\n  domains: [Acme.com]\n", "5:13: mail.domains.0: " + DOMAIN),
        ("mail:\n  domains: [com]\n", "5:13: mail.domains.0: " + DOMAIN),
        ("mail:\n  domains: [mail.acme.example]\n", "5:13: mail.domains.0: " + DOMAIN),
        (
            "mail:\n  case_number: {pattern: '(', near: case}\n",
            "5:17: mail.case_number.pattern: is not a regular expression of Python",
        ),
        (STEP + "{name: b, title: B, office: desk, how: 'Call {fax}.'}\n", "6:39: escalation.1.how: " + BRACES),
        (STEP + "{name: b, title: B, office: desk, how: '{phone.__class__}'}\n", "6:39: escalation.1.how: " + BRACES),
        (STEP + "{name: b, title: B, office: desk, how: 'a { b'}\n", "6:39: escalation.1.how: " + BRACES),
        (STEP + "{name: b, title: B, office: none, how: Call.}\n", "6:25: escalation.1.office: " + OFFICE),
        (
            STEP + "{name: b, title: B, office: desk, how: Call., mentions: boss}\n",
            "6:51: escalation.1.mentions: " + OFFICE,
        ),
        (
            STEP + "{name: a, title: B, office: desk, how: Call.}\n",
            "6:6: escalation.1.name: another step has this name",
        ),
        (
            "deadlines: {fact: {mark: heard, source: x}}\n",
            "4:20: deadlines.fact.mark: is not one of the choices; all choices: seen, inferred, unknown",
        ),
        ("deadlines: {fact: {mark: seen, source: x}}\n", "4:32: deadlines.fact.source: no such source under `sources`"),
    ],
)
def test_a_mistake_has_its_line_and_what_would_be_right(text: str, expected: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        read(text)

    assert str(caught.value).splitlines() == [f"f:{expected}"]
    assert caught.value.exit_code == 65


def test_all_mistakes_are_told_at_once() -> None:
    text = "channels: {dm: {office: a}}\nescalation:\n  - {name: b, title: B, office: c, how: Call., mentions: d}\n"

    with pytest.raises(InvalidFile) as caught:
        read(text)

    assert [problem.field for problem in caught.value.problems] == [
        "channels.dm.office", "escalation.0.office", "escalation.0.mentions"]  # fmt: skip


def test_the_page_about_organisations_shows_a_file_that_is_right() -> None:
    """And one that uses every key there is."""
    page = (REPOSITORY / "docs" / "organisations.md").read_text(encoding="utf-8")
    block, fields = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert {"waybill", "parcel.size"} == read_own_fields(parse_source(fields.encode(), "f"), {}).fields.keys()
    data = validate_source(parse_source(block.encode(), "f"), OrganisationData)
    every = {
        (type(part), name)
        for _trail, part in parts(data)
        if isinstance(part, DataPart)
        for name in part.model_fields_set
    }

    missing = {(kind, name) for kind, _name in every for name in kind.model_fields if (kind, name) not in every}
    assert {name for _kind, name in missing} <= {"fact", "note", "phone", "hours", "page", "handle"}


def test_the_holidays_of_every_country_are_known() -> None:
    """A country is not looked up when the data are read."""
    assert {*COUNTRIES} <= {*list_supported_countries()}


def test_an_office_is_one_line_without_what_is_not_known() -> None:
    assert str(Office(name="Desk", phone="1", hours="Monday")) == "Desk, 1, Monday"
    assert str(Office(name="Desk")) == "Desk"


@pytest.mark.parametrize("name", built_in())
def test_what_comes_with_autofill_says_how_all_of_it_is_known(name: str) -> None:
    data = organisation(name).data
    facts = {trail: part.fact for trail, part in parts(data) if isinstance(part, FactPart)}
    silent = [trail for trail, fact in facts.items() if fact is None]
    used = {fact.source for fact in facts.values() if fact}

    assert silent == []
    assert all(is_field(name, organisation(data.id).inquiry_model) for name in data.mail.quotes)
    assert {*data.sources} - used == set(), "sources that nothing names"
