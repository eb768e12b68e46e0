"""Published keys, which organisations sign mails with: in the DNS, and for practice at the practice site itself.

The only place of this room that speaks to a network besides IMAP. Says nothing about mails.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

from autofill.errors import Misconfigured, SiteUnavailable
from autofill.language import _
from autofill.mail.senders import PRACTICE_TOP, is_within
from autofill.mail.signature import Unreachable

_PATIENCE_S: Final = 3.0
# An organisation has two or three; whoever makes us ask for more has other things in mind.
_MOST_QUESTIONS: Final = 20
_HERE: Final = {"127.0.0.1", "localhost", "::1"}
_LARGEST_ANSWER: Final = 10_000


@dataclass(slots=True)
class PublishedKeys:
    """The keys in the DNS, each looked up once, and those `known` before. After a silence it is not asked again."""

    known: dict[str, str | None] = field(default_factory=dict)
    _silent: bool = False

    def look_up(self, name: str) -> str | None:
        """The TXT record of a name; None if there is none.

        Raises:
            Unreachable: Nobody could be asked.
        """
        if name not in self.known:
            # A practice site's domain is in no DNS.
            if self._silent or is_within(name, (PRACTICE_TOP,)) or len(self.known) >= _MOST_QUESTIONS:
                raise Unreachable
            self.known[name] = self._ask(name)
        return self.known[name]

    def _ask(self, name: str) -> str | None:
        import dns.exception  # noqa: PLC0415 - few commands ask
        import dns.resolver  # noqa: PLC0415

        try:
            answer = dns.resolver.resolve(name, "TXT", lifetime=_PATIENCE_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except (dns.exception.DNSException, OSError):
            self._silent = True  # nobody waits so long for every mail
            raise Unreachable from None
        return b"".join(next(iter(answer)).strings).decode("ascii", "replace")


def keys_of_desk(url: str) -> dict[str, str | None]:
    """The key that a practice desk on this machine signs with: its record by its name.

    Raises:
        Misconfigured: The address is not this machine's.
        SiteUnavailable: No desk answers there.
    """
    if urlsplit(url).scheme != "http" or urlsplit(url).hostname not in _HERE:
        raise Misconfigured(
            _("The practice site must be on this computer."),
            hint=_("Such as: {example}").format(example="http://127.0.0.1:8765"),
        )
    try:
        # Not by what opens any address: that asks a proxy, and goes wherever it is sent.
        with closing(HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE_S)) as desk:
            desk.request("GET", f"{urlsplit(url).path.rstrip('/')}/_replica/dkim")
            told = json.loads(desk.getresponse().read(_LARGEST_ANSWER))
        name, record = str(told["name"]), str(told["txt"])
    except (HTTPException, OSError, ValueError, KeyError, TypeError):
        raise SiteUnavailable(
            _("No practice site answers at this address."), hint=_("Start one: autofill replica --port 8765")
        ) from None
    return {name: record} if is_within(name, (PRACTICE_TOP,)) else {}
