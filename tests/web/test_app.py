"""The gallery's pages over real requests, without a browser: what they show, refuse, and keep."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill import language
from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.reviews import ReviewStance
from autofill.cases.model.run_states import State
from autofill.events import Verdict
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.tombstone import Tombstone, sign_tombstone
from autofill.web.cards import PAGE
from tests.evidence.bags import own_key
from tests.web.conftest import Keep, Visitor, bomb, png

SAMPLE = Path(__file__).parents[2] / "recordings" / "sample-missing-package"
SCRIPT = '<script>window.__pwned=1</script><img src=x onerror="window.__pwned=1">'


def test_empty_gallery_says_what_to_do(visitor: Visitor) -> None:
    """Before the first run the page names the command."""
    assert "autofill run" in visitor.get("/recordings")[2]


def test_a_mistake_of_ours_is_admitted_on_a_page(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the same policy as all others, and without what the mistake was about."""

    def broken(*_what: object) -> None:
        raise ZeroDivisionError("Maria")

    monkeypatch.setattr("autofill.web.home_pages.home_of", broken)

    status, headers, page = visitor.get("/")

    assert status == 500
    assert "This is a bug in autofill." in page
    assert 'href="/app.css"' in page
    assert "Maria" not in page
    assert "default-src 'none'" in headers["content-security-policy"]


def test_overview_has_a_card_for_every_recording(visitor: Visitor, keep: Keep) -> None:
    """Verdict in words, case number, form, topic and kind of run stand on the card; pictures wait until seen."""
    keep("r1", verdict=Verdict.CONFIRMED, case_number="48213307", topic="refund")
    keep("r2", target="live", stopped_at="Review", error="x")

    page = visitor.get("/recordings")[2]

    assert page.count("<article") == page.count('loading="lazy"') == 2
    for words in ("Confirmed", "48213307", "refund", "usps-email-us", "2026-11-22 17:44:03 UTC", "Practice"):
        assert words in page
    for words in ("Stopped before sending", "Stopped at", "Live"):
        assert words in page


def test_overview_names_every_condition(visitor: Visitor, recordings: Path, keep: Keep) -> None:
    """What cannot be looked through is there all the same, and says why."""
    (recordings / "r1" / "data" / "steps").mkdir(parents=True)
    (recordings / "r2").mkdir()
    (recordings / "r2" / "tombstone.json").write_text("{}")
    (recordings / "r3.tar.age").write_bytes(b"x")
    (recordings / "<script>" / "data").mkdir(parents=True)
    (keep("r4") / "data" / "run.json").write_text("{")

    page = visitor.get("/recordings")[2]

    assert [page.count(f">{words}</span>") for words in ("Unfinished", "Purged", "Encrypted")] == [1, 1, 1]
    assert page.count(">Cannot be read</span>") == 2
    assert "&lt;script&gt;" in page
    assert "/r/r3/" not in page


def test_a_page_of_the_list_asks_for_few_pictures_and_leads_to_the_next(visitor: Visitor, keep: Keep) -> None:
    """However many recordings there are."""
    for number in range(PAGE + 2):
        keep(f"20261122T1744{number:02}Z-refund-x", case_number=f"482133{number:02}")

    first, second = visitor.get("/recordings")[2], visitor.get("/recordings?page=2")[2]

    assert (first.count("/thumbs/"), second.count("/thumbs/")) == (PAGE, 2)
    assert 'rel="next" href="/recordings?page=2"' in first
    assert "Page 2 of 2" in second
    assert "48213300" in second
    assert "/files/" not in first


def test_a_filter_is_an_address(visitor: Visitor, keep: Keep) -> None:
    """It works without a script, can be kept as a bookmark, and says when nothing fits."""
    keep("r1", verdict=Verdict.CONFIRMED, case_number="48213307")
    keep("r2", verdict=Verdict.UNKNOWN)

    page = visitor.get("/recordings?verdict=unknown")[2]

    assert page.count("<article") == 1
    assert '<option value="unknown" selected>Outcome unknown (1)</option>' in page
    assert "No recording fits" in visitor.get("/recordings?text=nowhere")[2]


