"""The verb `autofill install`: get a browser and the fonts that names need."""

from __future__ import annotations

import typer

from autofill import console
from autofill.errors import ExitCode
from autofill.language import _
from autofill.machine import install


def command() -> None:
    """Carry out `autofill install`."""
    if not install(console.say):
        console.tell(_("No browser could be installed. Name one with --browser, or see: autofill doctor"))
        raise typer.Exit(ExitCode.UNAVAILABLE)
