"""A letter is written when it is time, once for every silence, and recorded if and only if it is on the disk."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.cases.following.follow_up import AlreadyFollowedUp, FollowUp, FollowUpRequest, follow_up
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import NextStep, case_status
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import State
from autofill.errors import DiskTrouble, FileMissing, InvalidFile, Misconfigured
from autofill.events import Verdict
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.evidence.keeping.summary import RunSummary
from tests.cases.case_makers import DEADLINES

PROFILE = Path(__file__).parents[3] / "profiles" / "01-missing-package.yaml"
MAIL = b"From: support@desk.example\nSubject: 12345678\nMessage-ID: <a@desk.example>\n\nReceived.\n"
NOW = datetime.now(UTC)
# Longer than three business days with any weekend and holidays between, and twice that.
LATE, LATER, LATEST = (timedelta(days=days) for days in (8, 16, 24))


class Desk:
    """A practice case whose clock can be moved, and the follow-ups to it."""

    def __init__(self, ledger: Ledger, recordings: Path) -> None:
        self.ledger = ledger
        self.recordings = recordings
        self.send("run-1", Verdict.CONFIRMED, "12345678")

    def send(self, run_id: str, verdict: Verdict, number: str | None = None) -> None:
        self.ledger.prepare(run_id, run_id, space="practice", form="usps-email-us")
        self.ledger.filled(run_id)
        self.ledger.submitting(run_id)
        self.ledger.settle(run_id, verdict, number)

    def mail(self, kind: Kind = Kind.ACKNOWLEDGED) -> None:
        """A mail of theirs is read, and kept among the recordings."""
        kept = self.recordings / "mail-1" / "data" / "mail" / "1.eml"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(MAIL)
        self.ledger.cases.record("run-1", CaseEvent(kind, NOW, "mail-1", evidence="ab" * 32))

    def write(self, after: timedelta, wish: FollowUpRequest | None = None, name: str = "run-1") -> FollowUp:
        wish = wish or FollowUpRequest(profile=PROFILE)
        return follow_up(self.ledger.cases, self.recordings, name, wish, NOW + after, DeadlineBook())

    @property
    def events(self) -> tuple[CaseEvent, ...]:
        return self.ledger.cases.case("run-1").events


@pytest.fixture
def desk(ledger: Ledger, path: Path) -> Desk:
    return Desk(ledger, path.parent)


def test_without_a_mail_of_theirs_the_letter_is_a_new_inquiry(desk: Desk) -> None:
    written = desk.write(LATE)

    assert (written.form, written.place) == ("new", desk.recordings / "letters" / "run-1-1.yaml")
    assert written.place
    assert written.place.read_text(encoding="utf-8") == written.content
    assert stat.S_IMODE(written.place.stat().st_mode) == 0o600
    assert stat.S_IMODE(written.place.parent.stat().st_mode) == 0o700
    event = desk.events[-1]
    assert (event.kind, event.detail, event.at) == (Kind.FOLLOWED_UP, "new", NOW + LATE)


def test_a_mail_of_theirs_is_replied_to(desk: Desk) -> None:
    desk.mail()

    written = desk.write(LATE)

    assert written.form == "reply"
    assert "In-Reply-To: <a@desk.example>" in written.content
    assert desk.events[-1].detail == "reply"


def test_the_form_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.eml"
    theirs.write_bytes(MAIL)

    assert desk.write(LATE, FollowUpRequest(profile=PROFILE, mail=theirs, dry=True)).form == "reply"
    desk.mail()
    assert desk.write(LATE, FollowUpRequest(profile=PROFILE, form="new", dry=True)).form == "new"


def test_before_anything_is_overdue_there_is_no_letter_without_a_reason(desk: Desk) -> None:
    with pytest.raises(Misconfigured, match="Nothing is overdue"):
        desk.write(timedelta(0))
    assert not desk.events

    desk.write(timedelta(0), FollowUpRequest(profile=PROFILE, because="the parcel holds medicine"))
    assert desk.events[-1].because == "the parcel holds medicine"


def test_one_silence_has_one_letter(desk: Desk) -> None:
    first = desk.write(LATE)

    with pytest.raises(AlreadyFollowedUp, match=f"{NOW + LATE:%Y-%m-%d}") as refused:
        desk.write(LATE + timedelta(hours=1))

    assert refused.value.exit_code == 84
    assert "--again" in refused.value.hint
    assert len(desk.events) == 1
    assert first.place
    assert list(first.place.parent.iterdir()) == [first.place]


def test_two_at_once_have_one_winner(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one looked before the first had written."""
    before = case_status(desk.ledger.cases.case("run-1"), NOW + LATE, DEADLINES)
    desk.write(LATE)
    monkeypatch.setattr("autofill.cases.following.follow_up.case_status", lambda *_: before)

    with pytest.raises(AlreadyFollowedUp):
        desk.write(LATE)

    assert len(desk.events) == 1