def test_thumbnails_are_small_and_the_picture_is_as_it_was(visitor: Visitor, keep: Keep) -> None:
    """The list gets a small copy; whoever wants the picture gets its bytes."""
    picture = png(1280, 4000)
    (keep("r") / "data" / "confirmation.png").write_bytes(picture)

    status, headers, _ = visitor.get("/r/r/thumbs/data/confirmation.png")
    whole = visitor.get("/r/r/files/data/confirmation.png")[1]

    assert (status, headers["content-type"]) == (200, "image/webp")
    assert int(headers["content-length"]) < 10_000
    assert (whole["content-type"], int(whole["content-length"])) == ("image/png", len(picture))


@pytest.mark.parametrize("content", [b"<svg onload='window.__pwned=1'/>", b"<html>", bomb(), b""])
@pytest.mark.parametrize("kind", ["thumbs", "files"])
def test_what_poses_as_a_picture_is_not_given_out(visitor: Visitor, keep: Keep, content: bytes, kind: str) -> None:
    """Neither to be drawn small nor as it is."""
    (keep("r") / "data" / "confirmation.png").write_bytes(content)

    assert visitor.get(f"/r/r/{kind}/data/confirmation.png")[0] == 404
    assert "cannot be shown" in visitor.get("/r/r/")[2]


def test_recordings_page_shows_what_happened(visitor: Visitor, keep: Keep) -> None:
    """Number, form's words, faults in plain words, what to do next, the check of the seal, and the report."""
    keep(
        "r",
        verdict=Verdict.REJECTED,
        messages=("Street is missing",),
        faults=("dialog: the page opened a dialog (alert)",) * 3,
        next="Mend the street.",
        browser="chromium 156",
    )

    page = visitor.get("/r/r/")[2]

    for words in ("Refused by the form", "Street is missing", "without agreeing", "Mend the street.", "chromium 156"):
        assert words in page
    assert page.count("the page opened a dialog (alert)</bdi> (3 times)") == 1
    assert "Not sealed" in page
    assert 'href="/r/r/files/data/report.html"' in page


def test_what_is_not_as_it_was_sealed_proves_nothing(visitor: Visitor, recordings: Path) -> None:
    """The page says what is wrong, and lists no proof."""
    shutil.copytree(SAMPLE, recordings / "r")
    whole = visitor.get("/r/r/")[2]
    (recordings / "r" / "data" / "confirmation.txt").write_text("Another number")
    changed = visitor.get("/r/r/")[2]

    assert "What this proves" in whole
    assert "What this proves" not in changed
    assert "Changed since it was sealed" in changed
    assert "data/confirmation.txt" in changed


def test_unfinished_recording_has_a_page(visitor: Visitor, recordings: Path) -> None:
    """It says what its end may mean."""
    (recordings / "r" / "data" / "steps").mkdir(parents=True)

    assert "may have been sent" in visitor.get("/r/r/")[2]


def test_purged_recording_has_a_page(visitor: Visitor, recordings: Path) -> None:
    """Who removed it, when and why is what is left to see."""
    stone = Tombstone(
        run_id="r",
        verdict=None,
        sealed=False,
        purged_by="maria",
        purged_at=datetime(2026, 11, 22, tzinfo=UTC),
        because="moved house",
        complete=True,
        removed=(),
    )
    (recordings / "r").mkdir()
    assert not sign_tombstone(recordings / "r", stone, None, own_key)
    RecordingFolder(recordings / "r").write("tombstone.json", stone.content)

    page = visitor.get("/r/r/")[2]

    assert "purged on 2026-11-22 by maria: moved house" in page
    assert (
        page.count('<span class="badge still">Purged</span>') == page.count('<b class="marked still">Purged</b>') == 1
    )
    assert "s it was sealed" not in page

    (recordings / "r" / "tombstone.json.sig").unlink()
    page = visitor.get("/r/r/")[2]

    assert "is not signed: anyone could have written it" in page
    assert "Changed since it was sealed" in page
    assert "moved house" not in page


EDGE = "0001-01-01T00:00:00+14:00"


