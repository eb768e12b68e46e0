"""A small recording as a run leaves it, made without a browser. Asserts nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from autofill.events import Verdict
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import Journal
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import seal
from autofill.evidence.sealing.signing_key import KeyInFile

RUN_ID = "20261122T170509Z-claim-abcdef"
FILES = {
    "data/steps/0001-open.png": b"\x89PNG\r\n\x1a\n" + bytes(range(200)),
    "data/steps/0002-details.png": b"\x89PNG\r\n\x1a\n" + bytes(range(50, 255)),
    "data/steps/0002-details.values.json": '[{"name": "Name", "found": "왕"}]'.encode(),
    "data/confirmation.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
}


def unsealed(parent: Path, *, ended: bool = True) -> RecordingFolder:
    """A recording before its seal; `ended` says whether the run came to its end."""
    folder = RecordingFolder.create(parent, RUN_ID)
    journal = Journal(folder.path / "data/journal.jsonl")
    facts = {"run_id": RUN_ID, "browser": "chromium 156.0.8078.79", "autofill": "0.1", "system": "Linux 6.1 x86_64"}
    journal.write("run", url="https://desk.example/form", **facts)
    for name, content in FILES.items():
        folder.write(name, content)
        journal.write("file", path=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    if ended:
        journal.write("end", verdict="confirmed", exit_code=0)
        summary = RunSummary(
            run_id=RUN_ID,
            profile="p.yaml",
            form="f",
            target="replica",
            verdict=Verdict.CONFIRMED,
            exit_code=0,
            started=datetime(2026, 11, 22, tzinfo=UTC),
        )
        folder.write("data/run.json", summary.model_dump_json(indent=1).encode())
    journal.close()
    return folder


def own_key() -> KeyInFile:
    """A key as autofill makes it."""
    return KeyInFile(Ed25519PrivateKey.generate())


def sealed(parent: Path, key: KeyInFile | None = None) -> RecordingFolder:
    """A sealed recording, signed if there is a key."""
    folder = unsealed(parent)
    seal(folder, RUN_ID, key=lambda: key)
    return folder


def key_file(key: KeyInFile, file: Path) -> str:
    """The key in a file, as AUTOFILL_SIGNING_KEY names it."""
    file.write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    return str(file)
