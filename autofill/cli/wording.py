"""Typer's own few words, in the language in use. No words of ours live here.

Typer looks some up in whatever catalogue the process has, and has others built in.
"""

from __future__ import annotations

from typing import Any, Final

from typer import core

from autofill.language import _, later

# There is no other way to lend Typer a catalogue.
core._ = _  # type: ignore[attr-defined]
TYPERS: Final = (
    later("Arguments"),
    later("Commands"),
    later("Options"),
    later("default: {default}"),
    later("env var: {var}"),
    later("required"),
    later("Missing command."),
    later("No such command {name!r}."),
    later("Show this message and exit."),
    later("Install completion for the current shell."),
    later("Show completion for the current shell, to copy it or customize the installation."),
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


class Program(_Worded, core.TyperGroup):
    """The program with all its verbs."""
