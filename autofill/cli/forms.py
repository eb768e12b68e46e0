"""The verb `autofill forms`: list the form maps, show, shorten, draft, learn, check, correct or install one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from autofill import console
from autofill.cli.options import Browser, Json
from autofill.errors import InvalidFile, Misconfigured, Problem
from autofill.forms.catalog import add_form, load_form
from autofill.forms.conversion import shortened
from autofill.language import _, plural
from autofill.organisations.registry import form_files
from autofill.sources.writing import yaml_text


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[convert|draft|learn|check|diff|add] NAME|FILE|URL [PROFILE]", help=_("One form map, or a page.")
        ),
    ] = None,
    what: Annotated[str | None, typer.Argument(hidden=True)] = None,
    profile: Annotated[Path | None, typer.Argument(hidden=True)] = None,
    *,
    url: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help=_("Learn or check the form at this address on this computer."))
    ] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Write the learned or corrected map to this file."))
    ] = None,
    live: Annotated[bool, typer.Option("--live", help=_("Check the real form. It is only read."))] = False,
    output: Annotated[
        Literal["text", "markdown", "github"], typer.Option("--format", help=_("How to say what a check found."))
    ] = "text",
    json: Json = False,
    browser: Browser = None,
) -> None:
    """Carry out `autofill forms`."""
    if what is None:
        _show(name)
        return
    match name:
        case "convert":
            console.say_text(yaml_text(shortened(load_form(what).form_map)).rstrip())
        case "draft":
            _draft(what, profile, browser)
        case "learn":
            _learn(what, profile, url=url, browser=browser, write=write)
        case "check":
            from autofill.cli.forms_check import check  # noqa: PLC0415 - loads the browser's library

            check(what, url, live=live, browser=browser, how="json" if json else output)
        case "diff":
            from autofill.cli.forms_diff import diff  # noqa: PLC0415 - few ask for it

            diff(what, profile, write)
        case "add":
            console.say(_("Installed: {file}").format(file=add_form(what)))
        case _:
            raise Misconfigured(
                _("Too many form maps. Give one."),
                hint=_(
                    "autofill forms NAME, or convert NAME|FILE, draft URL|FILE.html [PROFILE],"
                    " learn NAME PROFILE, check NAME, diff NAME|RECORDING, add FILE"
                ),
            )


def _draft(address: str, profile: Path | None, browser: str | None) -> None:
    from autofill.mapping.survey import survey  # noqa: PLC0415
    from autofill.orders.drafting import explored  # noqa: PLC0415 - loads the browser's library

    drafted = asyncio.run(survey(address, browser))
    if (drafted.goes_on or drafted.unfolds) and profile is not None and not drafted.url.startswith("file:"):
        drafted = explored(drafted, profile, browser)
    console.say_text(drafted.text.rstrip())
    if drafted.goes_on:
        words = _("The form continues after “{button}”. To draft its other pages, add a profile (nothing is sent):")
        command = f"autofill forms draft {address} PROFILE"
        console.tell(f"{words.format(button=drafted.pages[-1].button)} {command}")
    if count := len(drafted.open):
        words = plural("{n} required control is not certain.", "{n} required controls are not certain.", count)
        console.tell(words.format(n=count))


def _learn(form: str, profile: Path | None, *, url: str | None, browser: str | None, write: Path | None) -> None:
    if profile is None or not sys.stdin.isatty():
        raise Misconfigured(
            _("learn needs a profile and a terminal, as you walk through the form yourself."),
            hint=_("autofill forms learn NAME PROFILE"),
        )
    from autofill.cli.forms_learn import learn  # noqa: PLC0415 - loads the browser's library
    from autofill.jobs.lesson import Lesson  # noqa: PLC0415

    learn(Lesson(form, profile, url, browser), write)


def _show(name: str | None) -> None:
    broken: list[Problem] = []
    for each in [name] if name else form_files():
        try:
            form = load_form(each)
            console.show_form_map(form.form_map, whole=name is not None)
            console.show_problems(form.warnings)
        except InvalidFile as invalid:  # one broken map must not hide the others
            broken += invalid.problems
    if broken:
        raise InvalidFile(broken)
