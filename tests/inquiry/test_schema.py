"""The schema that editors use is current, and agrees with the reader about the examples."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from autofill.inquiry import schema
from autofill.inquiry.schema import inquiry_schema
from autofill.organisations.registry import organisation

EXAMPLES = sorted((Path(__file__).parents[2] / "profiles").glob("*.yaml"))
USPS = organisation("usps")
SCHEMA: dict[str, Any] = json.loads(inquiry_schema(USPS.inquiry_model))
VALIDATOR = Draft202012Validator(SCHEMA)
SMALL = """\
topic: claim
contact: {first_name: A, last_name: B, email: a@example.com}
message: x
"""


class Editor(yaml.SafeLoader):
    """Types plain scalars as YAML 1.2's core schema does, which editors follow."""

    def number(self, node: yaml.ScalarNode) -> float:
        return float(int(node.value, 0)) if node.value[:2] in ("0x", "0o") else float(node.value.replace(".inf", "inf"))


Editor.yaml_implicit_resolvers = {}  # the class's own, or SafeLoader would change with it
CORE: dict[str, str] = {
    "null": r"^(?:~|null|Null|NULL|)$",
    "bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "float": r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.inf)$",
}
for _kind, _pattern in CORE.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(_pattern), None)
Editor.add_constructor("tag:yaml.org,2002:float", Editor.number)


def underlined(text: str) -> list[str]:
    """The places an editor would underline."""
    seen: dict[Hashable, Any] = yaml.load(text, Loader=Editor)
    return sorted(error.json_path for error in VALIDATOR.iter_errors(seen))


def test_committed_schema_is_current() -> None:
    """Regenerate it with `inquiry_schema()` when this fails."""
    general = Path(schema.__file__).with_name("inquiry.schema.json")
    own = (USPS.folder or Path()) / "inquiry.schema.json"
    assert general.read_text(encoding="utf-8") == inquiry_schema()
    assert own.read_text(encoding="utf-8") == inquiry_schema(USPS.inquiry_model)


def test_is_a_schema() -> None:
    """2020-12, the same text each time, every field described."""
    Draft202012Validator.check_schema(SCHEMA)
    assert inquiry_schema(USPS.inquiry_model) == inquiry_schema(USPS.inquiry_model)
    Draft202012Validator.check_schema(json.loads(inquiry_schema()))
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all("description" in field or "$ref" in field for part in parts for field in part["properties"].values())


def test_the_editor_types_scalars() -> None:
    """The stand-in for an editor does turn plain scalars into numbers, truth and nothing."""
    seen = yaml.load("[02134, 08901, +8210, No, Null, '', yes, true, 9e9, 2026-01-02]", Loader=Editor)
    assert seen == [2134.0, 8901.0, 8210.0, "No", None, "", "yes", True, 9e9, "2026-01-02"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_not_underlined(path: Path) -> None:
    """As an editor reads them, the examples fit the schema."""
    assert underlined(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "extra",
    ["item: {tracking_number: 9400111206206406260787}", "previous_case: 00482913", "previous_case: 1e5",
     "subject: Null", "subject: true", "subject: 12", "subject: 2026-13-45", "problem_date: 2026-01-02",
     "certify_true: yes", "certify_true: true", "certify_true:", "item:", "attachments:", "attachments: [1, a.jpg]",
     "sub_topic:", "form:", "answers: {Colour: red, Again: yes, Sizes: [S, 1], Receipt: {file: a.pdf}}",
     "attachments: [{file: a.pdf, for: Receipt}]",
     "item: {sender_address: {street: 5, city: No, postal_code: 02134}}", "item: {mail_class: }"],
)  # fmt: skip
def test_plain_scalars_are_not_underlined(extra: str) -> None:
    """What the strict reader takes as text, an editor need not have quoted."""
    assert underlined(f"{SMALL}{extra}\n") == []


@pytest.mark.parametrize(
    ("extra", "place"),
    [
        ("certify_true: perhaps", "$.certify_true"),
        ("problem_date: tomorrow", "$.problem_date"),
        ("form: [a]", "$.form"),
        ("sub_topic: Not received", "$.sub_topic"),
        ("item: {mail_class: air}", "$.item"),
        ("item: {weight: 5}", "$.item"),
        ("subject: [a]", "$.subject"),
        ("url: x", "$"),
        ("answers: {Colour: {shade: red}}", "$.answers"),
        ("attachments: [{file: a.pdf}]", "$.attachments"),
    ],
)
def test_mistakes_are_underlined(extra: str, place: str) -> None:
    """Editors show the plain mistakes before we are asked."""
    assert underlined(f"{SMALL}{extra}\n") == [place]
