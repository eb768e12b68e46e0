"""The constants are complete, and the names are those of CLDR."""

from __future__ import annotations

import phonenumbers
import pytest
from babel import Locale

from autofill.inquiry.geography import COUNTRIES, US_STATES, countries_named, country_code, country_names


def test_countries() -> None:
    """249 assigned codes; every region with telephones is among them but three that ISO does not assign."""
    assert len(COUNTRIES) == 249
    assert {"AC", "TA", "XK"} == phonenumbers.SUPPORTED_REGIONS - COUNTRIES.keys()


def test_states() -> None:
    """62 codes: 50 states, DC, 8 islands, 3 for the military."""
    assert len(US_STATES) == 62
    assert {"DC", "PR", "FM", "MH", "PW", "AA", "AE", "AP"} < US_STATES.keys()
    assert len(set(US_STATES.values())) == 62


@pytest.mark.parametrize("language", ["en", "de", "ko", "id"])
def test_every_name_that_cldr_knows_is_known(language: str) -> None:
    """Of Georgia nobody knows whether it is the state; whoever writes `Congo` has two."""
    names = {code: name for code, name in Locale(language).territories.items() if code in COUNTRIES}

    assert len(names) == 249
    assert [name for code, name in names.items() if code not in countries_named(name)] == []
    assert [name for code, name in names.items() if country_code(name) not in {code, None}] == []
    in_doubt = {code for code, name in names.items() if country_code(name) is None}
    assert in_doubt <= {"AS", "DM", "GE", "GU", "MF", "MH", "MP", "PR", "PW", "VI"}


def test_names_are_listed_in_the_readers_language_in_its_order() -> None:
    assert list(country_names("en"))[:2] == ["AF", "AX"]
    assert country_names("de")["AT"] == "Österreich"
    assert list(country_names("de")).index("AT") < list(country_names("de")).index("PK")
    assert country_names("ko")["US"] == "미국"
    for language in ("de", "ko", "id", "xx"):
        assert country_names(language).keys() == COUNTRIES.keys()
        assert len(set(country_names(language).values())) == 249


def test_what_may_be_two_is_in_doubt() -> None:
    for text in ("Korea", "코리아", "Kongo", "콩고", "Georgia", "Virgin Islands", "도미니카"):
        assert country_code(text) is None
