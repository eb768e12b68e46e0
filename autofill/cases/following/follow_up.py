"""The follow-up of a case: whether it is time to, in which form, and writing it down once for every silence.

Nothing is sent from here. Finds the first inquiry and the organisation's mail beside the ledger, in the recordings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from autofill.cases.following.letter import Letter, as_profile, as_reply, last_mail
from autofill.cases.ledger.case_service import CaseService
from autofill.cases.ledger.owner import account
from autofill.cases.model.business_days import business_days_between
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import THEIR_MOVE, WORDS, Kind, Status
from autofill.cases.model.case_status import CaseStatus, NextStep, case_status
from autofill.cases.model.deadlines import DeadlineBook, Deadlines
from autofill.cases.model.escalation import EscalationStep, further_help, step_after, step_named
from autofill.clock import refuse_rehearsal
from autofill.errors import AutofillError, DiskTrouble, ExitCode, FileMissing, InvalidFile, Misconfigured, Problem
from autofill.evidence.keeping.bag import Damage, content_of
from autofill.evidence.keeping.folder import LETTERS, RecordingFolder
from autofill.evidence.keeping.inquiry_copy import InquiryCopy, inquiry_in
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import load_profile
from autofill.language import _
from autofill.organisations.registry import organisation_of_form
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source

Form = Literal["reply", "new"]
_LETTERS = {Kind.FOLLOWED_UP, Kind.ESCALATED, Kind.SENT, Kind.REPLIED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRequest:
    """What was asked for.

    Attributes:
        form: A reply to their mail or a new inquiry; None for what fits.
        because: Why now, although nothing is overdue; or why again.
        again: Write what was written for this silence once more.
        own_words: The person's own, put into the letter.
        mail: Their mail, if it is not among the recordings.
        profile: The first inquiry's file, if its recording does not hold it.
        place: Where the letter goes; None for the folder of letters.
        dry: Write and record nothing.
    """

    form: Form | None = None
    because: str | None = None
    again: bool = False
    own_words: str | None = None
    mail: Path | None = None
    profile: Path | None = None
    place: Path | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was written.

    Attributes:
        case_status: Where the case stood.
        form: What it is.
        content: The letter, or the facts to have at hand.
        place: Where it goes, or is.
        rung: Where to turn with it, if another letter of the same kind is no use any more.
        further: What else may help, as sentences.
        is_doubtful: Whether it answers a mail that may be anybody's.
    """

    case_status: CaseStatus
    form: Literal["reply", "new", "escalation"]
    content: str
    place: Path | None
    rung: EscalationStep | None = None
    further: tuple[str, ...] = ()
    is_doubtful: bool = False


class AlreadyFollowedUp(AutofillError):
    """There is a letter for this silence already."""

    exit_code = ExitCode.ALREADY_SENT

    def __init__(self, first: CaseEvent, *, unsent: bool = False) -> None:
        if unsent:
            words = _("The letter of {day} has not been sent. Read it, then send it with autofill run.")
        else:
            words = _("The case was already followed up on {day} ({what}) and is not overdue again.")
        super().__init__(
            words.format(day=f"{first.at:%Y-%m-%d}", what=_(WORDS[first.kind])),
            hint=_("To write it again anyway, add a reason: --again --because TEXT."),
        )


