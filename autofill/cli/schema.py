"""The verb `autofill schema`: print the JSON Schema of profiles or form maps, for editors, or of what a verb prints."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.answers.registry import ANSWERS, schema_of
from autofill.errors import Misconfigured
from autofill.forms.catalog import form_map_schema
from autofill.inquiry.models import Inquiry
from autofill.inquiry.schema import inquiry_schema
from autofill.language import _
from autofill.organisations.registry import organisation as organisation_of


def command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="inquiry|form-map|NAME",
            help=_("NAME is a kind of answer: run for autofill.run/1, which --json prints."),
        ),
    ] = "inquiry",
    *,
    organisation: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Include the own fields of this organisation.")),
    ] = None,
) -> None:
    """Carry out `autofill schema`."""
    if organisation and what != "inquiry":
        raise Misconfigured(
            _("Only the schema of profiles depends on the organisation."), hint=_("Leave --organisation out.")
        )
    match what:
        case "inquiry":
            schema = inquiry_schema(organisation_of(organisation).inquiry_model if organisation else Inquiry)
        case "form-map":
            schema = form_map_schema()
        case name if name in ANSWERS:
            schema = schema_of(name)
        case _:
            names = ", ".join(("inquiry", "form-map", *ANSWERS))
            raise Misconfigured(_("There is no such schema."), hint=_("Schemas: {names}").format(names=names))
    console.say_json_text(schema.rstrip("\n"))
