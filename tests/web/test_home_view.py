"""Home: what needs the person comes first, inquiries are told apart by what they are about, never by a run's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.jobs.batch_outcome import RowOutcome, State
from autofill.jobs.batch_results import write_results
from autofill.web import serving
from tests.web.conftest import Keep, Visitor, gateway_of

NAME = "20261122T174403Z-r-000001"


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    return tmp_path / "profiles"


@pytest.fixture
def visitor(recordings: Path, ledger: Path, profiles: Path) -> Iterator[Visitor]:
    """A person at an app whose inquiries are in a folder of their own."""
    with serving(recordings, gateway_of(ledger), profiles=profiles) as app:
        yield Visitor(app)


def sent(ledger: Path, name: str, verdict: Verdict, number: str | None = None) -> None:
    """A live run that came to the click."""
    with open_ledger(ledger) as opened:
        opened.prepare(name, key=name, space="live", form="usps-email-us")
        opened.filled(name)
        opened.submitting(name)
        opened.settle(name, verdict, number)


def wrote(folder: Path, **fields: str) -> None:
    """The inquiry that a recording keeps."""
    copy = InquiryCopy(form="usps-email-us", organisation="usps", fields=fields)
    (folder / "data" / "inquiry.json").write_bytes(copy.content)


def test_an_empty_home_says_how_to_begin(visitor: Visitor) -> None:
    page = visitor.get("/")[2]

    assert "Write your first inquiry" in page
    assert "autofill run" in page


def test_what_needs_the_person_stands_first_and_leads_to_it(visitor: Visitor, keep: Keep, ledger: Path) -> None:
    """By subject, places and number; the run's name is only an address."""
    folder = keep(NAME, verdict=Verdict.UNKNOWN, target="live")
    where = {
        "item.sender_address.city": "Portland",
        "item.recipient_address.city": "Seoul",
        "contact.address.city": "X",
    }
    wrote(folder, subject="Three books", **where, **{"item.tracking_number": "9400111202555830001010"})
    sent(ledger, NAME, Verdict.UNKNOWN)

    page = visitor.get("/")[2]

    assert "<h1>\nOne thing needs you</h1>" in page.replace("<h1>One", "<h1>\nOne")
    assert page.index("It is not known yet whether this one arrived") < page.index("Your inquiries")
    assert "<bdi>Three books, Portland → Seoul</bdi>" in page
    assert "9400111202555830<b>001010</b>" in page
    assert f'href="/r/{NAME}/#found-out">Find out</a>' in page
    assert f">{NAME}<" not in page


def test_what_waits_for_them_is_listed_and_asks_nothing(visitor: Visitor, keep: Keep, ledger: Path) -> None:
    keep(NAME, verdict=Verdict.CONFIRMED, case_number="48213307", target="live")
    sent(ledger, NAME, Verdict.CONFIRMED, "48213307")

    page = visitor.get("/")[2]

    assert "Nothing needs you now" in page
    assert f'<a href="/cases/{NAME}"><bdi>48213307</bdi></a>' in page
    assert "<bdi>USPS Email Us</bdi>" in page
    assert "No mail" not in visitor.get("/?show=over")[2]


def test_a_file_that_was_not_sent_can_be_rehearsed(visitor: Visitor, profiles: Path, keep: Keep) -> None:
    """By its subject; what its last rehearsal came to stands beside it, and a broken file hides no other."""
    (profiles / "books.yaml").write_text("subject: Three books\n")
    (profiles / "globe.yaml").write_text("subject: A globe\n")
    (profiles / "broken.yaml").write_text("subject: [\n")
    keep(NAME, verdict=Verdict.CONFIRMED, case_number="1", profile=str(profiles / "globe.yaml"))

    page = visitor.get("/")[2]
    rows = {row.partition("</bdi>")[0].rpartition("<bdi>")[2]: row for row in page.split("<tr>")}

    assert ">Draft</span>" in rows["Three books"]
    assert 'action="/i/books/run"' in rows["Three books"]
    assert 'href="/i/books/write"' in rows["Three books"]
    assert ">Rehearsed</span>" in rows["A globe"]
    assert ">Draft</span>" in rows["broken"]


def test_what_was_sent_for_real_is_no_draft(visitor: Visitor, profiles: Path, keep: Keep, ledger: Path) -> None:
    (profiles / "books.yaml").write_text("subject: Three books\n")
    keep(NAME, verdict=Verdict.CONFIRMED, case_number="48213307", target="live", profile=str(profiles / "books.yaml"))
    sent(ledger, NAME, Verdict.CONFIRMED, "48213307")

    keep("20261129T174403Z-r-000002", verdict=Verdict.CONFIRMED, profile=str(profiles / "books.yaml"))

    assert "Not sent yet" not in visitor.get("/")[2]


def test_a_batch_with_rows_for_a_person_stands_there_until_they_are_done(visitor: Visitor, recordings: Path) -> None:
    states: tuple[State, ...] = ("sent", "parked", "refused")
    rows = [RowOutcome(row=str(number), state=state) for number, state in enumerate(states, 1)]
    write_results(recordings / "batches" / "autumn orders", "autumn orders", "live", rows)

    page = visitor.get("/")[2]

    assert "2 rows of a batch need you" in page
    assert 'href="/batches/autumn%20orders?state=needs-you"' in page
    write_results(recordings / "batches" / "autumn orders", "autumn orders", "live", rows[:1])
    assert "of a batch" not in visitor.get("/")[2]


def test_a_batch_is_put_off_like_a_case(visitor: Visitor, recordings: Path) -> None:
    write_results(
        recordings / "batches" / "autumn orders", "autumn orders.csv", "replica", [RowOutcome(row="2", state="parked")]
    )

    page = visitor.post("/later", name="batches/autumn orders")[2]

    assert "Nothing needs you now" in page
    assert 'href="/batches/autumn%20orders?state=needs-you"' in page
