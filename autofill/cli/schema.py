"""The verb `autofill schema`: print the JSON Schema of profiles or form maps, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from autofill import console
from autofill.errors import Misconfigured
from autofill.forms.catalog import form_map_schema
from autofill.inquiry.models import Inquiry
from autofill.inquiry.schema import inquiry_schema
from autofill.language import _
from autofill.organisations.registry import organisation as organisation_of


def command(
    what: Annotated[Literal["inquiry", "form-map"], typer.Argument(metavar="inquiry|form-map")] = "inquiry",
    *,
    organisation: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Include the own fields of this organisation.")),
    ] = None,
) -> None:
    """Carry out `autofill schema`."""
    if what == "form-map":
        if organisation:
            raise Misconfigured(_("All form maps have one schema."), hint=_("Leave --organisation out."))
        schema = form_map_schema()
    else:
        schema = inquiry_schema(organisation_of(organisation).inquiry_model if organisation else Inquiry)
    console.say_json_text(schema.rstrip("\n"))
