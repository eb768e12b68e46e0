"""Sealing a recording as a BagIt bag (RFC 8493): manifests that `sha256sum -c` accepts, and how to check them.

Written by us, not by a library: the bag is made where the files already are, durably, and nothing is moved.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from autofill import __version__
from autofill.evidence.folder import RecordingFolder

_BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_VERIFY = """How to check this recording without autofill

    sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
    find data -type f | wc -l        must equal the number after the dot in bag-info.txt, Payload-Oxum

(On a Mac: shasum -a 256 -c ...)  Open data/report.html in any browser; it needs no network.

What it proves: these files have not changed since they were sealed, and they hold what the browser named in
data/run.json showed and what was typed into it.
What it does not prove: what the organisation did with the inquiry, and, as the seal is not signed, who made it.
"""


def seal(folder: RecordingFolder, run_id: str) -> None:
    """Write manifests, bag information and VERIFY.txt. No file may be added afterwards.

    Raises:
        DiskTrouble: something could not be written; the recording is then not sealed.
    """
    payload = folder.payload()
    sizes = [(folder.path / name).stat().st_size for name in payload]
    information = {
        "Bag-Software-Agent": f"autofill {__version__}",
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "External-Identifier": run_id,
        "Payload-Oxum": f"{sum(sizes)}.{len(sizes)}",
    }
    folder.write("bagit.txt", _BAGIT.encode())
    folder.write("bag-info.txt", "".join(f"{key}: {value}\n" for key, value in information.items()).encode())
    folder.write("VERIFY.txt", _VERIFY.encode())
    folder.write("manifest-sha256.txt", _manifest(folder, payload))
    tags = ["VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    folder.write("tagmanifest-sha256.txt", _manifest(folder, tags))


def is_sealed(folder: RecordingFolder) -> bool:
    """Whether the recording was sealed; says nothing of whether it still is as it was."""
    return (folder.path / "tagmanifest-sha256.txt").is_file()


def _manifest(folder: RecordingFolder, names: list[str]) -> bytes:
    digests = (hashlib.sha256((folder.path / name).read_bytes()).hexdigest() for name in names)
    return "".join(f"{digest}  {name}\n" for digest, name in zip(digests, names, strict=True)).encode()