def follow_up(
    casebook: CaseService, recordings: Path, name: str, wish: FollowUpRequest, now: datetime, book: DeadlineBook
) -> FollowUp:
    """Write the next letter of a case, and record that; or name the next escalation step.

    Args:
        casebook: The ledger's cases.
        recordings: Where the recordings are.
        name: The case, by name or number.
        wish: What was asked for.
        now: The time that cases go by.
        book: What is expected of organisations.

    Raises:
        AlreadyFollowedUp: This silence has its letter.
        DiskTrouble: The letter cannot be written; then it is not recorded.
        FileMissing: The first inquiry or the mail is not there.
        InvalidFile: One of them cannot be used.
        Misconfigured: It is not the time for a letter, or the case cannot have this one.
    """
    case = casebook.case(name)
    if not wish.dry:
        refuse_rehearsal(case.space)
    deadlines = book.of(case.form)
    where = case_status(case, now, deadlines)
    _refuse_if_untimely(where, wish)
    letter = Letter(
        case_status=where,
        inquiry=_first_inquiry(recordings, case, wish),
        organisation=organisation_of_form(case.form),
        calendar=deadlines.calendar,
        own_words=wish.own_words,
    )
    if wish.form is None and (where.step is NextStep.ESCALATE or where.settled is Status.ESCALATED):
        written = _escalation(letter, wish, now, deadlines)
    else:
        written = _letter(letter, recordings, wish, now)
    if not wish.dry:
        _keep(casebook, written, wish, now)
    return written


def _refuse_if_untimely(where: CaseStatus, wish: FollowUpRequest) -> None:
    hint, name = "", where.case.case_id
    if where.settled is Status.PREPARED or not where.is_open:
        hint = _("If it is not over: autofill cases {case} --mark reopened").format(case=name)
        raise Misconfigured(_("The case is “{status}”.").format(status=_(WORDS[where.status])), hint=hint)
    if where.step is NextStep.RESOLVE_RUN:
        hint = _("Record the outcome of the run first: autofill resolve {case}").format(case=name)
        raise Misconfigured(_("It is not known yet whether the inquiry arrived."), hint=hint)
    if _has_its_letter(where):
        if not wish.again:
            raise AlreadyFollowedUp(_last_letter(where.case), unsent=where.step is NextStep.SEND_LETTER)
    elif where.settled in THEIR_MOVE and not where.is_due and not wish.because:
        hint = _("To write anyway, add a reason: --because TEXT.")
        raise Misconfigured(_("Nothing is overdue: an answer may take until {day}.").format(day=where.due), hint=hint)
    if where.settled is Status.ESCALATED and where.is_due and wish.form and not wish.because:
        hint = _("To write anyway, add a reason: --because TEXT.")
        raise Misconfigured(_("The case is “{status}”.").format(status=_(WORDS[where.settled])), hint=hint)
    if where.step in {NextStep.ANSWER_THEM, NextStep.DECIDE} and not wish.own_words:
        hint = _("Write it in a file: --message FILE.")
        raise Misconfigured(_("It is your turn: the letter needs words of your own."), hint=hint)


def _escalation(letter: Letter, wish: FollowUpRequest, now: datetime, deadlines: Deadlines) -> FollowUp:
    where = letter.case_status
    rung = (step_after if where.is_due else step_named)(deadlines.escalation, where.rung)
    if rung is None:
        hint = _(
            "Write once more: autofill followup {case} --new --because TEXT; or close it: autofill cases "
            "{case} --mark closed --because TEXT"
        )
        raise Misconfigured(_("autofill knows nobody else to contact."), hint=hint.format(case=where.case.case_id))
    days = business_days_between(where.case.runs[0].at, now, deadlines.calendar)
    further = further_help(letter.organisation.data, days)
    facts = "\n".join(letter.facts) + "\n"
    return FollowUp(where, "escalation", facts, wish.place, rung=rung, further=further)


def _letter(letter: Letter, recordings: Path, wish: FollowUpRequest, now: datetime) -> FollowUp:
    case = letter.case_status.case
    held = last_mail(case.events)
    kept = recordings / (held.detail or "") / "data" / "mail" / "1.eml" if held else None
    mail = wish.mail or kept
    form = wish.form or ("reply" if mail else "new")
    if form == "reply" and mail is None:
        raise Misconfigured(
            _("There is no mail to reply to."), hint=_("Give one with --mail FILE, or write a new inquiry: --new.")
        )
    if form == "new" and not case.numbers:
        raise Misconfigured(
            _("The case has no number that a new inquiry could quote."),
            hint=_("Reply to their mail: --reply --mail FILE; or add it: autofill cases CASE --number N."),
        )
    content = _reply(letter, mail, now) if form == "reply" and mail else _profile(letter)
    count = 1 + sum(event.detail in {"reply", "new"} for event in case.events)
    name = f"{case.case_id}-{count}.{'eml' if form == 'reply' else 'yaml'}"
    doubtful = form == "reply" and wish.mail is None and held is not None and held.is_doubtful
    place = wish.place or recordings / LETTERS / name
    return FollowUp(letter.case_status, form, content, place, is_doubtful=doubtful)


