"""The pages of batches over real requests: figures, rows, filters, files."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from autofill.jobs.background_batches import BatchRequest
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_progress import progress_of_batch
from autofill.jobs.batch_results import write_results
from autofill.web.batch_view import PAGE
from tests.web.conftest import Keep, Visitor

PWNED = "<script>window.__pwned=1</script>"
RUN_ID = "20261129T052000Z-feedback-abcdef"
ROWS = [
    RowOutcome(row="2", state="sent", case_number="48213307"),
    RowOutcome(row="3", state="parked", note=PWNED),
    RowOutcome(row="4", state="unknown", recording=f"recordings/{RUN_ID}", note="closed after the submit"),
    RowOutcome(row="5", state="not begun"),
]


@pytest.fixture
def batch(recordings: Path) -> Path:
    folder = recordings / "batches" / "autumn orders"
    write_results(folder, "autumn orders.csv", "replica", ROWS)
    return folder


def order(page: str) -> list[str]:
    return [row.partition("</bdi>")[0] for row in page.split('<th scope="row"><bdi>')[1:]]


def test_without_batches_the_page_names_the_command(visitor: Visitor) -> None:
    assert "autofill batch" in visitor.get("/batches")[2]


def test_every_batch_leads_to_its_rows_those_that_need_a_person_first(visitor: Visitor, batch: Path) -> None:
    assert 'href="/batches/autumn%20orders"' in visitor.get("/batches")[2]

    status, _headers, page = visitor.get("/batches/autumn%20orders")

    assert status == 200
    assert order(page) == ["4", "3", "5", "2"]
    for words in ("autumn orders.csv", "48213307", "1 Unknown", "1 Needs you", "1 Sent", "Stopped"):
        assert words in page
    assert PWNED not in page
    assert "data-events" not in page


def test_rows_that_wait_for_a_person_come_with_the_command_for_them(visitor: Visitor, batch: Path) -> None:
    by_another = visitor.get("/batches/autumn%20orders")[2]
    asked = BatchRequest("/<b>orders.csv", "/t.yaml")
    (batch / "command.jsonl").write_text(json.dumps(asdict(asked)) + "\n")

    page = visitor.get("/batches/autumn%20orders")[2]

    assert "Run the same command with --headed." in by_another
    assert "autofill batch &#39;/&lt;b&gt;orders.csv&#39; --template /t.yaml --skip-invalid --results" in page
    assert "--headed</pre>" in page


def test_the_bar_begins_with_what_is_done_and_leaves_empty_what_did_not_begin(visitor: Visitor, batch: Path) -> None:
    page = visitor.get("/batches/autumn%20orders")[2]

    assert re.findall(r'<rect class="(\w+)"[^>]* x="([\d.]+)"', page) == [
        ("good", "0.00"), ("doubt", "250.00"), ("doubt", "500.00"),
    ]  # fmt: skip
    assert page.index("1 Sent</span>") < page.index("1 Unknown</span>") < page.index("1 Not started</span>")


def test_filters_are_addresses(visitor: Visitor, batch: Path) -> None:
    def shown(query: str) -> list[str]:
        return order(visitor.get(f"/batches/autumn%20orders?{query}")[2])

    assert shown("state=needs-you") == ["4", "3"]
    assert shown("state=sent") == ["2"]
    assert shown("q=48213307") == ["2"]
    assert shown("q=SUBMIT&state=unknown") == ["4"]
    assert shown("state=nothing") == []
    assert "No row is like that." in visitor.get("/batches/autumn%20orders?q=nothing")[2]


def test_of_many_rows_a_page_shows_some_and_leads_on(visitor: Visitor, recordings: Path) -> None:
    rows = [RowOutcome(row=str(number), state="sent") for number in range(PAGE + 5)]
    write_results(recordings / "batches" / "many", "many", "replica", rows)

    assert len(order(visitor.get("/batches/many")[2])) == PAGE
    for page in ("2", "99"):
        assert len(order(visitor.get(f"/batches/many?page={page}")[2])) == 5


def test_an_unknown_row_that_somebody_found_out_about_needs_nobody(
    visitor: Visitor, batch: Path, ledger: Path, keep: Keep
) -> None:
    with open_ledger(ledger) as opened:
        opened.prepare(RUN_ID, "key", item_keys=(), older_keys=(), space="practice", form="usps-email-us")
        opened.filled(RUN_ID)
        opened.submitting(RUN_ID)
        opened.settle(RUN_ID, Verdict.UNKNOWN)
    keep(RUN_ID, verdict=Verdict.UNKNOWN)
    before = visitor.get("/batches/autumn%20orders")[2]
    with open_ledger(ledger) as opened:
        opened.resolve(RUN_ID, case_number="55555555")

    after = visitor.get("/batches/autumn%20orders")[2]

    assert f'href="/r/{RUN_ID}/">Find out' in before
    assert "55555555" in after
    assert "Find out" not in after
    assert "2 Sent" in after


def test_a_batch_that_runs_renews_its_page(visitor: Visitor, recordings: Path) -> None:
    folder = recordings / "batches" / "b"
    with progress_of_batch(folder, "b.csv", "live", 3) as keep:
        keep(ROWS[0])
        page = visitor.get("/batches/b")[2]

    assert 'data-events="/batches/b/events"' in page
    assert "2 not ended" in page
    assert "results.csv" not in page
    events = visitor.get("/batches/b/events")[2]
    assert events.startswith("id: 1\ndata: {}\n\n")
    assert events.endswith("event: over\ndata: {}\n\n")


def test_results_are_files_and_nothing_else_is(visitor: Visitor, batch: Path) -> None:
    status, headers, text = visitor.get("/batches/autumn%20orders/results.csv")
    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/csv")
    assert "48213307" in text
    assert visitor.get("/batches/autumn%20orders/results.json")[0] == 200
    for path in ("autumn%20orders/results.html", "..%2f/results.csv", "%2e%2e", "nowhere", "nowhere/events"):
        assert visitor.get(f"/batches/{path}")[0] == 404
