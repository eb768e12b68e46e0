"""The verb `autofill validate`: check profiles, and say everything that is wrong, before anything is run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from autofill import console
from autofill.cli.options import Form, Json, Profiles
from autofill.errors import AutofillError, ExitCode, InvalidFile, Problem
from autofill.forms.catalog import load_profile, prepare_profile
from autofill.language import _
from autofill.mapping.advice import meant


def command(profiles: Profiles, *, form: Form = None, json: Json = False) -> None:
    """Carry out `autofill validate`."""
    worst = ExitCode.DONE
    for profile in profiles:
        code, problems = _check(profile, form)
        worst = max(worst, code)
        if json:
            found = [asdict(problem) for problem in problems]
            console.say_json("autofill.validate/1", profile=str(profile), exit_code=code, problems=found)
        else:
            console.show_problems(problems)
            if code is ExitCode.DONE:
                console.say(_("{profile}: ready to run").format(profile=profile))
    raise typer.Exit(worst)


def _check(profile: Path, form: str | None) -> tuple[ExitCode, tuple[Problem, ...]]:
    try:
        prepared = prepare_profile(profile, form)
        return ExitCode.DONE, (*prepared.plan.warnings, *meant(prepared.loaded, prepared.form.form_map))
    except InvalidFile as error:
        return error.exit_code, (*error.problems, *_meant(profile, form))
    except AutofillError as error:
        return error.exit_code, (Problem.of_file(str(profile), str(error).removeprefix(f"{profile}: ")),)


def _meant(profile: Path, form: str | None) -> tuple[Problem, ...]:
    """Which questions of the form its answers seem to be for, though it cannot be run."""
    try:
        loaded, to = load_profile(profile, form=form)
    except AutofillError:  # said already
        return ()
    return tuple(meant(loaded, to.form_map))
