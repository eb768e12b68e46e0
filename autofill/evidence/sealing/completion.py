"""Completion of a recording later: seal, signature and time-stamps that are still missing.

Only what is otherwise in order is signed: a signature must never cover up a change. Whether a signature was never there
or was taken away, with everything else made anew, cannot be seen: so only a person can say that it shall be signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autofill.errors import Misconfigured
from autofill.evidence.keeping.bag import (
    SIGNATURES,
    SUMS,
    Damage,
    bag_info,
    check,
    contents,
    read_manifest,
)
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
from autofill.evidence.sealing.tombstone import TOMBSTONE_SIGNATURE, Tombstone, tombstone_of
from autofill.evidence.sealing.verification import Verification
from autofill.evidence.sealing.verify import verify_recording
from autofill.language import _
from autofill.visible import visible


@dataclass(frozen=True, slots=True)
class Completion:
    """Result of a completion: what was done (`sealed`, `signed`, `stamped by HOST`), and how it verifies now."""

    done: tuple[str, ...]
    verification: Verification


def complete(
    path: Path, authorities: Iterable[str] = (), key: KeyChoice = configured, *, may_sign: bool = False
) -> Completion:
    """Seal, sign, and have stamped by the authorities (by address) what is not yet.

    One that is not as it was sealed is left alone. Of one that was purged the tombstone is signed.

    Raises:
        Damage: it cannot be sealed: it holds no journal, or the journal's chain is broken.
        Misconfigured: it bears no signature and `may_sign` is not said; the key cannot sign or is not the one that the
            seal names; no authority has that address.
        TryLater: an authority did not answer.
        DiskTrouble: something could not be written.
    """
    folder = RecordingFolder(path.resolve())
    tombstone = tombstone_of(folder.path)
    part, signature = ("tombstone", TOMBSTONE_SIGNATURE) if tombstone else ("signature", SIGNATURE)
    unsigned = not (folder.path / signature).exists()
    done: list[str] = []
    run_id = "" if tombstone or is_sealed(folder) else _sealable(folder)
    if not run_id:
        _list_unlisted(folder.path)
        found = verify_recording(folder.path)
        wrong = found.first_wrong
        if wrong and not (unsigned and wrong.name == part):
            return Completion((), found)
    signer = key() if unsigned else None
    if signer and not may_sign:
        said = _("{recording} has no signature: its run ended early or had no key, or the signature was removed.")
        hint = _("If nothing was changed in it, seal and sign it as it is now: autofill seal --sign")
        raise Misconfigured(said.format(recording=folder.path), hint=hint)
    if run_id:
        seal(folder, run_id, key=lambda: signer, later=True)
        done.append("sealed")
    if signer:
        if not (folder.path / signature).exists():
            _sign_later(folder, tombstone, signer)
        done.append("signed")
    done += [f"stamped by {name}" for url in authorities if (name := stamp(folder, url))]
    return Completion(tuple(done), verify_recording(folder.path))


def _sealable(folder: RecordingFolder) -> str:
    """Run id of a recording that a crash left; half a line at the journal's end is what crashes leave."""
    there = contents(folder.path)
    there.check_folders(there.files)
    journal = read_chain(folder.path)
    if journal.broken:
        number = len(journal.records) + 1
        raise Damage(JOURNAL, _("line {number} {what}").format(number=number, what=journal.broken))
    run = journal.last("run")
    return visible(str(run.facts.get("run_id"))) if run else folder.path.name


def _sign_later(folder: RecordingFolder, tombstone: Tombstone | None, signer: SigningKey) -> None:
    if tombstone:
        folder.write(TOMBSTONE_SIGNATURE, signer.sign(tombstone.completed.content).armoured.encode())
        return
    if bag_info(folder.path).get(SIGNING_KEY_TAG, mine := signer.public.fingerprint) != mine:
        raise Misconfigured(
            _("Another key must sign the recording."),
            hint=_("Set AUTOFILL_SIGNING_KEY to the key named in bag-info.txt."),
        )
    sign(folder, signer)


def _list_unlisted(recording: Path) -> None:
    """List signatures that a crash left without a checksum; what is listed must still be as it was."""
    if not (recording / SIGNATURES).is_dir():
        return
    with suppress(Damage):  # which the check afterwards will name
        contents(recording)  # before anything is hashed
        if (recording / SUMS).exists():
            check(recording, read_manifest(recording, SUMS))
        list_signatures(RecordingFolder(recording))
