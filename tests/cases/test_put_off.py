"""What is put off comes back by itself, and a file that is broken puts nothing off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from autofill.cases.following.put_off import PutOff
from autofill.errors import DiskTrouble

NOW = datetime(2026, 11, 29, 12).astimezone()


def test_what_is_put_off_is_back_the_next_day(tmp_path: Path) -> None:
    kept = PutOff(tmp_path / "state" / "put-off.json")
    kept.until_tomorrow("case", NOW)
    kept.until_tomorrow("other", NOW)
    assert kept.until(NOW) == {"case": date(2026, 11, 30), "other": date(2026, 11, 30)}
    assert kept.until(NOW.replace(hour=23, minute=59)) == kept.until(NOW)
    assert kept.until(NOW + timedelta(hours=12)) == {}

    kept.bring_back("case", NOW)

    assert list(kept.until(NOW)) == ["other"]
    assert kept.file.stat().st_mode & 0o077 == 0
    kept.until_tomorrow("third", NOW + timedelta(days=1))
    assert "other" not in kept.file.read_text()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"case": "tomorrow"}', '{"case": 5}', "[" * 100_000, '"\\ud800"'])
def test_a_broken_file_puts_nothing_off(tmp_path: Path, content: str) -> None:
    (tmp_path / "put-off.json").write_text(content)
    kept = PutOff(tmp_path / "put-off.json")
    assert kept.until(NOW) == {}
    kept.until_tomorrow("case", NOW)
    assert list(kept.until(NOW)) == ["case"]


def test_where_nothing_can_be_kept_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(DiskTrouble, match="cannot be written"):
        PutOff(tmp_path / "state" / "put-off.json").until_tomorrow("case", NOW)
