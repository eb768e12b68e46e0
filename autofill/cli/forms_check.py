"""`autofill forms check`: whether a form is as its map says, without typing anything."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import Iterator
from typing import Final, Literal

import typer

from autofill import console
from autofill.cli.options import must_be_here
from autofill.errors import Misconfigured
from autofill.forms.catalog import load_form
from autofill.forms.form_map import FormMap
from autofill.jobs.annotations import Level, annotation
from autofill.jobs.form_check import Place, check_form
from autofill.language import _
from autofill.mapping.correction import corrected
from autofill.orders.given import is_here
from autofill.page.address import origin_of
from autofill.running.checks import FormCheck, corrections_of, keep_check
from autofill.running.job import practised_at, start_at

# What Markdown makes something else of inside of a line: code, emphasis, links, tags.
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>]")
Format = Literal["text", "markdown", "github"]


def check(form: str, url: str | None, *, live: bool, browser: str | None, how: Format | Literal["json"]) -> None:
    """Look at a form, say what has changed, and end with 76 if anything has.

    Raises:
        Misconfigured: The options contradict each other.
        typer.Exit: Always but for errors, with the exit code.
    """
    must_be_here(url)
    if live and url:
        raise Misconfigured(_("--live and --url cannot be used together."), hint=_("Leave out one of them."))
    form_map = load_form(form).form_map
    done = _looked_at(form_map, url, live=live, browser=browser)
    keep_check(done)
    if how == "json":
        console.say_json(done)
    else:
        console.say_text("\n".join(_SAYS[how](done, form)))
        if how == "text" and corrected(form_map, corrections_of(form_map.id)) != form_map:
            words = _("To see the corrected form map: {command}")
            console.say(words.format(command=f"autofill forms diff {shlex.quote(form)}"))
    raise typer.Exit(done.exit_code)


def _looked_at(form_map: FormMap, url: str | None, *, live: bool, browser: str | None) -> FormCheck:
    own = form_map.site.url
    if live or (url is None and is_here(own)):
        return asyncio.run(check_form(form_map, Place(own, origin_of(own), browser)))
    if url is not None:
        return asyncio.run(check_form(form_map, Place(start_at(url, own), origin_of(url), browser)))
    from autofill.replica import ReplicaOptions, serving  # noqa: PLC0415 - few checks need it

    with serving(ReplicaOptions(control=False)) as site:
        return asyncio.run(check_form(form_map, Place(practised_at(site.url, own), "replica", browser)))


def _as_text(done: FormCheck, _form: str) -> Iterator[str]:
    yield _result(done)
    for page in done.pages:
        yield from (f"  {page.name}: {change.says}" for change in page.changes)
        if not page.seen:
            yield "  " + _("{page}: not seen, as it comes only after answers.").format(page=page.name)
        elif page.later:
            words = _("{page}: these come only after a choice and were not seen: {names}.")
            yield "  " + words.format(page=page.name, names=", ".join(page.later))


def _as_markdown(done: FormCheck, _form: str) -> Iterator[str]:
    yield f"### {done.form}"
    yield ""
    yield _result(done)
    if done.changes:
        yield ""
    for page in done.pages:
        yield from (f"- **{_literal(page.name)}:** {_literal(change.says)}" for change in page.changes)


def _literal(text: str) -> str:
    """The words of a page, none of which Markdown takes for its own."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _as_github(done: FormCheck, form: str) -> Iterator[str]:
    for page in done.pages:
        for change in page.changes:
            level: Level = "error" if change.stops else "warning"
            yield annotation(level, change.says, title=f"{done.form}: {page.name}", file=form)
    if not done.changes:
        yield annotation("notice", _result(done), title=done.form)


def _result(done: FormCheck) -> str:
    words = _("{form} is not as it was.") if done.changes else _("{form} is as mapped, as far as it was seen.")
    return words.format(form=done.form)


_SAYS = {"text": _as_text, "markdown": _as_markdown, "github": _as_github}
