"""The programs with which a stranger checks a recording. Each one says yes or no; none of them knows autofill."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

NEEDED: Final = {"sha256sum": "coreutils", "ssh-keygen": "openssh-client", "openssl": "openssl", "shasum": "perl"}


def missing() -> list[str]:
    """Packages to install before a test can mean anything."""
    return [package for tool, package in NEEDED.items() if shutil.which(tool) is None]


def accepts(bag: Path, *command: str, stdin: Path | None = None) -> bool:
    """Whether a program, run in the recording's folder, ends without a complaint."""
    if stdin and not stdin.exists():
        return False  # as the shell says
    content = stdin.read_bytes() if stdin else b""
    return subprocess.run(command, cwd=bag, input=content, capture_output=True, check=False).returncode == 0


def sha256sum(bag: Path) -> bool:
    """The payload and the files beside it."""
    return accepts(bag, "sha256sum", "--check", "--strict", "manifest-sha256.txt", "tagmanifest-sha256.txt")


def sha256sum_of_signatures(bag: Path) -> bool:
    """The files in signatures/."""
    return accepts(bag, "sha256sum", "--check", "--strict", "signatures/SHA256SUMS")


def ssh_keygen(bag: Path, allowed: str = "signatures/allowed_signers") -> bool:
    """The signature, by one of the keys that are allowed."""
    signed = "signatures/tagmanifest-sha256.txt.sig"
    who = ["-f", allowed, "-I", "autofill", "-n", "autofill-evidence"]
    return accepts(bag, "ssh-keygen", "-Y", "verify", *who, "-s", signed, stdin=bag / "tagmanifest-sha256.txt")


def openssl(bag: Path) -> bool:
    """Every time stamp, with the certificates beside it; at least one."""
    stamps = sorted((bag / "signatures").glob("*.tsr"))
    ts = ["openssl", "ts", "-verify", "-data", "tagmanifest-sha256.txt"]
    return bool(stamps) and all(
        accepts(bag, *ts, "-in", str(stamp), "-CAfile", f"{str(stamp).removesuffix('.tsr')}-chain.pem")
        for stamp in stamps
    )


def bagit(bag: Path) -> bool:
    """The Library of Congress's own program."""
    return accepts(bag, str(Path(sys.executable).with_name("bagit.py")), "--validate", "--quiet", ".")


ALL: Final[dict[str, Callable[[Path], bool]]] = {
    "sha256sum": sha256sum,
    "sha256sum of signatures": sha256sum_of_signatures,
    "ssh-keygen": ssh_keygen,
    "openssl": openssl,
    "bagit": bagit,
}
