"""Names of recordings on the command line: everywhere a path will do, and the name alone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from autofill.evidence.keeping.folder import ARCHIVE
from autofill.language import _

NamedRecording = Annotated[
    Path, typer.Argument(readable=False, metavar="RECORDING", help=_("A recording: its path or its name."))
]
NamedRecordings = Annotated[
    list[Path], typer.Argument(readable=False, metavar="RECORDING", help=_("Recordings: their paths or names."))
]


def recordings_named(names: Iterable[Path], recordings: Path) -> list[Path]:
    """Where recordings are that were named by a path or, if they are in the folder `recordings`, by name alone."""
    return [_place_of(name, recordings) for name in names]


def run_named(name: str, recordings: Path) -> tuple[str, Path]:
    """The run that is meant by its name, or by the path of its recording; and the folder that its recording is in."""
    path = Path(os.path.abspath(name))  # noqa: PTH100 - a link to a recording has the name
    if _is_there(name) and (path.is_dir() or path.name.endswith(ARCHIVE)):
        recordings = path.parent
    return (path.name if os.sep in name else name).removesuffix(ARCHIVE), recordings


def _place_of(name: Path, recordings: Path) -> Path:
    if _is_there(name) or name.name != str(name):
        return name
    return next(filter(_is_there, (recordings / name, recordings / f"{name}{ARCHIVE}")), name)


def _is_there(path: str | Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - of no path at all that is too long or too strange, it says no
