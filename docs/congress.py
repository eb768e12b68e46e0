"""The tables of docs/imports.md: what each form of contact-congress gives, a plan or the reason why not.

    git clone --depth 1 https://github.com/unitedstates/contact-congress /tmp/congress
    python docs/congress.py /tmp/congress/members

Without a folder it is that of the samples.
Status 1: a file gives neither a map with a plan nor a reason, or there is no file.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from autofill.errors import AutofillError
from autofill.forms.catalog import load_form, prepare
from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.interchange.reading import read_flow
from autofill.interchange.screens import ENTERED
from autofill.mapping.imported import imported
from autofill.sources.source import parse_source
from autofill.sources.strict_yaml import Value
from autofill.sources.writing import yaml_text

NEITHER = "neither a map nor a reason"
SAMPLES = Path(__file__).parents[1] / "tests" / "interchange" / "samples" / "congress"
_ADDRESS: dict[str, Value] = {
    "street": "1200 Harbor Street", "unit": "Apt 4B", "city": "Portland", "state": "OR", "postal_code": "97205-1234",
}  # fmt: skip
_CONTACT: dict[str, Value] = {
    "first_name": "Maria", "last_name": "O'Brien", "email": "maria.obrien@example.com", "phone": "(503) 555-0132",
}  # fmt: skip


def row(file: Path) -> tuple[str, str, str, str]:
    """File, controls, what is listed as without counterpart, and the plan or the reason why there is none."""
    try:
        return _row(file)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other files are tried, too
        return file.stem, "", "", f"{NEITHER}: {type(error).__name__}"


def _row(file: Path) -> tuple[str, str, str, str]:
    try:
        flow = read_flow(file)[1]
        made = imported(flow, str(file))
    except LookupError as error:
        if type(error) is not LookupError:  # a key or an index that is not there is a fault of the importer
            raise
        enters = any(step.action in ENTERED for step in flow.steps)
        what = "the file opens no form" if enters else "the file opens no form and fills in nothing"
        return file.stem, "", "", f"no map: {what}"
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
    address = dict(_ADDRESS)
    contact: dict[str, Value] = {**_CONTACT, "address": address}
    data: dict[str, Value] = {"contact": contact, "subject": "A request", "message": "Please look into this."}
    for control, name in _asked(form_map):
        answer = next(iter(control.choices.values()), "Yes")
        if name == "topic" or (name == "subject" and control.choices):
            data[name] = next(iter(control.choices), "other")
        elif name == "contact.address.state" and control.choices and address["state"] not in control.choices:
            address["state"] = next(iter(control.choices))  # some forms take people of one state only
        elif name.startswith("answers."):
            answers[name.removeprefix("answers.")] = answer
    return yaml_text({**data, **({"answers": answers} if answers else {})})


def _asked(form_map: FormMap) -> Iterator[tuple[Control, str]]:
    return ((control, name) for page in form_map.pages for control in page.controls for name in control.fields)


def tables(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """The table over all files, and how many gave what."""
    counted = Counter(gives for *_, gives in rows).most_common()
    return "\n".join((
        "| file | controls | listed | gives |", "|---|---|---|---|", *(f"| {' | '.join(cells)} |" for cells in rows),
        "", f"| {len(rows)} files give | files |", "|---|---|", *(f"| {what} | {n} |" for what, n in counted), "",
    ))  # fmt: skip


def main(folder: Path) -> int:
    """Status of the command: whether every file of the folder, and there is one, gives a map or a reason."""
    rows = [row(file) for file in sorted(folder.glob("*.yaml"))]
    sys.stdout.write(tables(rows))
    return int(not rows or any(gives.startswith(NEITHER) for *_, gives in rows))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES))
