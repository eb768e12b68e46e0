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
from autofill.shell import program_typed, settle_commands
from autofill.visible import UnwrittenError

# Asked of the words themselves: errors may come before any verb has read its options.
_JSON = "--json"

# Each verb and its help: a summary that fits on the line of a list, and details. Its module in this package has the
# same name and holds a function `command`.
VERBS: Final = {
    "new": gettext_noop(
        "Write a profile by answering questions.\n\n"
        "It asks only what the form needs for your topic. Every answer is saved at once: after Ctrl-C, the same\n"
        "command continues. Nothing is sent."
    ),
    "run": gettext_noop(
        "Fill in the form from a profile, and keep a sealed recording.\n\n"
        "It uses the practice site unless you add --live. The recording has a screenshot of every step."
    ),
    "rehearse": gettext_noop(
        "Try your own form every night, and compare screenshots.\n\n"
        "Each profile is run as often as you like, on this computer or on a staging site: the ledger does not count\n"
        "it. The report shows what changed. The real form is never used."
    ),
    "batch": gettext_noop(
        "Run each row of a table, or each profile of a folder.\n\n"
        "All rows are checked first, and each is sent at most once. After a stop, run the same command again: it\n"
        "continues, and what was sent is not sent again."
    ),
    "work": gettext_noop(
        "Run queued inquiries, on as many computers as you like.\n\nautofill batch --enqueue fills the queue."
    ),
    "examples": gettext_noop("Copy the example profiles to a folder. Nothing is overwritten."),
    "validate": gettext_noop("Check profiles. Nothing is opened or sent."),
    "plan": gettext_noop("Show what a run would enter, step by step. Nothing is opened or sent."),
    "open": gettext_noop("Open autofill in your browser, at what needs you now."),
    "review": gettext_noop("Open the list of recordings in your browser."),
    "verify": gettext_noop(
        "Check that recordings are unchanged, and who sealed them.\n\n"
        "For each recording it names the first thing that is wrong. Exit code 1 if there is any."
    ),
    "seal": gettext_noop(
        "Add missing signatures and time stamps to recordings.\n\n"
        "--timestamp adds a time stamp to what is signed. --sign seals and signs what is not."
    ),
    "share": gettext_noop("Make a sealed copy of a recording, with what you typed covered."),
    "encrypt": gettext_noop(
        "Pack sealed recordings into encrypted archives.\n\n"
        "Each becomes RUN.tar.age, which only the recipients can open. Its folder is deleted."
    ),
    "decrypt": gettext_noop(
        "Restore recordings from encrypted archives.\n\nEach is verified. The archives stay where they are."
    ),
    "purge": gettext_noop(
        "Delete personal data from recordings.\n\n"
        "Hashes and a tombstone stay, and the ledger still has what was sent. Recordings with an unknown outcome are\n"
        "not purged. Files are deleted, not overwritten: backups, and traces on the disk, are out of reach."
    ),
    "resolve": gettext_noop(
        "Record the outcome of a run that ended unknown.\n\nIt is final, unless the inquiry turns out to have arrived."
    ),
    "cases": gettext_noop(
        "Show your cases, or one with its history.\n\n"
        "What is due comes first. --mark, --number and --note record what happened to CASE."
    ),
    "followup": gettext_noop(
        "Write the next letter of a case. Nothing is sent.\n\nYou get one letter each time an answer is overdue."
    ),
    "mail": gettext_noop(
        "Read the organisation's mails, and update your cases.\n\n"
        "Its mails are saved as evidence. Nothing in the mailbox changes."
    ),
    "forms": gettext_noop(
        "List form maps, or check, draft, learn or add one.\n\n"
        "NAME checks and shows a form map. convert writes it in its shortest form. draft writes one from a page.\n"
        "learn opens the real form, where you walk through with your own inquiry, and writes its map. add checks a\n"
        "map of your own and installs it. None of them sends anything."
    ),
    "import": gettext_noop(
        "Make a form map and a draft profile from another tool's file.\n\n"
        "FILE is a recording or a script of that tool. It is read, never run. What has no counterpart in a form map\n"
        "is listed with its place."
    ),
    "export": gettext_noop(
        "Print a script of another tool that fills in the same form.\n\n"
        "It stops before the submit button. It has no guard: nothing keeps it from sending twice. What it cannot do\n"
        "is listed on stderr."
    ),
    "login": gettext_noop(
        "Save the account and password for a form's login.\n\n"
        "autofill asks for both here, and stores them in this system's keyring."
    ),
    "replica": gettext_noop("Start the practice site (Ctrl-C stops it)."),
    "schema": gettext_noop(
        "Print a JSON Schema for your editor or program.\n\n"
        "With that of inquiry or form-map, an editor completes and checks what you write. The others say what verbs\n"
        "print with --json."
    ),
    "install": gettext_noop(
        "Install a browser and fonts.\n\n"
        "It takes a browser that is already there, Playwright's own, or the system's package. The fonts show Korean,\n"
        "Japanese and Chinese names in screenshots."
    ),
    "doctor": gettext_noop("Check browser, fonts and folders."),
}

# One command line for each verb; all of them can be typed as they are after `make run`.
EXAMPLES: Final = {
    "new": "parcel.yaml",
    "run": "profiles/01-missing-package.yaml",
    "rehearse": "profiles/01-missing-package.yaml",
    "batch": "profiles --check",
    "work": "--until-empty",
    "examples": "profiles",
    "validate": "profiles/*.yaml",
    "plan": "profiles/01-missing-package.yaml",
    "open": "--last",
    "review": "--port 8800",
    "verify": "recordings/2*",
    "seal": "--sign recordings/2*",
    "share": "recordings/2*",
    "encrypt": "recordings/2* --to ~/.ssh/id_ed25519.pub",
    "decrypt": "recordings/*.age --identity ~/.ssh/id_ed25519",
    "purge": "--older-than 365d --dry-run",
    "resolve": "recordings/2* --case 12345678",
    "cases": "--practice",
    "followup": "12345678 --new --dry-run",
    "mail": "--maildir ~/Maildir",
    "forms": "",
    "import": "recording.json",
    "export": "acme-contact --to playwright",
    "login": "acme-contact",
    "replica": "--port 8765",
    "schema": "inquiry",
    "install": "",
    "doctor": "",
}


def _help(verb: str) -> str:
    words, title = VERBS[verb], _("Example:")
    line = f"autofill {verb} {EXAMPLES[verb]}".rstrip()
    # The letter before a paragraph tells Typer to leave its lines as they are.
    return f"{_(words)}\n\n\b\n{title} {line}"


class Verbs(Translated, TyperGroup):
    """The program as a lazy group: for lists a verb is a name with help, and its module is loaded when it is used."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: Verb(name=name, help=_help(name)) for name in VERBS}

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
    # Pydantic would look through every installed package for plug-ins; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    settle_folders(os.environ)
    settle_commands(program_typed(sys.argv, sys.orig_argv), VERBS)
    # Looking through all that lives until the end for garbage once more would take a tenth of a second.
    atexit.register(gc.freeze)
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
