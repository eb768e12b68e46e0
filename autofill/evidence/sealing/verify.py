"""Verification of a recording: everything that its seal promises, each part with what is wrong first.

The same verdict comes from the programs that VERIFY.txt names; what they do not look at (extra files, the journal, how
the files agree with each other) is looked at here as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from autofill.clock import in_utc
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import SIGNATURES, SUMS, TAG_MANIFEST, Damage, FileDigest, escape_control_chars
from autofill.evidence.keeping.journal import JOURNAL, Chain, read_chain
from autofill.evidence.sealing.seal import JOURNAL_TAG, KEY_FILES, LATER_TAG, SIGNATURE, SIGNING_KEY_TAG
from autofill.evidence.sealing.signature import key_files
from autofill.evidence.sealing.tombstone import (
    TOMBSTONE_SIGNATURE,
    Tombstone,
    check_remaining,
    check_tombstone,
    signer_of,
    tombstone_of,
)
from autofill.language import _

# A share copy says here what it lacks; its journal begins after the run.
WITHHELD: Final = "data/withheld.json"
_RUN: Final = "data/run.json"
# A mail is a recording, too: this instead of a run's summary, and the mail itself.
_MAIL, _RAW_MAIL = "data/mail.json", "data/mail/1.eml"
# Clocks of computers are off by seconds; a stamp that is older than what it is over by more was made over something
# else, or the recording's own times are wrong.
_CLOCKS_APART: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Check:
    """Result for one part of a recording: whether it is right, and in words how it is, or what is wrong first.

    Nothing in the words can do a thing to a terminal, whatever the recording holds.
    """

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Results for a recording, up to the first part that is wrong.

    `signed_by` is the fingerprint of the key whose signature is good.
    """

    recording: Path
    checks: tuple[Check, ...]
    signed_by: str | None = None
    stamped_at: tuple[datetime, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is as it was sealed."""
        return all(check.ok for check in self.checks)

    @property
    def first_wrong(self) -> Check | None:
        """What is wrong first, if anything."""
        return next((check for check in self.checks if not check.ok), None)

    @property
    def purged(self) -> bool:
        """Whether it says, and may be believed, that its content was removed."""
        return self.ok and any(check.name == "purged" for check in self.checks)


def verify_recording(path: Path, signer: frozenset[str] | None = None) -> Verification:
    """Check a recording; one of the keys with the fingerprints `signer` (`SHA256:...`) must have signed it."""
    return _Inspection(path, signer).verification()


@dataclass(slots=True)
class _Inspection:
    """State of one verification; every part raises what is wrong, or says how it is."""

    root: Path
    signer: frozenset[str] | None
    payload: dict[str, FileDigest] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    journal: Chain = field(default_factory=lambda: Chain((), ""))
    signed_by: str | None = None
    purged_by: str | None = None
    stamped_at: list[datetime] = field(default_factory=list)

    def verification(self) -> Verification:
        parts: dict[str, Callable[[], str]] = {"sealed": self._unsealed}
        signed = {"signature": self._signature, "time stamps": self._stamps}
        if tombstone := tombstone_of(self.root):
            parts = {"tombstone": partial(self._tombstone, tombstone), "purged": partial(self._purged, tombstone)}
            parts |= signed if tombstone.sealed else {}
        elif (self.root / TAG_MANIFEST).exists():
            parts = {"files": self._files, "journal": self._journal, "run": self._run} | signed
        checks = []
        for name, part in parts.items():
            checks.append(_checked(name, part))
            if not checks[-1].ok:
                break  # each part rests on those before it
        return Verification(self.root, tuple(checks), self.signed_by, tuple(sorted(self.stamped_at)))

    def _tombstone(self, tombstone: Tombstone) -> str:
        """Check the tombstone's signature, which is the only one where nothing was sealed."""
        self.purged_by = check_tombstone(self.root, tombstone)
        self._check_signer(TOMBSTONE_SIGNATURE, self.purged_by)
        self.signed_by = None if tombstone.sealed else self.purged_by
        return _("signed by {key}").format(key=self.purged_by)

    def _purged(self, tombstone: Tombstone) -> str:
        said = check_remaining(self.root, tombstone)
        self.tags = bag.bag_info(self.root) if tombstone.sealed else {}
        return said

    def _check_signer(self, file: str, fingerprint: str) -> None:
        if self.signer is not None and fingerprint not in self.signer:
            raise Damage(file, _("is by another key than the one asked for: {key}").format(key=fingerprint))

    def _unsealed(self) -> str:
        self.journal = read_chain(self.root)
        said = _("unsealed; chain intact to line {number}").format(number=len(self.journal.records))
        raise Damage(str(self.root.name), said)

    def _files(self) -> str:
        """Check manifests, tag files and payload: all that is listed, nothing that is not."""
        there = set(bag.files(self.root))
        tag_files = bag.read_manifest(self.root, TAG_MANIFEST)
        if set(tag_files) != set(bag.TAG_FILES):
            raise Damage(TAG_MANIFEST, _("does not list the files that every recording has"))
        bag.check(self.root, tag_files)
        manifest = bag.read_manifest(self.root, bag.MANIFEST)
        if outside := next((name for name in manifest if not name.startswith("data/")), None):
            raise Damage(bag.MANIFEST, _("lists {name}, which is not below data/").format(name=outside))
        self.payload = bag.check(self.root, manifest)
        known = {*tag_files, *manifest, TAG_MANIFEST}
        if extra := sorted(name for name in there - known if not name.startswith(f"{SIGNATURES}/")):
            raise Damage(extra[0], _("was not there when the recording was sealed"))
        self.tags = bag.bag_info(self.root)
        oxum = f"{sum(file.size for file in self.payload.values())}.{len(self.payload)}"
        if self.tags.get("Payload-Oxum") != oxum:
            raise Damage("bag-info.txt", _("counts other bytes or files than there are"))
        return _("{number} files as they were sealed").format(number=len(known))

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
            raise Damage(str(name), _("is not what the journal says was written"))

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
            raise Damage(_RUN, _("tells another verdict than the journal"))
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
            return _("not signed: whoever can write to the folder could have sealed it")
        key = signer_of(self.root, SIGNATURE, bag.content_of(self.root, TAG_MANIFEST))
        fingerprint = key.fingerprint
        for name, text in zip(KEY_FILES, key_files(key), strict=True):
            if bag.text_of(self.root, name) != text:
                raise Damage(name, _("does not hold the key that signed"))
        if named not in {None, fingerprint}:
            raise Damage(SIGNATURE, _("is by another key than bag-info.txt names"))
        self._check_signer(SIGNATURE, fingerprint)
        if self.signer is None and self.purged_by not in {None, fingerprint}:
            what = _("is by another key than the recording itself: {key}").format(key=self.purged_by)
            raise Damage(TOMBSTONE_SIGNATURE, what)
        self.signed_by = fingerprint
        return _("signed by {key}").format(key=fingerprint)

    def _check_signatures(self) -> None:
        """Check that signatures/ holds what is listed there, and only what we put there.

        The list itself is not signed: who adds a file can add its line.
        """
        there = {name for name in bag.files(self.root) if name.startswith(f"{SIGNATURES}/")}
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
        stamps = sorted(name for name in bag.files(self.root) if name.startswith(SIGNATURES) and name.endswith(".tsr"))
        if not stamps:
            return _("none: all times come from the clock of the computer")
        return "; ".join([self._stamp(name) for name in stamps])

    def _stamp(self, name: str) -> str:
        try:
            from autofill.evidence.sealing.timestamp import BadStamp, Stamp  # noqa: PLC0415 - the extra that few have
        except ImportError:
            raise Damage(name, _("cannot be checked here: install autofill[timestamp]")) from None
        chain = name.removesuffix(".tsr") + "-chain.pem"
        try:
            stamp = Stamp.read(bag.content_of(self.root, name), bag.content_of(self.root, chain))
            at, root = stamp.check(bag.content_of(self.root, TAG_MANIFEST)), stamp.root
        except BadStamp as bad:
            raise Damage(name, str(bad)) from None
        if self.journal.records and at < self.journal.records[-1].at - _CLOCKS_APART:
            raise Damage(name, _("is older than the last line of the journal"))
        self.stamped_at.append(at)
        return _("{time}, as {authority} says").format(time=in_utc(at), authority=root)


def _checked(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=escape_control_chars(part()))
    except Damage as damage:
        return Check(name, ok=False, detail=str(damage))
    except (TypeError, ValueError, OverflowError):  # of two recordings, a hostile one must not hide the other
        return Check(name, ok=False, detail=_("holds something that no recording holds"))
    except OSError as error:
        return Check(name, ok=False, detail=_("cannot be read: {reason}").format(reason=error.strerror))
