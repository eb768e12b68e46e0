"""The file is private and durable, and whatever is wrong with it is said before anything starts."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from autofill.cases.ledger import database
from autofill.cases.ledger.database import connect, reading, transaction
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.model.run_states import State
from autofill.errors import DiskTrouble, Misconfigured
from tests.cases.conftest import Running

ANOTHER_PROCESS = Path(__file__).parents[1] / "another_process.py"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_folder_and_files_are_private(ledger: Ledger, path: Path) -> None:
    """Those that SQLite keeps beside the ledger too, and nothing is left of making it."""
    ledger.prepare("run-1", "key", space="live", form="a-form")

    assert mode(path.parent) == 0o700
    assert {file.name: mode(file) for file in path.parent.iterdir()} == {
        path.name: 0o600,
        f"{path.name}-wal": 0o600,
        f"{path.name}-shm": 0o600,
    }


def test_a_ledger_that_others_could_read_is_made_private_again(ledger: Ledger, path: Path) -> None:
    ledger.close()
    path.chmod(0o644)

    open_ledger(path).close()

    assert mode(path) == 0o600


def test_every_connection_is_durable(path: Path) -> None:
    """The first, one beside it, and one after both were closed."""
    engine = connect(path)
    found = []
    for _ in range(2):
        with engine.connect() as one, engine.connect() as other:
            for connection in (one, other):
                raw = connection.connection.driver_connection
                assert raw
                names = ("journal_mode", "synchronous", "fullfsync", "foreign_keys", "busy_timeout")
                found.append([raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names])
                connection.connection.invalidate()
    engine.dispose()

    assert found == [["wal", 2, 1, 1, 30_000]] * 4


@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace here")
def test_the_claim_is_on_the_disk_before_the_click(path: Path, tmp_path: Path) -> None:
    """What `submitting` writes ahead is synced after its last write and before it returns."""
    trace = tmp_path / "trace"
    calls = ["strace", "-y", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", str(trace)]
    subprocess.run(
        [*calls, sys.executable, str(ANOTHER_PROCESS), "claim", str(path)], check=True, stdout=subprocess.PIPE
    )

    _, _, claiming = trace.read_text().partition("BEFORE")
    claiming, returned, _ = claiming.partition("AFTER")
    done = re.findall(rf"^(\w+)\(\d+<{re.escape(str(path))}-wal>.* = (\d+)$", claiming, re.MULTILINE)

    assert returned
    last_write = max(number for number, (call, _) in enumerate(done) if call == "pwrite64")
    assert done[last_write + 1] in {("fdatasync", "0"), ("fsync", "0")}


def test_a_transaction_takes_the_write_lock_at_once(path: Path) -> None:
    """Otherwise two of them could both look, and then both write."""
    engine = connect(path)

    with (
        closing(sqlite3.connect(path, timeout=0)) as other,
        transaction(engine),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")

    engine.dispose()


def test_reading_waits_for_nobody_who_writes(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor can it write by mistake while another does."""
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    engine = connect(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")

        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM secret").scalar() == 1
        with pytest.raises(DiskTrouble, match="locked"), reading(engine) as connection:
            connection.exec_driver_sql("DELETE FROM secret")

    engine.dispose()


def test_an_error_in_a_transaction_undoes_it(ledger: Ledger, path: Path) -> None:
    engine = connect(path)

    with pytest.raises(DiskTrouble):
        _fail_halfway(engine)

    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM secret").scalar() == 1
    engine.dispose()


def _fail_halfway(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.exec_driver_sql("DELETE FROM secret")
        connection.exec_driver_sql("no SQL at all")


def refused(where: str | Path) -> DiskTrouble:
    with pytest.raises(DiskTrouble) as refusal:
        open_ledger(where)
    assert refusal.value.hint
    return refusal.value


def test_a_locked_ledger_is_refused(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert "is locked by another program" in str(refused(path))


def another_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER)")
        return connection.serialize()


@pytest.mark.parametrize("content", [b"", b"\n", b"Dear diary, " * 100, b"SQLite format 3\0", another_database()])
def test_a_file_that_holds_no_ledger_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    """A7. Whatever it is: it may have been one, and to begin anew would be to send again."""
    path.parent.mkdir()
    path.write_bytes(content)

    refusal = refused(path)

    assert "is not a ledger" in str(refusal)
    assert refusal.exit_code == 74
    assert path.read_bytes() == content


def test_a_ledger_without_its_salt_or_its_version_is_refused(ledger: Ledger, path: Path) -> None:
    ledger.close()
    for table in ("secret", "schema_version"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"DELETE FROM {table}")

        assert "is not a ledger" in str(refused(path))


@pytest.mark.parametrize("damaged", [2, 4, 6])
def test_a_damaged_ledger_is_refused(ledger: Ledger, path: Path, damaged: int) -> None:
    """On whichever of its pages the damage is."""
    ledger.prepare("run-1", "key", space="live", form="a-form")
    ledger.close()
    content = bytearray(path.read_bytes())
    content[4096 * (damaged - 1) : 4096 * damaged] = b"\xff" * 4096
    path.write_bytes(content)

    assert "is damaged" in str(refused(path))


@pytest.mark.parametrize("left", [0, 1, 16, 100, 1000, 4096, 4096 * 2, 4096 * 3 + 7, -4096, -1])
def test_a_ledger_cut_short_is_refused_and_left_alone(ledger: Ledger, path: Path, left: int) -> None:
    """A7. To nothing, to one byte, to its header, to its first pages, by its last page or byte."""
    ledger.prepare("run-1", "key", space="live", form="a-form")
    ledger.close()
    os.truncate(path, left if left >= 0 else path.stat().st_size + left)
    content = path.read_bytes()

    assert re.search("is damaged|is not a ledger", str(refused(path)))
    assert path.read_bytes() == content


def test_a_link_to_nothing_is_no_fresh_start(path: Path) -> None:
    """A7. Its drive may not be there: nothing is made where it leads to."""
    path.parent.mkdir()
    path.symlink_to(path.parent / "elsewhere")

    assert "is not a ledger" in str(refused(path))
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_link_to_a_ledger_is_that_ledger(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    ledger.prepare("run-1", "key", space="live", form="a-form")
    (tmp_path / "link").symlink_to(path)

    with open_ledger(tmp_path / "link") as same:
        assert same.knows("run-1")


def test_a_ledger_that_was_deleted_while_a_run_died_is_no_fresh_start(
    ledger: Ledger, path: Path, running: Running
) -> None:
    """A7. What it had written ahead tells that it was there."""
    with running(State.SUBMITTING, "run-1"):
        pass
    path.unlink()

    assert "is not a ledger" in str(refused(path))


@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
def test_a_ledger_that_is_removed_while_it_is_in_use_takes_nothing_more(
    path: Path, tmp_path: Path, *, replaced: bool
) -> None:
    """What is written to a file that nobody finds again would be sent once more by the next command."""
    other = tmp_path / "another"
    open_ledger(other).close()
    with open_ledger(path) as ledger:
        ledger.prepare("run-1", "key", space="live", form="a-form")
        path.unlink()
        if replaced:
            shutil.copy(other, path)

        with pytest.raises(DiskTrouble, match="is not a ledger"):
            ledger.prepare("run-2", "another", space="live", form="a-form")


def test_what_is_claimed_is_in_the_file_itself(path: Path, running: Running) -> None:
    """A7. Whoever dies, and whoever then deletes what SQLite had written ahead or copies the ledger without it."""
    with running(State.SUBMITTING, "run-1"):
        pass
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink()

    with open_ledger(path) as found:
        assert found.row("run-1").state is State.UNKNOWN


@pytest.mark.parametrize("checked", [0, 4096])
def test_damage_on_the_way_to_a_claim_is_found_in_a_ledger_of_any_size(
    ledger: Ledger, path: Path, checked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is too large to be looked through at each opening is refused when the damage is come to."""
    monkeypatch.setattr(database, "_CHECKED", checked)
    ledger.prepare("run-1", "key", space="live", form="a-form")
    ledger.close()
    with closing(sqlite3.connect(path)) as connection:
        page = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_runs_2'"
        (root,) = connection.execute(page).fetchone()
    content = bytearray(path.read_bytes())
    content[4096 * (root - 1) : 4096 * root] = b"\xff" * 4096
    path.write_bytes(content)

    with pytest.raises(DiskTrouble, match="is damaged"), open_ledger(path) as opened:
        opened.prepare("run-2", "key", space="live", form="a-form")


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)

    assert "cannot be opened" in str(refused(path))


def test_a_file_in_the_place_of_its_folder_is_refused(path: Path) -> None:
    path.parent.write_text("")

    assert "cannot be used" in str(refused(path))


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o400, 0o500), (0o600, 0o500)])
def test_a_ledger_that_cannot_be_written_is_refused(ledger: Ledger, path: Path, file: int, folder: int) -> None:
    ledger.close()
    path.chmod(file)
    path.parent.chmod(folder)
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []

    done = subprocess.run(
        [*powerless, sys.executable, ANOTHER_PROCESS, "claim", path], check=False, capture_output=True, text=True
    )
    path.parent.chmod(0o700)

    assert re.search(r"DiskTrouble: The ledger (is read-only|cannot be opened)\.$", done.stderr, re.MULTILINE)
    assert done.stdout == ""


def test_postgresql_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", {}.get)

    with pytest.raises(Misconfigured, match="psycopg") as refusal:
        open_ledger("postgresql://127.0.0.1/autofill")

    assert "pip install" in refusal.value.hint


@pytest.mark.parametrize("address", ["mysql://ana:canary@127.0.0.1/db", "postgresql://ana:canary@127.0.0.1:port/db"])
def test_an_address_of_another_kind_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        open_ledger(address)

    assert "canary" not in str(refusal.value) + refusal.value.hint


def test_nothing_personal_is_in_any_of_its_files(ledger: Ledger, path: Path) -> None:
    """Looked for as written, folded, and in UTF-16, while the write-ahead log still holds everything."""
    canaries = ["Canaria", "Zwitscherstraße", "8005550199", "캔어리"]
    key, *_older = ledger.keys(
        "form", "https://example.com", {f"field-{number}": text for number, text in enumerate(canaries)}
    )
    ledger.prepare("run-1", key, space="live", form="form")
    ledger.filled("run-1")
    ledger.submitting("run-1")

    raw = b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))

    assert key.encode() in raw
    forms = [form for text in canaries for form in (text, text.casefold(), text.upper())]
    assert not [form for form in forms if form.encode() in raw or form.encode("utf-16-le") in raw]
