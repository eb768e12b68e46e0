"""What makes two inquiries the same one for the ledger, and which case numbers a run knows before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.inquiry_key import first_versions_key
from autofill.errors import AlreadySent, SameItem
from autofill.events import Verdict
from autofill.forms.catalog import prepare_profile
from autofill.inquiry.attachments import Attachment
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions

ROOT = Path(__file__).parents[2]
PROFILE = (ROOT / "profiles" / "06-feedback.yaml").read_text(encoding="utf-8")
FORM_MAP = (ROOT / "autofill/organisations/usps/forms/usps-email-us.yaml").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:8000"
Change = tuple[str, str]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger") as opened:
        yield opened


def changed(text: str, *changes: Change) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def key(
    ledger: Ledger,
    folder: Path,
    *changes: Change,
    form_map: tuple[Change, ...] = (),
    origin: str = HERE,
    **files: bytes,
) -> str:
    """The key of one inquiry, whose run ends before the click."""
    profile, mapped = folder / "profile.yaml", folder / "map.yaml"
    profile.write_text(changed(PROFILE, *changes), encoding="utf-8")
    mapped.write_text(changed(FORM_MAP, *form_map), encoding="utf-8")
    attachments = tuple(Attachment(f"{name}.txt", content) for name, content in files.items())
    job = Job("p", prepare_profile(profile, str(mapped)).plan, attachments)
    taken = claim(job, RunConditions(folder, origin, origin), ledger)
    taken.release()
    return ledger.row(taken.run_id).inquiry_key


def sent(ledger: Ledger, folder: Path, case_number: str | None = None) -> Claim:
    plan = prepare_profile(ROOT / "profiles" / "06-feedback.yaml").plan
    taken = claim(Job("p", plan), RunConditions(folder, HERE, HERE), ledger)
    taken.before_click()
    ledger.settle(taken.run_id, Verdict.CONFIRMED if case_number else Verdict.CONFIRMED_NO_CASE, case_number)
    return taken


@pytest.mark.parametrize(
    "of_the_map",
    [
        ("feedback: Feedback or complaint", "feedback: Feedback or complaints"),
        ("name: Date of Problem or", "date_format: MM/DD/YYYY\n        name: Date of Problem or"),
        ("name: Additional Information", "name: What else?"),
    ],
)
def test_a_form_map_that_follows_the_form_makes_no_other_inquiry(
    ledger: Ledger, tmp_path: Path, of_the_map: Change
) -> None:
    assert key(ledger, tmp_path, form_map=(of_the_map,)) == key(ledger, tmp_path)


def test_what_was_sent_stays_sent_when_the_map_s_words_change(ledger: Ledger, tmp_path: Path) -> None:
    taken = sent(ledger, tmp_path)

    with pytest.raises(AlreadySent) as refused:
        key(ledger, tmp_path, form_map=(("feedback: Feedback or complaint", "feedback: Feedback or complaints"),))

    assert refused.value.first == taken.run_id


@pytest.mark.parametrize(
    "change",
    [
        ("Thank you to our letter carrier", "THANK  YOU to our letter carrier"),
        ("first_name: Grace", "first_name:  GRACE"),
        ("message: |", "allow_invisible: yes\nmessage: |"),
        ("message: |", "translation: Danke!\nmessage: |"),
    ],
)
def test_what_says_nothing_else_makes_no_other_inquiry(ledger: Ledger, tmp_path: Path, change: Change) -> None:
    assert key(ledger, tmp_path, change) == key(ledger, tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        ("Please pass on my thanks", "Please pass on our thanks"),
        ("sub_topic: compliment", "sub_topic: complaint-employee"),
        ("problem_date: 2026-10-08", "problem_date: 2026-10-09"),
        ("message: |", "previous_case: '12345678'\nmessage: |"),
    ],
)
def test_a_changed_sentence_choice_day_or_number_makes_another(ledger: Ledger, tmp_path: Path, change: Change) -> None:
    assert key(ledger, tmp_path, change) != key(ledger, tmp_path)


def test_another_form_and_another_place_each_make_another(ledger: Ledger, tmp_path: Path) -> None:
    keys = {
        key(ledger, tmp_path),
        key(ledger, tmp_path, form_map=(("id: usps-email-us", "id: usps-other"),)),
        key(ledger, tmp_path, origin="http://127.0.0.1:8001"),
    }

    assert len(keys) == 3


def test_files_count_by_what_is_in_them(ledger: Ledger, tmp_path: Path) -> None:
    two = key(ledger, tmp_path, one=b"1", two=b"2")

    assert key(ledger, tmp_path, other=b"2", names=b"1") == two
    assert two not in {key(ledger, tmp_path, one=b"1"), key(ledger, tmp_path, one=b"1", two=b"3")}


def test_a_run_knows_every_number_that_its_form_s_cases_were_given(ledger: Ledger, tmp_path: Path) -> None:
    """Shown again, none of them is a proof: not that of a run, nor one that came later, by a mail or a person."""
    first = sent(ledger, tmp_path, "12345678")
    event = CaseEvent(Kind.NUMBER_ADDED, datetime.now(UTC), case_number="87654321")
    ledger.cases.record(first.run_id, event)

    assert [first.is_known(number) for number in ("12345678", "87654321", "11111111")] == [True, True, False]


PARCEL = (ROOT / "profiles" / "01-missing-package.yaml").read_text(encoding="utf-8")


def about_a_parcel(ledger: Ledger, folder: Path, *changes: Change, because: str | None = None) -> Claim:
    (folder / "parcel.yaml").write_text(changed(PARCEL, *changes), encoding="utf-8")
    job = Job("p", prepare_profile(folder / "parcel.yaml").plan)
    return claim(job, RunConditions(folder, HERE, HERE, again_because=because), ledger)


@pytest.mark.parametrize(
    "change",
    [
        ("(415) 555-0132", "+1 415-555-0132"),
        ("O'Brien", "O\u2019Brien"),
        ("first_name: Maria", "first_name: \uff2d\uff41\uff52\uff49\uff41"),
        ("postal_code: 94107", "postal_code: 94107-1234"),
        ("maria.obrien@example.com", "maria.obrien@EXAMPLE.com"),
        ("9400 1112 0255 5830 0010 10", "9400-1112-0255-5830-0010-10"),
        ("state: CA", "state: California"),
    ],
)
def test_a13_what_is_only_typed_otherwise_makes_no_other_inquiry(
    ledger: Ledger, tmp_path: Path, change: Change
) -> None:
    """A13: the same telephone number, apostrophe, letters of another width, or ZIP+4."""
    taken = about_a_parcel(ledger, tmp_path)
    taken.before_click()
    ledger.settle(taken.run_id, Verdict.CONFIRMED, "12345678")

    with pytest.raises(AlreadySent, match="has this inquiry"):
        about_a_parcel(ledger, tmp_path, change)


def test_a13_another_sentence_about_the_same_tracking_number_is_asked_about(ledger: Ledger, tmp_path: Path) -> None:
    """A13: within the time that an answer may take; with a reason it is sent, and so is a follow-up."""
    taken = about_a_parcel(ledger, tmp_path)
    taken.before_click()
    ledger.settle(taken.run_id, Verdict.CONFIRMED, "12345678")
    further = ("subject: ", "subject: Still the same, ")

    with pytest.raises(SameItem, match=r"about the same item on .* case number 12345678\. An answer may take until"):
        about_a_parcel(ledger, tmp_path, further)

    about_a_parcel(ledger, tmp_path, further, because="another matter").release()
    about_a_parcel(ledger, tmp_path, further, ("message: |", "previous_case: '12345678'\nmessage: |")).release()
    about_a_parcel(ledger, tmp_path, ("9400 1112 0255 5830 0010 10", "9270 0901 0383 0300 0030 39"))


def test_a13_the_zip_code_before_a_tracking_number_makes_no_other_item(ledger: Ledger, tmp_path: Path) -> None:
    """A13: scanners read 420 and the ZIP code as a part of it."""
    about_a_parcel(ledger, tmp_path)

    with pytest.raises(SameItem, match="working on another inquiry about the same item"):
        about_a_parcel(ledger, tmp_path, ("9400 1112 0255 5830 0010 10", "420 94107 9400 1112 0255 5830 0010 10"))


def test_a_ledger_made_by_an_older_rule_still_knows_what_was_sent(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("autofill.cases.ledger.ledger.KEY_RULES", (first_versions_key,))
        taken = about_a_parcel(ledger, tmp_path)
        taken.before_click()
    ledger.settle(taken.run_id, Verdict.UNKNOWN)

    with pytest.raises(AlreadySent, match="has this inquiry"):
        about_a_parcel(ledger, tmp_path)
    again = about_a_parcel(ledger, tmp_path, because="they never got it")

    assert ledger.row(again.run_id).attempt == 2
    assert again.follows == taken.run_id
