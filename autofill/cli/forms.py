"""The verb `autofill forms`: list the form maps, show how well each fact of one is known, or write one shorter."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.errors import InvalidFile, Misconfigured, Problem
from autofill.forms.catalog import load_form
from autofill.forms.conversion import shortened
from autofill.language import _
from autofill.organisations.registry import form_files
from autofill.sources.writing import yaml_text

_CONVERT = "convert"


def command(
    name: Annotated[str | None, typer.Argument(metavar="[convert] NAME|FILE", help=_("One form map."))] = None,
    converted: Annotated[str | None, typer.Argument(hidden=True)] = None,
) -> None:
    """Carry out `autofill forms`."""
    if name == _CONVERT and converted:
        console.say_text(yaml_text(shortened(load_form(converted).form_map)).rstrip())
        return
    if converted:
        raise Misconfigured(
            _("There is one form map too many."), hint=_("autofill forms NAME, or autofill forms convert NAME|FILE")
        )
    broken: list[Problem] = []
    for each in [name] if name else form_files():
        try:
            form = load_form(each)
            console.show_form_map(form.form_map, whole=name is not None)
            console.show_problems(form.warnings)
        except InvalidFile as invalid:  # one broken map must not hide the others
            broken += invalid.problems
    if broken:
        raise InvalidFile(broken)
