"""The verb `autofill share`: make a copy of a recording that can be handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.recordings import ShareAnswer
from autofill.cli.options import Json, Recordings
from autofill.cli.recording_names import NamedRecording, recordings_named
from autofill.cli.verify import present
from autofill.errors import ExitCode
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.sharing.redaction import Choice
from autofill.evidence.sharing.share import ShareResult, share
from autofill.language import _, plural
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    named: NamedRecording,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=_("Folder for the copy, instead of beside the recording."))
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help=_("Leave this field visible. Can be used several times.")),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help=_("Cover only this field. Can be used several times.")),
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    json: Json = False,
) -> None:
    """Carry out `autofill share`."""
    (recording,) = recordings_named([named], recordings)
    present([recording])
    try:
        shared = share(recording, out, Choice(frozenset(keep or ()), frozenset(only or ())))
    except Damage as damage:
        code = ExitCode.VERIFY_FAILED
        if json:
            console.say_json(ShareAnswer(recording=str(recording), copy=None, error=str(damage), exit_code=code))
        else:
            console.say(_("CHANGED since it was sealed, so no copy was made: {recording}").format(recording=recording))
            console.say(f"  {damage}")
        raise typer.Exit(code) from None
    _show_json(recording, shared) if json else _show(shared)


def _show_json(recording: Path, shared: ShareResult) -> None:
    console.say_json(
        ShareAnswer(
            recording=str(recording),
            copy=str(shared.copy),
            original_tagmanifest_sha256=shared.withheld.original_tagmanifest_sha256,
            withheld_fields=shared.withheld.fields,
            withheld_pictures=shared.missing_pictures,
            signed=shared.sealed.signed,
            faults=shared.sealed.faults,
            error=None,
            exit_code=ExitCode.DONE,
        )
    )


def _show(shared: ShareResult) -> None:
    console.say(_("Copy to share: {copy}").format(copy=shared.copy))
    console.say(_("  covered: {fields}").format(fields=", ".join(shared.withheld.fields) or _("nothing")))
    if missing := shared.missing_pictures:
        words = plural(
            "  {number} screenshot was left out: {names}", "  {number} screenshots were left out: {names}", len(missing)
        )
        console.say(words.format(number=len(missing), names=", ".join(missing)))
    for fault in shared.sealed.faults:
        console.say(f"  {fault}")
    console.say(_("Check it before you share it: {report}").format(report=shared.copy / "data" / "report.html"))
