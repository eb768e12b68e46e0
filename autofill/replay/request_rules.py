"""Rules of what a page may send: nothing that was typed, look-ups that the form map allows, and the inquiry once. Pure.

Every request is judged by what it carries, not by who sends it or when; the claim opens the way for exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Final, Literal
from urllib.parse import urlsplit

from autofill.forms.form_map import Lookup
from autofill.forms.form_map import Request as MappedRequest
from autofill.forms.value import names_in
from autofill.page.address import origin_of
from autofill.replay.content import Amount, Carried, TypedContent, is_readable


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that a page wants to make; `navigation` says that its answer would replace the page."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    navigation: bool = False

    def is_mapped_as(self, wanted: MappedRequest) -> bool:
        """Whether it has the mapped method and path."""
        return self.method == wanted.method and re.search(wanted.path, urlsplit(self.url).path) is not None

    def repeats(self, other: Outgoing | None) -> bool:
        """Whether it asks for the same once more."""
        return other is not None and (self.method, self.url, self.body) == (other.method, other.url, other.body)


class Decision(Enum):
    """What becomes of a request: it passes, it is the submission, it gets the submission's answer, or it is held."""

    PASS = "pass"  # noqa: S105 - no password
    SUBMIT = "submit"
    REPEAT = "repeat"
    HOLD = "hold"


# What browsers ask without meaning to change anything.
_HARMLESS: Final = {"GET", "HEAD", "OPTIONS"}


class _Phase(IntEnum):
    FILLING = 0
    CLAIMED = 1
    SENT = 2
    ANSWERED = 3
    OVER = 4


@dataclass(frozen=True, slots=True)
class _Seen:
    """A request and what it is: how much it carries, whether it goes to the form's own site, and as what."""

    request: Outgoing
    carried: Carried
    amount: Amount
    own: bool
    is_submit: bool


