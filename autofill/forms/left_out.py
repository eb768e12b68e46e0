"""What an inquiry says and a form does not ask for: warnings before anything is sent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from autofill.errors import Problem
from autofill.forms.map_index import MapIndex
from autofill.inquiry.fields import ANSWERS, FILES, question, trail_of
from autofill.inquiry.profile import Loaded
from autofill.language import _

# Not worth a warning where a form has no use for them; files have one of their own.
_EVERY_PROFILE_HAS = frozenset(
    {"form", "topic", "contact.first_name", "contact.last_name", "contact.email", "allow_invisible", "attachments"}
)


def left_out(loaded: Loaded, index: MapIndex, entered: Set[str], known: frozenset[str]) -> Iterator[Problem]:
    """Warnings for what the person gave and this form does not ask for.

    `entered` are the fields that go into it, as questions are compared, and `known` those that an inquiry can have.
    """
    asked, form_map = index.asked, index.form_map
    own = {name for name in loaded.fields if name.startswith((ANSWERS, FILES))}
    for field in sorted(asked - own | _unasked(asked, known) | own):
        # Defaults are nobody's loss; words of a question are the person's however spaced.
        is_given = field in own or trail_of(field) in loaded.source.positions
        if question(field) in entered or field not in loaded.fields or not is_given:
            continue
        message = _(
            "this form does not ask for it with this topic, so it is not sent (you can mention it in the message)"
        )
        yield loaded.source.problem(trail_of(field), message, severity="warning")
    if "attachments" in loaded.fields and not form_map.takes_files:
        words = _(
            "this form takes no files; describe them in the message, and send them when you reply to the "
            "confirmation mail"
        )
        yield loaded.source.problem(("attachments",), words, severity="warning")
    elif "attachments" in loaded.fields and "attachments" not in asked and form_map.attachments is None:
        uploads = ", ".join(sorted(f"“{name.removeprefix(FILES)}”" for name in asked if name.startswith(FILES)))
        words = _("the form has more than one upload; write for each file which one it is `for`: {uploads}")
        yield loaded.source.problem(("attachments",), words.format(uploads=uploads), severity="warning")


@lru_cache
def _unasked(asked: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """Fields of which this form asks neither the whole nor a part, with any topic; of an address, only the whole."""
    found = set()
    for field in known - _EVERY_PROFILE_HAS:
        parent = field.rpartition(".")[0]
        related = (each in {field, parent} or each.startswith(f"{field}.") for each in asked)
        if not any(related) and parent not in known:
            found.add(field)
    return frozenset(found)
