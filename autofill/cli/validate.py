"""The verb `autofill validate`: check profiles, and say everything that is wrong, before anything is run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import typer

from autofill import console
from autofill.answers.profiles import ValidateAnswer
from autofill.authoring.check import form_for, validated
from autofill.cli.options import Form, Json, Profiles
from autofill.errors import AutofillError, ExitCode, InvalidFile, Problem
from autofill.language import _
from autofill.sources.source import read_source


def command(profiles: Profiles, *, form: Form = None, json: Json = False) -> None:
    """Carry out `autofill validate`."""
    worst = ExitCode.DONE
    for profile in profiles:
        code, problems = _check(profile, form)
        worst = max(worst, code)
        if json:
            console.say_json(ValidateAnswer(profile=str(profile), exit_code=code, problems=problems))
        else:
            console.show_problems(problems)
            if code is ExitCode.INVALID_FILE and form is None:
                _say_which_form(profile)
            if code is ExitCode.DONE:
                console.say(_("{profile}: ready to run").format(profile=profile))
    raise typer.Exit(worst)


def _say_which_form(profile: Path) -> None:
    """Tell for which form a profile was checked that names none: another may ask for something else."""
    with suppress(AutofillError):
        source = read_source(profile)
        if not source.has(("form",)):
            words = _(
                "Checked for the form {form}, as the profile names none. For another: --form NAME; for one that "
                "autofill does not know: autofill run --url ADDRESS"
            )
            console.say(words.format(form=form_for(source).form_map.id))


def _check(profile: Path, form: str | None) -> tuple[ExitCode, tuple[Problem, ...]]:
    try:
        return validated(read_source(profile), profile.parent, form)
    except InvalidFile as error:
        return error.exit_code, error.problems
    except AutofillError as error:
        return error.exit_code, (Problem.of_file(str(profile), str(error).removeprefix(f"{profile}: ")),)
