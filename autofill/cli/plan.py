"""`autofill plan`: show the steps a run would take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.cli.options import Form, Json


def command(
    profile: Annotated[Path, typer.Argument(metavar="PROFILE", help="Inquiry profile (YAML file).")],
    *,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show, step by step, what running PROFILE would enter; nothing is opened or sent."""
    from autofill.forms.catalog import prepare_profile  # noqa: PLC0415

    plan = prepare_profile(profile, form).plan
    if json:
        console.say(plan.model_dump_json(by_alias=True))
    else:
        console.show_problems(plan.warnings)
        console.show_plan(plan)
