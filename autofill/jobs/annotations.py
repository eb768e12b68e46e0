"""Annotations for GitHub: workflow commands, which a job prints and GitHub shows beside the file. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias

Level: TypeAlias = Literal["error", "warning", "notice"]


def annotation(level: Level, message: str, *, title: str = "", file: str = "") -> str:
    """One workflow command, escaped as GitHub's own toolkit does (`packages/core/src/command.ts`)."""
    given = {"file": file, "title": title}
    properties = ",".join(f"{name}={_property(value)}" for name, value in given.items() if value)
    return f"::{level}{' ' if properties else ''}{properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
