"""docs/scale.md says what was measured and what the simulation makes of it, and nothing else."""

from __future__ import annotations

import json

from benchmarks.machine import HERE, REPOSITORY
from benchmarks.scale import DATABASE, LOCKED, LOOK, Firm, costs, table

PAGE = (REPOSITORY / "docs" / "scale.md").read_text("utf-8")
MEASURED = json.loads((HERE / "database.json").read_text("utf-8"))


def test_the_tables_are_what_was_measured_and_simulated() -> None:
    assert costs() in PAGE
    assert table() in PAGE


def test_the_words_reckon_with_the_same_figures() -> None:
    cores = Firm(1, 1, 0).cores
    about = MEASURED["measured"]

    assert f"{about['postgresql'].split()[0]}" in PAGE
    assert f"{LOCKED * 1000:.0f} ms each: {1 / LOCKED:.0f} a second" in PAGE
    assert f"At {DATABASE * 1000:.0f} ms an inquiry, four cores take {cores / DATABASE:.0f} inquiries a second" in PAGE
    assert f"{1_000 * LOOK / cores:.0%} of four cores" in PAGE
