"""A form map corrected by what was found again for certain. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.mapping.asking import bare
from autofill.mapping.fingerprint import ways_of
from autofill.mapping.prints import ControlPrint
from autofill.mapping.repair import moved


class Correction(Protocol):
    """One control of a map, by its page's slug and its `id`: how it `was` found, and how the form `finds` it now."""

    @property
    def page(self) -> str: ...  # noqa: D102
    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def was(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def finds(self) -> Mapping[str, str]: ...  # noqa: D102


def corrected(form_map: FormMap, found: Iterable[Correction]) -> FormMap:
    """The map with other ways to its controls.

    Several may have one id: each is told by how the map finds it. Where that was not kept, nobody can tell which it is,
    so they stay as they are; unless they are one control, for different answers.
    """
    known = {(each.page, each.id, tuple(sorted(each.was.items()))): each.finds for each in found}

    def now(slug: str, control: Control, *, alone: bool) -> Control:
        was = tuple(sorted(ways_of(control).items()))
        finds = known.get((slug, control.id, was)) or (known.get((slug, control.id, ())) if alone else None)
        if not finds:
            return control
        ways = tuple((key, bare(words) if key == "name" else words) for key, words in finds.items())
        return moved(control, ControlPrint(words="", finds=ways))

    pages = []
    for page in form_map.pages:
        slug = form_map.slug_of(page)
        places = defaultdict[str, set[object]](set)
        for each in page.controls:
            places[each.id].add((each.names, each.place))
        controls = (now(slug, each, alone=len(places[each.id]) == 1) for each in page.controls)
        pages.append(page.model_copy(update={"controls": tuple(controls)}))
    return form_map.model_copy(update={"pages": tuple(pages)})