@pytest.mark.parametrize(
    "changes",
    [
        {"started": EDGE, "finished": EDGE},
        {"started": "9999-12-31T23:59:59-14:00"},
        {"steps": [{"n": 1, "name": "x", "screenshot": None, "ms": int("9" * 400)}]},
        {"steps": [{"n": int("9" * 400), "name": "x", "screenshot": None, "ms": 1}]},
        {"run_id": []},
    ],
    ids=["before all time", "after all time", "for ever", "countless", "nameless"],
)
def test_hostile_values_spoil_no_page(visitor: Visitor, keep: Keep, changes: dict[str, object]) -> None:
    """One recording that somebody sent must not take the others from sight."""
    keep("good", case_number="48213307")
    file = keep("r") / "data" / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))

    overview, page = visitor.get("/recordings"), visitor.get("/r/r/")

    assert (overview[0], page[0]) == (200, 200)
    assert "48213307" in overview[2]


def test_a_hostile_time_in_the_journal_spoils_no_page(visitor: Visitor, keep: Keep) -> None:
    journal = keep("r") / "data" / "journal.jsonl"
    journal.write_text(json.dumps({"kind": "intent", "t_wall": EDGE}) + "\n")

    status, _, page = visitor.get("/r/r/")

    assert (status, "0001-01-01 00:00:00+14:00" in page) == (200, True)


def test_report_may_do_nothing(visitor: Visitor, keep: Keep) -> None:
    """It comes from the recording, so it is not trusted."""
    keep("r", case_number="48213307")

    status, headers, report = visitor.get("/r/r/files/data/report.html")

    assert status == 200
    assert "48213307" in report
    assert headers["content-security-policy"].startswith("sandbox;")
    assert "allow-" not in headers["content-security-policy"]


@pytest.mark.parametrize("name", ["report.html", "confirmation.html"])
def test_what_is_no_report_of_ours_is_not_opened(name: str, visitor: Visitor, keep: Keep) -> None:
    """A browser may connect to wherever a frame is said to be; the recording is shown instead, and why is said."""
    folder = keep("r", case_number="48213307")
    ours = (folder / "data" / "report.html").read_bytes()
    (folder / "data" / name).write_bytes(ours.replace(b"</main>", b"<IFRAME src='http://127.0.0.1:9/'></main>"))

    status, headers, shown = visitor.get(f"/r/r/files/data/{name}")

    assert status == 403
    assert "48213307" in shown
    assert "is not opened" in shown
    assert "127.0.0.1:9" not in shown
    assert "script-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [("confirmation.png", "image/png"), ("run.json", "application/json"), ("report.html", "text/html; charset=utf-8")],
)
def test_files_are_served_as_what_they_are(visitor: Visitor, keep: Keep, inside: str, kind: str) -> None:
    """No browser guesses another kind, and none keeps a copy."""
    keep("r")

    status, headers, _ = visitor.get(f"/r/r/files/data/{inside}")

    assert (status, headers["content-type"]) == (200, kind)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["files", "thumbs"])
@pytest.mark.parametrize(
    "path",
    [
        "/r/nobody/",
        "/r/../",
        "/r/r/{kind}/data/gone.png",
        "/r/r/{kind}/data/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/r/r/{kind}/data/..%2f..%2f..%2fsecret.txt",
        "/r/%2e%2e/{kind}/secret.txt",
        "/r/r/{kind}/%2fetc/hostname",
        "/r/r/{kind}/data/%00.txt",
        "/r/r/{kind}/data/link.png",
        "/r/r/{kind}/bagit.txt",
    ],
)
def test_anything_else_is_not_there(visitor: Visitor, keep: Keep, path: str, kind: str) -> None:
    """No address leads out of a recording's data."""
    folder = keep("r")
    (folder / "bagit.txt").write_text("x")
    (folder.parent.parent / "secret.png").write_bytes(png(1, 1))
    (folder / "data" / "link.png").symlink_to(folder.parent.parent / "secret.png")

    status, _, body = visitor.get(path.format(kind=kind))

    assert status == 404
    assert "secret" not in body


