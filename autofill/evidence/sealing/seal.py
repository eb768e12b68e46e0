"""Seal of a recording: a BagIt bag (RFC 8493) that `sha256sum -c` accepts, signed, and stamped on request.

Written by us, not by a library: the bag is made where the files already are, durably, and nothing is moved.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from autofill import __version__
from autofill.errors import AutofillError, DiskTrouble, Misconfigured, failure_of
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import SIGNATURES, SUMS, TAG_MANIFEST, Damage
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import JOURNAL, Chain, read_chain
from autofill.evidence.sealing.statement import TEMPLATES, statement
from autofill.language import _

if TYPE_CHECKING:
    from autofill.evidence.sealing.signing_key import SigningKey

_T = TypeVar("_T")
KeyChoice: TypeAlias = "Callable[[], SigningKey | None]"
SIGNATURE: Final = f"{SIGNATURES}/{TAG_MANIFEST}.sig"
KEY_FILES: Final = (f"{SIGNATURES}/signer.pub", f"{SIGNATURES}/allowed_signers")
# Tags of bag-info.txt that only we use.
SIGNING_KEY_TAG, JOURNAL_TAG, LATER_TAG = "Signing-Key", "Journal-Head", "Bag-Sealed"
_BAGIT: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Result of sealing; `faults` say in words what is still missing, and how to get it."""

    signed: bool
    stamped: bool = False
    faults: tuple[str, ...] = ()


def configured() -> SigningKey | None:
    """The configured signing key; see `configured_key`."""
    from autofill.evidence.sealing.signing_key import configured_key  # noqa: PLC0415 - cryptography is for seals only

    return configured_key()


def load_signing() -> None:
    """Load what signs, ahead of the first seal."""
    from autofill.evidence.sealing import signing_key  # noqa: F401, PLC0415 - cryptography is for seals only


def seal(
    folder: RecordingFolder,
    run_id: str,
    *,
    follows: str | None = None,
    notes: Iterable[tuple[str, str]] = (),
    key: KeyChoice = configured,
    later: bool = False,
    statement_text: bytes | None = None,
) -> Sealed:
    """Write statement, manifests, bag information and VERIFY.txt, and sign. No file may be added to data/ afterwards.

    A key that fails leaves the recording sealed and unsigned, and says so.

    Args:
        folder: what to seal.
        run_id: what the bag says it is.
        follows: the recording that this one follows up, by the SHA-256 of its tag manifest (`seal_hash`).
        notes: more lines for bag-info.txt: tag and value.
        key: asked for the signing key; none leaves the recording unsigned.
        later: the run itself did not come to sealing.
        statement_text: the statement of how it was made, if that is not how runs are recorded.

    Raises:
        DiskTrouble: something could not be written or read; the recording is then not sealed.
    """
    signer, fault = attempted(key)
    more = [(SIGNING_KEY_TAG, signer.public.fingerprint)] if signer else []
    more += [("Internal-Sender-Identifier", f"prev-tagmanifest-sha256={follows}")] if follows else []
    more += [(LATER_TAG, "later, by autofill seal")] if later else []
    try:
        _write_bag(folder, run_id, [*more, *notes], later=later, statement_text=statement_text)
    except Damage as damage:
        raise DiskTrouble(str(damage), hint=_("Check the disk.")) from None
    if signer:
        _done, fault = attempted(lambda: sign(folder, signer))
    said = _("signature pending: {why} Later: autofill seal --sign {recording}")
    faults = (said.format(why=fault, recording=folder.path),) if fault else ()
    return Sealed(signed=bool(signer and not fault), faults=faults)


def _write_bag(
    folder: RecordingFolder, run_id: str, more: Iterable[tuple[str, str]], *, later: bool, statement_text: bytes | None
) -> None:
    now = datetime.now(UTC)
    journal = read_chain(folder.path) if (folder.path / JOURNAL).exists() else Chain((), "")
    folder.write("data/statement.txt", statement_text or statement(run_id, journal, now, later=later))
    payload = folder.payload()
    information = [
        ("Bag-Software-Agent", f"autofill {__version__}"),
        ("Bagging-Date", now.date().isoformat()),
        ("External-Identifier", run_id),
        ("Payload-Oxum", f"{sum((folder.path / name).stat().st_size for name in payload)}.{len(payload)}"),
        # No record within the journal can hold the hash of a list that holds the journal's own: so the bag names the
        # journal's last line, and nobody can add or cut lines without making this file, too, anew.
        (JOURNAL_TAG, f"{len(journal.records)} {journal.head}"),
        *more,
    ]
    folder.write("bagit.txt", _BAGIT.encode())
    folder.write("bag-info.txt", "".join(f"{tag}: {value}\n" for tag, value in information).encode())
    folder.write("VERIFY.txt", (TEMPLATES / "VERIFY.txt").read_bytes())
    folder.write(bag.MANIFEST, bag.manifest(folder.path, payload))
    folder.write(TAG_MANIFEST, bag.manifest(folder.path, bag.TAG_FILES))


