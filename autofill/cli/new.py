"""The verb `autofill new`: write a profile by answering questions, or go on with one."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.authoring.profile_file import new_draft, read_draft
from autofill.cli.new_interview import Interview, tell_result
from autofill.cli.options import Form
from autofill.errors import ExitCode, FileMissing
from autofill.language import _


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help=_("Profile to write or to continue."), show_default=_("named after the topic")
        ),
    ] = None,
    *,
    like: Annotated[
        Path | None,
        typer.Option("--from", metavar="PROFILE", help=_("Start with the answers of an earlier profile.")),
    ] = None,
    form: Form = None,
) -> None:
    """Carry out `autofill new`."""
    is_there = file is not None and file.exists()
    if is_there and like:
        raise typer.BadParameter(_("This file already exists; choose another, or leave out --from."))
    if like and not like.exists():
        raise FileMissing(_("{file}: no such file, or it cannot be read").format(file=like))
    draft = read_draft(file, form) if file and is_there else new_draft(file or Path("inquiry.yaml"), form, like)
    interview = Interview(draft, needs_name=file is None)
    try:
        interview.ask_all()
    except KeyboardInterrupt:
        console.tell()
        if interview.draft.tag:
            name = shlex.quote(str(interview.draft.path))
            console.tell(_("Stopped. Your answers so far are in {file}.").format(file=interview.draft.path))
            console.tell(_("Continue with: {command}").format(command=f"autofill new {name}"))
        else:
            console.tell(_("Stopped. Nothing was written."))
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    raise typer.Exit(tell_result(interview))
