"""What tests of other tools' files share."""

from __future__ import annotations

from pathlib import Path

import yaml

from autofill.forms.catalog import load_form
from autofill.forms.form_map import FormMap
from autofill.interchange.reading import read_flow
from autofill.mapping.imported import Imported, imported

SAMPLES = Path(__file__).with_name("samples")


def imported_from(file: Path) -> Imported:
    return imported(read_flow(file)[1], str(file))


def checked_map(made: Imported, folder: Path) -> FormMap:
    """The map as `autofill forms` reads and checks it."""
    file = folder / f"{made.name}.yaml"
    file.write_text(made.form_map, encoding="utf-8")
    return load_form(str(file)).form_map


def profile_of(made: Imported) -> dict[str, object]:
    return dict(yaml.safe_load(made.profile) or {})


def values_of(form_map: FormMap) -> list[list[tuple[str, str]]]:
    """Names and values of the controls, page by page."""
    return [[(each.name, each.value) for each in page.controls] for page in form_map.pages]
