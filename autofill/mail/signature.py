"""DKIM (RFC 6376): whether the organisation's own server signed a mail, as it is; and with which published key.

Asks only for keys of the organisation's domains, through a callable; what that is connected to is decided elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from autofill.language import gettext_noop
from autofill.mail.limits import header_of, is_within_limits
from autofill.mail.message import Mail
from autofill.mail.senders import is_within


class Unreachable(Exception):
    """Nobody could be asked for a key."""


# The TXT record of a name; None if there is none.
LookUp: TypeAlias = Callable[[str], str | None]
# Without these a signature would not say who wrote, to whom, when and about which case.
_COVERED: Final = frozenset({"from", "to", "subject", "date"})
_MOST_SIGNATURES: Final = 5
# Dkimpy's time grows with the square of such a run; no line of a mail may be longer than 998 anyway (RFC 5322, 2.1.1).
_LONGEST_BLANK: Final = 256


class Result(StrEnum):
    """What a signature says; the worse ones come later."""

    GOOD = "good"
    ABSENT = "absent"
    UNCHECKED = "unchecked"
    BAD = "forged or changed"


# Short ones, for what need not be the organisation's.
WORDS: Final[Mapping[str, str]] = {
    Result.ABSENT: gettext_noop("not signed"),
    Result.UNCHECKED: gettext_noop("signature not checked"),
    Result.BAD: gettext_noop("forged or changed"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature that counts for a mail: its result, who signed, the key's record as it was published, and why.

    `why` is in English, as it is kept; whoever shows it translates it. `covers` are the header fields that were signed,
    every line of them; anybody on the way could have added the others.
    """

    result: Result
    domain: str = ""
    selector: str = ""
    record: str | None = None
    why: str = ""
    covers: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the organisation wrote the mail, as it is."""
        return self.result is Result.GOOD


def check_signature(raw: bytes, mail: Mail, domains: tuple[str, ...], look_up: LookUp) -> Signature:
    """Check a mail's signatures by one of these domains; those of others say nothing about it.

    A signature that cannot be checked, here or at all, is `unchecked`; only one that does not fit the mail is bad.
    """
    if not is_within_limits(raw):
        return Signature(Result.UNCHECKED, why=gettext_noop("it has more lines or parts than autofill reads"))
    if mail.twice or b"\r" in header_of(raw).replace(b"\r\n", b""):
        return Signature(Result.BAD, why=gettext_noop("a header line stands twice, or hides another"))
    if b" " * _LONGEST_BLANK in raw.replace(b"\t", b" "):
        return Signature(Result.UNCHECKED, why=gettext_noop("it has lines that are not allowed in a mail"))
    found = [_check(raw, number, domains, look_up) for number in range(_MOST_SIGNATURES)]
    ours = [signature for signature in found if signature and is_within(signature.domain, domains)]
    order = (Result.GOOD, Result.BAD, Result.UNCHECKED)
    return min(ours, key=lambda signature: order.index(signature.result), default=Signature(Result.ABSENT))


def _check(raw: bytes, number: int, domains: tuple[str, ...], look_up: LookUp) -> Signature | None:
    import dkim  # noqa: PLC0415 - brings the resolver with it

    records: list[str] = []

    def published(name: bytes, timeout: int = 0) -> bytes | None:  # noqa: ARG001 - the look-up has its own patience
        asked = name.decode("ascii").rstrip(".").lower()
        if not is_within(asked.rpartition("._domainkey.")[2], domains):
            raise Unreachable
        record = look_up(asked)
        records.extend([record] if record else [])
        return record.encode() if record else None

    try:
        one = dkim.DKIM(raw)
    except (dkim.DKIMException, LookupError):
        return Signature(Result.UNCHECKED, why=gettext_noop("the signature cannot be read"))
    result, why = _verified(one, number, published)
    fields: dict[bytes, bytes] = getattr(one, "signature_fields", {})
    if not fields:
        return None
    record = next(iter(records), None)
    covers = _covers(fields, [name.decode().lower() for name, _value in one.headers])
    if result is Result.GOOD and (why := _shortcoming(fields, record or "", covers)):
        result = Result.UNCHECKED
    domain, selector = _said(fields, b"d").lower(), _said(fields, b"s")
    return Signature(result, domain, selector=selector, record=record, why=why, covers=covers)


def _verified(one: Any, number: int, published: Callable[..., bytes | None]) -> tuple[Result, str]:
    """What the library finds out about one signature; or why it finds out nothing."""
    import dkim  # noqa: PLC0415

    result, why = Result.UNCHECKED, ""
    try:
        if one.verify(idx=number, dnsfunc=published):
            result = Result.GOOD
        elif getattr(one, "pk", None) is None:  # dkimpy calls that a bad signature, too
            why = gettext_noop("the key is not published, or cannot be read")
        else:
            result, why = Result.BAD, gettext_noop("the signature does not fit")
    except Unreachable:
        why = gettext_noop("the key could not be looked up")
    except dkim.ValidationError as error:
        changed = str(error).startswith("body hash mismatch")
        why = gettext_noop("the text was changed") if changed else gettext_noop("the signature is not valid (any more)")
        result = Result.BAD if changed else result
    except dkim.KeyFormatError:
        why = gettext_noop("the key is too weak")
    except (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        why = gettext_noop("the signature cannot be read")
    return result, why


def _covers(fields: dict[bytes, bytes], names: list[str]) -> tuple[str, ...]:
    """The header fields that are signed; not those of which a line more stands in the mail than was signed."""
    signed = Counter(name.strip().lower() for name in _said(fields, b"h").split(":"))
    return tuple(sorted(name for name in signed if 0 < names.count(name) <= signed[name]))


def _shortcoming(fields: dict[bytes, bytes], record: str, covers: tuple[str, ...]) -> str:
    """Why a signature that fits says too little all the same; empty if it does not."""
    if not _COVERED.issubset(covers) or b"l" in fields:  # `l` would let anybody add to the text
        return gettext_noop("the signature leaves out what matters")
    if _said(fields, b"a") == "rsa-sha1":  # RFC 8301, 3.1
        return gettext_noop("the signature is of a kind that can be forged")
    if re.search(r"(?:^|;)\s*t\s*=[^;]*\by\b", record):  # RFC 6376, 3.6.1: as if it were not signed
        return gettext_noop("the key is in test mode")
    return ""


def _said(fields: dict[bytes, bytes], tag: bytes) -> str:
    return fields.get(tag, b"").decode("ascii", "replace")
