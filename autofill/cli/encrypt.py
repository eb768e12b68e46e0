"""The verb `autofill encrypt`: put sealed recordings into archives that only a key opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.recordings import EncryptAnswer
from autofill.cli.each_recording import each
from autofill.cli.options import Json, Recordings
from autofill.cli.recording_names import NamedRecordings, recordings_named
from autofill.cli.verify import present
from autofill.errors import ExitCode, Misconfigured
from autofill.evidence.archiving.age import identities_of, recipients_of
from autofill.evidence.archiving.encryption import clear_leftovers, encrypt
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import is_sealed
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    named: NamedRecordings,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="RECIPIENT|FILE",
            envvar="AUTOFILL_ENCRYPT_TO",
            help=_("Who can open them: an age recipient, an SSH public key, or a file of them."),
        ),
    ] = None,
    identity: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Your private key, to test each archive before its folder is deleted.")),
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    json: Json = False,
) -> None:
    """Carry out `autofill encrypt`."""
    if not to:
        raise Misconfigured(_("No recipient given."), hint=_("Use --to, or set AUTOFILL_ENCRYPT_TO."))
    places = recordings_named(named, recordings)
    present(places)
    recipients, identities = recipients_of(to), identities_of(identity) if identity else None
    for recording in places:
        if not is_sealed(RecordingFolder(recording)):
            raise Misconfigured(
                _("{recording} is not sealed.").format(recording=recording),
                hint=_("Seal it first: autofill seal --sign"),
            )

    def encrypt_one(recording: Path) -> ExitCode:
        clear_leftovers(recording.parent)
        archive = encrypt(recording, recipients, identities)
        if json:
            console.say_json(EncryptAnswer(recording=str(recording), archive=str(archive)))
        else:
            console.say(_("Encrypted: {archive}").format(archive=archive))
        return ExitCode.DONE

    if code := max(each(places, encrypt_one, json=json)):
        raise typer.Exit(code)
