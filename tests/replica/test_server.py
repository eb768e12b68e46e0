"""Starting and stopping the practice site."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from autofill.replica import ReplicaOptions, serving
from autofill.replica.office.errors import RecordsError


def test_a_site_answers_at_once_and_is_gone_afterwards(read: Any) -> None:
    """The first request may come at once; when the block is left, nothing listens any more."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        assert replica.url.startswith("http://127.0.0.1:")
        assert read(f"{replica.url}/_replica/health") == {"status": "ok"}
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(replica.url)


def test_two_sites_share_nothing(read: Any) -> None:
    """Each has its own address and its own memory."""
    with serving(ReplicaOptions(delay_ms=0)) as one, serving(ReplicaOptions(delay_ms=0)) as two:
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{one.url}/s/sfsites/aura", b"submitInquiry")
        caught.value.close()
        assert read(f"{one.url}/_replica/submissions")["requests"] == 1
        assert read(f"{two.url}/_replica/submissions")["requests"] == 0


def test_a_taken_port_is_said_at_once() -> None:
    """The caller, not the thread, meets the error."""
    with (
        serving() as replica,
        pytest.raises(OSError, match="in use"),
        serving(port=int(replica.url.rpartition(":")[2])),
    ):
        pass


def test_a_site_that_cannot_be_made_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Its requests fail, and its caller is told why."""
    (tmp_path / "diary").write_text("Dear diary,\n" * 100)
    options = ReplicaOptions(state=tmp_path / "diary")
    with pytest.raises(RecordsError), serving(options) as replica, pytest.raises(OSError, match=r"refused|reset"):
        urllib.request.urlopen(replica.url, timeout=30)


def test_importing_the_room_imports_no_web_server_and_no_other_room() -> None:
    """A practice run's browser starts while the web server is still being imported."""
    code = "import sys, autofill.replica; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"uvicorn", "starlette", "playwright"} & set(modules)
    rooms = {name for name in modules if name.startswith("autofill.")}
    assert all(name.startswith("autofill.replica") for name in rooms)
