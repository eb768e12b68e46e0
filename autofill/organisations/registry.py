"""The table of organisations: those that come with autofill, and the person's own folders beside them.

Names of files only, until a file of one organisation is asked for; its rules are in its folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from platformdirs import user_config_path

from autofill.errors import FileMissing, InvalidFile, Misconfigured, Problem
from autofill.language import _
from autofill.organisations.model import OrganisationData
from autofill.sources.source import read_source
from autofill.sources.validation import validate_source

BUILT_IN: Final = ("usps",)
_HERE: Final = Path(__file__).parent
_DATA: Final = "organisation.yaml"


@dataclass(frozen=True)
class Organisation:
    """One organisation: its id and the folder that holds all about it; files in it are read when they are needed."""

    id: str
    folder: Path | None = None

    @cached_property
    def data(self) -> OrganisationData:
        """Its `organisation.yaml`; of `GENERAL`, what holds where nothing is known.

        Raises:
            FileMissing: There is no such file.
            InvalidFile: It is wrong; carries every problem found.
        """
        if self.folder is None:
            return OrganisationData(id=self.id, title=self.id)
        source = read_source(self.folder / _DATA)
        data = validate_source(source, OrganisationData)
        if data.id != self.id:
            message = _("must be the name of its folder: {name}").format(name=self.id)
            raise InvalidFile([source.problem(("id",), message)])
        return data

    @cached_property
    def forms(self) -> Mapping[str, Path]:
        """Its form maps: name -> file."""
        if self.folder is None:
            return {}
        return {path.stem: path for path in _entries(self.folder / "forms") if path.suffix == ".yaml"}


# Of whom nothing is known: an answer in three business days, a week without holidays, no mails, nowhere to escalate.
GENERAL: Final = Organisation("general")


def organisations() -> tuple[str, ...]:
    """The ids of all organisations: those that come with autofill first, then the person's own."""
    return tuple(_table(own_folder()))


def organisation(name: str) -> Organisation:
    """The organisation of this id.

    Raises:
        Misconfigured: There is none.
    """
    table = _table(own_folder())
    if name not in table:
        raise Misconfigured(
            _("There is no such organisation; there are: {known}").format(known=", ".join(table)),
            hint=_("Your own are folders in {folder}.").format(folder=own_folder()),
        )
    return table[name]


def organisation_of_form(form: str) -> Organisation:
    """The organisation that holds the form map of this name, or whose id the name begins with; else `GENERAL`."""
    table = _table(own_folder()).values()
    holder = next((each for each in table if form in each.forms), None)
    named = (each for each in table if form.startswith(f"{each.id}-"))
    return holder or max(named, key=lambda each: len(each.id), default=GENERAL)


def form_files() -> Mapping[str, Path]:
    """All form maps of all organisations: name -> file, in the order of their names."""
    every = (form for each in _table(own_folder()).values() for form in each.forms.items())
    return dict(sorted(every))


def own_folder() -> Path:
    """Where a person's own organisations are."""
    return user_config_path("autofill") / "organisations"


@cache
def _table(own: Path) -> Mapping[str, Organisation]:
    """Every organisation by its id. A folder or form of one's own cannot take the place of what comes with autofill.

    Raises:
        InvalidFile: An id or the name of a form is taken twice.
    """
    table = {name: Organisation(name, _HERE / name) for name in BUILT_IN}
    forms = {form for each in table.values() for form in each.forms}
    for folder in _entries(own):
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        mine = Organisation(folder.name, folder)
        if mine.id in table:
            words = _("an organisation of this name comes with autofill; rename the folder")
            raise InvalidFile([Problem(str(folder), 0, 0, "", words)])
        for form in mine.forms:
            if form in forms:
                words = _("another organisation has a form map of this name; rename the file")
                raise InvalidFile([Problem(str(mine.forms[form]), 0, 0, "", words)])
        forms |= {*mine.forms}
        table[mine.id] = mine
    return table


def _entries(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except FileNotFoundError:
        return ()
    except OSError:
        raise FileMissing(
            _("{file} cannot be read.").format(file=folder), hint=_("Is it a folder, and yours to read?")
        ) from None
