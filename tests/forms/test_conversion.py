"""A converted map says less and means the same; what comes with autofill is written that way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autofill.errors import InvalidFile
from autofill.forms.catalog import load_form
from autofill.forms.conversion import shortened
from autofill.forms.form_map import FormMap
from autofill.forms.planning import make_plan
from autofill.inquiry.profile import Loaded
from autofill.organisations.registry import form_files, organisation
from autofill.sources.source import parse_source, read_source
from autofill.sources.validation import validate_source
from autofill.sources.writing import yaml_text
from tests.forms.conftest import FORM_MAP, changed

START = "start: {url: https://desk.example/form, origins: [https://desk.example], fact: &f}"
NEXT = "advance: {role: button, name: Next}\n    "
PROOF = "proof: {role: heading, name: Thank you}"
CONTROL = "{id: message, kind: textarea, name: Message, value: message, required: yes, fact: &f}"
EVERYTHING = """{id: date, kind: date, name: Date, value: problem_date, date_format: DD.MM.YYYY, fact: &f}
      - {id: t, kind: text, name: T, within: S, nth: 2, css: '#t', value: subject, limit: {max: 9, fact: &f}, fact: &f}
      - {id: kind, kind: select, name: Kind, value: topic, choices: {feedback: F}, when: [{field: topic}], fact: &f}
      - id: yes
        kind: checkbox
        name: True
        value: certify_true
        rewrites: [case]
        fact: {mark: unknown, source: desk, note: guessed}"""
MORE = """lookups: [{method: POST, path: ^/ask$, carries: [subject], fact: &f}]
dismiss: [Accept all, {when: Hello, click: {role: link, name: Close}}]
dialogs: [Really send?, {text: Leave?, accept: no}]
away: {elements: [{role: heading, name: Closed}], hours: never, fact: &f}
server:"""


def reread(form_map: FormMap) -> FormMap:
    return validate_source(parse_source(yaml_text(shortened(form_map)).encode(), "m.yaml"), FormMap)


def without_facts(part: Any) -> Any:
    """What a run goes by: how things are known is for people, and a button may be a link."""
    if isinstance(part, dict):
        kept = {key: without_facts(value) for key, value in part.items() if key not in {"fact", "form_map_digest"}}
        return {key: value for key, value in kept.items() if (key, value) != ("role", "button") and value is not None}
    return [without_facts(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize("more", [False, True])
def test_a_converted_map_gives_the_same_plan(
    form_map: Callable[..., FormMap], loaded: Callable[..., Loaded], *, more: bool
) -> None:
    """Whatever it says: entries, pages, requests, signs."""
    changes = [(CONTROL, f"{CONTROL}\n      - {EVERYTHING}"), ("server:", MORE)] if more else []
    first = form_map(*changes)
    second = reread(first)
    inquiry = loaded(("message:", "subject: s\nproblem_date: 2026-11-02\nmessage:"))
    plans = [make_plan(inquiry, each, organisation("usps")).model_dump(mode="json") for each in (first, second)]

    assert without_facts(plans[0]) == without_facts(plans[1])
    assert reread(second) == second


def test_a_converted_map_says_what_is_not_known_as_the_rest(form_map: Callable[..., FormMap]) -> None:
    """The usual mark stands once, at the top; every other stays where it was."""
    text = yaml_text(shortened(form_map((CONTROL, f"{CONTROL}\n      - {EVERYTHING}"))))

    assert text.count("mark: seen") == 1
    assert text.count("mark: unknown") == 1
    assert "accepted" not in text
    assert "kind: textarea" in text


@pytest.mark.parametrize("name", sorted(form_files()))
def test_maps_that_come_with_autofill_are_short_and_marked(name: str) -> None:
    """Nothing in them that would be so without it; and of everything they say how it is known."""
    form_map = load_form(name).form_map

    assert read_source(form_files()[name]).data == shortened(form_map)
    assert form_map.fact or all(form_map.fact_of(page) for page in form_map.pages)


def test_a_selector_is_told_as_fragile(tmp_path: Any) -> None:
    """At its own line; it is no mistake."""
    file = tmp_path / "m.yaml"
    file.write_bytes(changed(FORM_MAP, (("name: Message", "css: '#m'"),)))
    (warning,) = load_form(str(file)).warnings
    assert str(warning).startswith(f"{file}:16:39: warning: pages.0.controls.0.css: is fragile;")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (START, "", "m.yaml:1:1: url: is"),
        ("start:", "url: https://desk.example/\nstart:", "m.yaml:5:1: url: is missing; the map needs `url`, or"),
        (NEXT, "", "m.yaml:10:5: pages.0.advance: is required"),
        (NEXT, "submit: Next\n    ", "m.yaml:13:5: pages.0.submit: only the last"),
        ("required: yes", "required: yes, asks_server: yes", "m.yaml:16:85: pages.0.controls.0.asks_server: needs"),
        ("value: message", "value: E-mail", "m.yaml:16:54: pages.0.controls.0.value: looks like a field; write its"),
        ("value: message", "value: '{{ message'", "m.yaml:16:54: pages.0.controls.0.value: is not a valid expression"),
        ("required: yes", "date_format: DDMMMM", "m.yaml:16:70: pages.0.controls.0.date_format: must contain a day (D"),
        (PROOF, "proof: {text: a, dialog: b}", "m.yaml:24:16: confirmation.proof: must be one of"),
        ("required: yes", "nth: 0", "m.yaml:16:70: pages.0.controls.0.nth: must be at least 1"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told_at_its_own_line(
    form_map: Callable[..., FormMap], complaints: Callable[..., list[str]], old: str, new: str, said: str
) -> None:
    """Also what depends on several parts of the map; each mistake once."""
    changes = [(old, new)]
    if "asks_server" in new:
        changes.append(("server: {method: POST, path: ^/send$, fact: &f}\n", ""))
    (complaint,) = complaints(lambda: form_map(*changes))
    assert complaint.startswith(said)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8801/form.html", "http://localhost/", "https://a.example/f?x=1"])
def test_where_a_map_may_start(form_map: Callable[..., FormMap], url: str) -> None:
    """On this machine without encryption, too; the origin is the address's own."""
    site = form_map((START, f"url: '{url}'")).site
    assert (site.url, site.origins) == (url, ("/".join(url.split("/")[:3]),))


@pytest.mark.parametrize("url", ["http://desk.example/", "https://", "https://me@desk.example/", "ftp://127.0.0.1/"])
def test_where_no_map_may_start(form_map: Callable[..., FormMap], url: str) -> None:
    """Anywhere else."""
    with pytest.raises(InvalidFile):
        form_map((START, f"url: '{url}'"))
