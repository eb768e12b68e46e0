"""Parts of one value that a form has a control for each: which of them a control takes, as a form map says it. Pure.

Known by what stands over them, by what stands between them and by how much they take. Where they seem to be parts, and
it is not clear which, nothing goes into any of them unasked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from autofill.mapping.boxes import Made, continues, is_line, is_typed, over, own, says, words_of
from autofill.mapping.composed import kinds_in
from autofill.mapping.phone_parts import phone_parts
from autofill.mapping.recognise import FIELDS, Recognised
from autofill.mapping.signals import text_meaning
from autofill.mapping.words import LISTS, normal

_SIGNS: Final = frozenset({"@", "＠"})
# Words around a box and what is behind it, the sign and all.
_SIGNED: Final = re.compile(r"[@＠]\s*$")
_DOMAIN: Final = re.compile(r"@?[\w-]+(?:\.[\w-]+)+")
_STREET: Final = "contact.address.street"
_SINGLE: Final = frozenset({"first_name", "last_name", "postal_code", "city", "state"})


def parts_in(form: Sequence[Recognised], country: str) -> dict[int, Made]:
    """By index, what each control takes that is one of several for one value.

    Args:
        form: The controls that can be filled.
        country: The country whose people the page is for, if that is clear.
    """
    found: dict[int, Made] = {}
    at = 0
    while at < len(form):
        rest = form[at:]
        parts = _email(rest) or _listed(rest) or _postal_code(rest) or _street(rest) or phone_parts(rest, country)
        found |= {each.control.index: made for each, made in zip(rest, parts, strict=False)}
        at += max(1, len(parts))
    # Where a form asks for several addresses, at most one is the writer's.
    often = Counter(made.value for made in found.values() if "contact.address" in made.value)
    return {index: Made() if often[made.value] > 1 else made for index, made in found.items()}


def _email(rest: Sequence[Recognised]) -> list[Made]:
    """Two boxes around an @, or a box and a list of domains; behind both there may be a list that fills the second."""
    name, domain, more = (*rest[:3], None, None, None)[:3]
    if not name or not domain or not is_typed(name) or "email" not in text_meaning(words_of(name)):
        return []
    signed_words = bool(_SIGNED.search(words_of(name)))
    around = name.control.after in _SIGNS or domain.control.before in _SIGNS or signed_words
    offered = _domains(domain)
    signed = {each[1:]: each for each in offered if each.startswith("@")}
    if not is_line(name, domain) or not (around or len(signed) > 1) or not (len(offered) > 1 or is_typed(domain)):
        return [Made()] if signed_words else []
    if not says(name, "email", "email2") or (not around and len(signed) < len(offered)):
        return [Made()] * 2
    words = words_of(name)
    values = [Made(f"{{{{ contact.email | part({n}, '@') }}}}", words, n, signed if n > 1 else {}) for n in (1, 2)]
    return (
        [*values, Made(words=words, number=3)] if more and len(_domains(more)) > 1 and is_line(domain, more) else values
    )


def _domains(each: Recognised) -> list[str]:
    return [option.text for option in each.control.options if _DOMAIN.fullmatch(option.text)]


def _listed(rest: Sequence[Recognised]) -> list[Made]:
    """As many boxes as the words over them name fields: “PLZ / Ort”."""
    kinds = kinds_in(over(rest[0]))
    boxes = rest[: len(kinds)]
    if len(boxes) < 2 or not _SINGLE.issuperset(kinds) or not all(map(is_typed, boxes)):
        return []
    if not all(continues(*pair) for pair in pairwise(boxes)) or not says(rest[0], *kinds, "full_name"):
        return []
    return [Made(FIELDS[kind], over(rest[0]), number) for number, kind in enumerate(kinds, 1)]


def _postal_code(rest: Sequence[Recognised]) -> list[Made]:
    """Two short boxes under the words for a postal code."""
    if len(rest) < 2 or not all(map(is_typed, rest[:2])) or not says(rest[0], "postal_code"):
        return []
    first, last = rest[0].control, rest[1].control
    is_rest = text_meaning(own(last)).keys() <= {"postal_code"} and re.search(r"4|-", own(last))
    if not is_line(*rest[:2]) or not (is_rest or continues(*rest[:2])):
        return []
    if not (first.maxlength and last.maxlength):
        return [Made()] * 2
    sizes, words = f"{first.maxlength}, {last.maxlength}", words_of(rest[0])
    return [Made(f"{{{{ contact.address.postal_code | part({n}, {sizes}) }}}}", words, n) for n in (1, 2)]


def _street(rest: Sequence[Recognised]) -> list[Made]:
    """A street and its number, in either order, and what is added to the number."""
    boxes = [*rest[:2]]
    kinds = [each.kind for each in boxes]
    if len(kinds) > 1 and kinds[0] == "street" and kinds[1] != "_houseno" and continues(*boxes):
        kinds[1] = "_houseno" if kinds_in(over(boxes[0])) == ("street", "_houseno") else kinds[1]
    if sorted(kinds) != ["_houseno", "street"] or not all(map(is_typed, boxes)):
        return []
    if not says(boxes[0], "street", "_houseno") or not (continues(*boxes) or says(boxes[1], "street", "_houseno")):
        return [Made()] * 2
    added = [each for each in rest[2:3] if kinds[1] == "_houseno" and _is_addition(each)]
    part = {"street": "name", "_houseno": "digits" if added else "number"}
    made = [
        Made(f"{{{{ {_STREET} | street_part('{part[kind]}') }}}}", words_of(each), number)
        for number, (each, kind) in enumerate(zip(boxes, kinds, strict=True), 1)
    ]
    more = f"{{{{ ({_STREET} | street_part('addition')) or contact.address.unit }}}}"
    return [*made, *(Made(more, words_of(each)) for each in added)]


def _is_addition(each: Recognised) -> bool:
    """Whether it is for what follows a number; what follows an address is another thing."""
    said = {*normal(words_of(each)).split()}
    return is_typed(each) and not said.isdisjoint(LISTS["additions"]) and said.isdisjoint({"address", "adress"})
