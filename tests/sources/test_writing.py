"""What is written as YAML is read back as it was."""

from __future__ import annotations

import unicodedata
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as some

from autofill.sources.source import parse_source
from autofill.sources.strict_yaml import Value
from autofill.sources.writing import yaml_text

SIGNS = "~ | - | ? | ' | #a | a: | [a] | a: b | a #b | - a | x, y | yes | null"
AWKWARD = [*SIGNS.split(" | "), '"', "a'b\"c", "\\d{8}", "a\nb\n"]
LETTERS = some.characters(categories=["L", "N", "P", "S", "Zs"])
NORMAL = some.text(LETTERS, min_size=1, max_size=30).map(partial(unicodedata.normalize, "NFC"))
TEXTS = NORMAL | some.sampled_from(AWKWARD)
KEYS = some.text("abc-_ :#", min_size=1, max_size=8).filter(lambda key: key != "<<")


@settings(max_examples=200, deadline=None, database=None)
@given(
    some.dictionaries(
        KEYS,
        some.recursive(
            TEXTS,
            lambda inner: (
                some.lists(inner, min_size=1, max_size=4) | some.dictionaries(KEYS, inner, min_size=1, max_size=4)
            ),
            max_leaves=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_back(data: dict[str, Value]) -> None:
    """Whatever stands in it: signs of YAML, quotes, spaces at the ends, line breaks."""
    assert parse_source(yaml_text(data).encode(), "m.yaml").data == data


def test_what_fits_stands_on_one_line() -> None:
    """As a person would write it."""
    assert yaml_text({"a": "b, c", "d": {"e": ["f", "g, h"]}, "i": [{"j": {"k": {"l": "m"}}}]}) == (
        'a: b, c\nd: {e: [f, "g, h"]}\ni:\n  - {j: {k: {l: m}}}\n'
    )
