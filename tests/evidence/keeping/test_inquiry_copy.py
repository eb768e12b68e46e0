"""A recording's inquiry says in one flat mapping what the person wrote, and is believed only if it is as written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.inquiry_copy import InquiryCopy, inquiry_in, texts_in

COPY = InquiryCopy(form="f", fields={"subject": "소포", "attachments": ("a.pdf", "b/c.pdf")})


def keep(recording: Path, content: bytes | None, manifest: str = "") -> Path:
    (recording / "data").mkdir()
    if content is not None:
        (recording / "data/inquiry.json").write_bytes(content)
    (recording / "manifest-sha256.txt").write_text(manifest)
    return recording


def test_what_is_written_is_read(tmp_path: Path) -> None:
    recording = keep(tmp_path, COPY.content)

    assert inquiry_in(recording) == COPY
    assert json.loads(COPY.content) == {
        "schema": "autofill.inquiry/1",
        "form": "f",
        "organisation": None,
        "chosen": [],
        "fields": {"subject": "소포", "attachments": ["a.pdf", "b/c.pdf"]},
    }


def test_a_field_has_one_text_or_several() -> None:
    assert list(texts_in(COPY.fields)) == [("subject", "소포"), ("attachments", "a.pdf"), ("attachments", "b/c.pdf")]
    assert (COPY.first("attachments"), COPY.first("message")) == ("a.pdf", "")


def test_a_recording_of_the_first_version_keeps_none(tmp_path: Path) -> None:
    assert inquiry_in(keep(tmp_path, None)) is None


def test_what_a_later_version_adds_is_no_obstacle(tmp_path: Path) -> None:
    assert inquiry_in(keep(tmp_path, json.dumps({**json.loads(COPY.content), "newer": 1}).encode())) == COPY


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"form": "f", "fields": {"subject": 1}}', b'{"form": "\xff"}'])
def test_what_was_kept_and_cannot_be_understood_is_damage(content: bytes | None, tmp_path: Path) -> None:
    recording = keep(tmp_path, content, f"{'a' * 64}  data/inquiry.json\n")

    with pytest.raises(Damage, match=r"data/inquiry\.json"):
        inquiry_in(recording)
