"""Form maps as files: those that come with autofill and those a user names; and the way from two files to a plan.

Reads files; everything it returns was validated.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from autofill.errors import FileMissing
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Plan, make_plan
from autofill.inquiry.attachments import Attachment, read_attachments
from autofill.inquiry.profile import load_inquiry
from autofill.language import _
from autofill.organisations.registry import form_files
from autofill.sources.source import Source, read_source
from autofill.sources.validation import validate_source


def library() -> tuple[str, ...]:
    """Names of the form maps that come with autofill, and of the person's own."""
    return tuple(form_files())


def load_form_map(name_or_file: str) -> FormMap:
    """Load a form map by its library name, or from a file when the text ends in .yaml or .yml.

    Raises:
        FileMissing: there is no such map.
        InvalidFile: the map breaks its schema; every problem is listed.
    """
    return validate_source(_source(name_or_file), FormMap)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs to know of a profile: the plan, and the files that go with it."""

    plan: Plan
    attachments: tuple[Attachment, ...]


def prepare_profile(profile: Path, form: str | None = None) -> Prepared:
    """Read a profile and its files, and plan it, for the form it names or another one.

    Raises:
        FileMissing: the profile, one of its files, or the form map is not there.
        InvalidFile: everything that is wrong with either, or keeps the one from going into the other.
    """
    loaded = load_inquiry(profile)
    plan = make_plan(loaded, load_form_map(form or loaded.inquiry.form))
    return Prepared(plan, read_attachments(profile, loaded.inquiry.attachments, loaded.source))


def form_map_schema() -> str:
    """JSON Schema (2020-12) of form maps, for editors."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **FormMap.model_json_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _source(name_or_file: str) -> Source:
    if name_or_file.endswith((".yaml", ".yml")):
        return read_source(Path(name_or_file))
    if name_or_file in (known := form_files()):
        return read_source(known[name_or_file])
    raise FileMissing(
        _("there is no form map of that name; there are: {known}").format(known=", ".join(library())),
        hint=_("See: autofill forms"),
    )
