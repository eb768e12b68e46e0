"""What the tests of this room share: a small valid profile, changed line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.forms.catalog import load_profile
from autofill.inquiry.profile import Loaded

TODAY = date(2026, 11, 22)
PROFILE = """\
topic: missing-package
contact:
  first_name: Ada
  last_name: Jones
  email: ada@example.com
  phone: 415-555-0132
  address:
    street: 1 Main Street
    city: Boston
    state: MA
    postal_code: 02134
item:
  tracking_number: 9400111206206406260787
  mailing_date: 2026-10-05
subject: A lost package
message: A box of books did not arrive.
"""
# What the form wants besides, at the end, where it moves no line.
COMPLETE = ("did not arrive.\n", "did not arrive.\ncertify_true: yes\nsub_topic: not-received\n")


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Loaded]:
    """Loads the profile above after replacing `old` by `new` for each pair given."""

    def loaded(*changes: tuple[str, str]) -> Loaded:
        text = PROFILE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "p.yaml"
        path.write_bytes(text.encode())
        return load_profile(path, today=TODAY)[0]

    return loaded


@pytest.fixture
def complaints(load: Callable[..., Loaded]) -> Callable[..., list[str]]:
    """The lines of the error that loading the changed profile raises, without the file's name."""

    def lines(*changes: tuple[str, str]) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            load(COMPLETE, *changes)
        assert caught.value.exit_code == 65
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
        return [str(problem).partition("p.yaml:")[2] for problem in caught.value.problems]

    return lines
