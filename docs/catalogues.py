"""Writes the catalogues in autofill/locale anew: the program's texts, each language's file of them, and what is loaded.

Run it as `python docs/catalogues.py` (or `make catalogues`) after a text was changed, and then once more when the empty
entries of the .po files are translated. No text may live here.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from autofill.language import LANGUAGES
from autofill.organisations.model import OrganisationData, parts
from autofill.organisations.registry import built_in, organisation

PROGRAM: Final = Path(__file__).resolve().parents[1] / "autofill"
TEMPLATE: Final = PROGRAM / "locale" / "autofill.pot"
TRANSLATED: Final = tuple(code for code in LANGUAGES if code != "en")
_KEYWORDS: Final = {**DEFAULT_KEYWORDS, "gettext_noop": None, "plural": (1, 2)}
# The practice desk is an American organisation's.
_READ_BY: Final = [("replica/**", "ignore"), ("**.py", "python"), ("**.j2", "jinja2")]
_SHOWN: Final = re.compile(r"\.(hours|how)$|^escalation\.\d+\.title$")
# A date or a version in it would make every file differ at every run.
_HEAD: Final = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: {language}\n"
"Plural-Forms: {plurals}\n"

"""
_NEVER: Final = datetime(2026, 1, 1, tzinfo=UTC)


def po_of(language: str) -> Path:
    """Where a language's texts are translated; what is loaded lies beside it, as .mo."""
    return PROGRAM / "locale" / language / "LC_MESSAGES" / "autofill.po"


def texts() -> Catalog:
    """Every text of the program that people read."""
    catalog = Catalog(charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(PROGRAM, _READ_BY, keywords=_KEYWORDS):
        catalog.add(message, locations=[(f"autofill/{name}", 0)], auto_comments=comments, context=context)
    for name in built_in():
        for words in texts_of(organisation(name).data):
            catalog.add(words, locations=[(f"autofill/organisations/{name}/organisation.yaml", 0)])
        own = organisation(name).own_fields
        for words in (*own.groups.values(), *(field.description for field in own.fields.values())):
            catalog.add(words, locations=[(f"autofill/organisations/{name}/fields.yaml", 0)])
        for rule in organisation(name).rules.values():
            for words in (rule.says, rule.instead):
                catalog.add(words, locations=[(f"autofill/organisations/{name}/advice.yaml", 0)])
    return catalog


def texts_of(data: OrganisationData) -> tuple[str, ...]:
    """What an organisation's data say to people in their own language; names of offices stay as they are."""
    every = ((".".join(map(str, trail)), value) for trail, value in parts(data))
    return tuple(value for key, value in every if isinstance(value, str) and value and _SHOWN.search(key))


def updated(language: str, template: Catalog) -> Catalog:
    """What is translated of the program's texts, and empty entries for the rest."""
    place = po_of(language)
    catalog = Catalog(locale=language)
    if place.exists():
        with place.open("rb") as file:
            catalog = read_po(file, locale=language)
    # A guess at a translation would have to be undone by whoever translates.
    catalog.update(template, no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = _NEVER
    return catalog


def written(catalog: Catalog) -> bytes:
    """A catalogue as a file: the same texts give the same bytes."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    head = _HEAD.format(language=catalog.locale or "en", plurals=catalog.plural_forms)
    return head.encode() + file.getvalue()


def main() -> None:
    """Write them all."""
    template = texts()
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(written(template))
    for language in TRANSLATED:
        catalog, place = updated(language, template), po_of(language)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(written(catalog))
        with place.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
