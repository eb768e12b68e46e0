"""The verb `autofill forms`: list the form maps, or show how well each fact of one is known."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.forms.catalog import library, load_form_map
from autofill.language import _


def command(name: Annotated[str | None, typer.Argument(metavar="NAME|FILE", help=_("One form map."))] = None) -> None:
    """Carry out `autofill forms`."""
    for form_map in [load_form_map(name)] if name else map(load_form_map, library()):
        console.show_form_map(form_map, whole=name is not None)
