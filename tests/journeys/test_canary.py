"""Unmistakable personal values are searched for everywhere but in the recording's own pictures, values and report."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.conftest import one_in
from tests.journeys import canaries
from tests.journeys.conftest import RunDesk

PROFILE = """topic: missing-package
sub_topic: not-received
contact:
  first_name: Zebulonia
  last_name: Quetzalcoatlus
  company: Krakatoa Knitwear
  email: zebulonia.quetzal@example.com
  phone: (415) 555-0177
  address:
    street: 4711 Xylophone Crescent
    city: Wolverhampton Springs
    state: CA
    postal_code: 94107
item:
  tracking_number: 9400111899223197428497
  recipient_address: {street: 99 Yggdrasil Row, city: Ouagadougou Heights, state: NV, postal_code: 89501}
subject: Rhinoceros figurine missing
message: My rhinoceros figurine "Björn & Sons" never came.
attachments: [receipt-of-quetzalcoatlus.txt]
certify_true: yes
"""
CANARIES = (
    "Zebulonia",
    *canaries.TYPED,
)


def leaks(name: str, content: bytes) -> list[str]:
    return canaries.leaks(name, content, CANARIES)


@pytest.mark.parametrize(
    ("fault", "code"),
    one_in(
        2, [(None, 0), ("renamed=City", 76), ("reject=First Name", 82), ("reset@submit", 80), ("mask=Last Name", 76)]
    ),
    ids=["confirmed", "changed", "refused", "reset", "masked"],
)
def test_no_personal_value_leaks(fault: str | None, code: int, tmp_path: Path) -> None:
    profile = tmp_path / "inquiry.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    (tmp_path / "receipt-of-quetzalcoatlus.txt").write_text("secret receipt")
    with serving(ReplicaOptions(delay_ms=0, faults=(fault,) if fault else ())) as replica:
        desk = RunDesk(replica.url, tmp_path / "recordings")
        running = subprocess.Popen(
            desk.command("--json", profile), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_talkative(tmp_path)
        )
        # Other tests run beside this one: the run's processes, the browser's too, are known by what they inherit.
        arguments, mark, others = b"", f"CANARY_OF={tmp_path}".encode(), set[Path]()
        while running.poll() is None:
            # Not by a pattern: globbing looks each process up again, and it may have ended meanwhile.
            processes = {path for path in Path("/proc").iterdir() if path.name.isdecimal()}
            # What a process inherits it has from its birth on: whoever is another's stays one, and is not read again.
            others |= {path for path in processes - others if (all_ := _read(path / "environ")) and mark not in all_}
            arguments += b"".join(_read(path / "cmdline") for path in processes - others)
            time.sleep(0.01)
        out, said = running.communicate()

    assert running.returncode == code, out
    assert b"autofill" in arguments
    found = leaks("stdout", out) + leaks("stderr", said) + leaks("process arguments", arguments)
    files = [path for path in desk.recordings.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        name = path.relative_to(desk.recordings).as_posix()
        found += leaks("a file name", name.encode())
        if not canaries.is_private(name):
            found += leaks(name, path.read_bytes())
    assert found == []


def _talkative(owner: Path) -> dict[str, str]:
    return os.environ | {"LOGURU_LEVEL": "DEBUG", "CANARY_OF": str(owner)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it ended meanwhile
