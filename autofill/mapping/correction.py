"""A form map corrected by what was found again for certain. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.mapping.asking import bare
from autofill.mapping.prints import ControlPrint
from autofill.mapping.repair import moved


def corrected(form_map: FormMap, found: Mapping[tuple[str, str], Mapping[str, str]]) -> FormMap:
    """The map with other ways to its controls: of each page's slug and control's id, how it is found now.

    Of several with one id nobody can tell which it is, so they stay as they are; unless they are one control, for
    different answers.
    """

    def now(slug: str, control: Control) -> Control:
        finds = found.get((slug, control.id))
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
        controls = (now(slug, each) if len(places[each.id]) == 1 else each for each in page.controls)
        pages.append(page.model_copy(update={"controls": tuple(controls)}))
    return form_map.model_copy(update={"pages": tuple(pages)})
