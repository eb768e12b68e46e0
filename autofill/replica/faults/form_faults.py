"""The faults of one page load: changed questions, and the settings of the scripts that do the rest.

What a fault of the page does is in static/wizard/page_faults.js.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final
from urllib.parse import urlencode

from autofill.replica.faults.table import Fault, FaultStep, faults_of
from autofill.replica.form.fields import Field

_ANOTHER_LABEL: Final = "Please specify"
_SHORTENED_TO: Final = 5

_FORM_FAULTS: Final[Mapping[str, Callable[[Field], list[Field]]]] = {
    "renamed": lambda field: [replace(field, label=_ANOTHER_LABEL)],
    "doubled": lambda field: [field, field],
    "missing": lambda _: [],
    "cut": lambda field: [replace(field, max_length=_SHORTENED_TO)],
}


@dataclass(frozen=True, slots=True)
class PageFaults:
    """The faults of one page load.

    Attributes:
        faults: All of them.
        named: Those that the address names, as written; the page's own requests name them too.
        other_origin: The base address of another origin.
    """

    faults: tuple[Fault, ...] = ()
    named: tuple[str, ...] = ()
    other_origin: str = ""

    @property
    def query(self) -> str:
        """The faults that the address names, as (part of) a query; empty if none."""
        return urlencode([("fault", fault) for fault in self.named])

    @property
    def is_in_page(self) -> bool:
        """Whether there are faults for scripts of the page."""
        return bool(faults_of(self.faults, "page"))

    def settings(self, step: FaultStep) -> dict[str, object]:
        """The part of a page's settings that is about faults; empty without any."""
        query = {"faultQuery": f"&{self.query}"} if self.named else {}
        if not self.is_in_page:
            return dict(query)
        faults = [asdict(fault) for fault in faults_of(self.faults, "page")]
        return {**query, "faults": faults, "step": step, "otherOrigin": self.other_origin}

    def altered(self, fields: Sequence[Field]) -> list[Field]:
        """The questions as this page asks them."""
        asked = list(fields)
        for fault in faults_of(self.faults, "form"):
            alter = _FORM_FAULTS[fault.name]
            asked = [other for field in asked for other in (alter(field) if field.label == fault.value else [field])]
        return asked
