"""What a run typed is read from its recording, if it is still there."""

from __future__ import annotations

import json
from pathlib import Path

from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.mail.message import read_mail
from autofill.mail.trace import Trace, trace_of


def test_what_the_person_wrote_is_read_from_the_inquiry(tmp_path: Path) -> None:
    """Whatever the pages made of it."""
    fields = {"contact.email": "Maria@Example.com", "item.tracking_number": "9400111202"}
    (tmp_path / "data/steps").mkdir(parents=True)
    (tmp_path / "data/inquiry.json").write_bytes(InquiryCopy(form="f", fields=fields).content)
    (tmp_path / "data/steps/0001-a.values.json").write_text(
        '[{"field": "contact.email", "found": "other@example.com"}]'
    )

    assert trace_of(tmp_path) == Trace("maria@example.com", "9400111202")


def test_what_a_run_of_the_first_version_typed_is_found(tmp_path: Path) -> None:
    steps = tmp_path / "data" / "steps"
    steps.mkdir(parents=True)
    (steps / "0001-a.values.json").write_text(json.dumps([{"field": "item.tracking_number", "found": "9400 1112-02"}]))
    (steps / "0002-b.values.json").write_text(json.dumps([{"field": "contact.email", "found": " Maria@Example.com "}]))
    (steps / "0003-c.values.json").write_text("[{]")

    assert trace_of(tmp_path) == Trace("maria@example.com", "9400111202")


def test_a_purged_recording_tells_nothing_and_fits_no_mail(tmp_path: Path) -> None:
    trace = trace_of(tmp_path)
    mail = read_mail(b"From: a@usps.gov\r\nTo: \r\n\r\n")

    assert trace == Trace()
    assert not trace.is_addressed_by(mail)
    assert not trace.is_quoted_in(mail)
