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

    assert trace_of(tmp_path) == Trace(fields)


def test_what_a_run_of_the_first_version_typed_is_found(tmp_path: Path) -> None:
    steps = tmp_path / "data" / "steps"
    steps.mkdir(parents=True)
    (steps / "0001-a.values.json").write_text(json.dumps([{"field": "item.tracking_number", "found": "9400 1112-02"}]))
    (steps / "0002-b.values.json").write_text(json.dumps([{"field": "contact.email", "found": " Maria@Example.com "}]))
    (steps / "0003-c.values.json").write_text("[{]")

    trace = trace_of(tmp_path)
    mail = read_mail(b"From: a@acme.test\r\nTo: maria@example.com\r\n\r\nYour item 94001112 02")
    assert trace.email == "maria@example.com"
    assert trace.is_addressed_by(mail)
    assert trace.is_quoted_in(mail, ("order", "item.tracking_number"))
    assert not trace.is_quoted_in(mail, ("order",))


def test_what_is_short_is_quoted_by_chance() -> None:
    mail = read_mail(b"From: a@acme.test\r\n\r\nOrder 12345, and 123456")

    assert not Trace({"order": "12345"}).is_quoted_in(mail, ("order",))
    assert Trace({"order": "123-456"}).is_quoted_in(mail, ("order",))


def test_a_purged_recording_tells_nothing_and_fits_no_mail(tmp_path: Path) -> None:
    trace = trace_of(tmp_path)
    mail = read_mail(b"From: a@usps.gov\r\nTo: \r\n\r\n")

    assert trace == Trace()
    assert not trace.is_addressed_by(mail)
    assert not trace.is_quoted_in(mail, ("contact.email", "item.tracking_number"))
