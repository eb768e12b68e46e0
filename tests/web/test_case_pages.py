"""The page of a case: how it stands, what happened, and what a person says or writes there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.case_states import Kind
from autofill.events import Verdict
from autofill.web import serving
from tests.web.conftest import Keep, Visitor, gateway_of
from tests.web.test_home_view import NAME, wrote

SENT, LATER = "2026-11-23T05:13:20+00:00", "2026-11-30T12:00:00-05:00"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def case(keep: Keep, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case of practice, sent a week ago and not answered: in practice the clock may be moved."""
    monkeypatch.setenv("AUTOFILL_NOW", SENT)
    wrote(
        keep(NAME, verdict=Verdict.CONFIRMED, case_number="48213307"),
        **{"subject": "Three books", "contact.first_name": "Maria", "contact.last_name": "Moreno"},
        **{"contact.email": "maria@example.com", "message": "Where are they?", "topic": "missing-package"},
    )
    with open_ledger(ledger) as opened:
        opened.prepare(NAME, key="k", space="practice", form="usps-email-us")
        opened.filled(NAME)
        opened.submitting(NAME)
        opened.settle(NAME, Verdict.CONFIRMED, "48213307")
    monkeypatch.setenv("AUTOFILL_NOW", LATER)
    return NAME


def events(ledger: Path) -> list[tuple[Kind, str | None, str | None]]:
    """Kind, number and reason of what was added."""
    with open_ledger(ledger) as opened:
        return [(one.kind, one.case_number, one.because) for one in opened.cases.case(NAME).events]


def test_a_late_case_shows_its_days_and_its_letter(visitor: Visitor, case: str, ledger: Path) -> None:
    """Holidays are left out; to look writes nothing."""
    for name in (case, "48213307"):
        page = visitor.get(f"/cases/{name}")[2]

        assert "48213307" in page
        assert "No answer came in time" in page
        assert '<li class="off"><b><time datetime="2026-11-26">Thu 26</time></b>day off<br></li>' in page
        assert 'class="due"><b><time datetime="2026-11-27">Fri 27</time></b>day 3<br>answer due' in page
        assert 'class="over" aria-current="date"><b><time datetime="2026-11-30">' in page
        assert "Dear Customer Support," in page
        assert f'href="/r/{case}/">recording</a>' in page
    assert events(ledger) == []


def test_one_silence_gets_one_letter(visitor: Visitor, case: str, ledger: Path, recordings: Path) -> None:
    """It is kept beside the recordings, can be taken from there, and is not written twice."""
    assert visitor.post(f"/cases/{case}/letter")[0] == 200

    (letter,) = (recordings / "letters").iterdir()
    page = visitor.get(f"/cases/{case}")[2]
    status, headers, content = visitor.get(f"/cases/{case}/letters/{letter.name}")
    assert f'href="/cases/{case}/letters/{letter.name}"' in page
    assert (status, content) == (200, letter.read_text())
    assert "attachment" in headers["content-disposition"]
    assert visitor.get(f"/cases/{case}/letters/..%2f..%2fsecret.txt")[0] == 404

    status, _, page = visitor.post(f"/cases/{case}/letter")
    assert (status, "has not been sent" in page or "already" in page) == (422, True)
    assert [kind for kind, _number, _because in events(ledger)] == [Kind.FOLLOWED_UP]


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("note", SCRIPT, (Kind.NOTE, None, SCRIPT)),
        ("number-added", " 99 ", (Kind.NUMBER_ADDED, "99", None)),
        ("answered", "By phone", (Kind.ANSWERED, None, "By phone")),
        ("closed", "Found it", (Kind.CLOSED, None, "Found it")),
        ("resolved", "", (Kind.RESOLVED, None, None)),
    ],
)
def test_what_a_person_says_is_kept_and_shown(
    visitor: Visitor, case: str, ledger: Path, kind: str, text: str, kept: tuple[Kind, str | None, str | None]
) -> None:
    assert visitor.post(f"/cases/{case}/event", kind=kind, text=text)[0] == 200

    page = visitor.get(f"/cases/{case}")[2]
    assert events(ledger) == [kept]
    assert SCRIPT not in page
    assert page.count('<li class="past">') == 2


