"""`autofill forms`: list the form maps, or show how well each fact of one is known."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.language import _


def command(name: Annotated[str | None, typer.Argument(metavar="NAME|FILE", help=_("One form map."))] = None) -> None:
    """List the form maps that are installed; with a name, check it and show how each fact in it is known."""
    from autofill.forms.catalog import load_form  # noqa: PLC0415
    from autofill.organisations.registry import form_files  # noqa: PLC0415

    for each in [name] if name else form_files():
        console.show_form_map(load_form(each).form_map, whole=name is not None)
