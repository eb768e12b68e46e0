"""`autofill schema`: print the JSON Schema of profiles or form maps, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from autofill import console


def command(
    what: Annotated[Literal["inquiry", "form-map"], typer.Argument(metavar="inquiry|form-map")] = "inquiry",
) -> None:
    """Print a JSON Schema. Editors use it to complete and check what you write."""
    if what == "inquiry":
        from autofill.inquiry.schema import inquiry_schema  # noqa: PLC0415

        console.say(inquiry_schema().rstrip("\n"))
    else:
        from autofill.forms.catalog import form_map_schema  # noqa: PLC0415

        console.say(form_map_schema().rstrip("\n"))