def test_hostile_recording_stays_text(visitor: Visitor, keep: Keep) -> None:
    """What a recording says is shown and never becomes markup, on the list and on its page."""
    step = {"n": 1, "name": SCRIPT, "screenshot": "data/confirmation.png", "ms": 1}
    said = dict.fromkeys(("case_number", "topic", "error", "next", "browser", "profile", "form"), SCRIPT)
    folder = keep("r", **said, messages=(SCRIPT,), faults=(SCRIPT,), steps=(step,), verdict=Verdict.REJECTED)
    assert SCRIPT in json.loads((folder / "data" / "run.json").read_text())["topic"]
    value = dict.fromkeys(("name", "field", "planned", "found"), SCRIPT) | {"matches": True}
    (folder / "data" / "steps" / "0001-x.values.json").write_text(json.dumps([value]))
    (folder / "data" / "attachments").mkdir()
    (folder / "data" / "attachments" / "<script>alert(1)<").write_text("x")

    for page in (visitor.get("/recordings")[2], visitor.get("/r/r/")[2]):
        assert page.count("<script") == page.count('<script src="/recording.js" defer>')
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_an_opinion_is_kept_and_shown(visitor: Visitor, keep: Keep, ledger: Path) -> None:
    """With the person's account, on the page and on the list; the first stays when the second comes."""
    keep("r", case_number="48213307")

    assert visitor.post("/r/r/opinion", stance="doubt", note="Wo ist\r\ndie Mail? <b>")[0] == 200
    visitor.post("/r/r/opinion", stance="accept", note="")

    with open_ledger(ledger) as opened:
        first, second = opened.reviews()["r"]
    assert (first.stance, first.note, second.stance) == (
        ReviewStance.DOUBT,
        "Wo ist\ndie Mail? <b>",
        ReviewStance.ACCEPT,
    )
    page = visitor.get("/r/r/")[2]
    assert page.index("Accepted</span>") < page.index("Doubted</span>") < page.index("die Mail? &lt;b&gt;")
    assert first.who in page
    assert "Accepted</span>" in visitor.get("/recordings?yours=accept")[2]


@pytest.mark.parametrize(
    ("stance", "note", "words"),
    [
        ("", "kept words", "Choose one"),
        ("maybe", "", "Choose one"),
        ("note", "  ", "1 to 2,000"),
        ("doubt", "x" * 2001, "1 to"),
    ],
)
def test_an_opinion_that_says_nothing_is_refused(
    visitor: Visitor, keep: Keep, ledger: Path, stance: str, note: str, words: str
) -> None:
    """The page says why, and what was typed is still there."""
    keep("r")

    status, _, page = visitor.post("/r/r/opinion", stance=stance, note=note)

    assert status == 422
    assert words in page
    assert f">{note.strip()}</textarea>" in page
    assert not ledger.exists()


@pytest.fixture
def unknown(keep: Keep, ledger: Path) -> str:
    """A run that ended without a proof, in recording and ledger."""
    name = "20261122T174403Z-r-000001"
    keep(name, verdict=Verdict.UNKNOWN, submitted="unknown", next="Do not send again.")
    with open_ledger(ledger) as opened:
        opened.prepare(name, space="practice", key="k", form="usps-email-us")
        opened.filled(name)
        opened.submitting(name)
        opened.settle(name, Verdict.UNKNOWN)
    return name


