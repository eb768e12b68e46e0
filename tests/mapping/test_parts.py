"""Values in parts: a number in three boxes, an address around an @, a street and its number. In doubt: asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from playwright.async_api import Page

from autofill.forms.control import Control
from autofill.forms.entries import text_for
from autofill.forms.value import UnfitError, value_from
from autofill.inquiry.fields import Fields, flatten
from autofill.inquiry.models import Inquiry
from autofill.mapping.draft import draft
from autofill.mapping.recognise import recognise
from autofill.page.inventory import inventory_of
from autofill.page.seen import look
from tests.mapping import parts_pages

DATA: Final[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("parts.yaml").read_text(encoding="utf-8"))
AROUND: Final = """<html lang={lang}><form method=post>{html}
<p><label>Message <textarea name=msg data-v=message></textarea></label><button>Send</button></form>"""


def fields_of(country: str) -> Fields:
    return flatten(Inquiry.model_validate({"contact": DATA["profiles"][country], "message": "message"}))


async def entered(page: Page, html: str, fields: Fields) -> list[tuple[str, str]]:
    """What a draft of a page would enter into each control, and what goes there; empty is what nothing goes into."""
    await page.set_content(html)
    inventory = await inventory_of(page)
    drafted = draft(inventory, recognise(inventory), "Contact", "https://acme.example/contact").controls
    controls = [Control.model_validate(dict(each.entry)) for each in drafted if each.certain]
    seen = await look(page, controls)
    assert [each.count for each in seen] == [1] * len(controls), [each.entry for each in drafted]
    wanted = [await each.locator().get_attribute("data-v") or "" for each in seen]
    return list(zip([text_for(each, fields) or "" for each in controls], wanted, strict=True))


@pytest.mark.parametrize("case", DATA["pages"], ids=lambda case: str(case["name"]))
async def test_each_control_takes_its_part_and_what_is_not_clear_is_asked(case: dict[str, Any], shared: Page) -> None:
    found = await entered(shared, AROUND.format(**case), fields_of(case["who"]))

    assert [planned for planned, _wanted in found] == [wanted for _planned, wanted in found]
    assert sum(bool(wanted) for _planned, wanted in found) == await shared.locator("[data-v]").count()


@pytest.mark.parametrize("language", parts_pages.WHO)
async def test_pages_put_together_at_random_get_no_wrong_part(language: str, shared: Page) -> None:
    """Nobody chose which boxes, signs and words meet."""
    fields = fields_of(parts_pages.WHO[language])
    for seed in range(8):
        html = parts_pages.page_in(language, seed, str(fields["contact.email"]))
        found = await entered(shared, html, fields)
        assert [planned for planned, _wanted in found] == [wanted for _planned, wanted in found], html
        assert (
            sum(bool(wanted) for _planned, wanted in found) == await shared.locator("[data-v]:not([data-v=''])").count()
        )


@pytest.mark.parametrize(
    ("value", "country", "given"),
    [
        ("phone_part(1, 3, 'US')", "KR", "another country"),
        ("phone_part(2, 3, 'US')", "US", "extension"),
        ("phone_part(3, 3, 'DE')", "DE", "boxes"),
        ("phone_part(2, 3)", "KR", "1234"),
        ("phone_part(1, 1)", "JP", "312345678"),
        ("phone_part('region')", "NL", "NL"),
    ],
)
def test_a_number_that_does_not_divide_so_is_not_entered(value: str, country: str, given: str) -> None:
    _compared(f"{{{{ contact.phone | {value} }}}}", fields_of(country), given)


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("Lange Str. 12a", ("Lange Str.", "12a", "12", "a")),
        ("Straße des 17. Juni 135", ("Straße des 17. Juni", "135", "135", "")),
        ("12 bis rue de Rivoli", ("rue de Rivoli", "12 bis", "12", "bis")),
        ("Rue de la Paix, 12", ("Rue de la Paix", "12", "12", "")),
        ("221B Baker Street", ("Baker Street", "221B", "221", "B")),
        ("Kerkstraat 12 A", ("Kerkstraat", "12 A", "12", "A")),
        ("Jl. Merdeka No. 12", ("Jl. Merdeka", "12", "12", "")),
        ("Hauptstr. 5-7", ("Hauptstr.", "5-7", None, None)),
        *(
            (street, (None,) * 4)
            for street in ("17 Mile Drive 5", "丸の内1-1", "Main Street", "Postfach 12", "Calle 12 34")
        ),
    ],
)
def test_a_street_is_divided_where_its_number_is_clear(street: str, parts: tuple[str | None, ...]) -> None:
    for which, part in zip(("name", "number", "digits", "addition"), parts, strict=True):
        value = f"{{{{ contact.address.street | street_part('{which}') }}}}"
        _compared(value, {"contact.address.street": street}, "house number" if part is None else part)


@pytest.mark.parametrize(
    ("text", "value", "given"),
    [
        ("100-0005", "part(2, 3, 4)", "0005"),
        ("20190", "part(2, 5, 4)", ""),
        ("10115", "part(1, 3, 4)", "boxes"),
        ("a@b.example", "part(2, '@')", "b.example"),
        ("a.example", "part(1, '@')", "boxes"),
    ],
)
def test_a_text_is_divided_by_a_sign_or_by_sizes(text: str, value: str, given: str) -> None:
    _compared(f"{{{{ message | {value} }}}}", {"message": text}, given)


def _compared(value: str, fields: Fields, given: str) -> None:
    """What comes of an expression, or why nothing does."""
    try:
        assert (value_from(value, fields) or "") == given
    except UnfitError as unfit:
        assert given in str(unfit)  # noqa: PT017 - both are results