class RequestRules:
    """Rules for one run; they know how far it has come.

    `origins` are the form's own, `submit` and `lookups` what its map says, `files` the uploads, which are no inquiry
    by themselves. Where the map does not say which request submits, the one that carries the inquiry does.
    `submission` is the request that was let out as the inquiry, `went_on` are those that asked for a next page with a
    part of it; `early` is the first with which the page tried to send it
    before the click, `unclear` says that something left after it of which nothing tells what it was.
    """

    def __init__(
        self,
        origins: frozenset[str],
        typed: TypedContent,
        *,
        submit: MappedRequest | None = None,
        lookups: tuple[Lookup, ...] = (),
        files: tuple[bytes, ...] = (),
    ) -> None:
        self._origins, self._typed, self._submit, self._lookups = origins, typed, submit, lookups
        self._files = files
        self._phase, self._going_on = _Phase.FILLING, False
        self._unasked, self._given, self._crumbs = Carried(), Carried(), Carried()
        self._let_out: set[str] = set()
        self.submission: Outgoing | None = None
        self.went_on: list[Outgoing] = []
        self.early: Outgoing | None = None
        self.unclear = False

    def page_left(self) -> None:
        """The button that leads on was pressed: the request for the next page may carry a part of the inquiry.

        Where a map is known, it says which requests those are.
        """
        self._going_on = True

    def page_reached(self) -> None:
        """The next page is there: until its own button is pressed, nothing asks for another."""
        self._going_on = False

    def claimed(self) -> None:
        """The claim is on disk: one request that carries the inquiry may leave."""
        self._phase = _Phase.CLAIMED

    def answered(self) -> None:
        """The site answered the inquiry."""
        self._phase = _Phase.ANSWERED

    def over(self) -> None:
        """The verdict is about to be reached: what has not left stays."""
        if self._phase is not _Phase.ANSWERED:
            self._phase = _Phase.OVER

    def carries(self, *texts: str | bytes) -> Amount:
        """How much of the inquiry stands in these."""
        return self._typed.amount(self._typed.carried_in(texts))

    def carries_any(self, request: Outgoing) -> bool:
        """Whether anything of the inquiry stands in a request."""
        return self.carries(request.url, *request.headers.values(), request.body) is not Amount.NOTHING

    def decide(self, request: Outgoing) -> Decision:
        """What becomes of a request that waits for it."""
        seen = self._look_at(request)
        if self._passes(seen):
            self._given |= seen.carried
            self._let_out.add(request.url)
            # What a map does not name may be the inquiry in a code of the site's own.
            self.unclear |= self._phase is _Phase.CLAIMED and self._may_submit(seen)
            return Decision.PASS
        if seen.is_submit and self._phase is _Phase.CLAIMED:
            self._let_out.add(request.url)
            self._phase, self.submission = _Phase.SENT, request
            return Decision.SUBMIT
        if request.repeats(self.submission):
            return Decision.REPEAT
        self._held(seen)
        return Decision.HOLD

    def passes(self, request: Outgoing) -> bool:
        """Whether a request may leave that nobody has decided on."""
        seen = self._look_at(request)
        return self._passes(seen) or self._held(seen)

    def _held(self, seen: _Seen) -> Literal[False]:
        together = self._typed.amount(self._unasked | seen.carried)
        if Amount.INQUIRY in {seen.amount, together} and self._phase is _Phase.FILLING:
            self.early = self.early or seen.request
        return False

    def _look_at(self, request: Outgoing) -> _Seen:
        body = request.body
        for data in filter(None, self._files):
            body = body.replace(data, b"")
        carried = self._typed.carried_in((request.url, *self._headers_of(request), body))
        own = origin_of(request.url) in self._origins
        is_submit = own and self._is_mapped_submit(request)
        amount = self._amount(carried, readable=is_readable(body), is_submit=is_submit)
        if amount is Amount.NOTHING and carried.pieces:
            # A few letters of a text may stand anywhere by chance, but not other ones of it each time.
            self._crumbs |= carried
            amount = self._typed.amount(self._crumbs) if self._is_part(carried) else Amount.INQUIRY
        is_submit = is_submit if self._submit else own and amount is Amount.INQUIRY
        return _Seen(request, carried, amount, own=own, is_submit=is_submit)

    def _is_mapped_submit(self, request: Outgoing) -> bool:
        """Whether it is the mapped one; where the map names none, whether it asks for more than to be shown."""
        if self._submit is not None:
            return request.is_mapped_as(self._submit)
        if any(map(request.is_mapped_as, self._lookups)):
            return False
        is_get_form = request.navigation and "?" in request.url and self._phase is _Phase.CLAIMED
        return request.method not in _HARMLESS or is_get_form

    def _may_submit(self, seen: _Seen) -> bool:
        """Whether a request of which nothing was recognised may be the inquiry all the same."""
        asks = "?" in seen.request.url and not self._typed.known
        return self._submit is None and seen.own and (asks or self._is_mapped_submit(seen.request))

    def _headers_of(self, request: Outgoing) -> Iterator[str]:
        """What its headers say; that a page has an address which was let out says nothing new."""
        for name, value in request.headers.items():
            if name.lower() != "referer" or value not in self._let_out:
                yield value

    def _passes(self, seen: _Seen) -> bool:
        if seen.amount is Amount.NOTHING:
            return True
        after = self._phase is _Phase.ANSWERED and seen.amount is Amount.PART
        return seen.own and (after or self._is_asking(seen))

    def _amount(self, carried: Carried, *, readable: bool, is_submit: bool) -> Amount:
        amount = self._typed.amount(carried)
        if amount is not Amount.NOTHING:
            return amount
        # Nothing can be recognised, or all of it was given away page by page: then the form map's words decide.
        unknowable = not self._typed.known or self._typed.amount(self._given) is Amount.INQUIRY
        if is_submit and unknowable:
            return Amount.INQUIRY
        return Amount.NOTHING if readable or self._phase is _Phase.ANSWERED else Amount.PART

    def _is_asking(self, seen: _Seen) -> bool:
        """Whether it is a look-up that may carry this.

        What the map does not say to the letter (a look-up without its fields, a form that goes on page by page) may
        carry parts, and all of them together must not come to the inquiry.
        """
        for lookup in filter(seen.request.is_mapped_as, self._lookups):
            if lookup.carries:
                fields = {name for value in self._typed.fields(seen.carried) for name in names_in(value)}
                return bool(fields) and fields <= {*lookup.carries}
            return self._is_part(seen.carried)
        going_on = self._going_on and seen.request.navigation and not seen.is_submit and self._is_part(seen.carried)
        self.went_on += [seen.request] if going_on else []
        return going_on

    def _is_part(self, carried: Carried) -> bool:
        together = self._unasked | carried
        if not carried.pieces or self._typed.amount(together) is Amount.INQUIRY:
            return False
        self._unasked = together
        return True
