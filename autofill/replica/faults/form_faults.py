"""What one page load is told of its faults: other questions, and what its scripts have to do.

What a fault of the page does is in static/page_faults.js.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final
from urllib.parse import urlencode

from autofill.replica.faults.table import Fault, FaultStep, faults_of
from autofill.replica.form.fields import Field

_ANOTHER_LABEL: Final = "Please specify"
_CUT_TO: Final = 5

_FORM_FAULTS: Final[Mapping[str, Callable[[Field], list[Field]]]] = {
    "renamed": lambda field: [replace(field, label=_ANOTHER_LABEL)],
    "doubled": lambda field: [field, field],
    "missing": lambda _: [],
    "cut": lambda field: [replace(field, max_length=_CUT_TO)],
}


@dataclass(frozen=True, slots=True)
class PageFaults:
    """The faults of one page load.

    Attributes:
        faults: All of them.
        asked: Those that the address names, as they stand there; the page's own requests carry them on.
        elsewhere: The base address of another origin.
    """

    faults: tuple[Fault, ...] = ()
    asked: tuple[str, ...] = ()
    elsewhere: str = ""

    @property
    def query(self) -> str:
        """What the address asked for, as (part of) a query; empty if nothing."""
        return urlencode([("fault", fault) for fault in self.asked])

    @property
    def is_in_page(self) -> bool:
        """Whether a script of the page has something to do."""
        return bool(faults_of(self.faults, "page"))

    def setting(self, step: FaultStep) -> dict[str, object]:
        """What the scripts of a page are told; nothing if there is nothing to tell."""
        query = {"faultQuery": f"&{self.query}"} if self.asked else {}
        if not self.is_in_page:
            return dict(query)
        told = [asdict(fault) for fault in faults_of(self.faults, "page")]
        return {**query, "faults": told, "step": step, "elsewhere": self.elsewhere}

    def altered(self, fields: Sequence[Field]) -> list[Field]:
        """The questions as this page asks them."""
        asked = list(fields)
        for fault in faults_of(self.faults, "form"):
            alter = _FORM_FAULTS[fault.name]
            asked = [other for field in asked for other in (alter(field) if field.label == fault.value else [field])]
        return asked
