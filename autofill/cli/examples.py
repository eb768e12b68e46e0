"""The verb `autofill examples`: bring the example profiles into a folder."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

import autofill
from autofill import console
from autofill.errors import DiskTrouble
from autofill.language import _

_PACKAGE = Path(autofill.__file__).parent
# In the wheel they are in the package; in a checkout beside it.
_PLACES = (_PACKAGE / "profiles", _PACKAGE.parent / "profiles")
# Editors look for the schema at this path, which only the checkout has.
_FOR_EDITORS = b"# yaml-language-server:"


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help=_("Folder for the examples. Created if needed."))
    ] = Path("profiles"),
) -> None:
    """Carry out `autofill examples`."""
    bundled = sorted(next(place for place in _PLACES if place.is_dir()).glob("*.yaml"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for profile in bundled:
            _copy(profile, folder / profile.name)
    except OSError as error:
        raise DiskTrouble(
            _("The examples could not be written to {folder}: {reason}.").format(folder=folder, reason=error.strerror),
            hint=_("Choose another folder: autofill examples FOLDER"),
        ) from None
    first = shlex.quote(str(folder / bundled[0].name))
    console.say(_("Next: {command}").format(command=f"autofill run {first}"))


def _copy(profile: Path, to: Path) -> None:
    """Write one, unless a file of that name is there."""
    lines = profile.read_bytes().splitlines(keepends=True)
    try:
        with to.open("xb") as file:
            file.writelines(line for line in lines if not line.startswith(_FOR_EDITORS))
        console.say(str(to))
    except FileExistsError:
        console.say(_("{file} already exists and was not changed.").format(file=to))
