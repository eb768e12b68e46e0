"""What must hold after any crash, however early or late it came."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from autofill.cases.ledger import open_ledger

CANARIES = ("Canarybird", "Finchley", "canary.finch@example.com", "9400111899223197428497")


def broken_promises(recordings: Path, requests: int, said: str) -> list[str]:
    """Everything that does not hold; an empty list is what we want."""
    broken = []
    if requests > 1:
        broken.append(f"double submission: {requests} requests arrived")
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        states = [str(row.state) for row in ledger.rows()]
    sent = [state for state in states if state in {"confirmed", "confirmed-no-case", "unknown"}]
    if requests == 1 and len(sent) != 1:
        broken.append(f"wrong ledger: one request arrived, and the states are {states}")
    if len(sent) > 1:
        broken.append(f"wrong ledger: more than one run may have sent: {states}")
    for journal in recordings.glob("*/data/journal.jsonl"):
        broken += _evidence(journal)
    for path in recordings.rglob("*"):
        if path.stat().st_mode & 0o077:
            broken.append(f"open to others: {path.name}")
        if any(canary in path.name for canary in CANARIES):
            broken.append(f"personal name: {path.name}")
    broken += [f"personal value on the terminal: {canary}" for canary in CANARIES if canary in said]
    return broken


def _evidence(journal: Path) -> list[str]:
    """The chain holds as far as it goes, and every file it names is there as it was. A torn last line is allowed."""
    broken, previous = [], "0" * 64
    *lines, rest = journal.read_bytes().split(b"\n")
    for line in lines:
        record = json.loads(line)
        if record["prev"] != previous:
            broken.append(f"lost evidence: chain broken at {record['seq']}")
        previous = hashlib.sha256(line + b"\n").hexdigest()
        if record["kind"] == "file":
            kept = journal.parents[1] / record["path"]
            if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != record["sha256"]:
                broken.append(f"lost evidence: {record['path']}")
    if rest and b"\n" in rest:
        broken.append("torn journal")
    return broken
