"""`autofill verify`: check that recordings are as they were sealed."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autofill import console
from autofill.cli.options import Json
from autofill.errors import ExitCode, FileMissing, Misconfigured
from autofill.language import _

if TYPE_CHECKING:
    from autofill.evidence.sealing.verify import Verification


def command(
    recordings: Annotated[list[Path], typer.Argument(metavar="RECORDING...", help=_("Folders of recordings."))],
    *,
    signer: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|KEY", help=_("Key that must have signed: a .pub or allowed_signers file, or its one line.")
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Check that recordings are as they were sealed, by whom and when; say what is wrong first where they are not."""
    from autofill.evidence.sealing.verify import verify_recording  # noqa: PLC0415

    present(recordings)
    keys = _keys(signer) if signer else None
    found = [verify_recording(recording, keys) for recording in recordings]
    for verification in found:
        if json:
            console.say(json_text.dumps({"schema": "autofill.verify/1", **facts(verification)}, ensure_ascii=False))
        else:
            show(verification)
    if not all(verification.ok for verification in found):
        raise typer.Exit(ExitCode.VERIFY_FAILED)


def present(recordings: list[Path]) -> None:
    """See that every folder is there before any is looked into.

    Raises:
        FileMissing: one is not.
    """
    for recording in recordings:
        if not recording.is_dir():
            raise FileMissing(
                _("{recording} is not a folder.").format(recording=recording), hint=_("Name the folder of a recording.")
            )


def facts(verification: Verification) -> dict[str, object]:
    """What JSON says of one recording."""
    wrong = verification.first_wrong
    return {
        "recording": str(verification.recording),
        "ok": verification.ok,
        "first_wrong": wrong.detail if wrong else None,
        "signed_by": verification.signed_by,
        "stamped_at": [at.isoformat() for at in verification.stamped_at],
        "checks": [{"name": each.name, "ok": each.ok, "detail": each.detail} for each in verification.checks],
    }


def show(verification: Verification) -> None:
    """One recording for people: how it is, then each part of it, or the first that is wrong."""
    if wrong := verification.first_wrong:
        console.say(_("NOT as it was sealed: {recording}").format(recording=verification.recording))
        console.say(f"  {wrong.detail}")
        return
    purged = any(check.name == "purged" for check in verification.checks)
    words = _("Purged, the rest as it was sealed: {recording}") if purged else _("As it was sealed: {recording}")
    console.say(words.format(recording=verification.recording))
    for check in verification.checks:
        console.say(f"  {check.name}: {check.detail}")


def _keys(named: str) -> frozenset[str]:
    from autofill.evidence.sealing.signature import BadSignature, PublicKey  # noqa: PLC0415

    try:
        # A key's line has spaces; a file's name that has some is still found.
        text = Path(named).read_text(encoding="utf-8") if " " not in named or Path(named).is_file() else named
        keys = frozenset(key.fingerprint for key in PublicKey.found_in(text))
    except OSError as error:
        raise FileMissing(
            _("{file} cannot be read: {reason}.").format(file=named, reason=error.strerror),
            hint=_("Name another one with --signer."),
        ) from None
    except (BadSignature, UnicodeDecodeError):
        keys = frozenset()
    if not keys or "cert-authority" in text:
        raise Misconfigured(
            _("--signer names no usable key."), hint=_("Name a .pub file, a list of allowed signers, or a key's line.")
        )
    return keys
