"""The first part of an order: profiles are read and planned before any browser starts.

This module and all that it imports is loaded while the browser's driver starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from autofill.errors import AutofillError, InvalidFile
from autofill.evidence.keeping.folder import make_home
from autofill.forms import catalog
from autofill.forms.catalog import Prepared
from autofill.orders.given import name_of
from autofill.orders.options import RunOptions
from autofill.orders.results import RunResults
from autofill.page.browser import LOOPBACK, BrowserSettings, is_root

if TYPE_CHECKING:
    from autofill.orders.drafting import Drafted


def read_profiles(options: RunOptions, results: RunResults, draft: Drafted | None) -> list[tuple[Path, Prepared]]:
    """Every profile that can run, with its plan; the others are refused here and now.

    For a form that was only drafted the plan is shown: nobody has seen before what would go where.

    Raises:
        DiskTrouble: there is no place for recordings.
    """
    make_home(options.recordings)  # the ledger is in there, too, and would be blamed
    read = []
    for profile in options.profiles:
        try:
            if draft and profile in draft.profiles:
                prepared = draft.prepare(profile)
                results.audience.planned(prepared.plan)
            else:
                prepared = catalog.prepare_profile(profile, options.form)
            read.append((profile, prepared))
        except AutofillError as error:
            if isinstance(error, InvalidFile):
                results.audience.problems(error.problems)
            results.refused(name_of(profile), error)
    return read


def browser_for(options: RunOptions, profiles: Iterable[Prepared]) -> BrowserSettings:
    """The browser that they need, and the only hosts it will reach."""
    hosts: tuple[str, ...] = LOOPBACK
    if options.live:
        hosts = tuple({host for prepared in profiles for host in prepared.plan.needed_hosts})
    return BrowserSettings(options.browser, not options.headed, hosts, sandbox=not is_root())
