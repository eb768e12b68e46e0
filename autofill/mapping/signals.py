"""Signals of a control: what each place where words stand says about what the control takes. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from autofill.mapping.words import (
    LISTS,
    Meaning,
    autocomplete_kinds,
    meaning,
    name_meaning,
    name_words,
    normal,
    without_brackets,
)
from autofill.page.inventory import PageControl

# By the name of a source, the control's text.
_TEXTS: Final = {
    "label": "label",
    "aria": "aria_label",
    "placeholder": "placeholder",
    "title": "title",
    "left": "left",
    "above": "above",
    "before": "before",
    "after": "after",
    "row_head": "row_head",
    "column_head": "column_head",
    "description": "description",
}
_LONGEST = 200
# What a label over several controls says.
_WIDER: Final = frozenset({"full_name", "street", "phone"})


@dataclass(frozen=True, slots=True)
class Signals:
    """What is said about one control.

    `said` is what each source says; `name` and `id` are the words of those attributes that tell this control from the
    others of its form.
    """

    control: PageControl
    name: str
    id: str
    said: Mapping[str, Meaning]

    @property
    def trap_words(self) -> frozenset[str]:
        """The sources that say to leave it empty."""
        return frozenset(source for source, found in self.said.items() if "_trap" in found)


def takes_text(control: PageControl) -> bool:
    """Whether a control is of a kind that any field of a person could go into."""
    return control.role != "button" and control.type not in LISTS["textless"]


def forms_of(controls: Sequence[PageControl]) -> Iterator[list[PageControl]]:
    """The controls of each form, and of each frame outside of forms."""
    for _key, group in groupby(sorted(controls, key=_form_key), key=_form_key):
        yield sorted(group, key=lambda control: control.index)


def _form_key(control: PageControl) -> tuple[int, int]:
    return control.frame, control.form


def signals_of(form: Sequence[PageControl]) -> list[Signals]:
    """The signals of the controls of one form that can be filled."""
    fillable = [control for control in form if control.role != "button"]
    names = _telling([control.html_name for control in fillable])
    ids = _telling([control.html_id for control in fillable])
    return [
        Signals(control, name, key, dict(_said(control, name, key)))
        for control, name, key in zip(fillable, names, ids, strict=True)
    ]


def _telling(names: Sequence[str]) -> list[str]:
    """The words of each name that most others of the form do not have: `billing[...]` says nothing."""
    words = [name_words(name) for name in names]
    named = sum(1 for each in words if each)
    seen = Counter(word for each in words for word in set(each))
    common = {word for word, count in seen.items() if named >= 3 and count >= 0.7 * named}
    return [_joined([word for word in each if word not in common] or list(each[-1:])) for each in words]


def _joined(words: Sequence[str]) -> str:
    return " ".join(word for word in words if word not in LISTS["noise"]) or " ".join(words)


def _keeps_browsers_off(control: PageControl) -> bool:
    """Whether its attribute says so only that browsers suggest nothing: a list, or a field whose letters show."""
    return control.autocomplete == "new-password" and control.type != "password"


def _said(control: PageControl, name: str, key: str) -> Iterator[tuple[str, Meaning]]:
    """What each source says, where it says something."""
    tokens = [token for token in control.autocomplete.split() if not token.startswith("section-")]
    if tokens and tokens[-1] in autocomplete_kinds() and not _keeps_browsers_off(control):
        yield "autocomplete", {autocomplete_kinds()[tokens[-1]]: 1.0}
    texts = {source: str(getattr(control, attribute)) for source, attribute in _TEXTS.items()}
    texts["label"] = narrowest(control.label)
    if control.left:
        texts["above"] = ""  # what stands above a control with words beside it is another's
    if control.options and not texts["placeholder"]:
        texts["placeholder"] = control.options[0].text  # lists say in their first choice what is to be chosen
    if control.tag in {"input", "textarea"}:
        texts["preset"] = control.preset
    for source, text in texts.items():
        if found := text_meaning(text):
            yield source, found
    for source, words in (("name", name), ("id", key)):
        if found := name_meaning(words):
            yield source, found
    if kind := options_kind(control):
        yield "options", {kind: 1.0}


def narrowest(label: str) -> str:
    """Of several labels of one control the last that says something: “Name”, and below the box “First”.

    Where the others say something else, and nothing wider, one may be another control's: then they count together.
    """
    *wider, last = [part for part in label.split(" | ") if text_meaning(part)] or [label]
    others = {kind for part in wider for kind in text_meaning(part)}
    return last if others <= {*_WIDER, *text_meaning(last)} else label


def text_meaning(text: str) -> Meaning:
    """What a text of the page says; that something is to be left empty counts in brackets, too.

    How a name is read, or written in other letters, is another thing than the name.
    """
    whole = meaning(normal(text)[:_LONGEST])
    if "_reading" in whole:
        return {"_reading": whole["_reading"]}
    found = meaning(normal(without_brackets(text))[:_LONGEST]) or whole
    return {**found, "_trap": whole["_trap"]} if "_trap" in whole else found


def options_kind(control: PageControl) -> str | None:
    """What the choices of a control are: a kind, or None where that is not clear."""
    if not control.options:
        return None
    options = [(normal(option.text), normal(option.value)) for option in control.options]
    texts = {text for text, _value in options}
    if texts & LISTS["titles"] and len(options) < 25:
        return "_prefix"
    if _is_date(options):
        return "_date"
    if _count(_DIAL_CODE.search(option.text) for option in control.options) >= max(8, 0.6 * len(options)):
        return "_phone_cc"
    countries = _count(
        text.replace(" ", "-") in LISTS["countries"] or text.split(" ")[0] in LISTS["countries"] or value in _CODES
        for text, value in options
    )
    if countries >= 8:
        return "country"
    states = _count(text in LISTS["states"] or value in LISTS["states"] for text, value in options)
    return "state" if states >= 8 else None


_DIAL_CODE: Final = re.compile(r"(?:\+|\b00)\s?\d{1,4}\b")
_CODES: Final = frozenset({"us", "de", "fr", "gb", "jp"})


def _is_date(options: Sequence[tuple[str, str]]) -> bool:
    """Whether they are days, months or years."""
    texts = [text for text, _value in options]
    days = len(texts) in range(28, 40) and "31" in texts
    months = len(texts) in range(12, 15) and any(text[:3] in LISTS["months"] for text in texts)
    return days or months or _count(re.fullmatch(r"(?:19|20)\d\d", text) for text in texts) >= 8


def _count(found: Iterator[object]) -> int:
    return sum(1 for each in found if each)
