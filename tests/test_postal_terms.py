"""What is particular to one organisation stands in its folder: no postal term is in any other part of the program."""

from __future__ import annotations

import re
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "autofill"
# Its own folder, the table that names the folder, the practice site that imitates its form, and translations.
ITS_OWN = ("organisations/usps/", "organisations/registry.yaml", "replica/", "locale/")
KINDS = {".py", ".j2", ".js", ".css", ".json", ".yaml"}
# "Postal code" and "postal address" are anybody's.
TERMS = re.compile(
    r"usps|postal service|post office|mailpiece|mail[ _-]?class|informed[ _-]delivery|media[ _-]mail"
    r"|ground[ _-]advantage"
    r"|priority[ _-]mail|first[ _-]class[ _-]mail|tracking[ _-]?number|mailing[ _-]date|zip ?\+ ?4|passport",
    re.IGNORECASE,
)


def postal_terms(text: str) -> list[tuple[int, str]]:
    """Each line with a postal term, by its number."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if TERMS.search(line)]


def test_terms_are_found_however_they_are_written() -> None:
    said = "USPS\ntracking_number\nMail Class\npostal code\npostal_address\na post office\nZIP+4\n"

    assert [number for number, _line in postal_terms(said)] == [1, 2, 3, 6, 7]


def test_postal_terms_stand_in_their_organisations_folder() -> None:
    found = [
        f"{name}:{number} {line}"
        for path in sorted(PROGRAM.rglob("*"))
        if path.suffix in KINDS and not (name := path.relative_to(PROGRAM).as_posix()).startswith(ITS_OWN)
        for number, line in postal_terms(path.read_text(encoding="utf-8"))
    ]

    assert found == []
