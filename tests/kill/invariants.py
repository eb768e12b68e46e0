"""What must hold after any crash, however early or late it came, once the inquiry was run again three times."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from autofill.cases.ledger.ledger import open_ledger
from tests.journeys.canaries import is_private, leaks

# What is typed; the ZIP code alone is left out, as any hash may happen to have its five digits.
CANARIES = (
    "Canarybird",
    "Finchley",
    "canary.finch@example.com",
    "1 Main Street",
    "Boston",
    "Please keep the counter open until six",
)


def broken_promises(recordings: Path, requests: int, said: str) -> list[str]:
    """Everything that does not hold; an empty list is what we want."""
    broken = []
    if requests > 1:
        broken.append(f"double submission: {requests} requests arrived")
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        states = [str(row.state) for row in ledger.rows()]
    sent = [state for state in states if state in {"confirmed", "confirmed-no-case", "unknown"}]
    if len(sent) != 1 or (requests != 1 and sent != ["unknown"]):
        broken.append(f"wrong ledger: {requests} requests arrived, and the states are {states}")
    for journal in recordings.glob("*/data/journal.jsonl"):
        broken += _evidence(journal)
    for path in recordings.rglob("*"):
        if path.stat().st_mode & 0o077:
            broken.append(f"open to others: {path.name}")
        name = path.relative_to(recordings).as_posix()
        found = leaks("a name", name.encode(), CANARIES)
        if path.is_file() and not is_private(name):
            found += leaks(name, path.read_bytes(), CANARIES)
        broken += [f"personal value: {leak}" for leak in found]
    return broken + [f"personal value: {leak}" for leak in leaks("the terminal", said.encode(), CANARIES)]


def _evidence(journal: Path) -> list[str]:
    """The chain holds as far as it goes, and every file it names is there as it was. A torn last line is allowed."""
    broken, previous = [], "0" * 64
    *lines, _torn = journal.read_bytes().split(b"\n")
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            broken.append("lost evidence: torn journal")
            continue
        if record["prev"] != previous:
            broken.append(f"lost evidence: chain broken at {record['seq']}")
        previous = hashlib.sha256(line + b"\n").hexdigest()
        if record["kind"] == "file":
            kept = journal.parents[1] / record["path"]
            if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != record["sha256"]:
                broken.append(f"lost evidence: {record['path']}")
    return broken