def is_sealed(folder: RecordingFolder) -> bool:
    """Whether the recording was sealed; it may have been changed since."""
    return os.path.isfile(folder.path / TAG_MANIFEST)  # noqa: PTH113 - of a folder that may not be read it is just false


def seal_hash(recording: Path) -> str:
    """Hash that identifies a sealed recording: that of its tag manifest, in hexadecimal.

    Raises:
        Damage: it is not sealed.
    """
    return hashlib.sha256(bag.content_of(recording, TAG_MANIFEST)).hexdigest()


def seal_hash_if_any(recording: Path) -> str | None:
    """The same, or None for a recording that was never sealed, was purged or encrypted, or is elsewhere."""
    try:
        return seal_hash(recording)
    except Damage:
        return None


def sign(folder: RecordingFolder, key: SigningKey) -> None:
    """Sign a sealed recording; its key goes beside the signature.

    Raises:
        Misconfigured: the key cannot sign.
        DiskTrouble: something could not be written.
    """
    from autofill.evidence.sealing.signature import key_files  # noqa: PLC0415 - cryptography is for seals only

    made = key.sign(bag.content_of(folder.path, TAG_MANIFEST))
    folder.add_folder(SIGNATURES)
    for name, text in zip((SIGNATURE, *KEY_FILES), (made.armoured, *key_files(key.public)), strict=True):
        folder.write(name, text.encode())
    list_signatures(folder)


def stamp(folder: RecordingFolder, url: str) -> str | None:
    """Have an authority stamp a sealed recording, unless it did; its name comes back. Only a hash leaves the machine.

    Raises:
        Misconfigured: the extra `timestamp` is missing, or the address is no authority's.
        TryLater: the authority did not answer.
        DiskTrouble: the stamp could not be written.
    """
    try:
        from autofill.evidence.sealing import timestamp  # noqa: PLC0415 - few need it
    except ImportError:
        raise Misconfigured(
            _("Time stamps need a package that is not installed."),
            hint=_("Install it: pip install 'autofill[timestamp]'"),
        ) from None
    name = timestamp.authority_name(url)
    file = f"{SIGNATURES}/{TAG_MANIFEST}.{name}"
    if (folder.path / f"{file}.tsr").exists():
        return None
    from autofill.evidence.sealing.known import remember_authority  # noqa: PLC0415 - cryptography is for seals only

    message = bag.content_of(folder.path, TAG_MANIFEST)
    got = timestamp.ask(url, message)
    remember_authority(got.attested(message).pem)
    folder.add_folder(SIGNATURES)
    folder.write(f"{file}-chain.pem", got.chain)
    folder.write(f"{file}.tsr", got.file)
    list_signatures(folder)
    return name


def stamped_as_configured(
    folder: RecordingFolder, sealed: Sealed, environment: Mapping[str, str] = os.environ
) -> Sealed:
    """Have the authorities in AUTOFILL_TIMESTAMP, separated by commas, stamp a recording that was just sealed."""
    for url in filter(None, environment.get("AUTOFILL_TIMESTAMP", "").split(",")):
        try:
            stamp(folder, url.strip())
        except AutofillError as error:
            fault = _("stamp pending: {why} Later: autofill seal {recording} --timestamp URL")
            said = fault.format(why=error, recording=folder.path)
            sealed = replace(sealed, faults=(*sealed.faults, said))
        else:
            sealed = replace(sealed, stamped=True)
    return sealed


def list_signatures(folder: RecordingFolder) -> None:
    """Write the checksums of what lies in signatures/.

    Raises:
        DiskTrouble: they could not be written.
    """
    there = sorted(name for name in bag.contents(folder.path).files if name.startswith(f"{SIGNATURES}/"))
    folder.write(SUMS, bag.manifest(folder.path, (name for name in there if name != SUMS)))


def attempted(signing: Callable[[], _T]) -> tuple[_T | None, AutofillError | None]:
    """Result of signing, or its error: a recording that cannot be signed is better than none."""
    try:
        return signing(), None
    except Exception as error:  # noqa: BLE001
        return None, failure_of(error)
