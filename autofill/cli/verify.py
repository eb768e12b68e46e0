"""The verb `autofill verify`: check that recordings are as they were sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from autofill import console
from autofill.answers.recordings import VerifyAnswer
from autofill.cli.each_recording import each
from autofill.cli.options import Json, Recordings, unreadable
from autofill.cli.recording_names import NamedRecordings, recordings_named
from autofill.errors import ExitCode, FileMissing, Misconfigured
from autofill.evidence.sealing.known import Known, authorities_in
from autofill.evidence.sealing.signature import BadSignature, PublicKey
from autofill.evidence.sealing.verification import Verification
from autofill.evidence.sealing.verify import verify_recording
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS

# One of them is enough: what was taken away is for `verify` to find out.
_PARTS = ("data", "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "tombstone.json")


def command(
    named: NamedRecordings,
    *,
    signer: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|KEY",
            help=_("Key that must have signed: a .pub file, an allowed_signers file, or one line of either."),
        ),
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Root certificates (PEM) of time-stamp authorities you know.")),
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    json: Json = False,
) -> None:
    """Carry out `autofill verify`."""
    keys = _keys(signer) if signer else None
    known = Known.here(authorities_in(authority) if authority else b"")

    def check(recording: Path) -> ExitCode:
        # What is no recording has not been tampered with, and keeps nobody from looking at the others.
        if missing := _no_recording(recording):
            raise missing
        verification = verify_recording(recording, keys, known)
        if json:
            console.say_json(VerifyAnswer(**facts(verification)))
        else:
            show(verification)
        return ExitCode.DONE if verification.sound else ExitCode.VERIFY_FAILED

    codes = each(recordings_named(named, recordings), check, json=json)
    raise typer.Exit(ExitCode.VERIFY_FAILED if ExitCode.VERIFY_FAILED in codes else max(codes))


def present(recordings: list[Path]) -> None:
    """See that every folder is there, and a recording's, before any is looked into.

    Raises:
        FileMissing: one is not.
    """
    for missing in filter(None, map(_no_recording, recordings)):
        raise missing


def _no_recording(path: Path) -> FileMissing | None:
    """What to say of a place where no recording is, nor what is left of one."""
    hint = _("Give the folder of a recording.")
    try:
        if not path.is_dir():
            words = _("{recording} is not a folder.")
        elif any((path / name).exists() for name in _PARTS):
            return None
        else:
            words = _("{recording} is not a recording.")
    except OSError as error:
        return FileMissing.unreadable(path, error, hint)
    if any(path.glob("2*/data")):
        hint = _("Recordings in it: {recordings}").format(recordings=path / "2*")
    return FileMissing(words.format(recording=path), hint=hint)


def facts(verification: Verification) -> dict[str, Any]:
    """What JSON says of one recording."""
    wrong = verification.first_wrong
    return {
        "recording": str(verification.recording),
        "ok": verification.ok,
        "sound": verification.sound,
        "unknown": verification.unknown,
        "first_wrong": wrong.detail if wrong else None,
        "signed_by": verification.signed_by,
        "stamped_at": tuple(at.isoformat() for at in verification.stamped_at),
        "checks": verification.checks,
    }


def show(verification: Verification) -> None:
    """One recording for people: how it is, then each part of it, or the first that is wrong."""
    recording = verification.recording
    if wrong := verification.first_wrong:
        console.say(_("CHANGED since it was sealed: {recording}").format(recording=recording))
        console.say(f"  {wrong.detail}")
        return
    if verification.purged:
        words = _("Purged: {recording}")
    elif verification.sound:
        words = _("Unchanged since it was sealed: {recording}")
    else:
        words = _("Unchanged since it was sealed, but signed by an UNKNOWN key: {recording}")
    console.say(words.format(recording=recording))
    for check in verification.checks:
        console.say(f"  {check.name}: {check.detail}")
    if verification.unknown:
        console.say(_("  If you know whose key or authority it is, add --signer or --authority."))


def _keys(named: str) -> frozenset[str]:
    try:
        # A key's line has spaces; a file's name that has some is still found.
        text = Path(named).read_text(encoding="utf-8") if " " not in named or Path(named).is_file() else named
        keys = frozenset(key.fingerprint for key in PublicKey.found_in(text))
    except OSError as error:
        raise unreadable(named, error, "--signer") from None
    except (BadSignature, UnicodeDecodeError):
        keys = frozenset()
    if not keys or "cert-authority" in text:
        raise Misconfigured(
            _("--signer has no usable key."), hint=_("Use a .pub file, a list of allowed signers, or one line of it.")
        )
    return keys
