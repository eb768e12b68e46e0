"""An organisation's own fields: data that becomes a model, and every mistake in it at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.inquiry.profile import check_profile
from autofill.organisations.organisation import Organisation
from autofill.sources.source import parse_source

FIELDS = """\
groups:
  parcel: The parcel it is about.
fields:
  parcel.number: {type: line, pattern: 'PP[0-9]{8}', example: PP12345678, description: On the label., label: Number}
  parcel.sent: {type: past-day, description: The day it was sent.}
  urgent: {type: yes-no, default: no, description: Whether it is urgent.}
  kind: {type: choice, choices: [box, letter], description: What it was.}
"""
PROFILE = """\
subject: A box
parcel: {number: PP00000001, sent: 2026-11-01}
kind: box
"""


def written(folder: Path, text: str) -> Organisation:
    (folder / "fields.yaml").write_text(text)
    return Organisation("polar", folder)


def test_a_profile_may_hold_them(tmp_path: Path) -> None:
    """With the core's fields, defaults and all."""
    model = written(tmp_path, FIELDS).inquiry_model
    loaded = check_profile(parse_source(PROFILE.encode(), "p.yaml"), model, date(2026, 11, 28))
    assert dict(loaded.fields) == {
        "subject": "A box",
        "allow_invisible": "no",
        "parcel.number": "PP00000001",
        "parcel.sent": "2026-11-01",
        "urgent": "no",
        "kind": "box",
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("PP00000001", "12", "p.yaml:2:10: parcel.number: has the wrong format; example: PP12345678"),
        ("2026-11-01", "2026-12-24", "p.yaml:2:30: parcel.sent: is in the future"),
        ("kind: box", "kind: bax", "p.yaml:3:1: kind: is not one of the choices; did you mean box?"),
        ("kind: box", "urgent: perhaps", "p.yaml:3:1: urgent: must be yes or no"),
        ("kind: box", "item: {tracking_number: 1}", "p.yaml:3:1: item: unknown key;"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """As the core's own fields are; and what another organisation asks is unknown."""
    model = written(tmp_path, FIELDS).inquiry_model
    with pytest.raises(InvalidFile) as caught:
        check_profile(parse_source(PROFILE.replace(old, new).encode(), "p.yaml"), model, date(2026, 11, 28))
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: line", "type: lines", "fields.yaml:4:19: fields.?.type: is not one of the choices; did you mean line?"),
        ("parcel.number:", "package.number:", "fields.yaml:4:3: fields.?: is in no group that `groups` lists"),
        ("urgent:", "subject:", "fields.yaml:6:3: fields.subject: cannot be a field of its own"),
        ("urgent:", "Urgent!:", "fields.yaml:6:3: fields.?: cannot be a field of its own"),
        ("parcel: The", "contact: The", "fields.yaml:2:3: groups.contact: cannot be the name of a group of its own"),
        ("'PP[0-9]{8}'", "'PP[0-9'", "fields.yaml:4:31: fields.?.pattern: is not a regular expression"),
        ("PP12345678", "PP1", "fields.yaml:4:3: fields.?: the example does not fit the pattern"),
        ("type: past-day", "type: past-day, pattern: x", "fields.yaml:5:3: fields.?: only a line has a pattern"),
        ("type: yes-no", "type: line", "fields.yaml:6:3: fields.urgent: only yes-no has a default"),
        ("choices: [box, letter], ", "", "fields.yaml:7:3: fields.kind: a choice needs `choices`"),
        ("type: line", "type: line, check: luhn", "fields.yaml:4:31: fields.?.check: is not one of the choices"),
        ("description: What it was.", "descripton: x", "fields.kind.descripton: unknown key; did you mean `descr"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_data_is_named_at_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """File, line, column, and what would be right; exit code 65."""
    assert old in FIELDS
    with pytest.raises(InvalidFile) as caught:
        _ = written(tmp_path, FIELDS.replace(old, new, 1)).inquiry_model
    assert caught.value.exit_code == 65
    assert expected in str(caught.value)
