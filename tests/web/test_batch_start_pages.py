"""The page on which a batch is begun, over real requests: chosen, assigned, checked; what must not start does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request

import pytest

from autofill.jobs.background import BackgroundRuns
from autofill.jobs.background_batches import BackgroundBatches
from autofill.jobs.batch_progress import progress_of_batch
from autofill.web import serving
from tests.journeys.conftest import REPOSITORY
from tests.web.conftest import Visitor, gateway_of

TABLE = "Order No,First name,Day\nA-1,Anna,2026-10-08\nA-2,Eve,\nA-3,Ben,08.10.2026\n"
COLUMNS = 'First name: contact.first_name\n"Order No":\nDay: problem_date\n'
ORIGIN = "https://emailus.usps.com"
PWNED = "<script>window.__pwned=1</script>"


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "parcels.csv").write_text(TABLE)
    text = (REPOSITORY / "profiles" / "06-feedback.yaml").read_text("utf-8")
    (folder / "template.yaml").write_text(text.replace("Our carrier", "Order {{Order No}}: our carrier"), "utf-8")
    return folder


@pytest.fixture
def runs(recordings: Path) -> BackgroundRuns:
    """What is started tells its arguments."""
    return BackgroundRuns(recordings, program=(sys.executable, "-c", "import sys; print(sys.argv[1:])"))


@pytest.fixture
def here(recordings: Path, ledger: Path, profiles: Path, runs: BackgroundRuns) -> Iterator[Visitor]:
    with serving(recordings, gateway_of(ledger), profiles=profiles, runs=runs) as running:
        yield Visitor(running)


def at(profiles: Path, table: str = "parcels.csv", template: str = "template.yaml") -> dict[str, str]:
    return {"source": str(profiles / table), "template": str(profiles / template) if template else ""}


def asked(here: Visitor, **chosen: str) -> str:
    return here.get(f"/new/batch?{urlencode(chosen)}")[2]


def started(runs: BackgroundRuns) -> list[str]:
    return [each.status.folder for each in BackgroundBatches(runs.own_program).every()]


def test_tables_folders_and_templates_are_offered(here: Visitor, profiles: Path) -> None:
    (profiles / "autumn").mkdir()
    (profiles / "autumn" / "a.yaml").write_text("topic: feedback\n")
    (profiles / "parcels.columns.yaml").write_text(COLUMNS)

    page = here.get("/new/batch")[2]

    for name in ("parcels.csv", "autumn", "template.yaml"):
        assert f'value="{profiles / name}"' in page
    assert "columns.yaml" not in page + here.get("/")[2]
    assert "Goes into" not in page


def test_a_table_needs_a_template_and_is_not_read_without(here: Visitor, profiles: Path) -> None:
    page = asked(here, **at(profiles, template=""))

    assert "A table needs a template." in page
    assert "Goes into" not in page


def test_columns_are_proposed_and_saved_before_rows_are_checked(here: Visitor, profiles: Path) -> None:
    chosen = at(profiles)
    page = asked(here, **chosen)
    assert "This is a proposal" in page
    assert "rows are ready" not in page
    assert not (profiles / "parcels.columns.yaml").exists()

    status, _headers, page = here.post(
        "/new/batch/columns", **chosen, c1="", c2="contact.first_name", c3="problem_date"
    )

    assert (profiles / "parcels.columns.yaml").read_text().count(": ") == 2
    assert status == 200
    assert "2 of 3 rows are ready" in page
    assert '<th scope="row"><bdi>4</bdi></th><td class="narrow"><bdi>C Day</bdi>' in page
    assert "Rehearse 2 rows" in page
    assert ORIGIN in page


def test_what_was_chosen_wrong_is_told_with_what_to_do(here: Visitor, profiles: Path) -> None:
    (profiles / "parcels.columns.yaml").write_text("First name: contact.frist_name\n")
    assert "did you mean" in asked(here, **at(profiles))
    assert "cannot be read" in asked(here, **at(profiles, table="nowhere.csv"))
    assert "cannot be read" in asked(here, **at(profiles, table="x" * 5_000))
    empty = profiles / "empty"
    empty.mkdir()
    assert "holds no profiles" in asked(here, source=str(empty), template="")
    assert PWNED not in asked(here, source=PWNED, template=PWNED)


def test_a_folder_of_profiles_is_checked_file_by_file(here: Visitor, profiles: Path) -> None:
    (profiles / "autumn").mkdir()
    (profiles / "autumn" / "wrong.yaml").write_text("topic: feedback\n")
    assert "0 of 1 row is ready" in asked(here, source=str(profiles / "autumn"), template=str(profiles / "x.yaml"))


def test_a_table_that_is_added_lies_beside_the_inquiries(here: Visitor, profiles: Path) -> None:
    def add(name: str, content: str) -> int:
        body = f'--b\r\nContent-Disposition: form-data; name="table"; filename="{name}"\r\n\r\n{content}\r\n--b--\r\n'
        headers = {"Origin": here.origin, "Content-Type": "multipart/form-data; boundary=b"}
        return here.ask(Request(here.home + "new/batch/table", body.encode(), headers))[0]

    assert add("../../autumn orders.csv", TABLE) == 200
    assert (profiles / "autumn-orders.csv").read_text() == TABLE
    assert add("parcels.csv", "other") == 200
    assert ((profiles / "parcels.csv").read_text(), (profiles / "parcels-2.csv").read_text()) == (TABLE, "other")
    assert add("empty.csv", "") == 422


@pytest.mark.parametrize("source", ["\0", "x" * 5_000, "\ud800", "//", "nowhere/\n.csv"])
def test_what_can_be_no_path_is_told(source: str, here: Visitor) -> None:
    query = urlencode({"source": source, "template": source}, errors="surrogatepass")

    assert here.get(f"/new/batch?{query}")[0] == 200


def test_only_what_was_checked_starts_and_for_real_only_with_the_address(
    here: Visitor, profiles: Path, runs: BackgroundRuns
) -> None:
    chosen = at(profiles)
    assert here.post("/new/batch", **chosen, target="practice")[0] == 422  # nobody has looked at its columns
    (profiles / "parcels.columns.yaml").write_text(COLUMNS)
    assert here.post("/new/batch", **chosen, target="elsewhere")[0] == 400
    status, _headers, page = here.post("/new/batch", **chosen, target="real", address="https://usps.com")
    assert (status, "That is another address. Nothing was sent." in page) == (422, True)
    assert started(runs) == []

    assert here.post("/new/batch", **chosen, target="practice")[0] == 200
    assert here.post("/new/batch", **chosen, target="real", address=ORIGIN)[0] == 200

    assert sorted(started(runs)) == ["parcels", "parcels-2"]
    log = (runs.recordings / "batches" / "parcels-2" / "command.jsonl").read_text().splitlines()
    assert json.loads(log[0])["origin"] == ORIGIN


def test_who_starts_a_batch_that_runs_is_led_to_it(here: Visitor, profiles: Path, recordings: Path) -> None:
    (profiles / "parcels.columns.yaml").write_text(COLUMNS)
    source = str((profiles / "parcels.csv").absolute())
    with progress_of_batch(recordings / "batches" / "parcels", source, "replica", 3):
        status, _headers, page = here.post("/new/batch", target="practice", **at(profiles))

    assert status == 200
    assert 'data-events="/batches/parcels/events"' in page


def test_a_batch_that_ended_before_it_began_tells_why_and_can_be_started_again(
    here: Visitor, profiles: Path, runs: BackgroundRuns
) -> None:
    (profiles / "parcels.columns.yaml").write_text(COLUMNS)
    here.post("/new/batch", **at(profiles), target="practice")
    batches = BackgroundBatches(runs.own_program)
    while (now := batches.now("parcels")) and now.status.is_running:
        pass

    page = here.get("/batches/parcels")[2]

    assert "It ended before a row began. Nothing was sent." in page
    assert "&#39;--skip-invalid&#39;" in page
    assert "Resume" in page
    assert here.post("/batches/parcels/resume")[0] == 200
    assert here.get("/batches/parcels/resume")[0] == 200
    assert here.post("/batches/nowhere/resume")[0] == 404
    assert here.post("/batches/nowhere/pause")[0] == 404


def test_why_a_batch_was_not_resumed_is_told_at_an_address_that_can_be_loaded_again(
    here: Visitor, profiles: Path, runs: BackgroundRuns
) -> None:
    (profiles / "parcels.columns.yaml").write_text(COLUMNS)
    here.post("/new/batch", **at(profiles), target="real", address=ORIGIN)
    batches = BackgroundBatches(runs.own_program)
    while (now := batches.now("parcels")) and now.status.is_running:
        pass

    with here.open("/batches/parcels") as before:
        assert "That is another address" not in before.read().decode()
    request = Request(here.home + "batches/parcels/resume", b"address=https://usps.com", {"Origin": here.origin})
    with here.send(request) as refused:
        assert "That is another address. Nothing was sent." in refused.read().decode()
        place = refused.url

    assert place.endswith("/batches/parcels?refused=1")
    assert "That is another address. Nothing was sent." in here.get("/batches/parcels?refused=1")[2]
    assert "That is another address" not in here.get("/batches/parcels")[2]
