"""What planning asks of a form map for each inquiry, worked out once: thousands of inquiries go into one form."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from autofill.forms.control import Control, ControlKind
from autofill.forms.element import Element
from autofill.forms.form_map import FormMap, FormPage

Label: TypeAlias = tuple[object, ...]

_SAME_ROLE: dict[ControlKind | None, ControlKind] = {
    **dict.fromkeys((None, "textarea", "typeahead", "date"), "text"),
    **dict.fromkeys(("combobox", "choice"), "select"),
    "yes-no": "checkbox",
}
# So many maps are remembered.
_KEPT: Final = 32
_INDEXES: Final[OrderedDict[int, MapIndex]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class MapIndex:
    """One form map's digest, and the fields that it asks for."""

    form_map: FormMap
    digest: str
    asked: frozenset[str]
    _labels: dict[int, frozenset[Label]] = field(default_factory=dict)
    _marks: dict[int, tuple[Element | Control, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, form_map: FormMap) -> MapIndex:
        """The index of a form map; a map is known by which object it is, as comparing it would take as long."""
        known = _INDEXES.get(id(form_map))
        if known is None:
            asked = (name for page in form_map.pages for control in page.controls for name in control.fields)
            known = _INDEXES[id(form_map)] = cls(form_map, form_map.digest, frozenset(asked))
            if len(_INDEXES) > _KEPT:
                _INDEXES.popitem(last=False)
        return known

    def labels(self, control: Control) -> frozenset[Label]:
        """What a page tells one of the map's controls from others by."""
        known = self._labels.get(id(control))
        if known is None:
            kind = _SAME_ROLE.get(control.kind, control.kind)
            known = self._labels[id(control)] = frozenset((kind, name, *control.place) for name in control.names)
        return known

    def marks_of(self, page: FormPage) -> tuple[Element | Control, ...]:
        """What one of the map's pages can be known by without its heading."""
        if id(page) not in self._marks:
            self._marks[id(page)] = self.form_map.marks_of(page)
        return self._marks[id(page)]
