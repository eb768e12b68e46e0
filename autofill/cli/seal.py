"""The verb `autofill seal`: seal, sign and stamp recordings later."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from autofill import console
from autofill.answers.recordings import SealAnswer
from autofill.cli.each_recording import each
from autofill.cli.options import Json, Recordings
from autofill.cli.recording_names import NamedRecordings, recordings_named
from autofill.cli.verify import facts, present, show
from autofill.errors import AutofillError, ExitCode
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.sealing.completion import complete
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    named: NamedRecordings,
    *,
    timestamp: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            help=_("Time-stamp authority (RFC 3161). It gets only a hash. Can be used several times."),
        ),
    ] = None,
    sign: Annotated[
        bool,
        typer.Option(
            "--sign", help=_("Seal and sign recordings without a signature as they are now. Check them first.")
        ),
    ] = False,
    recordings: Recordings = DEFAULT_RECORDINGS,
    json: Json = False,
) -> None:
    """Carry out `autofill seal`."""
    places = recordings_named(named, recordings)
    codes = each(places, lambda one: _complete(one, timestamp or [], sign=sign, json=json), json=json)
    if any(codes):
        raise typer.Exit(max(codes))


def _complete(recording: Path, authorities: list[str], *, sign: bool, json: bool) -> ExitCode:
    present([recording])
    code, wrong = ExitCode.DONE, ""
    found: dict[str, Any] = {"recording": str(recording)}
    try:
        completion = complete(recording, authorities, may_sign=sign)
    except Damage as damage:
        code, wrong = ExitCode.VERIFY_FAILED, str(damage)
        if not json:
            console.say(_("Cannot be sealed: {recording}").format(recording=recording))
            console.say(f"  {wrong}")
    except AutofillError as error:
        code, wrong = error.exit_code, str(error)
        if not json:
            console.show_error(error)
    else:
        code = ExitCode.DONE if completion.verification.ok else ExitCode.VERIFY_FAILED
        found = {"done": completion.done, **facts(completion.verification)}
        if not json:
            show(completion.verification)
            if completion.done or not code:
                console.say(
                    _("  added now: {what}").format(what=", ".join(completion.done) or _("nothing was missing"))
                )
    if json:
        console.say_json(SealAnswer(**found, error=wrong or None, exit_code=code))
    return code
