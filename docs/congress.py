"""The tables of docs/imports.md: what each form of contact-congress gives, a plan or the reason why not.

    git clone --depth 1 https://github.com/unitedstates/contact-congress /tmp/congress
    python docs/congress.py /tmp/congress/members

Without a folder it is that of the samples.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from autofill.errors import AutofillError
from autofill.forms.catalog import load_form, prepare
from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.interchange.reading import read_flow
from autofill.mapping.imported import imported
from autofill.sources.source import parse_source
from autofill.sources.strict_yaml import Value
from autofill.sources.writing import yaml_text

SAMPLES = Path(__file__).parents[1] / "tests" / "interchange" / "samples" / "congress"
_ADDRESS: dict[str, Value] = {
    "street": "1200 Harbor Street", "unit": "Apt 4B", "city": "Portland", "state": "OR", "postal_code": "97205-1234",
}  # fmt: skip
_CONTACT: dict[str, Value] = {
    "first_name": "Maria", "last_name": "O'Brien", "email": "maria.obrien@example.com", "phone": "(503) 555-0132",
    "address": _ADDRESS,
}  # fmt: skip


def row(file: Path) -> tuple[str, str, str, str]:
    """File, controls, what is listed as without counterpart, and the plan or the reason why there is none."""
    try:
        made = imported(read_flow(file)[1], str(file))
    except LookupError:
        return file.stem, "", "", "no map: the file opens no form and fills in nothing"
    except AutofillError as error:
        first = error.problems[0]
        return file.stem, "", "", f"no map: line {first.line}: {first.message}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{made.name}.yaml"
        path.write_text(made.form_map, encoding="utf-8")
        try:
            form_map = load_form(str(path)).form_map
            plan = prepare(parse_source(_profile(form_map).encode(), "profile"), path.parent, str(path)).plan
        except AutofillError as error:
            first = error.problems[0]
            return file.stem, "", str(len(made.left)), f"no plan: {first.field}: {first.message}"
    controls = sum(len(page.controls) for page in form_map.pages)
    steps = len(plan.steps)
    return file.stem, str(controls), str(len(made.left)), f"a plan of {steps} page{'s' if steps > 1 else ''}"


def _profile(form_map: FormMap) -> str:
    """A profile that answers all that the map asks."""
    answers: dict[str, Value] = {}
    data: dict[str, Value] = {"contact": _CONTACT, "subject": "A request", "message": "Please look into this."}
    for control, name in _asked(form_map):
        answer = next(iter(control.choices.values()), "Yes")
        if name == "topic" or (name == "subject" and control.choices):
            data[name] = next(iter(control.choices), "other")
        elif name.startswith("answers."):
            answers[name.removeprefix("answers.")] = answer
    return yaml_text({**data, **({"answers": answers} if answers else {})})


def _asked(form_map: FormMap) -> Iterator[tuple[Control, str]]:
    return ((control, name) for page in form_map.pages for control in page.controls for name in control.fields)


def tables(folder: Path) -> str:
    """The table over all files of a folder, and how many gave what."""
    rows = [row(file) for file in sorted(folder.glob("*.yaml"))]
    counted = Counter(gives for *_, gives in rows).most_common()
    return "\n".join((
        "| file | controls | listed | gives |", "|---|---|---|---|", *(f"| {' | '.join(cells)} |" for cells in rows),
        "", f"| {len(rows)} files give | files |", "|---|---|", *(f"| {what} | {n} |" for what, n in counted), "",
    ))  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(tables(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES))
