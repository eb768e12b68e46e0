"""Group A: syntax and types; each file is refused at its place, or every value is text."""

from __future__ import annotations

import tracemalloc

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autofill.errors import AutofillError, InvalidFile
from autofill.sources import strict_yaml
from autofill.sources.source import MAX_BYTES, parse_source

LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
MERGES = "a: &a {k: v}\n" + "".join(f"m{n}: &m{n}\n  <<: [*a, *a, *a]\n" for n in range(40))

REFUSED = {
    "1 empty": (b"", "1:1: is empty"),
    "1 only a comment": (b"# nothing\n", "1:1: is empty"),
    "1 only a start": (b"---\n", "is empty"),
    "2 a list": (b"- a\n- b\n", "1:1: has no `name: value` lines"),
    "3 a scalar": (b"hello\n", "1:1: has no `name: value` lines"),
    "4 two documents": (b"a: 1\n---\nb: 2\n", "2:1: a second document"),
    "5 tab indent": (b"a:\n\tb: 1\n", "2:1: a tab cannot indent"),
    "6 unclosed bracket": (b"a: [1, 2\n", "1:4: a bracket opens here"),
    "6 unclosed quote": (b"a: 'x\n", "1:4: a quote opens here"),
    "7 latin-1": (b"a: x\nname: Mu\xfcller\n", "2:9: is not UTF-8"),
    "8 UTF-16": ("a: 1\n".encode("utf-16"), "1:1: is not UTF-8"),
    "8 UTF-16 without mark": ("a: 1\n".encode("utf-16-le"), "1:2: invisible character U+0000"),
    "9 raw NUL": (b"a: x\x00y\n", "1:5: invisible character U+0000"),
    "10 raw ESC": (b"a: \x1b[31mred\n", "1:4: invisible character U+001B"),
    "raw DEL": (b"a: x\x7f\n", "1:5: invisible character U+007F"),
    "raw C1": ("a: x\u009by\n".encode(), "1:5: invisible character U+009B"),
    "raw next line": ("a: x\u0085y\n".encode(), "1:5: invisible character U+0085"),
    "raw line separator": ("a: x\u2028y\n".encode(), "1:5: invisible character U+2028"),
    "raw BOM inside": ("a: x\ufeffy\n".encode(), "1:5: invisible character U+FEFF"),
    "11 escaped NUL": (b'a: "x\\0"\n', "1:4: the text contains the invisible character U+0000"),
    "12 escaped ESC": (b'a: "\\e[31m"\n', "1:4: the text contains the invisible character U+001B"),
    "escaped CR": (b'a: "x\\ry"\n', "1:4: the text contains the invisible character U+000D"),
    "escaped line separator": (b'a: "x\\Ly"\n', "1:4: the text contains the invisible character U+2028"),
    "escape in a key": (b'"a\\0": x\n', "1:1: the text contains the invisible character U+0000"),
    "13 lone surrogate": (b'a: "\\ud800"\n', "1:"),
    "14 duplicate key": (b"a: 1\nb: 2\na: 3\n", "3:1: a: the same key is on line 1"),
    "14 duplicate of an empty key": (b"a:\nb: 2\na: 3\n", "3:1: a: the same key is on line 1"),
    "15 python object": (b"a: !!python/object:os.system {}\n", "1:4: tags"),
    "16 secret": (b"a: !secret x\n", "1:4: tags"),
    "17 binary": (b"a: !!binary aGk=\n", "1:4: tags"),
    "bare tag": (b"a: ! x\n", "1:4: tags"),
    "18 anchor": (b"a: &x 1\n", "1:4: anchors"),
    "18 alias": (b"a: &x 1\nb: *x\n", "2:4: aliases"),
    "19 self-reference": (b"a: &x [*x]\n", "1:8: aliases"),
    "20 billion laughs": (LAUGHS.encode(), "1:4: anchors"),
    "21 merge bomb": (MERGES.encode(), "merge keys"),
    "merge key": (b"<<: {a: b}\n", "1:1: merge keys"),
    "22 1,000 brackets": (b"a: " + b"[" * 1_000, "1:11: is nested more than 8"),
    "22 as many brackets as fit": (b"a: " + b"[" * (MAX_BYTES - 3), "1:11: is nested more than 8"),
    "22 200,000 brackets": (b"[" * 200_000, "is larger than 64 KiB"),
    "22 deep mappings": (b"{a: " * 1_000, "is nested more than 8"),
    "23 too large": (b"a: " + b"x" * MAX_BYTES, "is larger than 64 KiB"),
    "too many parts": (b"a: [" + b"x," * 5_000 + b"x]", "has more than 4,000 parts"),
    "key that is a list": (b"? [a]\n: b\n", "1:3: a key must be a plain name"),
    "key that is an alias": (b"*a : b\n", "a key must be a plain name"),
    "empty item": (b"a:\n  -\n  - x\n", "2:4: an empty item"),
    "second colon": (b"a: b: c\n", "1:5: a second `: `"),
    "unknown escape": (b'a: "\\q"\n', "unknown escape"),
    "impossible escape": (b'a: "\\UFFFFFFFF"\n', "1:"),
}


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers that an installation may have."""
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)
    return str(request.param)


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused_at_its_place(content: bytes, expected: str) -> None:
    """Each file of group A is refused with a line that says where and why."""
    with pytest.raises(InvalidFile) as caught:
        parse_source(content, "f")
    assert any(f"f:{expected}" in line or expected in line for line in map(str, caught.value.problems))


@pytest.mark.parametrize("content", [content for content, _ in REFUSED.values()], ids=list(REFUSED))
def test_both_parsers_refuse(content: bytes, parser: str) -> None:
    """An installation without libyaml is as strict."""
    with pytest.raises(InvalidFile):
        parse_source(content, "f")


def test_bombs_cost_no_memory() -> None:
    """Laughs and merges are refused as they are read, not expanded first."""
    tracemalloc.start()
    for bomb in (LAUGHS, MERGES):
        with pytest.raises(InvalidFile):
            parse_source(bomb.encode(), "f")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_problems_are_collected() -> None:
    """One pass finds everything that is not a consequence of something else, sorted by line."""
    with pytest.raises(InvalidFile) as caught:
        parse_source(b'a: &x 1\nb: !t 2\na: *x\nc: "\\0"\n', "f")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3, 3, 4]


def test_no_value_in_messages() -> None:
    """A stray sentence that was taken for a key is not repeated."""
    with pytest.raises(InvalidFile) as caught:
        parse_source(b"My name is Smith: x\nMy name is Smith: y\n", "f")
    assert "Smith" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["02134", "00501", "08901", "No", "Null", "~", "0551234567", "9400111899223197428490", "1_000", "12:30",
     "2026-13-45", "1e5", ".inf", "=", "0x1F", "+491511", "王", "true", "Nuñez", "O'Brien"],
)  # fmt: skip
def test_every_scalar_is_text(text: str, parser: str) -> None:
    """Group B: what other readers turn into numbers, days or nothing arrives as it was written."""
    assert parse_source(f"a: {text}\nb: [{text}]\n".encode(), "f").data == {"a": text, "b": [text]}


def test_empty_means_not_given(parser: str) -> None:
    """A key without a value is dropped but keeps its place; quotes make an empty text."""
    source = parse_source(b'a:\nb: ""\nc: x\n', "f")
    assert source.data == {"b": "", "c": "x"}
    assert source.problem(("a",), "m").line == 1


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: x\nb: y\n", b"a: x\r\nb: y\r\n", b"a: x\rb: y\r", b"a: x\nb: y"])
def test_line_ends_and_byte_order_mark(content: bytes) -> None:
    """Files of any system load and give the same places."""
    source = parse_source(content, "f")
    assert source.data == {"a": "x", "b": "y"}
    assert source.positions == {(): (1, 1), ("a",): (1, 1), ("b",): (2, 1)}


def test_places_count_characters_through_nesting() -> None:
    """Positions are those of keys and of list items, counted in characters from 1."""
    source = parse_source("a:\n  ü: [x, y]\n  b:\n    - c: 1\n".encode(), "f")
    assert source.positions[("a", "ü")] == (2, 3)
    assert source.positions[("a", "ü", 1)] == (2, 10)
    assert source.positions[("a", "b", 0, "c")] == (4, 7)


def test_normal_form_is_recorded() -> None:
    """Separate accents are joined, and the value that changed is named."""
    source = parse_source("a: Jose\u0301\nb: [x, n\u0303]\nc: é\n".encode(), "f")
    assert source.data == {"a": "José", "b": ["x", "ñ"], "c": "é"}
    assert source.normalised == (("a",), ("b", 1))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a: 77 Lane #9", [("a",)]),
        ("a: 77 Lane # 9", [("a",)]),
        ("a: 77 Lane  # 9", [("a",)]),
        ("a: 77 Lane  #9 rear", [("a",)]),
        ("a: 'Lane' #9", [("a",)]),
        ("a: one\n  two #9", [("a",)]),
        ("a: [b #c\n, d]", [("a", 0)]),
        ("a:\n  - b #9", [("a", 0)]),
        ("a: {b: c}\nd: #9", [("d",)]),
        ("a: b\nd:  # nothing yet", [("d",)]),
        ("a: 77 Lane#9", []),
        ("a: 77 Lane  # as on an envelope", []),
        ("a: 77 Lane   #   as on an envelope", []),
        ("a: '77 Lane #9'", []),
        ("a: |  # header\n  77 Lane #9", []),
        ("a:  # a block\n  b: c", []),
        ("# 9\na: b", []),
    ],
)
def test_f_what_a_hash_may_have_cut_off_is_recorded(text: str, cut: list[tuple[str | int, ...]]) -> None:
    """F: text after ` #` vanishes, and so does a value of nothing but that; what is meant as a comment is none."""
    source = parse_source(text.encode(), "f")
    assert [*source.cut] == cut


def test_eight_levels_are_enough_and_allowed() -> None:
    """The limit itself is fine."""
    assert parse_source(b"a: " + b"[" * 7 + b"]" * 7, "f").data


@given(st.binary(max_size=400) | st.text("ab:-?[]{}&*!|>'\"#%@\\0ud\n\t ,<\u2028\ufeffé\U0001f600", max_size=80))
@settings(max_examples=500, deadline=None)
@example("a: &\n")
@example('"\\U00110000": 1')
@example("%YAML 1.1\n%TAG ! tag:x,2000:\n---\na: !b c\n")
@example(": x")
@example("!<%ff> a: b")
def test_nothing_else_is_ever_raised(content: bytes | str) -> None:
    """Whatever the bytes, the answer is a source or a list of problems, in both parsers."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strict_yaml, "_LOADER", loader)
            try:
                assert parse_source(data, "f").data
            except AutofillError:
                continue


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(st.characters(codec="utf-8"), max_size=60))
)
def test_round_trip(values: dict[str, str]) -> None:
    """Any printable text in quotes comes back the same, up to normal form."""
    import unicodedata

    text = "".join(f"{key}: {quoted(value)}\n" for key, value in values.items())
    try:
        assert parse_source(text.encode(), "f").data == {
            key: unicodedata.normalize("NFC", value) for key, value in values.items()
        }
    except InvalidFile:
        assert not values or any(strict_yaml.UNPRINTABLE.search(value) for value in values.values())


def quoted(value: str) -> str:
    """YAML's double quotes, every line break and backslash escaped."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
