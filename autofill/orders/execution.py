"""The execution of an order: one browser session for all profiles, and a summary of each, whatever ends it.

It starts in stages (docs/decisions/0004-start-in-stages.md): the browser's driver starts while the profiles are read
(`reading`), the browser while they are claimed (`preparation`); both import all that they need meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autofill.errors import AutofillError
from autofill.orders.desk import desk
from autofill.orders.results import RunResults

if TYPE_CHECKING:
    from autofill.forms.catalog import Prepared
    from autofill.jobs.pool import Pool
    from autofill.jobs.signals import Signals
    from autofill.orders.drafting import Drafted
    from autofill.page.browser import BrowserSettings


@dataclass(slots=True)
class Order:
    """Order to run profiles, with the `draft` those that name no form."""

    results: RunResults
    draft: Drafted | None = None
    _profiles: list[tuple[Path, Prepared]] = field(default_factory=list)

    def carry_out(self, signals: Signals) -> None:
        """Run everything, in an event loop of its own."""
        from autofill.jobs.session import run_session  # noqa: PLC0415 - loads the browser's library

        with self._at_desk() as prepare:
            run_session(self._read, prepare, signals)

    async def carried_out(self) -> None:
        """Run everything in the event loop of whoever waits for it; to cancel it ends the runs in order."""
        from autofill.jobs.session import session  # noqa: PLC0415 - loads the browser's library

        with self._at_desk() as prepare:
            await session(self._read, prepare)

    @contextmanager
    def _at_desk(self) -> Iterator[Callable[[], Pool]]:
        """The place to practise, if it takes one; what ends everything there is said of every profile."""
        with desk(self.results.options, self.results.audience) as place:
            try:
                yield lambda: self._prepare(*place)
            except AutofillError as error:
                self.results.refuse_the_rest(error)

    def _read(self) -> BrowserSettings | None:
        from autofill.orders.reading import browser_for, read_profiles  # noqa: PLC0415 - while the driver starts

        options = self.results.options
        self._profiles += read_profiles(options, self.results, self.draft)
        return browser_for(options, (prepared for _path, prepared in self._profiles)) if self._profiles else None

    def _prepare(self, url: str | None, place: str) -> Pool:
        from autofill.orders.preparation import RunPreparation  # noqa: PLC0415 - while the browser starts
        from autofill.orders.setting import RunSetting  # noqa: PLC0415

        setting = RunSetting(self.results.options, self.results.audience, url, place)
        return RunPreparation(self.results, setting).work(self._profiles)
