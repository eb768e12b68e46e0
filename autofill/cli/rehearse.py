"""The verb `autofill rehearse`: run profiles against the owner's own site, and compare its pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from autofill.cli.options import Browser, Form, Json, Profiles
from autofill.language import _
from autofill.orders.rehearse_options import DEFAULT_REPORT, RehearseOptions


def command(
    profiles: Profiles,
    *,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help=_("The form on this computer, or on a staging site that its form map lists.")),
    ] = None,
    form: Form = None,
    retries: Annotated[
        int, typer.Option(min=0, max=9, metavar="N", help=_("More tries after a failure before the submit."))
    ] = 1,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=_("Folder of the saved screenshots."), show_default=_("baselines, beside each profile")
        ),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help=_("Save the screenshots of this rehearsal as the right ones."))
    ] = False,
    strict_pictures: Annotated[
        bool, typer.Option("--strict-pictures", help=_("Exit with 76 if a page looks different."))
    ] = False,
    report: Annotated[
        Path, typer.Option(metavar="DIR", help=_("Folder for the report and its recordings."))
    ] = DEFAULT_REPORT,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Also write the results as JUnit XML."))] = None,
    github: Annotated[
        bool | None,
        typer.Option(
            "--github/--no-github",
            help=_("Print annotations for GitHub."),
            show_default=_("on in GitHub Actions"),
        ),
    ] = None,
    browser: Browser = None,
    json: Json = False,
) -> None:
    """Carry out `autofill rehearse`."""
    options = RehearseOptions(
        profiles=tuple(dict.fromkeys(profiles)),
        url=url,
        form=form,
        retries=retries,
        baseline=baseline,
        update_baseline=update_baseline,
        strict_pictures=strict_pictures,
        report=report,
        junit=junit,
        github=os.environ.get("GITHUB_ACTIONS") == "true" if github is None else github,
        browser=browser,
        json=json,
    )
    options.check()
    from autofill.cli.rehearse_execution import carry_out  # noqa: PLC0415 - `--help` need not wait for it

    raise typer.Exit(carry_out(options))
