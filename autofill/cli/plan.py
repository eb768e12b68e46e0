"""The verb `autofill plan`: show the steps a run would take, or what to say where there is no form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.profiles import PlanAnswer, ScriptAnswer
from autofill.cli.options import Form, Json
from autofill.forms.catalog import load_profile, prepare_profile
from autofill.forms.channels import Channel, script_for
from autofill.language import _


def command(
    profile: Annotated[Path, typer.Argument(metavar="PROFILE", help=_("Inquiry profile (YAML file)."))],
    *,
    form: Form = None,
    channel: Annotated[
        Channel | None,
        typer.Option(
            metavar="chat|dm|phone", help=_("Prepare what to write or say on this channel instead of a form.")
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Carry out `autofill plan`."""
    if channel:
        _show_script(profile, channel, json=json)
        return
    prepared = prepare_profile(profile, form)
    plan, inquiry = prepared.plan, prepared.loaded.inquiry
    if json:
        console.say_json(PlanAnswer.model_validate(dict(plan)))
        return
    console.show_problems(plan.warnings)
    console.show_plan(plan)
    # The plan holds only what is sent.
    if inquiry.translation:
        mine = (_("Your translation, which is not sent"), inquiry.translation)
        console.show_beside((_("Message"), inquiry.message or ""), mine)


def _show_script(profile: Path, channel: Channel, *, json: bool) -> None:
    loaded, form = load_profile(profile)
    script = script_for(loaded.fields, form.organisation, channel, datetime.now().astimezone().date())
    if json:
        console.say_json(ScriptAnswer(profile=str(profile), **dict(script)))
        return
    console.show_problems(loaded.warnings)
    console.show_script(script)
