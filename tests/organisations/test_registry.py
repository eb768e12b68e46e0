"""The table of organisations: those that come with autofill, and folders of a person's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile, Misconfigured
from autofill.organisations import registry
from autofill.organisations.registry import GENERAL, form_files, organisation, organisation_of_form

CARRIER = Path(__file__).parents[1] / "data" / "organisations" / "polar-parcel"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own organisations."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "autofill" / "organisations"
    folder.mkdir(parents=True)
    return folder


def add_form(folder: Path, name: str) -> Path:
    (folder / "forms").mkdir(parents=True, exist_ok=True)
    file = folder / "forms" / f"{name}.yaml"
    file.write_text("id: x\n")
    return file


def test_every_folder_that_comes_with_autofill_is_in_the_table() -> None:
    folder = Path(registry.__file__).parent

    assert {path.parent.name for path in folder.glob("*/organisation.yaml")} == {*registry.built_in()}
    assert all(organisation(name).data.id == name for name in registry.built_in())


def test_a_folder_of_ones_own_is_an_organisation(own: Path) -> None:
    shutil.copytree(CARRIER, own / "polar-parcel", dirs_exist_ok=True)
    file = add_form(own / "polar-parcel", "polar-lost")
    (own / ".trash").mkdir()
    (own / "notes.txt").touch()

    with pytest.raises(Misconfigured, match=f"there are: {', '.join(registry.built_in())}, polar-parcel$"):
        organisation("nobody")
    assert organisation("polar-parcel").data.title == "Polar Parcel"
    assert organisation_of_form("polar-lost").id == "polar-parcel"
    assert form_files()["polar-lost"] == file
    assert [*form_files()] == sorted(form_files())


def test_a_form_that_nobody_has_is_the_general_organisations(own: Path) -> None:
    assert organisation_of_form("usps-email-us").id == "usps"
    assert organisation_of_form("/home/me/mine.yaml") is GENERAL
    assert organisation_of_form("uspsmail-contact") is GENERAL
    assert GENERAL.data.escalation == ()
    assert {*GENERAL.forms} == set()


def test_a_case_of_a_form_that_is_gone_keeps_its_organisation(own: Path) -> None:
    """By the name it bears: the longest id that the form's name begins with."""
    (own / "usps-abroad").mkdir()

    assert organisation_of_form("usps-old-form").id == "usps"
    assert organisation_of_form("usps-abroad-form").id == "usps-abroad"


def test_an_unknown_organisation_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Misconfigured, match="usps"):
        organisation("ups")


def test_nothing_is_read_before_it_is_asked_for(own: Path) -> None:
    """A mistake in one organisation disturbs no other."""
    (own / "acme").mkdir()
    (own / "acme" / "organisation.yaml").write_text("id: [\n")
    add_form(own / "acme", "acme-contact")

    assert organisation_of_form("usps-email-us").data.id == "usps"
    with pytest.raises(InvalidFile, match=r"acme/organisation\.yaml:"):
        _ = organisation_of_form("acme-contact").data


@pytest.mark.parametrize(
    ("content", "error", "expected"),
    [
        (None, FileMissing, "organisation.yaml: no such file"),
        ("id: other\ntitle: A\n", InvalidFile, "organisation.yaml:1:1: id: must be the name of its folder: acme"),
        (
            "id: acme\ntitle: A\nmail: {quotes: [subject, answers.Order, order]}\n",
            InvalidFile,
            "organisation.yaml:3:41: mail.quotes.2: unknown field",
        ),
    ],
)
def test_a_folder_that_is_not_what_it_is_called(
    own: Path, content: str | None, error: type[Exception], expected: str
) -> None:
    (own / "acme").mkdir()
    if content:
        (own / "acme" / "organisation.yaml").write_text(content)

    with pytest.raises(error, match=expected):
        _ = organisation("acme").data


def test_nobody_takes_the_place_of_what_comes_with_autofill(own: Path) -> None:
    """A form of one's own under a known name would go to another address than everybody thinks."""
    file = add_form(own / "acme", "usps-email-us")
    with pytest.raises(InvalidFile) as caught:
        form_files()
    assert str(caught.value) == f"{file}: another organisation has a form map of this name; rename the file"

    shutil.rmtree(own / "acme")
    (own / "usps").mkdir()
    with pytest.raises(InvalidFile, match="an organisation of this name comes with autofill; rename the folder"):
        form_files()


def test_two_of_ones_own_cannot_share_a_form(own: Path) -> None:
    add_form(own / "acme", "contact")
    second = add_form(own / "beta", "contact")

    with pytest.raises(InvalidFile) as caught:
        form_files()
    assert str(caught.value).startswith(str(second))


def test_a_place_that_is_no_folder_is_told(own: Path) -> None:
    own.rmdir()
    own.touch()

    with pytest.raises(FileMissing, match="cannot be read"):
        form_files()
