"""The verb `autofill export`: a script of another tool that fills the same form by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.tools import ExportAnswer
from autofill.cli.options import Json
from autofill.forms.catalog import load_form, prepare_profile
from autofill.interchange.planned import planned, unfilled
from autofill.interchange.writing import Format, write_flow
from autofill.language import _
from autofill.orders.given import must_be_address


def command(
    form: Annotated[str, typer.Argument(metavar="NAME|FILE", help=_("The form map."))],
    profile: Annotated[
        Path | None, typer.Argument(metavar="[PROFILE]", help=_("Whose values go in; placeholders without one."))
    ] = None,
    *,
    to: Annotated[Format, typer.Option(metavar="chrome-recorder|playwright|selenium-ide", help=_("The other tool."))],
    submit: Annotated[
        bool, typer.Option("--submit", help=_("Submit in the end: such a script has no guard against sending twice."))
    ] = False,
    url: Annotated[str, typer.Option(metavar="ADDRESS", help=_("Another address of the form."))] = "",
    json: Json = False,
) -> None:
    """Carry out `autofill export`."""
    must_be_address(url or None)
    if profile:
        flow = planned(prepare_profile(profile, form).plan, form, url)
    else:
        flow = unfilled(load_form(form).form_map, form, url)
    text, written = write_flow(flow, to, submit=submit)
    if json:
        console.say_json(ExportAnswer(form=form, format=to, script=text, left=written.left, exit_code=0))
        return
    console.say_text(text.rstrip("\n"))
    for each in written.left:
        console.tell(f"{each.field}: {each.message}")
