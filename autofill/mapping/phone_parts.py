"""Telephone numbers in parts: the country's code, one to three boxes for the number, an extension. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from autofill.inquiry.geography import COUNTRIES
from autofill.inquiry.phones import regions_of
from autofill.mapping.boxes import Made, continues, is_line, is_typed, over, own, says, words_of
from autofill.mapping.options import places_in
from autofill.mapping.recognise import Recognised
from autofill.mapping.signals import text_meaning
from autofill.mapping.words import LISTS, meaning, normal
from autofill.page.inventory import Inventory

_KINDS: Final = frozenset({"phone", "_phone_cc", "_phone_area", "_phone_part", "_phone_ext"})
# What a box for a part may be called that names another thing elsewhere.
_ELSEWHERE: Final = _KINDS | {"_prefix", "_suffix", "_case", "_qty"}
# So many characters a part of a number has at most.
_SHORT: Final = 6
_MOST: Final = 3
_AMERICAN: Final = (3, 3, 4)
_BETWEEN: Final = frozenset({"-", "–", "/", ")", ") -"})
_DIAL_CODE: Final = re.compile(r"(?:\+|\b00)\s?(\d{1,4})\b")
# Countries' endings of addresses that everybody uses.
_ANYBODYS: Final = frozenset({"AI", "CC", "CO", "FM", "IO", "ME", "TV", "WS"})


def country_of(inventory: Inventory) -> str:
    """The country whose people a page is for, by its language and its address; empty where that is not clear."""
    top = inventory.frames[0]
    language, _dash, region = top.language.replace("_", "-").upper().partition("-")
    ending = (urlsplit(top.url).hostname or "").rpartition(".")[2].upper().replace("UK", "GB")
    said = {region[-2:], "" if ending in _ANYBODYS else ending} & COUNTRIES.keys()
    homes = dict(each.upper().split("-") for each in LISTS["homes"])
    return next(iter(said)) if len(said) == 1 else "" if said else homes.get(language, "")


def phone_parts(rest: Sequence[Recognised], country: str) -> list[Made]:
    """What each of the first controls takes of a number, if the first begins one that is in parts."""
    row = _row(rest)
    lead = [each for each in row[:1] if each.kind == "_phone_cc"]
    ending = [each for each in row[1:][-1:] if each.kind == "_phone_ext"]
    boxes = row[len(lead) : len(row) - len(ending)]
    if not boxes or (len(boxes) == 1 and not lead):
        return _like(boxes[0], country) if boxes else []
    codes = [made for each in lead if (made := _code(each))]
    at = "" if lead else country or _america(boxes)
    clear = _are_clear(boxes) and any(says(each, *_KINDS) for each in row)
    if not clear or len(codes) < len(lead) or not (lead or at):
        return [Made()] * len(row)
    more = ", ".join((str(len(boxes)), *((f"'{at}'",) if at else ()), *(("ext=true",) if ending else ())))
    values = [f"{{{{ contact.phone | phone_part({n}, {more}) }}}}" for n in range(1, len(boxes) + 1)]
    extension = "{{ contact.phone | phone_part('extension') }}"
    return [
        *codes,
        *(Made(value, over(boxes[0]) or over(row[0]), n) for n, value in enumerate(values, 1 + len(lead))),
        *(Made(extension, words_of(each)) for each in ending),
    ]


def _like(box: Recognised, country: str) -> list[Made]:
    """What goes into one box that takes numbers in a notation of its own."""
    pattern = box.control.pattern
    if not (pattern and box.act and box.kind == "phone"):
        return []
    try:
        re.compile(pattern)
    except re.error:  # of a browser's kind only
        return []
    more = json.dumps(pattern) + (f", '{country}'" if country else "")
    return [Made(f"{{{{ contact.phone | phone_like({more}) }}}}", words_of(box))]


def _row(rest: Sequence[Recognised]) -> list[Recognised]:
    """The controls from the first on that are, or may be, parts of one number."""
    row: list[Recognised] = []
    for each in rest:
        if not (_goes_on(row, each) if row else _begins(each)):
            break
        row.append(each)
    return row


def _begins(each: Recognised) -> bool:
    return each.kind in _KINDS - {"_phone_ext"} or (_is_prefixes(each) and says(each, "phone", "_phone_area"))


def _goes_on(row: Sequence[Recognised], each: Recognised) -> bool:
    """Whether a control is one more part: by its own words, or without any by where it stands and what it takes."""
    last, kind, words = row[-1], each.kind, own(each.control)
    if last.kind == "_phone_ext" or kind == "_phone_cc":
        return False
    if kind in _KINDS and words:
        return not (_is_whole(last) and _is_whole(each)) or kind == "_phone_ext"
    legend = each.control.legend
    named = bool(legend) and legend == row[0].control.legend and text_meaning(words).keys() <= _ELSEWHERE
    parted = _is_parted(last, each) or _signs(row[0]) >= len(row) or kind == "phone"
    fits = _is_short(each) or _is_prefixes(each) or (is_typed(each) and parted)
    return is_line(last, each) and fits and (continues(last, each) or named)


def _is_whole(each: Recognised) -> bool:
    """Whether a control by its own words takes a number, and not a part of one."""
    return each.kind == "phone" and bool(own(each.control)) and not _is_short(each)


def _is_short(each: Recognised) -> bool:
    return is_typed(each) and 0 < each.control.maxlength <= _SHORT


def _is_parted(one: Recognised, other: Recognised) -> bool:
    """Whether something stands between two controls as between the parts of a number."""
    return one.control.after in _BETWEEN or other.control.before in _BETWEEN


def _signs(first: Recognised) -> int:
    """How many signs stand between the controls in a label that is around all of them."""
    return sum(map(first.control.label.split(" ").count, "-–/"))


def _is_prefixes(each: Recognised) -> bool:
    """Whether it is a list of what numbers begin with."""
    return sum(bool(re.fullmatch(r"0\d{1,4}", option.text)) for option in each.control.options) > 1


def _are_clear(boxes: Sequence[Recognised]) -> bool:
    """Whether it is clear what goes into each box."""
    if len(boxes) == 1:
        return is_typed(boxes[0]) and boxes[0].kind == "phone"
    if len(boxes) >= _MOST:
        signed = _signs(boxes[0]) == len(boxes) - 1
        shaped = [signed or _is_short(each) or _is_prefixes(each) for each in boxes]
        return all(is_shaped or _is_parted(*pair) for is_shaped, pair in zip(shaped[1:], pairwise(boxes), strict=True))
    is_area = boxes[0].kind == "_phone_area" or "_phone_area" in meaning(normal(over(boxes[0])))
    return is_area and is_typed(boxes[1]) and not 0 < boxes[1].control.maxlength < _SHORT


def _america(boxes: Sequence[Recognised]) -> str:
    """The United States, if the boxes are for its numbers, whoever the page is for."""
    sizes = tuple(each.control.maxlength for each in boxes)
    area = len(boxes) < _MOST and boxes[0].kind == "_phone_area" and sizes[0] == _AMERICAN[0]
    return "US" if area or sizes == _AMERICAN else ""


def _code(each: Recognised) -> Made | None:
    """What goes into the control for the country's code, if that is clear."""
    control, code = each.control, "contact.phone | phone_part('code')"
    if control.tag != "select":
        bare = control.type == "number" or control.before.endswith("+") or 0 < control.maxlength <= _MOST
        clear = is_typed(each) and control.role != "combobox"
        return Made(f"{{{{ {code} | digits }}}}" if bare else f"{{{{ {code} }}}}", words_of(each)) if clear else None
    offered = [(option.text, _DIAL_CODE.findall(option.text)) for option in control.options]
    listed = [(text, codes[0]) for text, codes in offered if len(codes) == 1]
    if listed and all(re.fullmatch(r"\+\d+", text) for text, _number in listed):
        return Made(f"{{{{ {code} }}}}", words_of(each))
    choices = dict(_by_region(listed))
    return Made("{{ contact.phone | phone_part('region') }}", words_of(each), choices=choices) if choices else None


def _by_region(listed: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words of a list by country; where several have a code, the one that they name."""
    for text, code in listed:
        regions = {*regions_of(code)}
        named = regions & places_in(_DIAL_CODE.sub(" ", text)) if len(regions) > 1 else regions
        if len(named) == 1:
            yield next(iter(named)), text
