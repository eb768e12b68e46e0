"""Verification of a recording: everything that its seal promises, each part with what is wrong first.

The same verdict comes from the programs that VERIFY.txt names; what they do not look at (extra files, the journal, how
the files agree with each other) is looked at here as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import (
    SIGNATURES,
    SUMS,
    TAG_MANIFEST,
    Damage,
    FileDigest,
    TooMuch,
    shortened,
)
from autofill.evidence.keeping.journal import JOURNAL, Chain, read_chain
from autofill.evidence.sealing.known import Known
from autofill.evidence.sealing.seal import JOURNAL_TAG, KEY_FILES, LATER_TAG, SIGNATURE, SIGNING_KEY_TAG
from autofill.evidence.sealing.signature import key_files
from autofill.evidence.sealing.stamps import MOST_STAMPS, checked_stamp
from autofill.evidence.sealing.tombstone import (
    TOMBSTONE_SIGNATURE,
    Tombstone,
    check_remaining,
    check_tombstone,
    signer_of,
    tombstone_of,
)
from autofill.evidence.sealing.verification import Check, Verification
from autofill.language import _
from autofill.visible import visible

# A share copy says here what it lacks; its journal begins after the run.
WITHHELD: Final = "data/withheld.json"
_RUN: Final = "data/run.json"
# A mail is a recording, too: this instead of a run's summary, and the mail itself.
_MAIL, _RAW_MAIL = "data/mail.json", "data/mail/1.eml"
# Some lines of a screen; a recording's own words may be megabytes.
_LONGEST_DETAIL: Final = 2_000


def verify_recording(path: Path, signer: frozenset[str] | None = None, known: Known | None = None) -> Verification:
    """Check a recording.

    Args:
        path: its folder.
        signer: fingerprints (`SHA256:...`) of the keys one of which must have signed it; any may otherwise.
        known: the keys and authorities that are known; those of the settings otherwise.
    """
    return _Inspection(path, signer, known or Known.here()).verification()


@dataclass(slots=True)
class _Inspection:
    """State of one verification; every part raises what is wrong, or says how it is."""

    root: Path
    signer: frozenset[str] | None
    known: Known
    payload: dict[str, FileDigest] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    journal: Chain = field(default_factory=lambda: Chain((), ""))
    signed_by: str | None = None
    purged_by: str | None = None
    stamped_at: list[datetime] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def verification(self) -> Verification:
        parts: dict[str, Callable[[], str]] = {"sealed": self._unsealed}
        signed = {"signature": self._signature, "time stamps": self._stamps}
        if tombstone := tombstone_of(self.root):
            parts = {"tombstone": partial(self._tombstone, tombstone), "purged": partial(self._purged, tombstone)}
            parts |= signed if tombstone.sealed else {}
        elif os.path.lexists(self.root / TAG_MANIFEST):
            parts = {"files": self._files, "journal": self._journal, "run": self._run} | signed
        checks = []
        for name, part in parts.items():
            checks.append(_checked(name, part))
            if not checks[-1].ok:
                break  # each part rests on those before it
        return Verification(
            self.root,
            tuple(checks),
            signed_by=self.signed_by,
            stamped_at=tuple(sorted(self.stamped_at)),
            unknown=tuple(map(visible, self.unknown)),
        )

    def _tombstone(self, tombstone: Tombstone) -> str:
        """Check the tombstone's signature, which is the only one where nothing was sealed."""
        self.purged_by = check_tombstone(self.root, tombstone)
        self._check_signer(TOMBSTONE_SIGNATURE, self.purged_by)
        self.signed_by = None if tombstone.sealed else self.purged_by
        return self._whose(self.purged_by)

    def _purged(self, tombstone: Tombstone) -> str:
        said = check_remaining(self.root, tombstone)
        self.tags = bag.bag_info(self.root) if tombstone.sealed else {}
        return said

    def _check_signer(self, file: str, fingerprint: str) -> None:
        if self.signer is not None and fingerprint not in self.signer:
            raise Damage(file, _("is by another key than the one asked for: {key}").format(key=fingerprint))

    def _whose(self, fingerprint: str) -> str:
        known, words = self.known.whose(fingerprint, asked=self.signer is not None)
        if not known and words not in self.unknown:
            self.unknown.append(words)
        return words

    def _unsealed(self) -> str:
        self.journal = read_chain(self.root)
        said = _("unsealed; chain intact to line {number}").format(number=len(self.journal.records))
        raise Damage(str(self.root.name), said)

    def _files(self) -> str:
        """Check manifests, tag files and payload: all that is listed, nothing that is not."""
        there = bag.contents(self.root)
        tag_files = bag.read_manifest(self.root, TAG_MANIFEST)
        if set(tag_files) != set(bag.TAG_FILES):
            raise Damage(TAG_MANIFEST, _("does not list the files of every recording"))
        bag.check(self.root, tag_files)
        manifest = bag.read_manifest(self.root, bag.MANIFEST)
        if outside := next((name for name in manifest if not name.startswith("data/")), None):
            raise Damage(bag.MANIFEST, _("lists {name}, which is not below data/").format(name=outside))
        self.payload = bag.check(self.root, manifest)
        known = {*tag_files, *manifest, TAG_MANIFEST}
        if extra := sorted(name for name in there.files.keys() - known if not name.startswith(f"{SIGNATURES}/")):
            raise Damage(extra[0], _("was not there when the recording was sealed"))
        there.check_folders(known)
        self.tags = bag.bag_info(self.root)
        oxum = f"{sum(file.size for file in self.payload.values())}.{len(self.payload)}"
        if self.tags.get("Payload-Oxum") != oxum:
            raise Damage("bag-info.txt", _("does not count the bytes and files that are there"))
        said = _("{number} files, unchanged since they were sealed").format(number=len(known))
        return f"{said}; " + _("debug/ is beside them and not sealed") if there.has_beside else said

    def _journal(self) -> str:
        """Check the journal: its chain, its end, and what it says of files."""
        self.journal = chain = read_chain(self.root)
        number = len(chain.records)
        if chain.broken or (chain.unfinished and LATER_TAG not in self.tags):
            what = chain.broken or _("is cut off")
            raise Damage(JOURNAL, _("line {number} {what}").format(number=number + 1, what=what))
        if self.tags.get(JOURNAL_TAG, said := f"{number} {chain.head}") != said:
            raise Damage(JOURNAL, _("does not end as bag-info.txt says"))
        for record in chain.records:
            if record.kind == "file":
                self._compare(record.facts)
        return _("{number} records, each chained to the one before").format(number=number)

    def _compare(self, facts: Mapping[str, Any]) -> None:
        name = facts.get("path")
        file = self.payload.get(name) if isinstance(name, str) else None
        if file is None:
            raise Damage(JOURNAL, _("names a file that is not there: {name}").format(name=name))
        if (file.sha256, file.size) != (facts.get("sha256"), facts.get("bytes")):
            raise Damage(str(name), _("differs from what the journal recorded"))

    def _run(self) -> str:
        if _RUN not in self.payload and _MAIL in self.payload:
            return self._mail()
        if _RUN not in self.payload:
            if LATER_TAG in self.tags or WITHHELD in self.payload:
                return _("no summary: the run did not come to its end")
            raise Damage(_RUN, _("is missing"))
        keys = ("run_id", "verdict", "exit_code")
        told, verdict, code = self._told(_RUN, keys, _("is not the summary of a run"))
        if WITHHELD in self.payload:
            return _("a copy without personal values of {run}").format(run=told)
        begun, end = self.journal.last("run"), self.journal.last("end")
        names = (self.tags.get("External-Identifier"), begun.facts.get("run_id") if begun else told)
        if any(name != told for name in names):
            raise Damage(_RUN, _("names another run than the journal or bag-info.txt"))
        if end is None and LATER_TAG not in self.tags:
            raise Damage(JOURNAL, _("ends before the run did"))
        if end and (end.facts.get("verdict"), end.facts.get("exit_code")) != (verdict, code):
            raise Damage(_RUN, _("has another verdict than the journal"))
        return _("{run}: {verdict}").format(run=told, verdict=verdict)

    def _mail(self) -> str:
        keys = ("recording", "sha256", "signature")
        told, digest, signature = self._told(_MAIL, keys, _("is not the summary of a mail"))
        if told != self.tags.get("External-Identifier"):
            raise Damage(_MAIL, _("names another recording than bag-info.txt"))
        if _RAW_MAIL not in self.payload or self.payload[_RAW_MAIL].sha256 != digest:
            raise Damage(_RAW_MAIL, _("is not the mail that mail.json is about"))
        return _("a mail as it came; signature of its sender (DKIM): {result}").format(result=signature)

    def _told(self, name: str, keys: Iterable[str], otherwise: str) -> list[Any]:
        try:
            summary = json.loads(bag.content_of(self.root, name))
            return [summary[key] for key in keys]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Damage(name, otherwise) from None

    def _signature(self) -> str:
        """Check the signature: by the key that the bag names, and by one of those that are asked for."""
        self._check_signatures()
        named = self.tags.get(SIGNING_KEY_TAG)
        if not (self.root / SIGNATURE).exists():
            if named or self.signer is not None:
                raise Damage(SIGNATURE, _("is missing"))
            said = _("not signed: anyone who can write to the folder could have sealed it")
            self.unknown += [said] if self.known.signs else []
            return said
        key = signer_of(self.root, SIGNATURE, bag.content_of(self.root, TAG_MANIFEST))
        fingerprint = key.fingerprint
        for name, text in zip(KEY_FILES, key_files(key), strict=True):
            if bag.text_of(self.root, name) != text:
                raise Damage(name, _("does not contain the key that signed"))
        if named not in {None, fingerprint}:
            raise Damage(SIGNATURE, _("is by another key than bag-info.txt names"))
        self._check_signer(SIGNATURE, fingerprint)
        if self.signer is None and self.purged_by not in {None, fingerprint}:
            what = _("is by another key than the recording itself: {key}").format(key=self.purged_by)
            raise Damage(TOMBSTONE_SIGNATURE, what)
        self.signed_by = fingerprint
        return self._whose(fingerprint)

    def _check_signatures(self) -> None:
        """Check that signatures/ holds what is listed there, and only what we put there.

        The list itself is not signed: who adds a file can add its line.
        """
        there = self._signature_files()
        if not there:
            return
        sums = bag.read_manifest(self.root, SUMS)
        bag.check(self.root, sums)
        stamps = [name.removesuffix(".tsr") for name in there if name.endswith(".tsr")]
        ours = {SIGNATURE, *KEY_FILES, *(f"{stamp}{end}" for stamp in stamps for end in (".tsr", "-chain.pem"))}
        if extra := sorted(there - (ours & {*sums}) - {SUMS}):
            raise Damage(extra[0], _("was not there when the recording was sealed"))

    def _stamps(self) -> str:
        """Each stamp is over this seal, and not older than what it is over."""
        stamps = sorted(name for name in self._signature_files() if name.endswith(".tsr"))
        if not stamps:
            return _("none: all times come from the clock of the computer")
        if len(stamps) > MOST_STAMPS:
            raise TooMuch(SIGNATURES, _("contains more than {number} time stamps").format(number=MOST_STAMPS))
        end = self.journal.records[-1].at if self.journal.records else None
        found = [checked_stamp(self.root, name, end, self.known.authorities) for name in stamps]
        self.stamped_at += [stamp.at for stamp in found if stamp.known]
        self.unknown += [stamp.words for stamp in found if not stamp.known]
        return "; ".join(stamp.words for stamp in found)

    def _signature_files(self) -> set[str]:
        return {name for name in bag.contents(self.root).files if name.startswith(f"{SIGNATURES}/")}


def _checked(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=shortened(visible(part()), _LONGEST_DETAIL))
    except Damage as damage:
        return Check(name, ok=False, detail=str(damage))
    except (TypeError, ValueError, OverflowError, RecursionError):  # a hostile one must not hide another
        return Check(name, ok=False, detail=_("contains something that does not belong in a recording"))
    except OSError as error:
        return Check(name, ok=False, detail=_("cannot be read: {reason}").format(reason=error.strerror))
