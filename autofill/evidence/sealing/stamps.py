"""Check of the time stamps that lie in a recording: over this seal, not older than it, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from autofill.clock import in_utc
from autofill.evidence.keeping.bag import TAG_MANIFEST, Damage, content_of
from autofill.language import _

# Clocks of computers are off by seconds; a stamp that is older than what it is over by more was made over something
# else, or the recording's own times are wrong.
CLOCKS_APART: Final = timedelta(minutes=1)
# Two or three authorities are many; each stamp takes some checking.
MOST_STAMPS: Final = 16


@dataclass(frozen=True, slots=True)
class CheckedStamp:
    """A stamp that is over the seal. `at` is worth what its authority is, which `known` says; `words` say both."""

    at: datetime
    known: bool
    words: str


def checked_stamp(recording: Path, name: str, not_before: datetime | None, authorities: bytes) -> CheckedStamp:
    """Check one stamp.

    Args:
        recording: where it lies.
        name: its file.
        not_before: when the last thing happened that the seal is over, if that is known.
        authorities: certificates of known authorities (PEM), beside those that this computer knows.

    Raises:
        Damage: it is over something else, older than that, or cannot be checked.
    """
    try:
        from autofill.evidence.sealing.timestamp import BadStamp, Stamp  # noqa: PLC0415 - the extra that few have
    except ImportError:
        raise Damage(name, _("cannot be checked here: install autofill[timestamp]")) from None
    chain = name.removesuffix(".tsr") + "-chain.pem"
    try:
        stamp = Stamp.read(content_of(recording, name), content_of(recording, chain))
        found = stamp.attested(content_of(recording, TAG_MANIFEST))
    except BadStamp as bad:
        raise Damage(name, str(bad)) from None
    if not_before and found.at < not_before - CLOCKS_APART:
        raise Damage(name, _("is older than the last line of the journal"))
    time, authority, knows = in_utc(found.at), found.authority, found.known_by(authorities)
    if knows:
        words = _("{time}, according to {authority}")
    elif found.shares_its_name:
        words = _(
            "not known here: {authority}. It has the name of a known authority but is another one, so "
            "its time ({time}) proves nothing"
        )
    else:
        words = _(
            "not known here: {authority}. Anyone can make such a certificate; its time ({time}) proves "
            "nothing unless you know whose it is"
        )
    return CheckedStamp(found.at, known=knows, words=words.format(time=time, authority=authority))
