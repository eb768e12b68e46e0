"""A form map corrected by what was found again for certain. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.mapping.asking import bare
from autofill.mapping.prints import ControlPrint
from autofill.mapping.repair import moved


def corrected(form_map: FormMap, found: Mapping[tuple[str, str], Mapping[str, str]]) -> FormMap:
    """The map with other ways to its controls: of each page's slug and control's id, how it is found now."""

    def now(slug: str, control: Control) -> Control:
        finds = found.get((slug, control.id))
        if not finds:
            return control
        ways = tuple((key, bare(words) if key == "name" else words) for key, words in finds.items())
        return moved(control, ControlPrint(words="", finds=ways))

    pages = []
    for page in form_map.pages:
        slug = form_map.slug_of(page)
        pages.append(page.model_copy(update={"controls": tuple(now(slug, each) for each in page.controls)}))
    return form_map.model_copy(update={"pages": tuple(pages)})
