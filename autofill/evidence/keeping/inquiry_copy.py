"""The inquiry that a recording keeps, so that nothing afterwards needs the file it came from: `data/inquiry.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import Field, ValidationError

from autofill.evidence.keeping.bag import MANIFEST, Damage, content_of, listed
from autofill.evidence.keeping.summary import Kept
from autofill.language import _

INQUIRY: Final = "data/inquiry.json"
Fields: TypeAlias = Mapping[str, str | tuple[str, ...]]


class InquiryCopy(Kept):
    """What the person wrote: a text or several for each dotted name. Its JSON is a contract, as that of `run.json`."""

    schema_: Literal["autofill.inquiry/1"] = Field(default="autofill.inquiry/1", alias="schema")
    form: str
    organisation: str | None = None
    fields: Fields

    @property
    def content(self) -> bytes:
        """The bytes of its file."""
        return (self.model_dump_json(indent=1) + "\n").encode()

    def first(self, field: str) -> str:
        """The first text of a field; empty if there is none."""
        return next((text for name, text in texts_in(self.fields) if name == field), "")


def texts_in(fields: Fields) -> Iterator[tuple[str, str]]:
    """Every text with its field's name."""
    for field, value in fields.items():
        yield from ((field, text) for text in ((value,) if isinstance(value, str) else value))


def inquiry_in(recording: Path) -> InquiryCopy | None:
    """The inquiry that a recording keeps; None in one of the first version, which kept none.

    Raises:
        Damage: it was kept, and is gone or cannot be understood.
    """
    if not (recording / INQUIRY).exists() and INQUIRY not in listed(recording, MANIFEST):
        return None
    try:
        return InquiryCopy.model_validate_json(content_of(recording, INQUIRY), extra="ignore")
    except ValidationError:
        raise Damage(INQUIRY, _("is not as autofill writes it")) from None
