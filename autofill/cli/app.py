"""The program `autofill`: the table of its verbs, and how any error becomes a message and an exit code.

A verb's module is imported when the verb runs, so that `--help` loads none of them.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperGroup

from autofill import __version__, console
from autofill.cli.options import settle_folders
from autofill.cli.typer_i18n import Translated, Verb, usage_words
from autofill.errors import AutofillError, DiskTrouble, ExitCode, OurBug
from autofill.language import _, gettext_noop
from autofill.visible import UnwrittenError

# Asked of the words themselves: errors may come before any verb has read its options.
_JSON = "--json"

# Each verb and its help. Its module in this package has the same name and holds a function `command`.
VERBS: Final = {
    "run": gettext_noop("Fill the form from each PROFILE, and keep a sealed recording with a picture of every step."),
    "validate": gettext_noop("Check each PROFILE against its form; nothing is opened or sent."),
    "plan": gettext_noop("Show, step by step, what running PROFILE would enter; nothing is opened or sent."),
    "review": gettext_noop("Show all recordings, newest first, with the pictures of their confirmations."),
    "verify": gettext_noop(
        "Check that recordings are as they were sealed, by whom and when; say what is wrong first where they are not."
    ),
    "seal": gettext_noop("Time-stamp what is signed; with --sign, seal and sign what is not."),
    "share": gettext_noop("Make a sealed copy of RECORDING in which everything that you typed is covered."),
    "encrypt": gettext_noop(
        "Put sealed recordings into archives (RUN.tar.age) that only a key opens, and remove their folders."
    ),
    "decrypt": gettext_noop(
        "Restore recordings beside their archives, which stay, and check that they are as they were sealed."
    ),
    "purge": gettext_noop(
        "Remove what is personal in recordings; hashes and a tombstone stay, and the ledger still knows what was sent."
        "\n\nRecordings whose outcome is not known are kept. Files are deleted, not overwritten: what a disk keeps of"
        " deleted\nfiles, and backups, are out of reach."
    ),
    "resolve": gettext_noop(
        "Say what became of RUN, if its outcome is unknown. Once said, it stays, unless it turns out to have arrived."
    ),
    "cases": gettext_noop(
        "Show what is due first; or CASE with its history, after adding what you say happened to it."
    ),
    "followup": gettext_noop("Write the next letter of CASE, once for every silence; nothing is sent by this."),
    "mail": gettext_noop(
        "Find the organisation's mails, keep them as evidence, and move their cases on; nothing in the mailbox changes."
    ),
    "forms": gettext_noop(
        "List the form maps that are installed, or check and show one.\n\n"
        "convert writes one in its shortest form, draft writes one from what a page shows (nothing is sent),\n"
        "add checks one of your own and installs it. learn opens the real form for you to walk through with your own\n"
        "inquiry, and writes its map as it was seen; nothing is sent."
    ),
    "login": gettext_noop(
        "Keep the account and password of FORM's login in this system's keyring; both are asked for here."
    ),
    "replica": gettext_noop("Start the practice site (Ctrl-C stops it)."),
    "schema": gettext_noop("Print a JSON Schema. Editors use it to complete and check what you write."),
    "install": gettext_noop(
        "Get a browser (one that is there, Playwright's own, or the system's package), and fonts for Korean names."
    ),
    "doctor": gettext_noop("Check browser, fonts and folders."),
}


class Verbs(Translated, TyperGroup):
    """The program as a lazy group: for lists a verb is a name with help, and its module is loaded when it is used."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: Verb(name=name, help=_(words)) for name, words in VERBS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb that a command line names, with its options."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and _loaded(found), rest


def _loaded(verb: Any) -> Any:
    program = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    program.command(name=verb.name, cls=Verb, help=verb.help)(import_module(f"autofill.cli.{verb.name}").command)
    return typer.main.get_command(program)


app = typer.Typer(
    name="autofill",
    cls=Verbs,
    help=_("Put an inquiry into a contact form, and keep the proof."),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"autofill {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version and exit."))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="en|ko|de|id",
            envvar="AUTOFILL_LANG",
            help=_("Language of messages."),
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
    settle_folders(os.environ)
    atexit.register(gc.freeze)
    if sys.argv[1:2] == ["run"]:
        from autofill.page.driver import start_ahead  # noqa: PLC0415 - `--help` need not wait for it

        start_ahead()
    try:
        app(prog_name="autofill")
    except AutofillError as error:
        _end(error)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except UnwrittenError as error:
        _end_unread(error)
    except SystemExit as end:
        if isinstance(end.__context__, UnwrittenError):  # Typer's own: a pipe that nobody reads any more
            _end_unread(end.__context__)
        # Typer has told people what was wrong with the command; only programs have no answer yet.
        if _JSON in sys.argv and isinstance(end.__context__, UsageError):
            console.say_error(usage_words(end.__context__), ExitCode.USAGE)
        raise
    except Exception as error:  # noqa: BLE001 - the last net: a bug of ours, said as such
        _end(OurBug.of(error))
    finally:
        console.drop_unsaid()
    sys.exit(ExitCode.DONE)


def _end(error: AutofillError) -> NoReturn:
    console.show_error(error)
    if _JSON in sys.argv:
        with suppress(UnwrittenError):
            console.say_error(str(error), error.exit_code, error.hint)
    sys.exit(error.exit_code)


def _end_unread(error: UnwrittenError) -> NoReturn:
    """End without an answer; whoever closed the pipe, as `head` does, has seen enough."""
    if error.errno != errno.EPIPE:
        console.show_error(DiskTrouble(_("The answer could not be written: {reason}.").format(reason=error.strerror)))
    sys.exit(ExitCode.DISK)
