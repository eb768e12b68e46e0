"""What Home shows: what needs the person now, inquiries told apart by what they are about, what is not sent yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import quote

from autofill.cases.following.about import About, about_case
from autofill.cases.following.put_off import PutOff
from autofill.cases.model.case_messages import name_of
from autofill.cases.model.case_status import CaseStatus, NextStep
from autofill.cases.model.deadlines import deadline_book
from autofill.cases.model.escalation import step_after
from autofill.clock import case_now
from autofill.errors import AutofillError
from autofill.events import Verdict
from autofill.evidence.keeping.report import Outcome
from autofill.jobs.batch_progress import BatchStatus, batch_statuses
from autofill.jobs.batch_rows import profile_files
from autofill.language import _, gettext_noop
from autofill.organisations.model import Office
from autofill.sources.source import read_source
from autofill.web.batch_view import as_known
from autofill.web.cards import Card
from autofill.web.context import AppContext, inquiry_name
from autofill.web.labels import case_label
from autofill.web.ledger_gateway import LedgerSnapshot

# As many rows as a person still reads; of more, the most urgent ones.
_MOST: Final = 100
_RECENT: Final = 4
_OVER: Final = "over"
_ACTIONS: Final[Mapping[NextStep, str]] = {
    NextStep.RESOLVE_RUN: gettext_noop("Find out"),
    NextStep.ANSWER_THEM: gettext_noop("Answer them"),
    NextStep.DECIDE: gettext_noop("Read the answer"),
    NextStep.SEND_LETTER: gettext_noop("Send the letter"),
    NextStep.FOLLOW_UP: gettext_noop("Send a reminder"),
    NextStep.ESCALATE: gettext_noop("See the next step"),
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on a list, and what tells it from others."""

    status: CaseStatus
    about: About

    @property
    def office(self) -> Office | None:
        """The office to turn to now, if it is the time for that."""
        if self.status.step is not NextStep.ESCALATE:
            return None
        step = step_after(deadline_book().of(self.status.case.form).escalation, self.status.rung)
        return step.office if step else None

    @property
    def label(self) -> Outcome:
        """How it stands, in words; its `meaning` is what the person is told first."""
        return case_label(self.status)

    @property
    def number(self) -> str:
        """Its case number, if it has one."""
        return name_of(self.status) if self.status.case.numbers else ""

    @property
    def name(self) -> str:
        """The name by which it is put off."""
        return self.status.case.case_id

    @property
    def page(self) -> str:
        """Where the app shows it."""
        return f"/cases/{self.status.case.case_id}"

    @property
    def place(self) -> str:
        """Where the person does what is to be done."""
        unknown = self.status.step is NextStep.RESOLVE_RUN
        return f"/r/{self.status.case.case_id}/#found-out" if unknown else self.page

    @property
    def action(self) -> str:
        """What is to be done, as a button says it."""
        return _(_ACTIONS.get(self.status.step, "Look at it"))


@dataclass(frozen=True, slots=True)
class Later:
    """Something that needs the person and was put off until a day: what it is, what is the matter, and its page."""

    name: str
    title: str
    meaning: str
    page: str
    until: date


@dataclass(frozen=True, slots=True)
class Draft:
    """An inquiry's file that was not sent for real; `label` is what its last run came to."""

    file: Path
    title: str
    label: Outcome

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        return inquiry_name(self.file)


@dataclass(frozen=True, slots=True)
class Home:
    """The first page.

    `batches` are those with rows that need the person, `later` what they put off until tomorrow. `choices` are the
    filters: value in the address, words, number; `shown` is the one in use.
    """

    needs: tuple[CaseLine, ...]
    batches: tuple[BatchStatus, ...]
    later: tuple[Later, ...]
    drafts: tuple[Draft, ...]
    lines: tuple[CaseLine, ...]
    cards: tuple[Card, ...]
    choices: tuple[tuple[str, str, int], ...]
    shown: str
    total: int
    left_out: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of the person's yet."""
        return not (self.total or self.cards or self.drafts or self.batches or self.later)


def home_of(context: AppContext, known: LedgerSnapshot, cards: Sequence[Card], show: str) -> Home:
    """Home, from what there is now: `cards` are all recordings, the newest first."""
    folder, until = context.store.path, PutOff.usual().until(case_now())
    needing = [each for each in (as_known(one, known) for one in batch_statuses(folder / "batches")) if each.needing]
    statuses = tuple(dict.fromkeys(known.case_statuses.values()))
    still_open = [one for one in statuses if one.is_open]
    over = [one for one in statuses if not one.is_open]
    wanted = over if show == _OVER else still_open
    due = [CaseLine(one, about_case(one.case, folder)) for one in [one for one in statuses if one.is_due][:_MOST]]
    return Home(
        needs=tuple(line for line in due if line.name not in until),
        batches=tuple(each for each in needing if batch_name(each) not in until)[:_MOST],
        later=tuple(_later(due, needing, until)),
        drafts=tuple(_drafts(context, cards)),
        lines=tuple(CaseLine(one, about_case(one.case, folder)) for one in wanted[:_MOST]),
        cards=tuple(cards[:_RECENT]),
        choices=(("", _("Open"), len(still_open)), (_OVER, _("Over"), len(over))),
        shown=_OVER if show == _OVER else "",
        total=len(statuses),
        left_out=len(wanted[_MOST:]),
    )


def batch_name(status: BatchStatus) -> str:
    """The name by which a batch is put off."""
    return f"batches/{status.folder}"


def _later(due: Sequence[CaseLine], batches: Sequence[BatchStatus], until: Mapping[str, date]) -> Iterator[Later]:
    for line in due:
        if day := until.get(line.name):
            title = line.about.title or line.number or line.name
            yield Later(line.name, title, meaning=line.label.meaning, page=line.page, until=day)
    for batch in batches:
        if day := until.get(batch_name(batch)):
            page = f"/batches/{quote(batch.folder)}?state=needs-you"
            yield Later(batch_name(batch), batch.title, meaning=_("Your move"), page=page, until=day)


def _drafts(context: AppContext, cards: Sequence[Card]) -> Iterator[Draft]:
    last: dict[Path, Card] = {}
    sent = set()
    for card in cards:
        if card.entry.summary:
            file = context.file_from(card.entry.summary.profile)
            last.setdefault(file, card)
            if card.case_status and card.case_status.case.space == "live":
                sent.add(file)
    # What was sent for real is among the inquiries, however often it was practised since.
    for file in [file for file in profile_files(context.profiles) if file.absolute() not in sent][:_MOST]:
        yield Draft(file, _title(file), _draft_label(last.get(file.absolute())))


def _draft_label(run: Card | None) -> Outcome:
    """What the last run of a file came to; one that went as planned was a rehearsal, whatever the desk answered."""
    if run is None:
        return Outcome("still", _("Draft"), "")
    summary = run.entry.summary
    refused = summary is None or summary.error or summary.verdict in {Verdict.REJECTED, Verdict.UNKNOWN}
    is_practice = summary is not None and summary.target != "live"
    return Outcome("good", _("Rehearsed"), "") if is_practice and not refused else run.outcome


def _title(file: Path) -> str:
    try:
        return read_source(file).text(("subject",)) or file.stem
    except AutofillError:
        return file.stem
