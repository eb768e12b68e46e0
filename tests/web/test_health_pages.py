"""The page of all forms: how their last runs ended, and what the last check of each found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from autofill import language
from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from autofill.running.checks import CheckedPage, FormCheck, Told, keep_check
from tests.web.conftest import Visitor

PWNED = "<script>window.__pwned=1</script>"


def looked_at(day: int, *changes: str) -> FormCheck:
    told = tuple(Told(kind="added", control=name, now=name, detail="", required=False, stops=False) for name in changes)
    page = CheckedPage(name="One", slug="one", seen=True, changes=told)
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    return FormCheck(form="usps-email-us", place="replica", url="http://127.0.0.1/", at=at, since=None, pages=(page,))


def ran(ledger: Path, name: str, verdict: Verdict) -> None:
    with open_ledger(ledger) as opened:
        opened.prepare(name, key=name, space="live", form="usps-email-us")
        opened.filled(name)
        opened.submitting(name)
        opened.settle(name, verdict, None)


def test_a_form_that_nobody_has_used_is_listed_and_every_page_leads_here(visitor: Visitor) -> None:
    assert 'href="/health"' in visitor.get("/")[2]
    status, _headers, page = visitor.get("/health")
    assert status == 200
    assert ("USPS Email Us" in page, "No run yet" in page) == (True, True)


def test_a_form_says_how_its_last_runs_ended_and_what_the_last_check_found(visitor: Visitor, ledger: Path) -> None:
    ran(ledger, "20261122T174403Z-r-000001", Verdict.CONFIRMED_NO_CASE)
    ran(ledger, "20261122T174404Z-r-000002", Verdict.REJECTED)
    keep_check(looked_at(20, PWNED))
    keep_check(looked_at(21))

    page = visitor.get("/health")[2]

    assert "1 of 2 confirmed" in page
    assert "As mapped" in page
    assert "&lt;script&gt;" in page
    assert PWNED not in page


def test_changes_are_said_in_the_language_of_whoever_looks(visitor: Visitor) -> None:
    keep_check(looked_at(20, "Nickname"))
    assert "“Nickname” is new." in visitor.get("/health")[2]

    before = language.spoken()
    language.choose("de")
    try:
        assert "„Nickname“ ist neu." in visitor.get("/health")[2]
    finally:
        language.choose(before)
