"""`autofill forms learn`: a person walks through the real form once, and its map is written as it was seen.

The walk is jobs/lesson.py, what differs mapping/learned.py; here are the terminal and the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path

from autofill import console
from autofill.cli.options import must_be_here
from autofill.errors import Misconfigured
from autofill.forms.catalog import load_form
from autofill.forms.conversion import shortened
from autofill.forms.form_map import FormMap
from autofill.jobs.learning import Report, Turn
from autofill.jobs.lesson import Lesson
from autofill.jobs.result_files import try_out
from autofill.language import _
from autofill.mapping.learned import Learned
from autofill.organisations.registry import own_forms_folder
from autofill.sources.writing import yaml_text

_TURNS: dict[str, Turn] = {"": "fill", "n": "next", "q": "done"}
_SEEN = "-seen"


def learn(lesson: Lesson, write: Path | None) -> None:
    """Have a person walk through the form, say what differs, and write the map.

    Raises:
        Misconfigured: the address is not on this machine, or the map cannot be written there; and all that
            `Lesson.learn` raises.
    """
    must_be_here(lesson.url)
    file = write or _place(load_form(lesson.form).form_map.id)
    with _writing():  # better now than after the walk
        try_out(file)
    old, new = lesson.learn(_AtTerminal())
    say_differences(old, new)
    write_map(new.form_map, file)
    console.say(_("Written: {file}").format(file=file))


def say_differences(old: FormMap, new: Learned) -> None:
    """Say each difference in a sentence, and then line by line."""
    for sentence in new.differences or (_("The form matches its form map."),):
        console.say(sentence)
    if new.not_seen:
        words = _("Not shown for this inquiry, left unchanged: {names}.")
        console.say(words.format(names=", ".join(dict.fromkeys(new.not_seen))))
    before, after = (yaml_text(shortened(each)).splitlines() for each in (old, new.form_map))
    console.say_text("\n".join(unified_diff(before, after, "before", "seen", lineterm="")))


def write_map(form_map: FormMap, file: Path) -> None:
    """Write a map under the name of its file, in its shortest form.

    Raises: as `write_text`.
    """
    write_text(yaml_text(shortened(form_map.model_copy(update={"id": file.stem}))), file)


def write_text(text: str, file: Path) -> None:
    """Write the text of a map, and read and check it.

    Raises:
        Misconfigured: it cannot be written.
        InvalidFile: it does not hold together.
    """
    with _writing():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    load_form(str(file))


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = _("The form map could not be written: {reason}.").format(reason=error.strerror)
        raise Misconfigured(words, hint=_("Choose another file with --write.")) from None


def _place(form: str) -> Path:
    """Where one's own map goes: beside the one that it corrects, or in its place if that was learned, too."""
    file = own_forms_folder() / f"{form.removesuffix(_SEEN)}{_SEEN}.yaml"
    if file.exists() and not form.endswith(_SEEN):
        raise Misconfigured(
            _("A learned map already exists: {form}").format(form=file.stem),
            hint=_("Learn from that map, or choose another file with --write."),
        )
    return file


class _AtTerminal:
    """The person at this terminal, with the form's window beside it."""

    async def turn(self, page: object, report: Report) -> Turn:  # noqa: ARG002 - they see it
        """Say what is known of the page, and ask what comes next."""
        words = _("{known} of {all} questions of this page are known.")
        console.tell(words.format(known=len(report.found), all=len(report.page.questions)))
        for name in report.unknown:
            console.tell(_("  unknown; fill it in yourself: {name}").format(name=name))
        for name in report.failed:
            console.tell(_("  could not be filled in; do it yourself: {name}").format(name=name))
        for words in report.noticed:
            console.tell(f"  {words}")
        asked = _(
            "Enter: fill in what is known and read the page again. n: you are on the next page. q: only "
            "the submit is left."
        )
        while (turn := _TURNS.get((await console.ask(asked)).strip().lower())) is None:
            pass
        return turn
