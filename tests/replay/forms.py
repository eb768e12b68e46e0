"""Small forms of any kind: pages around a snippet, and the form map and the plan for them.

Nothing here asserts.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from autofill.forms.form_map import FormMap
from autofill.forms.plan import Plan
from autofill.forms.planning import make_plan
from autofill.inquiry.models import Inquiry
from autofill.inquiry.profile import check_profile
from autofill.organisations.registry import GENERAL
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source

PROFILE = """\
topic: question
contact: {name: Ana Núñez, email: ana@example.com, phone: (202) 555-0143}
message: |
  The box came damaged.

  What now?
answers: {News: no, Terms: yes, State: Maine}
"""
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><h1>Contact us</h1>
<form method="post" action="/send">{inside}<button>Send</button></form>"""
MAP = """\
id: small
title: Small form
organisation: Nobody
sources: {desk: A desk in a test}
start: {url: https://desk.example/, origins: [https://desk.example], fact: &f}
pace: {seconds_between_runs: 0, fact: &f}
attachments: {accepted: yes, fact: &f}
busy: {role: status, name: Loading}
pages:
server: {method: POST, path: ^/ask$, fact: &f}
submit: {method: POST, path: ^/send$, fact: &f}
confirmation: {proof: {role: heading, name: Thank you}, case_number: '[0-9]{8}', near: [case number], fact: &f}
refusal: {elements: [{role: alert, name: Error}], fact: &f}
person_needed: {fact: &f}
"""
LAST = ("Contact us", "Send")


def form_map(*pages: tuple[tuple[str, str], str]) -> FormMap:
    """The map of a form."""
    return validate_source(parse_source(map_text(*pages).encode(), "m.yaml"), FormMap)


def map_text(*pages: tuple[tuple[str, str], str]) -> str:
    """The file of the map of a form; each page is its heading, its button, and its controls, one a line.

    A line `echoes` says that the page does. A control is `name | kind | value`, and what else there is to say of it.
    """
    text = ""
    for number, ((heading, button), controls) in enumerate(pages):
        text += f"  - id: p{number}\n    title: {heading}\n    heading: {{role: heading, name: {heading}}}\n"
        text += f"    advance: {{role: button, name: {button}}}\n    fact: &f\n"
        lines = controls.strip().splitlines()
        text += "    echoes: yes\n" if "echoes" in lines else ""
        if asked := [line.split("|") for line in lines if "|" in line]:
            text += "    controls:\n"
        for place, (name, kind, value, *more) in enumerate(asked):
            also = "".join(f", {each.strip()}" for each in more)
            named = f"id: c{place}, kind: {kind.strip()}, name: '{name.strip()}', value: {value.strip()}"
            text += f"      - {{{named}{also}, fact: &f}}\n"
    # Strict YAML has no anchors; this one only keeps the text above short.
    return MAP.replace("pages:\n", f"pages:\n{text}").replace("&f", "{mark: seen, source: desk}")


def plan_for(mapped: FormMap, profile: str = PROFILE) -> Plan:
    """The plan of an inquiry for the form."""
    loaded = check_profile(parse_source(profile.encode(), "p.yaml"), Inquiry, date(2026, 11, 28))
    return make_plan(loaded, mapped, GENERAL)


def values(body: str) -> dict[str, Any]:
    """What a form sent."""
    return dict(parse_qsl(body, keep_blank_values=True))
