"""The table of organisations: those that come with autofill (`registry.yaml`), and the person's own folders.

Names of files only, until a file of one organisation is asked for; its rules are in its folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from platformdirs import user_config_path

from autofill.errors import InvalidFile, Misconfigured, Problem
from autofill.language import _
from autofill.organisations.organisation import Organisation, entries
from autofill.sources.source import Source, read_source

_HERE: Final = Path(__file__).parent


# Of whom nothing is known: an answer in three business days, a week without holidays, no mails, nowhere to escalate.
GENERAL: Final = Organisation("general")


def built_in() -> tuple[str, ...]:
    """The ids of those that come with autofill."""
    return tuple(map(str, _registered().data["organisations"]))


def organisation(name: str) -> Organisation:
    """The organisation of this id.

    Raises:
        Misconfigured: There is none.
    """
    table = _table(own_folder())
    if name not in table:
        raise Misconfigured(
            _("No such organisation; there are: {known}").format(known=", ".join(table)),
            hint=_("Your own are folders in {folder}.").format(folder=own_folder()),
        )
    return table[name]


def organisation_of_form(form: str) -> Organisation:
    """The organisation that holds the form map of this name, or whose id the name begins with; else `GENERAL`."""
    table = _table(own_folder()).values()
    holder = next((each for each in table if form in each.forms), None)
    named = (each for each in table if form.startswith(f"{each.id}-"))
    return holder or max(named, key=lambda each: len(each.id), default=GENERAL)


def organisation_called(name: str) -> Organisation:
    """The organisation of this id or title; `GENERAL` if there is none."""
    table = _table(own_folder())
    if name in table:
        return table[name]
    return next((each for each in table.values() if each.data.title.casefold() == name.casefold()), GENERAL)


def form_files() -> Mapping[str, Path]:
    """All form maps that are installed: name -> file, in the order of their names."""
    every = {form: file for each in _table(own_folder()).values() for form, file in each.forms.items()}
    return dict(sorted(({**own_forms(), **every}).items()))


def form_file(name: str) -> tuple[Path, Organisation | None] | None:
    """The file of one form map, and the organisation that holds it; of one that a person has added, nobody does."""
    holder = next((each for each in _table(own_folder()).values() if name in each.forms), None)
    if holder is not None:
        return holder.forms[name], holder
    own = own_forms().get(name)
    return None if own is None else (own, None)


def own_forms() -> Mapping[str, Path]:
    """The form maps that a person has added: name -> file."""
    return {path.stem: path for path in sorted(own_forms_folder().glob("*.yaml"))}


def own_forms_folder() -> Path:
    """Where the form maps are that a person has added."""
    return user_config_path("autofill") / "forms"


def default_form() -> str:
    """The form that a profile means which names none."""
    return str(_registered().data["default_form"])


def own_folder() -> Path:
    """Where a person's own organisations are."""
    return user_config_path("autofill") / "organisations"


@cache
def _table(own: Path) -> Mapping[str, Organisation]:
    """Every organisation by its id. A folder or form of one's own cannot take the place of what comes with autofill.

    Raises:
        InvalidFile: An id or the name of a form is taken twice.
    """
    table = {name: Organisation(name, _HERE / name, is_built_in=True) for name in built_in()}
    forms = {form for each in table.values() for form in each.forms}
    for folder in entries(own):
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        mine = Organisation(folder.name, folder)
        if mine.id in table:
            words = _("an organisation of this name comes with autofill; rename the folder")
            raise InvalidFile([Problem.of_file(str(folder), words)])
        for form in mine.forms:
            if form in forms:
                words = _("another organisation has a form map of this name; rename the file")
                raise InvalidFile([Problem.of_file(str(mine.forms[form]), words)])
        forms |= {*mine.forms}
        table[mine.id] = mine
    return table


@cache
def _registered() -> Source:
    return read_source(_HERE / "registry.yaml")