@pytest.mark.parametrize(
    ("fields", "origin", "status"),
    [
        ({"kind": "note"}, None, 422),
        ({"kind": "note", "text": "x" * 2001}, None, 422),
        ({"kind": "sent", "text": "x"}, None, 422),
        ({"kind": "nonsense"}, None, 422),
        ({"kind": "closed"}, None, 422),
        ({"kind": "reopened", "text": "x"}, None, 422),
        ({"kind": "resolved"}, "http://127.0.0.1:1", 403),
    ],
)
def test_what_cannot_be_said_changes_nothing(
    visitor: Visitor, case: str, ledger: Path, fields: dict[str, str], origin: str | None, status: int
) -> None:
    assert visitor.post(f"/cases/{case}/event", origin, **fields)[0] == status
    assert events(ledger) == []


def test_a_case_that_nobody_knows_is_not_there(visitor: Visitor, keep: Keep) -> None:
    keep(NAME)

    assert visitor.get(f"/cases/{NAME}")[0] == 404
    assert visitor.post(f"/cases/{NAME}/letter")[0] in {404, 422}


def test_a_case_leads_back_to_its_inquiry_while_its_file_is_there(
    keep: Keep, ledger: Path, recordings: Path, tmp_path: Path
) -> None:
    """What the recording says of the file; another folder's file has no page here."""
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    keep(NAME, verdict=Verdict.CONFIRMED, profile=str(profiles / "books.yaml"))
    other = "20261122T174403Z-r-000002"
    keep(other, verdict=Verdict.CONFIRMED, profile=str(tmp_path / "books.yaml"))
    for name in (NAME, other):
        with open_ledger(ledger) as opened:
            opened.prepare(name, key=name, space="practice", form="usps-email-us")
            opened.filled(name)
            opened.submitting(name)
            opened.settle(name, Verdict.CONFIRMED, None)
    with serving(recordings, gateway_of(ledger), profiles=profiles) as app:
        at_home = Visitor(app)
        link = 'href="/i/books/check">Check</a>'
        assert link not in at_home.get(f"/cases/{NAME}")[2]
        for folder in (profiles, tmp_path):
            (folder / "books.yaml").write_text("subject: Three books\n")
        assert link in at_home.get(f"/cases/{NAME}")[2]
        assert "/i/books/" not in at_home.get(f"/cases/{other}")[2]


def test_a_case_that_waits_for_them_says_whom_to_call_and_whether_they_are_there(
    visitor: Visitor, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the office's clock, in the time of who reads."""
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        page = visitor.get(f"/cases/{case}")[2]
        monkeypatch.setenv("AUTOFILL_NOW", "2026-11-29T12:00:00-05:00")
        on_sunday = visitor.get(f"/cases/{case}")[2]
        monkeypatch.setenv("AUTOFILL_NOW", "2026-12-25T12:00:00-05:00")
        at_christmas = visitor.get(f"/cases/{case}")[2]
    finally:
        monkeypatch.undo()
        time.tzset()

    assert "1-800-275-8777" in page
    assert "Monday to Friday 8:00-20:30, Saturday 8:00-18:00 Eastern Time" in page
    assert "Open now, until Tue 1 Dec, 10:30 your time" in page
    assert "Closed now, opens Mon 30 Nov, 22:00 your time" in on_sunday
    assert "Closed now, opens Sat 26 Dec, 22:00 your time" in at_christmas


def test_a_case_is_put_off_until_tomorrow_and_comes_back(
    visitor: Visitor, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays in sight, with its day."""
    assert "One thing needs you" in visitor.get("/")[2]

    page = visitor.post("/later", name=case)[2]

    assert "Nothing needs you now" in page
    assert "Put off until tomorrow" in page
    assert '<time datetime="2026-12-01">' in page
    assert "No answer came in time" in page
    assert "One thing needs you" in visitor.post("/later", name=case, back="yes")[2]
    visitor.post("/later", name=case)
    monkeypatch.setenv("AUTOFILL_NOW", "2026-12-01T12:00:00-05:00")
    page = visitor.get("/")[2]
    assert "One thing needs you" in page
    assert "Put off until tomorrow" not in page
    assert visitor.post("/later", name="x" * 301)[0] == 400


def test_what_cannot_be_put_off_is_told(
    visitor: Visitor, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    status, _headers, page = visitor.post("/later", name=case)
    assert (status, "cannot be written" in page) == (500, True)
