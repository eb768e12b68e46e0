"""Form maps are found by name or file; the schema that editors use is current and agrees with the reader."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from autofill.errors import FileMissing, InvalidFile
from autofill.forms import catalog
from autofill.forms.catalog import form_map_schema, load_form, prepare_profile
from autofill.inquiry.geography import COUNTRIES
from autofill.organisations.registry import form_files

LIBRARY = files("autofill.organisations").joinpath("usps", "forms")
PROFILES = Path(__file__).parents[2] / "profiles"
VALIDATOR = Draft202012Validator(json.loads(form_map_schema()))


class Editor(yaml.SafeLoader):
    """Types plain scalars as YAML 1.2's core schema does, which editors follow: `yes` is a text."""


Editor.yaml_implicit_resolvers = {}
for kind, pattern in {"null": "~|null|", "bool": "true|false", "int": "[-+]?[0-9]+"}.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), None)


def underlined(text: str) -> list[str]:
    """The places an editor would underline."""
    seen: dict[str, Any] = yaml.load(text, Loader=Editor)
    return [error.json_path for error in VALIDATOR.iter_errors(seen)]


def test_committed_schema_is_current() -> None:
    """Regenerate it with `make schemas` when this fails."""
    committed = Path(catalog.__file__).with_name("form-map.schema.json").read_text(encoding="utf-8")
    assert committed == form_map_schema()


def test_the_schema_is_one() -> None:
    """2020-12, as its first line says."""
    Draft202012Validator.check_schema(json.loads(form_map_schema()))
    assert json.loads(form_map_schema())["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", form_files())
def test_an_editor_finds_nothing_wrong_with_a_library_map(name: str) -> None:
    """It opens with the line that tells the editor where the schema is, and the schema accepts all of it."""
    text = LIBRARY.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../forms/form-map.schema.json\n")
    assert underlined(text) == []


def test_an_editor_sees_mistakes() -> None:
    """The validator above would not pass just anything."""
    text = LIBRARY.joinpath("usps-email-us.yaml").read_text(encoding="utf-8")
    assert underlined(text.replace("accepted: no", "accepted: never")) == ["$.attachments.accepted"]
    assert underlined(text.replace("role: link", "role: shade")) == ["$.pages[0].advance.role"]


@pytest.mark.parametrize("name", form_files())
def test_library_maps_load_by_name(name: str) -> None:
    """Each under the name it gives itself."""
    assert load_form(name).form_map.id == name


def test_countries_have_the_names_that_the_form_gives_them() -> None:
    """In an address that stands in one line, too."""
    controls = [each for page in load_form("usps-email-us").form_map.pages for each in page.controls]
    (countries,) = (each.choices for each in controls if each.name == "Country")
    assert {code: COUNTRIES[code] for code in countries if code in COUNTRIES} == countries


def test_a_map_loads_from_a_file(tmp_path: Path) -> None:
    """A name that ends like a YAML file is one; what it says is the same."""
    (tmp_path / "mine.yaml").write_bytes(LIBRARY.joinpath("usps-email-us.yaml").read_bytes())
    assert load_form(str(tmp_path / "mine.yaml")).form_map == load_form("usps-email-us").form_map


@pytest.mark.parametrize("name", ["usps", "nowhere.yaml", "../library/usps-email-us", ""])
def test_a_map_that_is_not_there(name: str) -> None:
    """Exit code 66; an unknown name is answered with the known ones."""
    with pytest.raises(FileMissing) as caught:
        load_form(name)
    assert caught.value.exit_code == 66
    assert name.endswith(".yaml") or "usps-email-us" in str(caught.value)


def test_an_invalid_map_names_its_file(tmp_path: Path) -> None:
    """The same kind of line as for a profile."""
    (tmp_path / "m.yaml").write_text("id: Not A Slug\n")
    with pytest.raises(InvalidFile, match=r"m\.yaml:1:1: id: "):
        load_form(str(tmp_path / "m.yaml"))


@pytest.mark.parametrize("profile", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_can_be_planned(profile: Path) -> None:
    """For the form it names, with no complaint and a step for each page of the map."""
    plan = prepare_profile(profile).plan
    assert plan.form in form_files()
    form_map = load_form(plan.form).form_map
    assert [step.slug for step in plan.steps] == [form_map.slug_of(page) for page in form_map.pages]


def test_another_form_can_be_asked_for(tmp_path: Path) -> None:
    """What is asked for comes before what the profile says."""
    with pytest.raises(FileMissing):
        prepare_profile(sorted(PROFILES.glob("*.yaml"))[0], str(tmp_path / "other.yaml"))


@pytest.mark.parametrize("also", [("", ""), ("postal_code: 94107", "postal_code: 9410")])
def test_f_a_country_that_is_a_state_here_is_answered_with_how_to_write_it(
    tmp_path: Path, also: tuple[str, str]
) -> None:
    """F: `country: PR`, beside other mistakes and without."""
    text = (PROFILES / "01-missing-package.yaml").read_text(encoding="utf-8").replace(*also)
    (tmp_path / "p.yaml").write_text(re.sub(r"state: CA .*", "country: pr", text, count=1))

    with pytest.raises(InvalidFile) as caught:
        prepare_profile(tmp_path / "p.yaml")

    (said,) = [problem.message for problem in caught.value.problems if problem.field == "contact.address.country"]
    assert said.endswith("Or leave the country out, or write US, and write PR as the state")


def test_a_map_of_ones_own_bears_the_name_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise its runs would be nobody's: no deadlines, no mails, no item."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "autofill/organisations/acme/forms/acme-contact.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(LIBRARY.joinpath("usps-email-us.yaml").read_bytes())

    with pytest.raises(InvalidFile) as caught:
        load_form("acme-contact")

    line = file.read_text().splitlines().index("id: usps-email-us") + 1
    assert str(caught.value) == (
        f"{file}:{line}:1: id: must be the name of its file, acme-contact; rename one of the two"
    )


def test_f_what_a_hash_cuts_off_in_a_form_map_is_told(tmp_path: Path) -> None:
    text = LIBRARY.joinpath("usps-email-us.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace("title: ", "title: A #1 form, ", 1))

    (warning,) = load_form(str(tmp_path / "mine.yaml")).warnings

    assert "title: everything after ` #` is a comment" in str(warning)


@pytest.mark.parametrize(("subject", "warned"), [("\n      - {name: Subject, value: subject}", 1), ("", 0)])
def test_what_a_form_does_not_ask_for_is_not_missed(subject: str, warned: int, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        f"""id: small
title: Small
url: https://small.example/contact
pages:
  - controls:
      - {{name: E-mail, value: contact.email}}{subject}
      - {{name: Message, value: message}}
    submit: Send
""",
        encoding="utf-8",
    )
    profile = tmp_path / "p.yaml"
    profile.write_text("contact: {name: Ada Lovelace, email: ada@example.com}\nmessage: Where is it?\n")

    warnings = prepare_profile(profile, str(tmp_path / "m.yaml")).loaded.warnings

    assert [each.field for each in warnings] == ["subject"] * warned
