"""Translations of Typer's own texts. No texts of ours live here.

Typer looks some up in the process's catalogue (`typer_texts.j2` lists them) and has others built in. Its usage errors,
and pydantic's in them, are replaced by texts of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from typer import core
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError

from autofill import console
from autofill.cli.options import expand_home
from autofill.language import _, gettext_noop

# There is no other way to lend Typer a catalogue.
core._ = _  # type: ignore[attr-defined]


class Translated:
    """Mixin that translates the texts built into Typer."""

    def get_params(self, ctx: Any) -> Any:
        """The options and arguments, with translated help."""
        params = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.help:
                param.help = _(param.help)  # ours are translated by now, and stay as they are
        return params

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage:") + " ")


class Verb(Translated, core.TyperCommand):
    """One verb."""

    def invoke(self, ctx: Any) -> Any:
        """Do what it does, with paths as they are meant."""
        expand_home(self.params, ctx.params)
        return super().invoke(ctx)


# Messages of Typer and pydantic about a value, or too many or unknown arguments, and ours; no value is repeated.
_REWORDED: Final[Mapping[str, str]] = {
    r"(?s)(?:Value error, )?.* is not one of (?P<choices>.+?)\.?": gettext_noop("must be one of: {choices}"),
    r"Input should be less than or equal to (?P<most>\S+)": gettext_noop("must be at most {most}"),
    r"Input should be greater than or equal to (?P<least>\S+)": gettext_noop("must be at least {least}"),
    r"Input should be a valid integer.*": gettext_noop("must be a whole number"),
    r"(?s)Got unexpected extra argument\(s\) \((?P<words>.*)\)": gettext_noop("Unexpected argument: {words}"),
    r"(?P<error>.*) Did you mean (?P<names>.*)\?": gettext_noop("{error} Did you mean {names}?"),
}


def usage_words(error: UsageError) -> str:
    """The message of a usage error, in the language in use."""
    match error:
        case MissingParameter(param=param) if param is not None:
            return _("{option} is missing.").format(option=param.get_error_hint())
        case BadParameter(param=param) if param is not None:
            return _("{option}: {error}").format(option=param.get_error_hint(), error=_reworded(error.message))
        case NoSuchOption():
            words = _("No such option: {option}").format(option=repr(error.option_name))
            near = ", ".join(sorted(error.possibilities or ()))
            return _("{error} Did you mean {names}?").format(error=words, names=near) if near else words
        case BadOptionUsage():
            words = _("{option} takes no value.") if "not take" in error.message else _("{option} needs a value.")
            return words.format(option=repr(error.option_name))
    return _reworded(error.message)


def _reworded(message: str) -> str:
    for pattern, words in _REWORDED.items():
        if found := re.fullmatch(pattern, message):
            return _(words).format(**found.groupdict())
    return message


def _show(error: UsageError, file: object = None) -> None:  # noqa: ARG001 - as Typer calls it
    if error.ctx is not None:
        console.tell(error.ctx.get_usage())
        console.tell(_("For help: {command}").format(command=f"{error.ctx.command_path} -h"))
        console.tell()
    console.tell(console.Painted(_("error:"), "red"), f" {usage_words(error)}")


UsageError.show = _show  # type: ignore[method-assign,assignment]