def test_the_same_letter_again_is_no_further_reminder(desk: Desk) -> None:
    desk.write(LATE)

    again = desk.write(LATE, FollowUpRequest(profile=PROFILE, again=True, because="lost the file"))

    assert again.place
    assert again.place.name == "run-1-2.yaml"
    assert [event.kind for event in desk.events] == [Kind.FOLLOWED_UP, Kind.NOTE]
    assert desk.write(LATER).case_status.follow_ups == 1


def test_a_letter_that_was_not_sent_is_asked_for_and_not_written_twice(desk: Desk) -> None:
    desk.write(LATE)
    desk.ledger.prepare("run-2", "run-2", space="practice", form="usps-email-us", previous_case="12345678")
    desk.ledger.settle("run-2", Verdict.NOT_SUBMITTED)

    assert desk.events[-1].run_id == "run-2"
    with pytest.raises(AlreadyFollowedUp, match="has not been sent"):
        desk.write(LATE)
    desk.write(LATE, FollowUpRequest(profile=PROFILE, again=True, because="lost it"))
    assert desk.events[-1].kind is Kind.NOTE


def test_a_dry_run_leaves_nothing_behind(desk: Desk) -> None:
    written = desk.write(LATE, FollowUpRequest(profile=PROFILE, dry=True))

    assert "12345678" in written.content
    assert desk.events == ()
    assert not (desk.recordings / "letters").exists()


def test_two_silent_letters_lead_to_another_channel(desk: Desk) -> None:
    for after in (LATE, LATER):
        assert desk.write(after).form == "new"

    rungs = [desk.write(LATEST + LATE * number) for number in range(2)]

    assert [one.rung and one.rung.name for one in rungs] == ["phone", "consumer-contact"]
    assert "missingmail.usps.com" in rungs[0].further[0]
    assert "Case number: 12345678" in rungs[0].content
    assert [event.detail for event in desk.events[-2:]] == ["phone", "consumer-contact"]
    with pytest.raises(AlreadyFollowedUp):
        desk.write(LATEST + LATE)


def test_the_rung_can_be_shown_again(desk: Desk) -> None:
    for after in (LATE, LATER, LATEST):
        desk.write(after)

    again = desk.write(LATEST, FollowUpRequest(profile=PROFILE, again=True, because="lost the number"))

    assert again.rung
    assert again.rung.name == "phone"
    assert desk.events[-1].kind is Kind.NOTE


def test_the_ladder_ends(desk: Desk) -> None:
    desk.ledger.cases.record("run-1", CaseEvent(Kind.ESCALATED, NOW, "regulator"))

    with pytest.raises(Misconfigured, match="nobody else to contact"):
        desk.write(timedelta(days=60))


def test_after_the_ladder_a_letter_needs_a_reason_and_leads_to_its_end_again(desk: Desk) -> None:
    days = timedelta(days=60)
    desk.ledger.cases.record("run-1", CaseEvent(Kind.ESCALATED, NOW, "regulator"))
    with pytest.raises(Misconfigured, match="escalated"):
        desk.write(days, FollowUpRequest(profile=PROFILE, form="new"))

    written = desk.write(days, FollowUpRequest(profile=PROFILE, form="new", because="they moved"))

    assert (written.form, desk.events[-1].kind, desk.events[-1].because) == ("new", Kind.FOLLOWED_UP, "they moved")
    with pytest.raises(AlreadyFollowedUp):
        desk.write(days)
    with pytest.raises(Misconfigured, match="nobody else to contact"):
        desk.write(days + LATE)


