"""The verb `autofill schema`: print the JSON Schema of profiles or form maps, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from autofill import console
from autofill.forms.catalog import form_map_schema
from autofill.inquiry.schema import inquiry_schema


def command(
    what: Annotated[Literal["inquiry", "form-map"], typer.Argument(metavar="inquiry|form-map")] = "inquiry",
) -> None:
    """Carry out `autofill schema`."""
    if what == "inquiry":
        console.say(inquiry_schema().rstrip("\n"))
    else:
        console.say(form_map_schema().rstrip("\n"))
