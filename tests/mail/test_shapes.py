"""Mails as mailers make them are read as their reader sees them; the table is in `shapes.py`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autofill.cases.model.case_states import Kind
from autofill.mail.reading import MailOutcome, MailResult
from tests.mail.makers import Office
from tests.mail.shapes import FILES, KINDS, KNOWN, NEW, PAGES, UNPROVED, WORDS, Shape

TAKEN_FOR = {
    Kind.ACKNOWLEDGED: "confirmation",
    Kind.REVIEWED: "review",
    Kind.ANSWERED: "answer",
    Kind.NOTE: "other",
}


@pytest.fixture
def waiting(office: Office) -> Office:
    office.sent("run-1", KNOWN)
    office.sent("run-2")
    return office


def taken_for(outcome: MailOutcome) -> str:
    if outcome.became is MailResult.PROOF:
        return "proof"
    return TAKEN_FOR[outcome.kind] if outcome.kind else "refused" if outcome.became is MailResult.REFUSED else "nothing"


def read_out_of(office: Office, shape: Shape) -> Shape:
    """What is told of a file: of a mailbox, all lines together."""
    outcomes = office.read(shape.raw)
    one = next((each for each in outcomes if each.case), outcomes[0])
    told = " | ".join(remark for each in outcomes for remark in each.remarks)
    return Shape(shape.raw, taken_for(one), one.case_number, shape.told if shape.told in told else told)


def test_the_table_is_long_enough() -> None:
    assert len([*WORDS, *PAGES, *KINDS, *UNPROVED, *FILES]) >= 130


@pytest.mark.parametrize("raw", [*WORDS.values(), *PAGES.values()], ids=[*WORDS, *PAGES])
def test_a_number_is_found_wherever_a_reader_sees_it(waiting: Office, raw: bytes) -> None:
    """C1: each settles the inquiry that had none."""
    assert read_out_of(waiting, Shape(raw, "")) == Shape(raw, "proof", NEW)


@pytest.mark.parametrize("shape", KINDS.values(), ids=KINDS)
def test_an_answer_is_what_is_neither_automatic_nor_a_confirmation(waiting: Office, shape: Shape) -> None:
    """C2, and row F: one undecodable word does not take a subject with it."""
    assert read_out_of(waiting, shape) == shape


@pytest.mark.parametrize("shape", UNPROVED.values(), ids=UNPROVED)
def test_only_what_is_signed_and_certain_proves(waiting: Office, shape: Shape) -> None:
    """A10: whatever stands around it."""
    assert read_out_of(waiting, shape) == shape
    assert waiting.state("run-2").value == "unknown"


@pytest.mark.parametrize("shape", FILES.values(), ids=FILES)
def test_every_named_file_gets_its_line(waiting: Office, shape: Shape) -> None:
    """C3, C4: what it is, and why it is not taken."""
    assert read_out_of(waiting, shape) == shape


def test_what_is_no_file_gets_its_line_too(waiting: Office) -> None:
    """C3: and keeps none of the others from being read."""
    pipe, folder = waiting.folder / "pipe", waiting.folder / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    good = waiting.put(FILES["mail"].raw)

    outcomes = list(waiting.round(waiting.folder / "none.eml", folder, pipe, good).outcomes())

    told = {Path(each.name).name: (each.became, " ".join(each.remarks)) for each in outcomes}
    assert {name: became for name, (became, _told) in told.items()} == {
        "none.eml": MailResult.UNREADABLE,
        "folder": MailResult.UNREADABLE,
        "pipe": MailResult.UNREADABLE,
        good.name: MailResult.PROOF,
    }
    assert "--maildir" in told["folder"][1]
    assert "is not a file" in told["pipe"][1]
    assert "No such file" in told["none.eml"][1]


def test_a_mailbox_is_not_changed_by_reading_it(waiting: Office) -> None:
    file = waiting.put(FILES["mailbox of two"].raw)
    before = file.read_bytes(), file.stat().st_mtime_ns

    waiting.read()

    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert waiting.state("run-2").value == "confirmed"