def test_two_replies_to_one_turn_are_refused_like_two_letters(desk: Desk) -> None:
    """A clock that stands still, as in a rehearsal, makes one turn of two."""
    wish = FollowUpRequest(profile=PROFILE, own_words="It was blue.")
    for _ in range(2):
        desk.ledger.cases.record("run-1", CaseEvent(Kind.QUESTION, NOW))
        if not any(event.kind is Kind.REPLIED for event in desk.events):
            desk.write(timedelta(0), wish)

    with pytest.raises(AlreadyFollowedUp, match="you replied") as refused:
        desk.write(timedelta(0), wish)

    assert "--again" in refused.value.hint
    desk.write(timedelta(0), replace(wish, again=True, because="they asked twice"))
    assert [event.kind for event in desk.events].count(Kind.REPLIED) == 2


def test_a_letter_to_whom_nobody_vouches_for_says_so(desk: Desk, tmp_path: Path) -> None:
    """Not if a mail that is surely theirs is there, or the person names one."""
    anybodys = CaseEvent(Kind.ACKNOWLEDGED, NOW, "mail-2", because="absent", once="mail doubtful 1")
    dry = FollowUpRequest(profile=PROFILE, dry=True)
    kept = desk.recordings / "mail-2" / "data" / "mail" / "1.eml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(MAIL.replace(b"support@", b"thief@"))
    desk.ledger.cases.record("run-1", anybodys)
    assert desk.write(LATE, dry).is_doubtful
    assert not desk.write(LATE, replace(dry, form="new")).is_doubtful
    assert not desk.write(LATE, replace(dry, mail=kept)).is_doubtful

    desk.mail()

    written = desk.write(LATE, dry)
    assert "To: support@desk.example" in written.content
    assert not written.is_doubtful


@pytest.mark.parametrize(("kind", "after"), [(Kind.QUESTION, Status.UNDER_REVIEW), (Kind.ANSWERED, Status.FOLLOWED_UP)])
def test_at_the_persons_turn_the_letter_needs_their_words(desk: Desk, kind: Kind, after: Status) -> None:
    desk.mail(kind)
    with pytest.raises(Misconfigured, match="words of your own"):
        desk.write(LATE)

    written = desk.write(LATE, FollowUpRequest(profile=PROFILE, own_words="It was blue."))

    assert "It was blue." in written.content
    assert case_status(desk.ledger.cases.case("run-1"), NOW + LATE, DEADLINES).settled is after


def test_nothing_is_written_about_a_run_in_doubt(desk: Desk) -> None:
    desk.send("run-2", Verdict.UNKNOWN)

    with pytest.raises(Misconfigured, match="whether the inquiry arrived"):
        desk.write(LATE, name="run-2")


@pytest.mark.parametrize("kind", [Kind.RESOLVED, Kind.CLOSED])
def test_nothing_is_written_about_what_is_over(desk: Desk, kind: Kind) -> None:
    desk.ledger.cases.record("run-1", CaseEvent(kind, NOW))

    with pytest.raises(Misconfigured, match=str(kind)):
        desk.write(LATE)


def test_a_case_without_a_number_cannot_be_quoted(desk: Desk) -> None:
    desk.send("run-2", Verdict.CONFIRMED_NO_CASE)

    with pytest.raises(Misconfigured, match="no number"):
        desk.write(LATE, name="run-2")


