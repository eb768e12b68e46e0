"""`autofill forms diff`: the form map as it should be, by what a run or a check found again for certain."""

from __future__ import annotations

import shlex
from difflib import unified_diff
from pathlib import Path

from autofill import console
from autofill.cli.forms_learn import write_text
from autofill.errors import FileMissing
from autofill.evidence.keeping.bag import Damage
from autofill.forms.catalog import form_file, load_form
from autofill.language import _
from autofill.mapping.correction import corrected
from autofill.mapping.repair import repaired_map
from autofill.running.checks import corrections_of
from autofill.running.known_forms import FoundAgain, recorded_in
from autofill.sources.editing import YamlText
from autofill.sources.source import read_file


def diff(what: str, form: Path | None, write: Path | None) -> None:
    """Show what a form map should have otherwise, and write it if asked.

    Raises:
        FileMissing: Nothing was found again.
        InvalidFile: The form map does not hold together.
    """
    name, found = _found(what)
    called = str(form) if form else name
    old, file = load_form(called).form_map, form_file(called)
    before = read_file(file).decode("utf-8-sig")
    after = repaired_map(before, str(file), corrected(old, found))
    if after == before:
        console.say(_("{form} has these corrections already.").format(form=old.id))
        return
    names = old.id, _("{form}, corrected").format(form=old.id)
    console.say_text("\n".join(unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")))
    if write is not None:
        write_text(str(YamlText(after, str(file)).with_value(("id",), write.stem)), write)
        console.say(_("Written: {file}").format(file=write))
        console.tell(_("To use it: {command}").format(command=f"autofill forms add {shlex.quote(str(write))}"))


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
    found = tuple(each for each in found if each.finds)
    if not found:
        words = _("Nothing of {form} was found again under other words, so there is nothing to correct.")
        raise FileMissing(words.format(form=name), hint=_("Look at the form first: autofill forms check NAME"))
    return name, found
