"""Recordings left behind on this machine, because a worker died or the store refused: sealed now, and brought in."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.owner import Owner, is_alive
from autofill.cases.model.run_records import RunRecord
from autofill.errors import AutofillError
from autofill.evidence.archiving.store import Store
from autofill.evidence.sealing.completion import complete


def bring_in(recordings: Path, ledger: Ledger, store: Store, *, at_work: Collection[str]) -> None:
    """Move what is here of the runs that a ledger knows, and that nobody is at, into a store.

    Args:
        recordings: Where this machine's workers make them.
        ledger: Where the runs are.
        store: Where they go.
        at_work: The runs that this process is at.

    Raises:
        DiskTrouble: The store or the ledger cannot be used.
    """
    folders = sorted(recordings.iterdir()) if recordings.is_dir() else []
    for folder in folders:
        if ledger.knows(folder.name) and folder.name not in at_work and _is_left(ledger.row(folder.name)):
            with suppress(AutofillError):  # a damaged one is kept as it is
                complete(folder, may_sign=True)  # this machine has made it, and nobody else has had it
            with suppress(OSError):  # another worker of this machine brings it in just now
                store.keep(folder)


def _is_left(run: RunRecord) -> bool:
    owner = Owner.read(run.owner)
    return owner == Owner.of(os.getpid()) or not is_alive(owner, leased=False)
