"""The verb `autofill import`: another tool's recording or script becomes a form map and the draft of a profile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.tools import ImportAnswer
from autofill.authoring.check import validated
from autofill.cli.options import Json
from autofill.errors import AutofillError, DiskTrouble, InvalidFile, Misconfigured, Problem
from autofill.forms.catalog import load_form
from autofill.interchange.reading import read_flow
from autofill.language import _, plural
from autofill.mapping.imported import Imported, imported
from autofill.sources.source import read_source


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Recording or script of another tool."))],
    *,
    to: Annotated[Path, typer.Option(metavar="DIR", help=_("Folder for the form map and the profile."))] = Path(),
    json: Json = False,
) -> None:
    """Carry out `autofill import`."""
    kind, flow = read_flow(file)
    try:
        made = imported(flow, str(file))
    except LookupError:
        why = _("fills in no form: it goes to no address, or enters nothing")
        raise InvalidFile([*flow.left, Problem.of_file(str(file), why)]) from None
    form_map, profile = to / f"{made.name}.yaml", to / f"{made.name}-profile.yaml"
    _write(made, form_map, profile)
    load_form(str(form_map))  # the same checks as of any other map
    problems = _problems(form_map, profile if made.profile else None)
    if json:
        console.say_json(
            ImportAnswer(
                file=str(file),
                format=kind,
                form_map=str(form_map),
                profile=str(profile) if made.profile else None,
                left=tuple(made.left),
                problems=tuple(problems),
                exit_code=0,
            )
        )
        return
    for written in (form_map, *([profile] if made.profile else [])):
        console.say(_("Written: {file}").format(file=written))
    if count := len(made.left):
        words = plural(
            "{n} thing has no counterpart, or is not certain:",
            "{n} things have no counterpart, or are not certain:",
            count,
        )
        console.say(words.format(n=count))
    for each in made.left:
        console.say(f"  {each.file}:{each.line}: {each.field}: {each.message}")
    console.show_problems(problems)


def _write(made: Imported, form_map: Path, profile: Path) -> None:
    """Write the files; what is there already stays."""
    files = {form_map: made.form_map, **({profile: made.profile} if made.profile else {})}
    for file in files:
        if file.exists():
            words = _("{file} is there already; it was not overwritten.").format(file=file)
            raise Misconfigured(words, hint=_("Name another folder with --to."))
    for file, text in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            words = _("{file} could not be written: {reason}.").format(file=file, reason=error.strerror)
            raise DiskTrouble(words) from None


def _problems(form_map: Path, profile: Path | None) -> tuple[Problem, ...]:
    """What is still to be mended in the drafted profile."""
    if profile is None:
        return ()
    try:
        return validated(read_source(profile), profile.parent, str(form_map))[1]
    except AutofillError as error:
        return error.problems or (Problem.of_file(str(profile), str(error)),)
