"""What the page of a batch shows: its figures, and the rows that are wanted, those that need a person first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from autofill.cases.following.about import About, about_recording
from autofill.cases.model.run_states import State as RunState
from autofill.jobs.batch_outcome import DONE, RowOutcome, State
from autofill.jobs.batch_progress import NEEDS_PERSON, OPEN, BatchStatus
from autofill.jobs.batch_results import WORDS
from autofill.language import _
from autofill.web.context import AppContext
from autofill.web.ledger_gateway import LedgerSnapshot

PAGE: Final = 100
NEEDS_YOU: Final = "needs-you"
_FOUND_OUT: Final[Mapping[RunState, State]] = {
    RunState.CONFIRMED: "sent",
    RunState.CONFIRMED_NO_CASE: "sent",
    RunState.NOT_SUBMITTED: "stopped",
}
"""What the row of an unknown run is, once somebody found out."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: what it came to, what it is about, and its recording's name if there is one to open."""

    outcome: RowOutcome
    recording: str = ""
    about: About = field(default_factory=About)

    @property
    def tone(self) -> str:
        """The colour and the mark of its state."""
        return WORDS[self.outcome.state][0]

    @property
    def words(self) -> str:
        """Its state in words."""
        return _(WORDS[self.outcome.state][1])


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one state: its tone and words, how many, and where in the bar they begin (of 1000).

    Those that have not ended (`is_open`) leave it empty.
    """

    state: str
    tone: str
    words: str
    count: int
    begin: float
    width: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch on its page. `state` and `text` are the filters, `found` counts the rows that they leave.

    `parts` begin with what is done.
    """

    status: BatchStatus
    parts: tuple[Part, ...]
    rows: tuple[RowShown, ...]
    state: str
    text: str
    page: int
    found: int

    @property
    def parked(self) -> int:
        """How many rows wait for a person at a window."""
        return self.status.tally.get("parked", 0)

    @property
    def pages(self) -> int:
        """How many pages there are of the rows that were found."""
        return max(1, -(-self.found // PAGE))

    def link(self, *, state: str | None = None, page: int = 1) -> str:
        """The query of the same page with another filter, or of another page of it."""
        query = {"state": self.state if state is None else state, "q": self.text, "page": str(page) if page > 1 else ""}
        return "?" + urlencode({name: value for name, value in query.items() if value})


def view_of_batch(context: AppContext, status: BatchStatus, query: Mapping[str, str]) -> BatchView:
    """The view of a batch, as a request's query wants it."""
    status = as_known(status, context.ledger.read())
    state, text, page = query.get("state", ""), query.get("q", "")[:200].strip(), query.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    order = list(WORDS)
    wanted = [each for each in status.outcomes if _is_wanted(each, state, text.casefold())]
    wanted.sort(key=lambda each: order.index(each.state))
    view = BatchView(status, tuple(_parts(status)), rows=(), state=state, text=text, page=1, found=len(wanted))
    number = min(max(1, number), view.pages)
    rows = tuple(_shown(context, each) for each in wanted[(number - 1) * PAGE : number * PAGE])
    return replace(view, rows=rows, page=number)


def as_known(status: BatchStatus, known: LedgerSnapshot) -> BatchStatus:
    """A batch with what became known of its unknown runs since."""
    return replace(status, outcomes=tuple(_found_out(status, known)))


def _found_out(status: BatchStatus, known: LedgerSnapshot) -> Iterator[RowOutcome]:
    """The outcomes, and of an unknown run what the ledger knows by now."""
    for outcome in status.outcomes:
        name = Path(outcome.recording or "").name
        case = known.case_statuses.get(name) if outcome.state == "unknown" else None
        run = next((each for each in case.case.runs if each.run_id == name), None) if case else None
        state = _FOUND_OUT.get(run.state) if run else None
        number = case.case.numbers[-1] if state == "sent" and case and case.case.numbers else outcome.case_number
        yield replace(outcome, state=state, case_number=number, note="") if state else outcome


def _is_wanted(outcome: RowOutcome, state: str, text: str) -> bool:
    fits = outcome.state in NEEDS_PERSON if state == NEEDS_YOU else state in {"", outcome.state}
    words = (outcome.row, outcome.case_number or "", outcome.note)
    return fits and any(text in each.casefold() for each in words)


def _parts(status: BatchStatus) -> Iterator[Part]:
    begin = 0.0
    for state in sorted(WORDS, key=lambda each: (each not in DONE, each in OPEN)):
        if count := status.tally.get(state, 0):
            (tone, words), width = WORDS[state], 1000 * count / max(1, status.rows)
            yield Part(state, tone, words=_(words), count=count, begin=begin, width=width, is_open=state in OPEN)
            begin += width


def _shown(context: AppContext, outcome: RowOutcome) -> RowShown:
    name = Path(outcome.recording or "").name
    entry = context.store.find(name) if name else None
    if entry is None:
        return RowShown(outcome)
    return RowShown(outcome, name, about_recording(context.store.folder(name)) or About())
