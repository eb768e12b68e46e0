"""Rehearsals: profiles run as often as one likes, each try in a ledger that is thrown away, and their screenshots."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from urllib.parse import urlsplit

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import AutofillError, Stopped
from autofill.evidence.keeping.journal import read_chain
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sharing.baseline import Baseline
from autofill.forms.catalog import Prepared
from autofill.forms.plan import Plan
from autofill.jobs.pool import Pool
from autofill.jobs.rehearsal import Rehearsed, may_try_again
from autofill.jobs.rehearsal_page import page_of
from autofill.jobs.rehearsal_pictures import PictureCheck
from autofill.jobs.result_files import must_be_writable
from autofill.jobs.session import session
from autofill.orders.audience import Audience
from autofill.orders.given import is_here, name_of
from autofill.orders.preparation import RunPreparation
from autofill.orders.reading import read_profiles
from autofill.orders.rehearse_options import RehearseOptions
from autofill.orders.results import RunResults
from autofill.orders.setting import RunSetting
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, is_root
from autofill.replica import ReplicaOptions, serving

Interrupting: TypeAlias = Callable[[], AbstractContextManager[None]]


@dataclass(slots=True)
class Rehearsal:
    """One rehearsal of some profiles: the last summary of each by name, and how many tries it took."""

    options: RehearseOptions
    audience: Audience
    _last: dict[str, RunSummary] = field(default_factory=dict)
    _tries: dict[str, int] = field(default_factory=dict)

    async def carried_out(self, interrupting: Interrupting = nullcontext) -> tuple[Rehearsed, ...]:
        """Rehearse everything; what each profile came to, in their order.

        Raises:
            Misconfigured: Saved screenshots cannot be read.
            DiskTrouble: Screenshots or results cannot be written.
        """
        options = self.options
        must_be_writable(*self._files())  # better now than after the runs
        with _place(options) as place:
            pending = options.profiles
            for _try in range(options.retries + 1):
                await self._try(pending, place, interrupting)
                pending = tuple(filter(self._may_try_again, pending))
                if not pending:
                    break
                with suppress(Stopped), interrupting():  # the next try says so of every profile
                    await asyncio.sleep(max(self._last[name_of(profile)].retry_after for profile in pending))
        return await asyncio.to_thread(lambda: tuple(self._compared()))

    async def _try(
        self,
        profiles: tuple[Path, ...],
        place: tuple[str, str],
        interrupting: Interrupting,
    ) -> None:
        """Run these profiles once."""
        with TemporaryDirectory(prefix="autofill-rehearse-") as ledgers, ExitStack() as opened:
            options = self.options.as_run(profiles, Path(ledgers) / "ledger")
            results = RunResults(options, self.audience)
            work = _Try(self.options, results, place, opened)
            try:
                await session(work.read, work.prepare, interrupting)
            except AutofillError as error:
                results.refuse_the_rest(error)
        for summary in results.told:
            self._last[summary.profile] = summary
            self._tries[summary.profile] = self._tries.get(summary.profile, 0) + 1

    def _files(self) -> Iterator[Path]:
        """The files that the results go into at the end.

        Raises:
            Misconfigured: Saved screenshots cannot be read.
        """
        options = self.options
        yield page_of(options.report)
        if options.junit is not None:
            yield options.junit
        for profile in options.profiles:
            baseline = Baseline.at(options.baseline_of(profile))
            if options.update_baseline:
                yield baseline.list_file

    def _may_try_again(self, profile: Path) -> bool:
        run = self._last[name_of(profile)]
        clicked = run.recording is not None and read_chain(Path(run.recording)).last("intent") is not None
        return may_try_again(run, clicked=clicked)

    def _compared(self) -> Iterator[Rehearsed]:
        options = self.options
        check = PictureCheck(options.report, update=options.update_baseline, strict=options.strict_pictures)
        for number, profile in enumerate(options.profiles, 1):
            name = name_of(profile)
            yield check.rehearsed(self._last[name], self._tries[name], number, options.baseline_of(profile))


@dataclass(slots=True)
class _Try:
    """One try of some profiles, in one browser."""

    options: RehearseOptions
    results: RunResults
    place: tuple[str, str]
    opened: ExitStack
    profiles: list[tuple[Path, Prepared]] = field(default_factory=list)

    def read(self) -> BrowserSettings | None:
        """The browser that those profiles need which can run; the others are refused."""
        for profile, prepared in read_profiles(self.results.options, self.results, None):
            try:
                self.options.check_place(prepared.form.form_map)
            except AutofillError as error:
                self.results.refused(name_of(profile), error, prepared.plan.form)
            else:
                self.profiles.append((profile, prepared))
        if not self.profiles:
            return None
        hosts = hosts_of_rehearsal([prepared.plan for _path, prepared in self.profiles], self.place[0])
        return BrowserSettings(self.options.browser, hosts=tuple(sorted(hosts)), sandbox=not is_root())

    def prepare(self) -> Pool:
        """All runs, each claimed in a ledger of its own: two profiles may be about the same item."""
        files = (f"{self.results.options.ledger}-{number}.sqlite3" for number in range(len(self.profiles)))
        ledgers = [self.opened.enter_context(open_ledger(file)) for file in files]
        setting = RunSetting(self.results.options, self.results.audience, *self.place)
        conditions = replace(setting.conditions(), rehearsal=True)
        return RunPreparation(self.results, setting).claimed_in(ledgers, self.profiles, conditions)


@contextmanager
def _place(options: RehearseOptions) -> Iterator[tuple[str, str]]:
    """The address to rehearse at, and what the ledger calls it; without one, a practice site that remembers nothing."""
    if options.url is not None:
        yield options.url, origin_of(options.url)
    else:
        with serving(ReplicaOptions(control=False)) as site:
            yield site.url, "rehearsal"


def hosts_of_rehearsal(plans: Collection[Plan], url: str) -> set[str]:
    """The only hosts that rehearsals reach: on a staging site also those of styles and scripts, never a real form's.

    A pattern that stands for a real form's host, too, is left out.
    """
    if is_here(url):
        return set(LOOPBACK)
    real = {urlsplit(each).hostname or "" for plan in plans for each in (plan.start_url, *plan.origins)}
    needed = {urlsplit(url).hostname or "", *(host for plan in plans for host in plan.hosts)}
    return {host for host in needed if not any(fnmatchcase(each, host.lower()) for each in real)}
