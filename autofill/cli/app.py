"""The program `autofill`: its verbs, and how any error becomes words and an exit code. No verb's work lives here.

Verbs import what they need when they run, so that `--help` and `validate` load neither browser, SQL nor web server.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from inspect import cleandoc
from typing import Annotated, NoReturn

import typer
from typer._click.exceptions import UsageError

from autofill import __version__, console
from autofill.cli import (
    cases,
    decrypt,
    doctor,
    encrypt,
    followup,
    forms,
    install,
    login,
    mail,
    plan,
    purge,
    replica,
    resolve,
    review,
    run,
    schema,
    seal,
    share,
    validate,
    verify,
)
from autofill.cli.typer_i18n import Program, Verb, usage_words
from autofill.errors import AutofillError, ExitCode, OurBug
from autofill.language import _

# Asked of the words themselves: errors may come before any verb has read its options.
_JSON = "--json"

app = typer.Typer(
    name="autofill",
    cls=Program,
    help=_("Put an inquiry into a contact form, and keep the proof."),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (
    run,
    validate,
    plan,
    review,
    verify,
    seal,
    share,
    encrypt,
    decrypt,
    purge,
    resolve,
    cases,
    followup,
    mail,
    forms,
    login,
    replica,
    schema,
    install,
    doctor,
):
    # What a verb says of itself stands in its docstring; `docs/catalogues.py` takes it from there.
    words = cleandoc(verb.command.__doc__ or "")
    app.command(name=verb.__name__.rpartition(".")[2], cls=Verb, help=_(words))(verb.command)


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"autofill {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print it."))] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="en|ko|de|id",
            envvar="AUTOFILL_LANG",
            help=_("Language of what is said to you; may stand anywhere."),
            show_default=_("your system's"),
        ),
    ] = None,
) -> None:
    """Both options have done their work by now: `--lang` before any text was imported (`autofill/__main__.py`)."""


def main() -> NoReturn:
    """Run the program; the process ends here."""
    # Importing makes a hundred thousand objects that live until the end: looking through them for garbage again and
    # again, and once more at the end, would take a third of a second. Long sessions turn the collector on again.
    gc.disable()
    # Pydantic would look through every installed package for plug-ins; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    atexit.register(gc.freeze)
    try:
        app(prog_name="autofill")
    except AutofillError as error:
        _end(error)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except SystemExit as end:
        # Typer has told people what was wrong with the command; only programs have no answer yet.
        if _JSON in sys.argv and isinstance(end.__context__, UsageError):
            console.say_error(usage_words(end.__context__), ExitCode.USAGE)
        raise
    except Exception as error:  # noqa: BLE001 - the last net: a bug of ours, said as such
        _end(OurBug.of(error))
    sys.exit(ExitCode.DONE)


def _end(error: AutofillError) -> NoReturn:
    console.show_error(error)
    if _JSON in sys.argv:
        console.say_error(str(error), error.exit_code, error.hint)
    sys.exit(error.exit_code)
