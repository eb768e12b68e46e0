"""A second organisation, made of data only: its mails, its calendar and its escalation are its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from autofill.cases.following.calendar_file import as_calendar
from autofill.cases.following.follow_up import FollowUpRequest, follow_up
from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import CaseStatus, NextStep, case_status
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import Space, State
from autofill.mail.reading import MailboxScan, MailResult
from autofill.mail.sources import Files
from tests.cases.case_makers import a_run
from tests.mail.makers import SELECTOR, Office, mail, record, signed

DATA = Path(__file__).parents[1] / "data" / "organisations"
PROFILE = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"
FORM = "polar-missing"
SENDER = "Polar Parcel <help@polar-parcel.test>"
# Thursday, 23:30 in Helsinki; in Washington it is still early, and the 8th as well.
SENT = datetime(2026, 10, 8, 20, 30, tzinfo=UTC)
FOLLOWED = CaseEvent(Kind.FOLLOWED_UP, SENT + timedelta(days=5), "reply")


@pytest.fixture(autouse=True)
def carrier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    shutil.copytree(DATA, tmp_path / "settings" / "autofill" / "organisations")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_ledger(tmp_path / "recordings" / "ledger.sqlite3") as ledger:
        yield Office(tmp_path, ledger)


def case(*events: CaseEvent, form: str = FORM, space: Space = "live") -> Case:
    return Case("run-1", space, form, (a_run("run-1", State.CONFIRMED, SENT, "PP-2026-001"),), events)


def at(now: datetime, *events: CaseEvent, form: str = FORM) -> CaseStatus:
    return case_status(case(*events, form=form), now, DeadlineBook().of(form))


def scan(office: Office, *mails: bytes) -> list[tuple[MailResult, str | None]]:
    """What became of mails, each with its case; the carrier's key is published, and nobody else's."""
    asked = f"{SELECTOR}._domainkey.polar-parcel.test"
    files = Files(tuple(office.put(each) for each in mails))
    reading = MailboxScan(Ledgers(office.ledger), office.recordings, files, {asked: record()}.get)
    return [(one.became, one.case) for one in reading.outcomes()]


def theirs(text: str, *, sender: str = SENDER, domain: str = "polar-parcel.test") -> bytes:
    return signed(mail(f"We have received your inquiry.\n{text}\n", sender=sender), domain)


def test_the_folder_holds_data_only() -> None:
    assert {path.suffix for path in DATA.rglob("*") if path.is_file()} == {".yaml"}


def test_an_answer_is_due_by_its_own_calendar() -> None:
    """Friday the 9th is closed, Saturday is worked: Saturday and Monday. Columbus Day is nothing in Finland."""
    assert at(SENT).due == date(2026, 10, 12)
    assert at(SENT, form="usps-email-us").due == date(2026, 10, 14)
    assert at(SENT, form="a-form").due == date(2026, 10, 13)


def test_its_days_end_where_it_is() -> None:
    """Midnight in Helsinki is nine in the evening, UTC, in summer time."""
    assert at(datetime(2026, 10, 12, 20, 59, tzinfo=UTC)).step is NextStep.LOOK_FOR_CONFIRMATION
    assert at(datetime(2026, 10, 12, 21, tzinfo=UTC)).status is Status.OVERDUE


def test_a_confirmation_mail_comes_as_soon_as_it_says() -> None:
    assert at(SENT + timedelta(minutes=30)).step is NextStep.WAIT
    assert at(SENT + timedelta(minutes=31)).step is NextStep.LOOK_FOR_CONFIRMATION


def test_it_escalates_after_its_own_number_of_reminders() -> None:
    late = FOLLOWED.at + timedelta(days=10)
    assert at(late, FOLLOWED).step is NextStep.ESCALATE
    assert at(late, FOLLOWED, form="usps-email-us").step is NextStep.FOLLOW_UP


def test_a_step_can_have_days_of_its_own() -> None:
    """Two business days at the hotline, two weeks at the ombudsman."""
    hotline, ombudsman = (CaseEvent(Kind.ESCALATED, FOLLOWED.at, name) for name in ("hotline", "ombudsman"))

    assert at(FOLLOWED.at, FOLLOWED, hotline).due == date(2026, 10, 15)
    assert at(FOLLOWED.at, FOLLOWED, ombudsman).due == date(2026, 10, 27)


def test_each_case_in_a_calendar_file_has_its_own_today() -> None:
    """Of two cases that wait for the person, at half past ten in the evening, UTC."""
    now = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)
    statuses = [at(now), at(now, form="usps-email-us")]

    entries = Calendar.from_ical(as_calendar(statuses, now, DeadlineBook())).walk("VEVENT")

    assert [entry.decoded("DTSTART") for entry in entries] == [date(2026, 10, 21), date(2026, 10, 20)]


def test_where_to_turn_is_its_own(office: Office) -> None:
    office.sent("run-1", "PP-2026-001", form=FORM, space="practice")
    now = datetime.now(UTC)
    office.ledger.cases.record("run-1", CaseEvent(Kind.FOLLOWED_UP, now, "reply"))

    names = []
    for days in (10, 40):
        request = FollowUpRequest(profile=PROFILE)
        then = now + timedelta(days=days)
        written = follow_up(office.ledger.cases, office.recordings, "run-1", request, then, DeadlineBook())
        assert written.rung
        names.append((written.rung.name, written.rung.where, written.rung.advice, written.further))

    search = ("Have it looked for: lost.polar-parcel.test.",)
    assert names == [
        ("hotline", "+358 9 555 0100", "Ask for the person in charge of your ticket.", search),
        ("ombudsman", "ombudsman.polar-parcel.test", "Write to Parcel Ombudsman, then tell the hotline so.", search),
    ]


def test_its_mails_are_found_by_its_own_sender_and_number(office: Office) -> None:
    office.sent("run-1", form=FORM)
    office.sent("run-2")

    found = scan(
        office,
        theirs("Ticket PP-2026-417", sender="Polar Parcel <help@polar-parcel.com>", domain="polar-parcel.com"),
        theirs("Service Request Number: 12345678"),
        theirs("Ticket PP-2026-417"),
    )

    assert found == [(MailResult.PASSED_OVER, None), (MailResult.PASSED_OVER, None), (MailResult.PROOF, "run-1")]
    assert office.ledger.row("run-1").case_number == "PP-2026-417"
    assert office.state("run-2") is State.UNKNOWN


def test_a_mail_of_its_own_touches_nobody_elses_case(office: Office) -> None:
    """Not even one that has the number that it names."""
    office.sent("run-1", "PP-2026-417")
    office.sent("run-2", "PP-2026-418", form=FORM)

    assert scan(office, theirs("Ticket PP-2026-417")) == [(MailResult.PASSED_OVER, None)]


def test_a_number_of_several_parts_is_named_as_a_whole(office: Office) -> None:
    """Parts of two other numbers do not make a third."""
    office.sent("run-0", "PP-2026-416", form=FORM)
    office.sent("run-1", "PP-2026-417", form=FORM)
    reply = signed(mail("Ticket PP-2026-001 takes over from ticket PP-2025-417.\n", sender=SENDER), "polar-parcel.test")
    again = signed(mail("About ticket PP 2026 417:\n", sender=SENDER), "polar-parcel.test")

    assert scan(office, reply, again) == [(MailResult.PASSED_OVER, None), (MailResult.KEPT, "run-1")]


def test_what_its_mails_quote_tells_two_inquiries_apart(office: Office) -> None:
    for run_id, waybill in (("run-1", "PPX 100 001"), ("run-2", "PPX 100 002")):
        office.sent(run_id, form=FORM)
        file = office.recordings / run_id / "data" / "steps" / "0003-parcel.values.json"
        file.write_text(json.dumps([{"field": "waybill", "found": waybill}]))

    assert scan(office, theirs("Ticket PP-2026-417\nWaybill: ppx100002")) == [(MailResult.PROOF, "run-2")]


def test_practice_has_a_domain_of_its_own(office: Office) -> None:
    office.sent("run-1", "PP-2026-417", form=FORM, space="practice")
    sender = "Polar Parcel <help@polar-parcel-practice.example>"

    became = scan(
        office,
        theirs("Ticket PP-2026-417"),
        theirs("PP-2026-417", sender=sender, domain="polar-parcel-practice.example"),
    )

    assert became == [(MailResult.PASSED_OVER, None), (MailResult.KEPT, "run-1")]
