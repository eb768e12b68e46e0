"""Writes the JSON Schemas anew: of profiles and form maps, beside their models, and of all that `--json` prints.

Run it as `python docs/schemas.py` (or `make schemas`) after a model was changed.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from autofill.answers.registry import ANSWERS, schema_of
from autofill.forms.catalog import form_map_schema
from autofill.inquiry.schema import inquiry_schema
from autofill.organisations.registry import built_in, organisation

PROGRAM: Final = Path(__file__).resolve().parents[1] / "autofill"
FOLDER: Final = PROGRAM / "answers" / "schemas"


def schemas() -> Iterator[tuple[Path, str]]:
    """Every schema, and the file that it is kept in."""
    yield PROGRAM / "inquiry" / "inquiry.schema.json", inquiry_schema()
    for name in built_in():
        own = organisation(name).inquiry_model
        yield PROGRAM / "organisations" / name / "inquiry.schema.json", inquiry_schema(own)
    yield PROGRAM / "forms" / "form-map.schema.json", form_map_schema()
    for name in ANSWERS:
        yield FOLDER / f"{name}.schema.json", schema_of(name)


def main() -> None:
    """Write them; what is no kind of answer any more is taken away."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.schema.json"):
        old.unlink()
    for file, text in schemas():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
