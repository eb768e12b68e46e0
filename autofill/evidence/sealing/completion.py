"""Completing a recording later: sealing what a crash left open, signing what is unsigned, stamping what is unstamped.

Only what is otherwise in order is signed: a signature must never cover up a change.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autofill.errors import Misconfigured
from autofill.evidence.keeping.bag import SIGNATURES, SUMS, Damage, check, information, listed
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import JOURNAL, read_chain
from autofill.evidence.sealing.seal import (
    SIGNATURE,
    SIGNING_KEY_TAG,
    KeyChoice,
    configured,
    is_sealed,
    list_signatures,
    seal,
    sign,
    stamp,
)
from autofill.evidence.sealing.signing_key import SigningKey
from autofill.evidence.sealing.verify import Verification, verify_recording
from autofill.language import _


@dataclass(frozen=True, slots=True)
class Completion:
    """What was done to a recording, in the words `sealed`, `signed` and `stamped by HOST`, and how it is now."""

    done: tuple[str, ...]
    verification: Verification


def complete(path: Path, authorities: Iterable[str] = (), key: KeyChoice = configured) -> Completion:
    """Do what is still wanting for a recording to be sealed, signed, and stamped by the authorities (by address).

    One that is not as it was sealed is left alone.

    Raises:
        Damage: it cannot be sealed: it holds no journal, or the journal's chain is broken.
        Misconfigured: the key cannot sign or is not the one that the seal names; no authority has that address.
        TryLater: an authority did not answer.
        DiskTrouble: something could not be written.
    """
    folder = RecordingFolder(path.resolve())
    done: list[str] = []
    if is_sealed(folder):
        _list_newcomers(folder.path)
        found = verify_recording(folder.path)
        wrong = found.first_wrong
        if wrong and (wrong.name != "signature" or _is_signed(folder)):
            return Completion((), found)
    else:
        _seal_later(folder, key)
        done += ["sealed", "signed"] if _is_signed(folder) else ["sealed"]
    if not _is_signed(folder) and (signer := key()):
        _sign_later(folder, signer)
        done.append("signed")
    done += [f"stamped by {name}" for url in authorities if (name := stamp(folder, url))]
    return Completion(tuple(done), verify_recording(folder.path))


def _is_signed(folder: RecordingFolder) -> bool:
    return (folder.path / SIGNATURE).exists()


def _seal_later(folder: RecordingFolder, key: KeyChoice) -> None:
    """Seal what a crash left; half a line at the journal's end is what crashes leave."""
    journal = read_chain(folder.path)
    if journal.broken:
        number = len(journal.records) + 1
        raise Damage(JOURNAL, _("line {number} {what}").format(number=number, what=journal.broken))
    run = journal.last("run")
    seal(folder, run.facts["run_id"] if run else folder.path.name, key=key, later=True)


def _sign_later(folder: RecordingFolder, signer: SigningKey) -> None:
    if information(folder.path).get(SIGNING_KEY_TAG, mine := signer.public.fingerprint) != mine:
        raise Misconfigured(
            _("The recording was to be signed by another key."),
            hint=_("bag-info.txt names it: put that one in AUTOFILL_SIGNING_KEY."),
        )
    sign(folder, signer)


def _list_newcomers(recording: Path) -> None:
    """A crash between a signature and its checksum leaves it unlisted; what was listed must still be as it was."""
    if not (recording / SIGNATURES).is_dir():
        return
    with suppress(Damage):  # which the check afterwards will name
        if (recording / SUMS).exists():
            check(recording, listed(recording, SUMS))
        list_signatures(RecordingFolder(recording))
