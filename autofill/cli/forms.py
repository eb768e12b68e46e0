"""The verb `autofill forms`: list the form maps, or show how well each fact of one is known."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.errors import InvalidFile, Problem
from autofill.forms.catalog import load_form
from autofill.language import _
from autofill.organisations.registry import form_files


def command(name: Annotated[str | None, typer.Argument(metavar="NAME|FILE", help=_("One form map."))] = None) -> None:
    """Carry out `autofill forms`."""
    broken: list[Problem] = []
    for each in [name] if name else form_files():
        try:
            console.show_form_map(load_form(each).form_map, whole=name is not None)
        except InvalidFile as invalid:  # one broken map must not hide the others
            broken += invalid.problems
    if broken:
        raise InvalidFile(broken)