def test_a_reply_needs_a_mail(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no mail to reply to"):
        desk.write(LATE, FollowUpRequest(profile=PROFILE, form="reply"))
    with pytest.raises(FileMissing):
        desk.write(LATE, FollowUpRequest(profile=PROFILE, mail=tmp_path / "none.eml"))
    (tmp_path / "bad.eml").write_bytes(b"no mail at all")
    with pytest.raises(InvalidFile, match="no sender"):
        desk.write(LATE, FollowUpRequest(profile=PROFILE, mail=tmp_path / "bad.eml"))
    assert desk.events == ()


def keep_run(desk: Desk, profile: Path, **files: str) -> Path:
    """A recording of the first run, as far as a follow-up looks at it: a manifest, its summary, and more files."""
    data = desk.recordings / "run-1" / "data"
    data.mkdir(parents=True, exist_ok=True)
    summary = RunSummary(profile=str(profile), form="a-form", target="replica", exit_code=0)
    told = {"run": json.dumps({**summary.model_dump(mode="json"), "newer": 1}), **files}
    for name, content in told.items():
        (data / f"{name}.json").write_text(content, encoding="utf-8")
    manifest = "".join(f"{'a' * 64}  data/{name}.json\n" for name in told)
    (data.parent / "manifest-sha256.txt").write_text(manifest, encoding="utf-8")
    return data


def test_the_first_inquiry_is_read_from_its_recording(desk: Desk, tmp_path: Path) -> None:
    """Deleting the profile changes nothing, and changing it neither: nobody looks at it."""
    profile = tmp_path / "mine.yaml"
    copy = InquiryCopy(form="usps-chat", fields={"contact.name": "Kim Min-jun", "contact.email": "kim@example.com"})
    keep_run(desk, profile, inquiry=copy.content.decode())
    theirs = tmp_path / "theirs.eml"
    theirs.write_bytes(MAIL)
    wish = FollowUpRequest(mail=theirs, dry=True)
    before = desk.write(LATE, wish).content

    profile.write_bytes(PROFILE.read_bytes())
    after = desk.write(LATE, wish).content

    assert "From: Kim Min-jun <kim@example.com>" in before
    assert [line for line in after.splitlines() if "Message-ID" not in line] == [
        line for line in before.splitlines() if "Message-ID" not in line
    ]


def test_a_recording_of_the_first_version_leads_to_the_profile(desk: Desk) -> None:
    with pytest.raises(FileMissing) as missing:
        desk.write(LATE, FollowUpRequest())
    assert "--profile" in missing.value.hint

    keep_run(desk, PROFILE)

    assert "O'Brien" in desk.write(LATE, FollowUpRequest()).content


@pytest.mark.parametrize("what", ["gone", "{}", '{"schema": "autofill.inquiry/1", "form": "f", "fields": {"a": 1}}'])
def test_an_inquiry_that_was_kept_and_cannot_be_read_is_not_looked_for_elsewhere(desk: Desk, what: str) -> None:
    data = keep_run(desk, PROFILE, inquiry=what)
    if what == "gone":
        (data / "inquiry.json").unlink()

    with pytest.raises(FileMissing, match="recording"):
        desk.write(LATE, FollowUpRequest())
    assert desk.write(LATE, FollowUpRequest(profile=PROFILE)).form == "new"


def test_a_letter_that_cannot_be_written_is_not_recorded(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DiskTrouble):
        desk.write(LATE, FollowUpRequest(profile=PROFILE, place=tmp_path / "file" / "letter.yaml"))

    assert desk.events == ()
    assert desk.write(LATE).case_status.step is NextStep.FOLLOW_UP


def test_a_file_that_is_there_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("mine", encoding="utf-8")

    with pytest.raises(Misconfigured, match="already exists"):
        desk.write(LATE, FollowUpRequest(profile=PROFILE, place=mine))

    assert (mine.read_text(encoding="utf-8"), desk.events) == ("mine", ())


def test_a_sent_follow_up_joins_the_case_and_counts_once(desk: Desk) -> None:
    desk.write(LATE)

    desk.ledger.prepare("run-2", "run-2", space="practice", form="usps-email-us", previous_case="12345678")
    desk.ledger.filled("run-2")
    desk.ledger.submitting("run-2")
    desk.ledger.settle("run-2", Verdict.CONFIRMED, "22222222")

    case = desk.ledger.cases.case("22222222")
    where = case_status(case, NOW + LATE, DEADLINES)
    assert (case.case_id, where.follow_ups, where.settled) == ("run-1", 1, Status.FOLLOWED_UP)


def test_no_word_of_a_letter_is_in_the_ledger(desk: Desk, bring: Callable[..., str]) -> None:
    bring(State.CONFIRMED, "live-1")
    desk.mail(Kind.QUESTION)
    desk.write(LATE, FollowUpRequest(profile=PROFILE, own_words="Zwitscherstraße"))

    raw = b"".join(file.read_bytes() for file in sorted(desk.recordings.glob("ledger*")))

    assert b"mail-1" in raw
    assert not [text for text in ("Zwitscher", "Brien", "maria.", "94001112", "desk.example") if text.encode() in raw]