@pytest.mark.parametrize(
    ("fields", "badge", "state"),
    [
        ({"outcome": "arrived", "case_number": " 48213307 "}, "Arrived", State.CONFIRMED),
        ({"outcome": "not-submitted", "because": "They said so."}, "Never arrived", State.NOT_SUBMITTED),
    ],
)
def test_a_resolved_run_is_resolved_everywhere(
    visitor: Visitor, ledger: Path, unknown: str, fields: dict[str, str], badge: str, state: State
) -> None:
    """The sealed recording still says unknown; page, list, filter and ledger say what is known now."""
    before = visitor.get(f"/r/{unknown}/")[2]
    assert "Find out whether it arrived" in before
    assert ">Outcome unknown</span>" in before

    assert visitor.post(f"/r/{unknown}/resolve", **fields)[0] == 200

    page, overview = visitor.get(f"/r/{unknown}/")[2], visitor.get("/recordings")[2]
    for shown in (page, overview):
        assert f">{badge}</span>" in shown
        assert "Outcome unknown" not in shown
        assert ("48213307" in shown) == (state is State.CONFIRMED)
    assert "Find out whether it arrived" not in page
    assert "Do not send again." not in page
    assert "<article" in visitor.get(f"/recordings?verdict={state}")[2]
    with open_ledger(ledger) as opened:
        assert opened.row(unknown).state is state


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose one"),
        ({"outcome": "arrived", "case_number": " "}, "Enter the case number"),
        ({"outcome": "not-submitted"}, "Explain how you know"),
    ],
)
def test_half_an_answer_resolves_nothing(
    visitor: Visitor, ledger: Path, unknown: str, fields: dict[str, str], words: str
) -> None:
    status, _, page = visitor.post(f"/r/{unknown}/resolve", **fields)

    assert (status, words in page) == (422, True)
    with open_ledger(ledger) as opened:
        assert opened.row(unknown).state is State.UNKNOWN


def test_what_the_ledger_does_not_take_is_said(visitor: Visitor, keep: Keep, ledger: Path, unknown: str) -> None:
    """A run that it does not know, or whose outcome is known; and no page of another site can say it."""
    keep("other", verdict=Verdict.UNKNOWN)
    told = {"outcome": "arrived", "case_number": "1"}

    assert visitor.post(f"/r/{unknown}/resolve", "http://127.0.0.1:1", **told)[0] == 403
    assert visitor.post("/r/other/resolve", **told)[0] == 422
    assert visitor.post(f"/r/{unknown}/resolve", **told)[0] == 200
    assert visitor.post(f"/r/{unknown}/resolve", **told)[0] == 422


@pytest.mark.parametrize(
    ("fields", "origin", "status"),
    [
        ({}, "http://127.0.0.1:1", 403),
        ({}, "null", 403),
        ({"note": "x" * 70_000}, None, 413),
        ({f"field{n}": "x" for n in range(20)}, None, 400),
    ],
)
def test_a_form_that_is_not_the_gallerys_is_refused(
    visitor: Visitor, keep: Keep, ledger: Path, fields: dict[str, str], origin: str | None, status: int
) -> None:
    """Nothing is kept, whatever page a browser was lured to."""
    keep("r")

    assert visitor.post("/r/r/opinion", origin, **{"stance": "accept"} | fields)[0] == status
    assert not ledger.exists()


def test_an_opinion_of_nothing_is_refused(visitor: Visitor, keep: Keep, ledger: Path) -> None:
    keep("r")

    assert visitor.post("/r/gone/opinion", stance="accept")[0] == 404
    assert not ledger.exists()


def test_without_a_usable_ledger_people_can_still_look(visitor: Visitor, keep: Keep, ledger: Path) -> None:
    """Both pages say so, and an opinion is refused with the reason."""
    keep("r", case_number="48213307")
    ledger.write_text("something else")

    for path in ("/recordings", "/r/r/"):
        assert "48213307" in visitor.get(path)[2]
        assert "is not a ledger" in visitor.get(path)[2]
    assert visitor.post("/r/r/opinion", stance="accept")[0] == 422


def test_looking_writes_nothing(visitor: Visitor, keep: Keep, recordings: Path) -> None:
    """Least of all into a recording that may be sealed."""
    keep("r", case_number="48213307")
    before = {path: path.stat().st_mtime_ns for path in recordings.parent.rglob("*")}

    for path in ("/recordings", "/r/r/", "/r/r/thumbs/data/confirmation.png", "/r/r/files/data/report.html"):
        visitor.get(path)

    assert {path: path.stat().st_mtime_ns for path in recordings.parent.rglob("*")} == before


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_pages_say_which_language_they_are_in(visitor: Visitor, code: str) -> None:
    """Screen readers pronounce them by that."""
    before = language.spoken()
    try:
        language.choose(code)
        assert f'<html lang="{code}">' in visitor.get("/recordings")[2]
    finally:
        language.choose(before)
