"""The verb `autofill install`: get a browser and the fonts that names need."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill import console
from autofill.errors import ExitCode
from autofill.language import _
from autofill.machine import install
from autofill.shell import has_display


def command(
    *,
    headed: Annotated[
        bool | None,
        typer.Option(
            "--headed/--headless",
            help=_("Install a browser that can show windows."),
            show_default=_("--headed where there is a display"),
        ),
    ] = None,
) -> None:
    """Carry out `autofill install`."""
    if not install(console.say, whole=has_display() if headed is None else headed):
        console.tell(_("No browser could be installed. Choose one with --browser, or see: autofill doctor"))
        raise typer.Exit(ExitCode.UNAVAILABLE)
