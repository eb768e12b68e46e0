"""`autofill forms diff`: the form map as it should be, by what a run or a check found again for certain."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from autofill import console
from autofill.cli.forms_learn import write_map
from autofill.errors import FileMissing
from autofill.evidence.keeping.bag import Damage
from autofill.forms.catalog import load_form
from autofill.forms.conversion import shortened
from autofill.language import _
from autofill.mapping.correction import corrected
from autofill.running.checks import corrections_of
from autofill.running.known_forms import FoundAgain, recorded_in
from autofill.sources.writing import yaml_text


def diff(what: str, form: Path | None, write: Path | None) -> None:
    """Show what a form map should have otherwise, and write it if asked.

    Raises:
        FileMissing: Nothing was found again.
        InvalidFile: The form map does not hold together.
    """
    name, found = _found(what)
    old = load_form(str(form) if form else name).form_map
    new = corrected(old, {(each.page, each.id): each.finds for each in found})
    before, after = (yaml_text(shortened(each)).splitlines() for each in (old, new))
    lines = list(unified_diff(before, after, old.id, _("{form}, corrected").format(form=old.id), lineterm=""))
    if not lines:
        console.say(_("{form} has these corrections already.").format(form=old.id))
        return
    console.say_text("\n".join(lines))
    if write is not None:
        write_map(new, write)
        console.say(_("Written: {file}").format(file=write))
        console.tell(_("To use it: {command}").format(command=f"autofill forms add {write}"))


def _found(what: str) -> tuple[str, tuple[FoundAgain, ...]]:
    """The form's name, and what was found again: in a recording, or by the last run or check of a form."""
    if (Path(what) / "data").is_dir():
        try:
            seen = recorded_in(Path(what))
        except Damage as damage:
            words = _("{recording} does not say what its form was like: {damage}")
            raise FileMissing(words.format(recording=what, damage=damage), hint=_("Name another recording.")) from None
        name, found = seen.form, seen.repaired
    else:
        name = what
        found = corrections_of(load_form(what).form_map.id)
    if not found:
        words = _("Nothing of {form} was found again under other words, so there is nothing to correct.")
        raise FileMissing(words.format(form=name), hint=_("Look at the form first: autofill forms check NAME"))
    return name, found