def _keep(casebook: CaseService, written: FollowUp, wish: FollowUpRequest, now: datetime) -> None:
    where, place = written.case_status, written.place
    if place and wish.place and place.exists():
        raise Misconfigured(_("{file} already exists.").format(file=place), hint=_("Choose another file with --out."))
    detail = written.rung.name if written.rung else written.form
    kind, once = Kind.FOLLOWED_UP, f"letter {where.since.isoformat()}"
    if _has_its_letter(where):
        kind, once = Kind.NOTE, ""  # the letter they have is written again: that is no further reminder
    elif written.rung:
        kind = Kind.ESCALATED
    elif where.settled is Status.WAITING_FOR_YOU:
        kind, once = Kind.REPLIED, "" if wish.again else once
    event = CaseEvent(kind, now, detail, who=account(), because=wish.because, once=once or None)
    write = partial(_write, place, written.content.encode()) if place else None
    if not casebook.record(where.case.case_id, event, write):
        raise AlreadyFollowedUp(_last_letter(casebook.case(where.case.case_id)))


def _write(place: Path, content: bytes) -> None:
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(
            _("{name} could not be created: {reason}.").format(name=place.parent, reason=error.strerror),
            hint=_("Choose another file with --out."),
        ) from None
    RecordingFolder(place.parent).write(place.name, content)


def _has_its_letter(where: CaseStatus) -> bool:
    """Whether this silence has its letter, sent or not, or its rung."""
    waits = where.step is NextStep.SEND_LETTER or not where.is_due
    return waits and where.settled in {Status.FOLLOWED_UP, Status.ESCALATED}


def _last_letter(case: Case) -> CaseEvent:
    return next(event for event in reversed(case.happened) if event.kind in _LETTERS)


def _first_inquiry(recordings: Path, case: Case, wish: FollowUpRequest) -> InquiryCopy:
    hint = _("Give the profile with --profile FILE.")
    if wish.profile:
        return _read_profile(wish.profile)
    recording = recordings / case.case_id
    try:
        if kept := inquiry_in(recording):
            return kept
        # The first version kept no inquiry in its recordings: there, and only there, the profile's path is used.
        summary = RunSummary.model_validate_json(content_of(recording, "data/run.json"), extra="ignore")
        return _read_profile(Path(summary.profile))
    except (Damage, ValidationError, FileMissing):
        raise FileMissing(_("The first inquiry cannot be read from its recording."), hint=hint) from None


def _read_profile(file: Path) -> InquiryCopy:
    loaded, form = load_profile(file)
    return InquiryCopy(form=form.form_map.id, organisation=form.organisation.id, fields=loaded.fields)


def _reply(letter: Letter, mail: Path, now: datetime) -> str:
    try:
        return as_reply(letter, mail.read_bytes(), now).decode()
    except OSError:
        raise FileMissing(_("{file} cannot be read.").format(file=mail), hint=_("Give one with --mail FILE.")) from None
    except ValueError:
        problem = Problem.of_file(str(mail), _("has no sender who could be answered"))
        raise InvalidFile([problem]) from None


def _profile(letter: Letter) -> str:
    """A profile that `autofill run` takes; what it would not take is found out now."""
    content = as_profile(letter)
    validate_source(parse_source(content, "follow-up.yaml"), letter.organisation.inquiry_model)
    return content.decode()
