"""Mails of the organisation move their cases and stay as evidence; bad mails change nothing, and break nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import bagit
import dkim
import pytest

from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import settled_status
from autofill.cases.model.run_states import Mover, State
from autofill.errors import AlreadySent, DiskTrouble
from autofill.events import Verdict
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import seal, seal_hash
from autofill.evidence.sealing.verify import verify_recording
from autofill.mail.limits import LARGEST
from autofill.mail.message import possible_numbers
from autofill.mail.reading import MOST_DOUBTFUL, MOST_OPENED, MailboxScan, MailResult
from autofill.mail.signature import Result, Unreachable
from autofill.mail.sources import Head, Maildir
from tests.mail.makers import (
    CONFIRMATION,
    PERSON,
    REPLY,
    TRACKING,
    Office,
    confirmation,
    mail,
    published,
    record,
    reply,
    signed,
)
from tests.mail.shapes import plain


def status(office: Office, run_id: str = "run-1") -> Status:
    return settled_status(office.case(run_id))


def test_a_case_is_acknowledged_and_answered(office: Office) -> None:
    """In the order in which they were written, whatever the order in which they are found."""
    office.sent("run-1", "12345678")
    answer = signed(mail(REPLY, "Re: 12345678", automatic=False, after=timedelta(hours=5)))

    outcomes = office.read(answer, confirmation("12345678"))

    assert [(each.became, each.kind) for each in outcomes] == [
        (MailResult.KEPT, Kind.ACKNOWLEDGED),
        (MailResult.KEPT, Kind.ANSWERED),
    ]
    assert status(office) is Status.ANSWERED
    assert [event.because for event in office.case().mails] == [None, None]


def test_a_review_is_told_from_a_confirmation(office: Office) -> None:
    office.sent("run-1", "12345678")

    office.read(signed(mail("Your inquiry 12345678 is now being reviewed by our team.", "Re: 12345678")))

    assert status(office) is Status.UNDER_REVIEW


def test_the_evidence_is_the_mail_byte_for_byte_sealed_after_its_run(office: Office) -> None:
    run = office.recordings / office.sent("run-1", "12345678")
    folder = RecordingFolder(run)
    folder.write("data/run.json", b"{}")
    folder.write("data/journal.jsonl", b"")
    seal(folder, "run-1")
    raw = confirmation("12345678")

    (outcome,) = office.read(raw)

    (kept,) = office.kept()
    event = office.case().events[-1]
    assert outcome.recording == kept.name == event.detail
    assert (kept / "data/mail/1.eml").read_bytes() == raw
    assert event.evidence == hashlib.sha256(raw).hexdigest()
    assert f"prev-tagmanifest-sha256={seal_hash(run)}" in (kept / "bag-info.txt").read_text()
    assert verify_recording(kept).first_wrong is None
    assert bagit.Bag(str(kept)).is_valid()
    assert kept.stat().st_mode & 0o777 == 0o700
    told = json.loads((kept / "data/mail/dkim.json").read_text())
    covers = ["date", "from", "message-id", "subject", "to"]
    assert told == {
        "result": "good", "domain": "usps.gov", "selector": "s1", "record": record(), "why": "", "covers": covers
    }  # fmt: skip
    assert "Service Request Number: 12345678" in (kept / "data/mail/1.txt").read_text()
    assert re.search(r"^Read at    [\d-]{10} [\d:]{8} UTC ", (kept / "data/statement.txt").read_text(), re.MULTILINE)


def test_a_mail_changed_in_the_evidence_is_found_out(office: Office) -> None:
    """Even by somebody who writes all lists anew."""
    office.sent("run-1", "12345678")
    office.read(confirmation("12345678"))
    (kept,) = office.kept()

    (kept / "data/mail/1.eml").write_bytes(b"other")
    assert not verify_recording(kept).ok

    (kept / "data/journal.jsonl").write_bytes(b"")
    seal(RecordingFolder(kept), kept.name)
    wrong = verify_recording(kept).first_wrong
    assert wrong
    assert "is not the mail" in wrong.detail


def test_the_key_that_was_kept_checks_the_mail_again(office: Office) -> None:
    """A stranger needs neither the DNS of that day nor autofill."""
    office.sent("run-1", "12345678")
    office.read(confirmation("12345678"))
    (kept,) = office.kept()
    told = json.loads((kept / "data/mail/dkim.json").read_text())

    raw = (kept / "data/mail/1.eml").read_bytes()
    assert dkim.verify(raw, dnsfunc=lambda _name, **_patience: told["record"].encode())


def test_reading_again_changes_nothing(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.sent("run-2")
    office.read(confirmation("12345678"), reply("12345678"), confirmation("87654321"), mail("x", "12345678").as_bytes())
    before = office.ledger.cases.every(), office.kept()

    again = office.read()

    assert {each.became for each in again} == {MailResult.KNOWN}
    assert (office.ledger.cases.every(), office.kept()) == before


def test_a_copy_with_other_stamps_is_the_same_mail(office: Office) -> None:
    """Each server on the way adds lines; the signed id stays."""
    office.sent("run-1", "12345678")
    raw = confirmation("12345678")

    outcomes = office.read(raw, b"Received: from elsewhere\r\n" + raw)

    assert [each.became for each in outcomes] == [MailResult.KEPT, MailResult.KNOWN]


def test_a_mail_that_was_checked_stays_known_when_nobody_can_be_asked(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.read(raw := confirmation("12345678"))

    def silent(_name: str) -> str | None:
        raise Unreachable

    offline = MailboxScan(Ledgers(office.ledger), office.recordings, office.round(*office.mails).source, silent)

    assert [each.became for each in offline.outcomes()] == [MailResult.KNOWN]
    assert len(office.kept()) == 1
    assert office.put(raw)


def test_a_confirmation_settles_an_unknown_run(office: Office) -> None:
    office.sent("run-1")
    raw = confirmation("87654321")

    (outcome,) = office.read(raw)

    assert (outcome.became, outcome.case_number) == (MailResult.PROOF, "87654321")
    row, last = office.ledger.row("run-1"), office.ledger.history("run-1")[-1]
    assert (row.state, row.case_number) == (State.CONFIRMED, "87654321")
    assert (last.mover, last.evidence) == (Mover.MAIL, hashlib.sha256(raw).hexdigest())
    assert status(office) is Status.ACKNOWLEDGED
    assert verify_recording(office.kept()[0]).ok


def test_a_confirmation_contradicts_who_said_that_it_never_arrived(office: Office) -> None:
    """Otherwise the next run would send it again."""
    office.sent("run-1")
    office.ledger.resolve("run-1", because="not in their system")

    (outcome,) = office.read(confirmation("87654321"))

    assert (outcome.became, outcome.case_number) == (MailResult.PROOF, "87654321")
    assert office.state() is State.CONFIRMED
    assert office.ledger.history("run-1")[-1].mover is Mover.MAIL
    with pytest.raises(AlreadySent):
        office.ledger.prepare("run-2", "run-1", space="live", form="usps-email-us")


def test_a_number_that_was_noted_before_the_denial_is_proof_all_the_same(office: Office) -> None:
    office.sent("run-1")
    office.ledger.cases.record("run-1", CaseEvent(Kind.NUMBER_ADDED, office.case().runs[0].at, case_number="87654321"))
    office.ledger.resolve("run-1", because="not in their system")

    (outcome,) = office.read(confirmation("87654321"))

    assert (outcome.became, office.state()) == (MailResult.PROOF, State.CONFIRMED)


def test_a_run_confirmed_without_a_number_gets_it(office: Office) -> None:
    office.ledger.prepare("run-1", "k", space="live", form="usps-email-us")
    office.ledger.filled("run-1")
    office.ledger.submitting("run-1")
    office.ledger.settle("run-1", State.CONFIRMED_NO_CASE)  # type: ignore[arg-type]
    office.sent("run-2", "12345678")
    os.renames(office.recordings / "run-2", office.recordings / "run-1")

    raw = confirmation("87654321")

    (outcome,) = office.read(raw)

    assert (outcome.became, outcome.case) == (MailResult.KEPT, "run-1")
    assert office.case("87654321").case_id == "run-1"
    row, last = office.ledger.row("run-1"), office.ledger.history("run-1")[-1]
    assert (row.state, row.case_number) == (State.CONFIRMED, "87654321")
    assert (last.before, last.mover, last.evidence) == (
        State.CONFIRMED_NO_CASE,
        Mover.MAIL,
        hashlib.sha256(raw).hexdigest(),
    )


def followed_up_without_a_number(office: Office, run_id: str = "run-2") -> None:
    """A further inquiry about the case 12345678, whose page showed no number."""
    office.sent(run_id, verdict=Verdict.CONFIRMED_NO_CASE, previous="12345678")


def test_a_follow_up_confirmed_without_a_number_gets_it_and_its_answer_is_found(office: Office) -> None:
    office.sent("run-1", "12345678")
    followed_up_without_a_number(office)

    confirmed, answered = office.read(confirmation("87654321"), reply("87654321"))

    assert (confirmed.case, answered.case, answered.kind) == ("run-1", "run-1", Kind.ANSWERED)
    assert (office.state("run-2"), office.ledger.row("run-2").case_number) == (State.CONFIRMED, "87654321")
    assert office.case().numbers == ("12345678", "87654321")
    assert status(office) is Status.ANSWERED


@pytest.mark.parametrize(
    "raw",
    [
        mail(CONFIRMATION.format(number="87654321")).as_bytes(),
        confirmation("87654321", to="someone.else@example.com"),
        confirmation("87654321").replace(b"We have received", b"We have lost"),
        reply("87654321"),
    ],
    ids=["unsigned", "to another", "forged", "an answer"],
)
def test_a_follow_up_without_a_number_takes_no_strange_one(office: Office, raw: bytes) -> None:
    office.sent("run-1", "12345678")
    followed_up_without_a_number(office)

    (outcome,) = office.read(raw)

    assert outcome.became is MailResult.PASSED_OVER
    assert (office.state("run-2"), office.case().numbers) == (State.CONFIRMED_NO_CASE, ("12345678",))


def test_what_a_person_writes_after_the_confirmation_is_an_answer(office: Office) -> None:
    """However it begins; before that, a mail like it is the confirmation, though no program says that it wrote it."""
    office.sent("run-1", "12345678")
    words = "We have received your inquiry 12345678 and looked into it: the parcel was found in Denver.\n\nRobin\n"
    first, second = (signed(mail(words, automatic=False, after=timedelta(hours=hours))) for hours in (1, 2))

    assert [each.kind for each in office.read(first, second)] == [Kind.ACKNOWLEDGED, Kind.ANSWERED]
    assert status(office) is Status.ANSWERED


def test_a_confirmation_that_may_be_anybodys_makes_no_answer_of_the_true_one(office: Office) -> None:
    office.sent("run-1", "12345678")
    words = CONFIRMATION.format(number="12345678")

    outcomes = office.read(mail(words).as_bytes(), signed(mail(words, automatic=False, after=timedelta(hours=1))))

    assert [each.kind for each in outcomes] == [Kind.ACKNOWLEDGED, Kind.ACKNOWLEDGED]


def test_each_further_inquiry_has_a_confirmation_of_its_own(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.read(confirmation("12345678"))
    office.sent("run-2", "87654321", previous="12345678")
    words = CONFIRMATION.format(number="87654321")

    (outcome,) = office.read(signed(mail(words, automatic=False)))

    assert (outcome.case, outcome.kind) == ("run-1", Kind.ACKNOWLEDGED)


@pytest.mark.parametrize("kind", ["confirmation", "reply"])
def test_a_mail_to_somebody_else_is_kept_and_moves_no_case(office: Office, kind: str) -> None:
    """The recipient of the parcel may have written, too, and passed on what they were told."""
    office.sent("run-1", "12345678")
    other = "someone.else@example.com"
    raw = (
        confirmation("12345678", to=other)
        if kind == "confirmation"
        else signed(mail(REPLY, "Re: 12345678", automatic=False, to=other))
    )

    (outcome,) = office.read(raw)

    assert (outcome.became, outcome.kind, outcome.signature) == (MailResult.KEPT, Kind.NOTE, Result.GOOD)
    assert "not go to the address" in outcome.remarks[0]
    assert status(office) is Status.SENT


def test_a_mail_that_came_to_the_address_or_to_that_of_a_further_inquiry_moves_its_case(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.sent("run-2", "87654321", previous="12345678", email="maria@work.example")
    passed_on = b"Delivered-To: maria@example.com\r\n" + signed(
        mail(REPLY, "Re: 12345678", automatic=False, to="list@example.net")
    )
    at_work = confirmation("87654321", to="maria@work.example")

    assert {each.kind for each in office.read(passed_on, at_work)} == {Kind.ANSWERED, Kind.ACKNOWLEDGED}


def test_where_the_address_is_not_known_the_number_is_enough(office: Office) -> None:
    """The recording was purged, or is encrypted."""
    office.sent("run-1", "12345678", email="")

    (outcome,) = office.read(reply("12345678"))

    assert outcome.kind is Kind.ANSWERED


@pytest.mark.parametrize(
    "details",
    [
        {"to": "someone.else@example.com"},
        {"after": timedelta(hours=-2)},
        {"after": timedelta(days=2)},
        {"sender": "Helper <help@usps.gov.example.net>"},
    ],
    ids=["to another", "before the click", "long after", "another sender"],
)
def test_what_need_not_be_the_runs_confirmation_settles_nothing(office: Office, details: dict[str, str]) -> None:
    office.sent("run-1")

    office.read(confirmation("87654321", **details))

    assert office.state() is State.UNKNOWN
    assert office.kept() == []


def test_of_two_runs_the_one_whose_item_is_named_is_settled(office: Office) -> None:
    office.sent("run-1")
    office.sent("run-2", tracking="9400111202555830009999")
    text = f"{CONFIRMATION.format(number='87654321')}\nTracking number: 9400 1112 0255 5830 0010 10"

    office.read(signed(mail(text)))

    assert (office.state("run-1"), office.state("run-2")) == (State.CONFIRMED, State.UNKNOWN)


def test_of_two_runs_that_both_fit_none_is_settled_and_both_are_named(office: Office) -> None:
    office.sent("run-1")
    office.sent("run-2")

    (outcome,) = office.read(confirmation("87654321"))

    assert {office.state("run-1"), office.state("run-2")} == {State.UNKNOWN}
    assert "run-1" in outcome.remarks[0]
    assert "run-2" in outcome.remarks[0]


def test_the_item_alone_settles_nothing(office: Office) -> None:
    """The recipient knows the tracking number, too, and can have a mail about it written to himself."""
    office.sent("run-1")
    text = f"{CONFIRMATION.format(number='87654321')}\nTracking number: {TRACKING}"

    office.read(signed(mail(text, to="recipient@example.com")))

    assert office.state() is State.UNKNOWN


def test_an_unsigned_confirmation_settles_nothing_and_says_what_a_person_can_do(office: Office) -> None:
    office.sent("run-1")

    (outcome,) = office.read(mail(CONFIRMATION.format(number="87654321")).as_bytes())

    assert office.state() is State.UNKNOWN
    assert "autofill resolve run-1 --case 87654321" in outcome.remarks[0]


def test_an_unsigned_mail_acknowledges_at_most_and_is_marked(office: Office) -> None:
    office.sent("run-1", "12345678")

    outcomes = office.read(
        mail(CONFIRMATION.format(number="12345678")).as_bytes(), mail(REPLY, "Re: 12345678", automatic=False).as_bytes()
    )

    assert [each.kind for each in outcomes] == [Kind.ACKNOWLEDGED, Kind.NOTE]
    assert status(office) is Status.ACKNOWLEDGED
    assert [event.because for event in office.case().mails] == ["absent", "absent"]


def test_when_nobody_can_be_asked_for_the_key_a_mail_counts_as_unsigned(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.put(reply("12345678"))

    def silent(_name: str) -> str | None:
        raise Unreachable

    (outcome,) = MailboxScan(
        Ledgers(office.ledger), office.recordings, office.round(*office.mails).source, silent
    ).outcomes()

    assert (outcome.signature, outcome.kind) == (Result.UNCHECKED, Kind.NOTE)
    assert status(office) is Status.SENT


def forged_from_an_old_one() -> bytes:
    return confirmation("12345678").replace(b"We have received", b"We have lost")


def with_a_second_subject() -> bytes:
    return b"Subject: Re: 12345678\r\n" + confirmation("12345678")


def with_a_hidden_subject() -> bytes:
    return b"X-Note: a\rSubject: Re: 12345678\r\n" + confirmation("12345678")


@pytest.mark.parametrize("forge", [forged_from_an_old_one, with_a_second_subject, with_a_hidden_subject])
def test_a_forged_mail_is_kept_and_changes_no_case(office: Office, forge: object) -> None:
    office.sent("run-1", "12345678")
    office.sent("run-2")

    (outcome,) = office.read(forge())  # type: ignore[operator]

    assert (outcome.became, outcome.signature, outcome.kind) == (MailResult.KEPT, Result.BAD, Kind.NOTE)
    assert status(office) is Status.SENT
    assert office.state("run-2") is State.UNKNOWN
    assert office.case().events[-1].because == "forged or changed"


@pytest.mark.parametrize(
    "sender",
    [
        '"uspscustomersupport@usps.gov" <thief@example.net>',
        "uspscustomersupport@usps.gov <thief@example.net>",
        "=?utf-8?q?uspscustomersupport=40usps=2Egov?= <thief@example.net>",
        "thief@usps.gov.example.net",
        "thief@notusps.gov",
        "thief@uѕps.gov",
        "uspscustomersupport@usps.gov, thief@example.net",
        "",
    ],
)
def test_whoever_only_looks_like_the_sender_is_passed_over(office: Office, sender: str) -> None:
    """Even with a good signature of their own."""
    office.sent("run-1", "12345678")
    raw = reply("12345678").partition(b"From:")[2].partition(b"\r\n")[2]

    office.read(b"From: " + sender.encode() + b"\r\n" + raw)

    assert (office.case().events, office.kept()) == ((), [])


def test_a_signature_of_another_domain_is_none(office: Office) -> None:
    """Nor is anybody asked for its key: whoever wrote the mail would learn that it was read."""
    office.sent("run-1", "12345678")
    office.put(signed(mail(REPLY, "Re: 12345678", automatic=False), domain="example.net"))
    asked: list[str] = []

    def look_up(name: str) -> str | None:
        asked.append(name)
        return record()

    (outcome,) = MailboxScan(
        Ledgers(office.ledger), office.recordings, office.round(*office.mails).source, look_up
    ).outcomes()

    assert (outcome.signature, asked) == (Result.ABSENT, [])
    assert status(office) is Status.SENT


def test_a_wrong_number_belongs_to_no_case(office: Office) -> None:
    office.sent("run-1", "12345678")

    (outcome,) = office.read(reply("11112222"))

    assert (outcome.became, outcome.case) == (MailResult.PASSED_OVER, None)
    assert (office.case().events, office.kept()) == ((), [])


def test_a_number_within_a_longer_one_is_not_it(office: Office) -> None:
    office.sent("run-1", "12345678")

    (outcome,) = office.read(reply("9912345678"))

    assert outcome.became is MailResult.PASSED_OVER


def test_a_second_unknown_number_goes_with_the_known_one_and_is_told(office: Office) -> None:
    office.sent("run-1", "12345678")

    (outcome,) = office.read(signed(mail("About your case 12345678 and case 99990000.", automatic=False)))

    assert (outcome.became, outcome.case) == (MailResult.KEPT, "run-1")
    assert "another number" in outcome.remarks[0]
    assert office.case().numbers == ("12345678",)


def test_a_mail_about_two_cases_does_nothing(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.sent("run-2", "87654321")

    (outcome,) = office.read(signed(mail("About your cases 12345678 and 87654321.", automatic=False)))

    assert outcome.became is MailResult.PASSED_OVER
    assert {status(office, "run-1"), status(office, "run-2")} == {Status.SENT}


def test_html_alone_is_read_and_its_scripts_are_not(office: Office) -> None:
    """A number that only a script, a style or a comment holds is not said."""
    office.sent("run-1", "12345678")
    hidden = "<script>var c = 'case 12345678'</script><style>/* case 12345678 */</style><!-- case 12345678 -->"

    said, unsaid = office.read(
        signed(mail(f"<p>Your <b>case</b>&nbsp;<i>1234</i>5678</p>{hidden}", html=True, automatic=False)),
        signed(mail(f"<p>Nothing here</p>{hidden}<script>", html=True, automatic=False)),
    )

    assert (said.became, unsaid.became) == (MailResult.KEPT, MailResult.PASSED_OVER)
    assert "script" not in (office.kept()[0] / "data/mail/1.txt").read_text()


def test_what_is_shown_of_a_mail_that_cannot_be_read_says_so(office: Office) -> None:
    office.sent("run-1", "12345678")

    (outcome,) = office.read(plain("MIAG", Subject="Re: case 12345678", Content_Type="application/pkcs7-mime"))

    assert outcome.remarks == (
        "Its text is encrypted, or packed in a way that autofill cannot read. Look at it yourself.",
    )
    assert f"{outcome.remarks[0]} (data/mail/1.eml)" in (office.kept()[0] / "data/mail/1.txt").read_text()


def test_attachments_and_mails_inside_are_not_read(office: Office) -> None:
    office.sent("run-1", "12345678")
    made = mail("See below.", automatic=False)
    made.add_attachment("case 12345678", filename="notes.txt")
    inner = EmailMessage()
    inner["From"] = "uspscustomersupport@usps.gov"
    inner.set_content("case 12345678")
    made.add_attachment(inner)

    (outcome,) = office.read(signed(made))

    assert outcome.became is MailResult.PASSED_OVER


BROKEN = {
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\ncase 12345678",
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\ncase 12345678",
    "a codec that computes": b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 50_000,
    "wrong charset": b"Content-Type: text/plain; charset=utf-16\r\n\r\ncase 12345678",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n====%%",
    "no end of header": b"X" * 200_000,
    "binary": bytes(range(256)) * 100,
    "endless parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    ),
    "endless brackets": b"Reply-To: " + b"(" * 50_000 + b"\r\nCc: " + b"(" * 50_000 + b"\r\n\r\nhi",
    "endless blanks": b"\r\n" + b" " * 300_000 + b"x",
    "endless marks": b"Content-Type: text/html\r\n\r\n" + b"<a " * 100_000,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_mails_break_nothing(office: Office, broken: bytes) -> None:
    """Nor do they keep the next mail from being read."""
    office.sent("run-1", "12345678")
    head = b"From: uspscustomersupport@usps.gov\r\nTo: maria@example.com\r\nSubject: hello\r\nDate: no date\r\n"

    for signature in (b"", b"DKIM-Signature: v=1; a=rsa-sha256; d=usps.gov; s=s1; h=from; bh=AAAA; b=AAAA\r\n"):
        office.read(signature + head + broken)
    office.read(reply("12345678"))

    assert status(office) is Status.ANSWERED


def test_a_mail_of_30_mb_is_refused_unread(office: Office) -> None:
    office.sent("run-1", "12345678")
    file = office.put(reply("12345678"))
    with file.open("r+b") as opened:
        opened.truncate(30 * 1000**2)
    reading = office.round(file)

    (outcome,) = reading.outcomes()

    assert (outcome.became, reading.opened) == (MailResult.REFUSED, 0)
    assert "25 MiB" in outcome.remarks[0]
    assert (office.case().events, office.kept()) == ((), [])


def test_a_server_that_lies_about_the_size_is_not_believed(office: Office) -> None:
    office.sent("run-1", "12345678")
    files = office.round(office.put(reply("12345678"))).source

    class Lying:
        def heads(self) -> list[Head]:
            return list(files.heads())

        def body(self, head: Head) -> bytes:
            return files.body(head) + b"x" * LARGEST

    (outcome,) = MailboxScan(Ledgers(office.ledger), office.recordings, Lying(), published).outcomes()  # type: ignore[arg-type]

    assert outcome.became is MailResult.REFUSED


class Counting:
    """A source that counts what is asked of it."""

    def __init__(self, source: Maildir) -> None:
        self._source = source
        self.asked: Counter[str] = Counter()

    def heads(self) -> object:
        for head in self._source.heads():
            self.asked["head"] += 1
            assert len(head.header) < 1000
            yield head

    def body(self, head: Head) -> bytes:
        self.asked["body"] += 1
        return self._source.body(head)


def bomb(folder: Path, count: int, raw: bytes) -> Counting:
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    first = folder / "new" / "0"
    first.write_bytes(raw)
    os.utime(first, (0, 0))
    for number in range(1, count):
        os.link(first, folder / "new" / str(number))
    return Counting(Maildir(folder))


def test_of_10000_mails_only_those_of_the_sender_are_opened(office: Office) -> None:
    office.sent("run-1", "12345678")
    junk = mail("case 12345678 " * 1000, "case 12345678", sender="spam@example.net").as_bytes()
    source = bomb(office.folder / "Maildir", 10_000, junk)
    genuine = office.folder / "Maildir" / "cur" / "genuine:2,S"
    genuine.write_bytes(reply("12345678"))

    outcomes = list(MailboxScan(Ledgers(office.ledger), office.recordings, source, published).outcomes())  # type: ignore[arg-type]

    assert [each.became for each in outcomes] == [MailResult.KEPT]
    assert source.asked == {"head": 10_000, "body": 1}


@pytest.mark.long
def test_of_10000_mails_in_the_senders_name_the_newest_are_opened_and_few_are_kept(office: Office) -> None:
    office.sent("run-1", "12345678")
    source = bomb(office.folder / "Maildir", 10_000, mail("x", "case 11110000").as_bytes())
    reading = MailboxScan(Ledgers(office.ledger), office.recordings, source, published)  # type: ignore[arg-type]

    outcomes = list(reading.outcomes())

    assert source.asked == {"head": 10_000, "body": MOST_OPENED}
    assert reading.left_out == 10_000 - MOST_OPENED
    assert {each.became for each in outcomes} == {MailResult.PASSED_OVER}
    assert office.kept() == []


@pytest.mark.long
def test_every_named_file_is_told_however_many_are_opened(office: Office) -> None:
    """C3: what is left out of the mails that a case waits for is counted."""
    office.sent("run-1", "12345678")
    first = office.put(mail("x", "case 11110000").as_bytes())
    awaited = [first] * (MOST_OPENED + 3)
    empty = office.put(b"")

    scan = office.round(*[empty] * 50, *awaited, *[empty] * 50)
    outcomes = list(scan.outcomes())

    assert (scan.opened, scan.left_out) == (MOST_OPENED, 3)
    assert [each.remarks for each in outcomes].count(("The file is empty.",)) == 100


def test_a_mail_full_of_numbers_asks_the_ledger_for_few(office: Office) -> None:
    """C4: no more than a person could have written."""
    office.sent("run-1", "12345678")
    numbers = " ".join(str(number) for number in range(10_000_000, 10_110_000))

    assert len(possible_numbers(numbers)) < 150_000
    (outcome,) = office.read(mail(f"case 12345678 {numbers}").as_bytes())
    assert outcome.case == "run-1"


def test_nobody_can_fill_the_disk_with_unsigned_mails(office: Office) -> None:
    """Signed ones still come in."""
    office.sent("run-1", "12345678")
    flood = [mail(f"x {number}", "case 12345678").as_bytes() for number in range(MOST_DOUBTFUL + 5)]

    office.read(*flood)
    office.read(reply("12345678"))

    assert len(office.kept()) == MOST_DOUBTFUL + 1
    assert status(office) is Status.ANSWERED


def test_practice_mails_touch_practice_cases_only_and_the_other_way_round(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.sent("run-2", "12345678", space="practice")

    office.read(mail(CONFIRMATION.format(number="12345678"), sender="Desk <a@usps-practice.example>").as_bytes())
    assert (status(office, "run-1"), status(office, "run-2")) == (Status.SENT, Status.ACKNOWLEDGED)

    office.read(reply("12345678"))
    assert (status(office, "run-1"), status(office, "run-2")) == (Status.ANSWERED, Status.ACKNOWLEDGED)


def test_a_form_of_an_unknown_organisation_listens_to_nobody(office: Office) -> None:
    office.sent("run-1", "12345678", form="elsewhere")

    (outcome,) = office.read(reply("12345678"))

    assert (outcome.became, outcome.case) == (MailResult.PASSED_OVER, None)
    assert (office.case().events, office.kept()) == ((), [])


def test_what_cannot_be_kept_moves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence and case change together or not at all."""
    office.sent("run-1")

    def full(*_arguments: object) -> None:
        raise DiskTrouble("full")

    monkeypatch.setattr(RecordingFolder, "write", full)
    with pytest.raises(DiskTrouble):
        office.read(confirmation("87654321"))

    assert (office.state(), office.case().events) == (State.UNKNOWN, ())


def test_mails_of_a_case_are_told_from_other_events(office: Office) -> None:
    office.sent("run-1", "12345678")
    office.ledger.cases.record("run-1", CaseEvent(Kind.NOTE, office.case().runs[0].at, because="called them"))
    office.read(reply("12345678"))

    assert [event.kind for event in office.case().mails] == [Kind.ANSWERED]
    assert PERSON not in str(office.case())
