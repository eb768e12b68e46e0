"""The job of one run and the conditions it runs under."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from autofill.errors import Misconfigured
from autofill.evidence.archiving.age import Recipients
from autofill.evidence.keeping.debug import Debug
from autofill.evidence.keeping.summary import Target
from autofill.forms.plan import Plan
from autofill.inquiry.attachments import Attachment
from autofill.language import _, gettext_noop
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK
from autofill.replay.login import Access
from autofill.replay.runner import AskPerson, Patience, Until

LACKS_FORM: Final = gettext_noop("The practice site does not have this form.")
SAY_WHERE: Final = gettext_noop(
    "Say where it is: --url http://127.0.0.1:PORT/PATH on this computer, or --live for the real form."
)


@dataclass(frozen=True, slots=True)
class Job:
    """An inquiry that is ready to run: the profile's name for people, its plan, and the files that go with it."""

    profile: str
    plan: Plan
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RunConditions:
    """The settings that all runs of one command share.

    `base_url` takes the place of the form map's own scheme and host in practice; without it the run is live. If it is
    the practice site's, a form that is on this computer anyway is left where it is.
    `claimed_for` is the ledger's name for a place of practice (an origin, or the name of a practice site that lives
    only as long as the command). `again_because` sends what was sent before. `ask_person` is there when somebody
    sits at an open window; `confirm` asks a person at the filled live form, with its origin, whether to send.
    `debug` is kept beside the evidence; with `encrypt_to` only they can open the recording afterwards. `access`
    gives what is kept for the login at an origin. `options` are those that a command for another try needs, too.
    A `rehearsal` is in no ledger that lasts.
    """

    recordings: Path
    base_url: str | None
    claimed_for: str = ""
    until: Until | None = None
    headless: bool = True
    again_because: str | None = None
    ask_person: AskPerson | None = None
    confirm: Callable[[str], Awaitable[bool]] | None = None
    patience: Patience = field(default_factory=Patience)
    debug: Debug = field(default_factory=Debug)
    encrypt_to: Recipients | None = None
    access: Callable[[str], Access] | None = None
    options: tuple[str, ...] = ()
    rehearsal: bool = False

    @property
    def target(self) -> Target:
        """Whether this is practice, on this computer or on a site that the form's owner has for that."""
        if self.base_url is None:
            return "live"
        return "replica" if urlsplit(self.base_url).hostname in {None, *LOOPBACK} else "staging"

    def is_at_practice_site(self, plan: Plan) -> bool:
        """Whether the run goes to the practice site that this command serves, and to no address that anybody named."""
        return "://" not in self.place(plan)

    def _elsewhere(self, plan: Plan) -> str | None:
        """What takes the place of the form map's own address; a form on this computer is practised on where it is."""
        is_own = "://" not in self.claimed_for and urlsplit(plan.start_url).hostname in LOOPBACK
        return None if is_own else self.base_url

    def check(self, plan: Plan) -> None:
        """Refuse what no run of this plan may do.

        Raises:
            Misconfigured: with what to do instead.
        """
        if self.target == "live" and plan.practice_only:
            words = _("{form} is for practice only: {why} Nothing was sent.")
            raise Misconfigured(
                words.format(form=plan.form, why=plan.practice_only),
                hint=_("Leave out --live, or use another form: autofill forms"),
            )
        if self.is_at_practice_site(plan):
            practised_at(self.base_url or "", plan.start_url)
        if plan.login and self.debug.trace:
            raise Misconfigured(
                _("A trace would contain the password of this form's login. Nothing was sent."),
                hint=_("Leave out --debug-trace."),
            )

    def start_url(self, plan: Plan) -> str:
        """The address a run opens: the form map's, its path on another origin, or `base_url` if that has a path."""
        elsewhere = self._elsewhere(plan)
        return plan.start_url if elsewhere is None else start_at(elsewhere, plan.start_url)

    def origins(self, plan: Plan) -> frozenset[str]:
        """Where the page may be, and what is typed may go; in practice nowhere but to this computer, or its place."""
        elsewhere = self._elsewhere(plan)
        if elsewhere is None:
            return frozenset(plan.origins)
        return frozenset(
            {origin_of(elsewhere), *(each for each in plan.origins if urlsplit(each).hostname in LOOPBACK)}
        )

    def place(self, plan: Plan) -> str:
        """What the ledger calls the place the inquiry goes to."""
        return origin_of(plan.start_url) if self._elsewhere(plan) is None else self.claimed_for


def practised_at(site: str, mapped: str) -> str:
    """The address of a mapped form on the practice site.

    Raises:
        Misconfigured: At its root the practice site shows another page; any other address it has, or says so itself.
    """
    if urlsplit(mapped).path in {"", "/"}:
        raise Misconfigured(_(LACKS_FORM), hint=_(SAY_WHERE))
    return start_at(site, mapped)


def start_at(base_url: str, mapped: str) -> str:
    """The address of a form at another place: the mapped one there, or the base itself if it says more than a site."""
    if is_site(base_url):
        return origin_of(base_url) + urlsplit(mapped)._replace(scheme="", netloc="").geturl()
    return base_url


def is_site(url: str) -> bool:
    """Whether an address says no more than which site; many pages are told apart by what stands behind a `?` or `#`."""
    address = urlsplit(url)
    return address.path in {"", "/"} and not (address.query or address.fragment)
