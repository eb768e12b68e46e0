"""Fixes of wrong answers: what was meant, and the check takes; never what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.authoring.fixes import fixes_of
from autofill.authoring.profile_file import Draft, read_draft
from tests.conftest import REPOSITORY

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOFILL_NOW", "2026-10-12T12:00:00Z")


def wrong(path: str, answer: str, *, like: Path = FIRST) -> tuple[str, ...]:
    """The fixes of an answer that was put in by hand."""
    draft: Draft = read_draft(like)
    asked = next(each for each in draft.questions() if each.path == path)
    made = draft.with_answer(asked, answer)
    return fixes_of(made, asked, made.check().problems)


@pytest.mark.parametrize(
    ("path", "answer", "fixes"),
    [
        ("item.mailing_date", "02.10.2026", ("2026-10-02", "2026-02-10")),
        ("item.mailing_date", "2026/10/02", ("2026-10-02",)),
        ("item.mailing_date", "25/9/2026", ("2026-09-25",)),
        ("item.mailing_date", "Sep 25, 2026", ("2026-09-25",)),
        ("item.mailing_date", "yesterday", ()),
        ("item.tracking_number", "9400 1112 O255 5830 OO10 10", ("9400111202555830001010",)),
        ("item.tracking_number", "9400 1112 0255 5830 0010 11", ()),
        ("item.recipient_address.state", "Californa", ("CA",)),
        ("item.recipient_address.state", "Bavaria", ()),
        ("item.recipient_address.postal_code", "2134", ("02134",)),
        ("item.recipient_address.postal_code", "9410O", ("94100",)),
        ("item.recipient_address.country", "Untied States", ("US",)),
        ("item.recipient_address.country", "Oregon", ("US",)),
        ("item.recipient_address.country", "Bali", ()),
        ("item.recipient_address.country", "Korea", ("KP", "KR")),
        ("item.recipient_address.country", "Deutschlnd", ("DE",)),
        ("contact.email", "maria at example.com", ("maria@example.com",)),
        ("contact.email", "maria@example,com", ("maria@example.com",)),
        ("contact.email", "maria", ()),
        ("contact.phone", "82 10 1234 5678", ("+82 10 1234 5678",)),
        ("topic", "mising package", ("missing-package",)),
        ("certify_true", "ja", ("yes",)),
    ],
)
def test_what_was_meant_is_offered(path: str, answer: str, fixes: tuple[str, ...]) -> None:
    assert wrong(path, answer) == fixes


def test_what_is_right_or_missing_has_no_fix() -> None:
    draft = read_draft(FIRST)
    for asked in draft.questions():
        assert fixes_of(draft, asked, draft.check().problems) == ()
