"""The verb `autofill decrypt`: restore recordings from their archives, and check them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.recordings import DecryptAnswer
from autofill.cli.each_recording import each
from autofill.cli.options import Json, Recordings
from autofill.cli.recording_names import NamedRecordings, recordings_named
from autofill.cli.verify import facts, show
from autofill.errors import ExitCode
from autofill.evidence.archiving.age import identities_of
from autofill.evidence.archiving.encryption import decrypt
from autofill.evidence.sealing.verify import verify_recording
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    named: NamedRecordings,
    *,
    identity: Annotated[
        Path,
        typer.Option(metavar="FILE", help=_("Your private key: a file with age identities, or an SSH key.")),
    ],
    recordings: Recordings = DEFAULT_RECORDINGS,
    json: Json = False,
) -> None:
    """Carry out `autofill decrypt`."""
    identities = identities_of(identity)

    def open_one(archive: Path) -> ExitCode:
        found = verify_recording(decrypt(archive, identities))
        if json:
            console.say_json(DecryptAnswer(archive=str(archive), **facts(found)))
        else:
            show(found)
        return ExitCode.DONE if found.ok else ExitCode.VERIFY_FAILED

    if code := max(each(recordings_named(named, recordings), open_one, json=json)):
        raise typer.Exit(code)
