"""The inquiry that a recording keeps, so that nothing afterwards needs the file it came from: `data/inquiry.json`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from autofill.evidence.keeping.bag import MANIFEST, Damage, content_of, read_manifest
from autofill.evidence.keeping.summary import RecordingModel
from autofill.inquiry.fields import Fields
from autofill.language import _

INQUIRY: Final = "data/inquiry.json"


class InquiryCopy(RecordingModel):
    """What the person wrote: a text or several for each dotted name. Its JSON is a contract, as that of `run.json`.

    `chosen` names the fields whose values come from lists or are yes or no, and are nobody's own words.
    """

    schema_: Literal["autofill.inquiry/1"] = Field(default="autofill.inquiry/1", alias="schema")
    form: str
    organisation: str | None = None
    chosen: tuple[str, ...] = ()
    fields: Fields

    def first(self, field: str) -> str:
        """The first text of a field; empty if there is none."""
        return next((text for name, text in texts_in(self.fields) if name == field), "")

    def is_own_words(self, field: str) -> bool:
        """Whether a field, if no control takes it, holds a person's own words; what others make up holds theirs."""
        is_made_up = any(name.startswith(f"{field}.") for name in self.fields)
        return field not in self.chosen and not is_made_up and self.fields.get(field) not in {"yes", "no"}


def texts_in(fields: Fields) -> Iterator[tuple[str, str]]:
    """Every text with its field's name."""
    for field, value in fields.items():
        yield from ((field, text) for text in ((value,) if isinstance(value, str) else value))


def inquiry_in(recording: Path) -> InquiryCopy | None:
    """The inquiry that a recording keeps; None in one of the first version, which kept none.

    Raises:
        Damage: it was kept, and is gone or cannot be understood.
    """
    if not os.path.lexists(recording / INQUIRY) and INQUIRY not in read_manifest(recording, MANIFEST):
        return None
    try:
        return InquiryCopy.model_validate_json(content_of(recording, INQUIRY), extra="ignore")
    except ValidationError:
        raise Damage(INQUIRY, _("was not written by autofill")) from None
