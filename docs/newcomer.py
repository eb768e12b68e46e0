"""A newcomer's place on a machine: no path, account or key of this one gets into a picture that is made there."""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

_PROFILES = Path(__file__).resolve().parents[1] / "profiles"


@contextlib.contextmanager
def newcomers_folder(**environment: str) -> Iterator[None]:
    """A folder of its own to stand in, with the example profiles, and settings that are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("profiles").symlink_to(_PROFILES)
        # Absolute: relative paths are void in these variables, and the runs' key would be this account's own.
        found = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        settings = {"PATH": found, "XDG_CONFIG_HOME": f"{folder}/config", "XDG_STATE_HOME": f"{folder}/state"}
        with mock.patch.dict(os.environ, settings | environment):
            yield
