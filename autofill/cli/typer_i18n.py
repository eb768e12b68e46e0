"""Typer's own few words, in the language in use. No words of ours live here.

Typer looks some up in whatever catalogue the process has, and has others built in; those of usage errors, and
pydantic's in them, are said anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, Final

from typer import core
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError

from autofill import console
from autofill.cli.options import expand_home
from autofill.language import _, gettext_noop

# There is no other way to lend Typer a catalogue.
core._ = _  # type: ignore[attr-defined]
TYPERS: Final = (
    gettext_noop("Arguments"),
    gettext_noop("Commands"),
    gettext_noop("Options"),
    gettext_noop("default: {default}"),
    gettext_noop("env var: {var}"),
    gettext_noop("required"),
    gettext_noop("Missing command."),
    gettext_noop("No such command {name!r}."),
    gettext_noop("Show this message and exit."),
    gettext_noop("Install completion for the current shell."),
    gettext_noop("Show completion for the current shell, to copy it or customize the installation."),
)


class _Worded:
    """What Typer has built in, said by us instead."""

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.help:
                param.help = _(param.help)  # ours are translated by now, and stay as they are
        return params

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage:") + " ")


class Verb(_Worded, core.TyperCommand):
    """One verb."""

    def invoke(self, ctx: Any) -> Any:
        """Do what it does, with paths as they are meant."""
        expand_home(self.params, ctx.params)
        return super().invoke(ctx)


class Program(_Worded, core.TyperGroup):
    """The program with all its verbs."""


# What Typer and pydantic say of a value, or of too many or unknown words, and what we say; no value is repeated.
_SAID: Final[Mapping[str, str]] = {
    r"(?s)(?:Value error, )?.* is not one of (?P<choices>.+?)\.?": gettext_noop("takes one of these: {choices}"),
    r"Input should be less than or equal to (?P<most>\S+)": gettext_noop("takes at most {most}"),
    r"Input should be greater than or equal to (?P<least>\S+)": gettext_noop("takes at least {least}"),
    r"Input should be a valid integer.*": gettext_noop("must be a whole number"),
    r"(?s)Got unexpected extra argument\(s\) \((?P<words>.*)\)": gettext_noop("This is more than it takes: {words}"),
    r"(?P<error>.*) Did you mean (?P<names>.*)\?": gettext_noop("{error} Did you mean {names}?"),
}


def usage_words(error: UsageError) -> str:
    """What is wrong with a command line, in the language in use."""
    match error:
        case MissingParameter(param=param) if param is not None:
            return _("{option} is missing.").format(option=param.get_error_hint())
        case BadParameter(param=param) if param is not None:
            return _("{option}: {error}").format(option=param.get_error_hint(), error=_anew(error.message))
        case NoSuchOption():
            words = _("There is no option {option}.").format(option=repr(error.option_name))
            near = ", ".join(sorted(error.possibilities or ()))
            return _("{error} Did you mean {names}?").format(error=words, names=near) if near else words
        case BadOptionUsage():
            words = _("{option} takes no value.") if "not take" in error.message else _("{option} needs a value.")
            return words.format(option=repr(error.option_name))
    return _anew(error.message)


def _anew(message: str) -> str:
    for pattern, words in _SAID.items():
        if found := re.fullmatch(pattern, message):
            return _(words).format(**found.groupdict())
    return message


def _show(error: UsageError, file: object = None) -> None:  # noqa: ARG001 - as Typer calls it
    if error.ctx is not None:
        console.tell(error.ctx.get_usage())
        console.tell(_("For help: {command}").format(command=f"{error.ctx.command_path} -h") + "\n")
    console.tell(console.paint(_("error:"), "red", sys.stderr) + f" {usage_words(error)}")


UsageError.show = _show  # type: ignore[method-assign,assignment]
