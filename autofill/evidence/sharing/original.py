"""Original of a share copy: a sealed recording, checked and read into models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from autofill.errors import Misconfigured
from autofill.events import ReadBack
from autofill.evidence.keeping.bag import MANIFEST, Damage, bag_info, content_of, opened, read_manifest
from autofill.evidence.keeping.boxes import ACCOUNT_PAGE, Boxes, PlannedControl
from autofill.evidence.keeping.folder import RECORDING_NAME
from autofill.evidence.keeping.inquiry_copy import InquiryCopy, inquiry_in, texts_in
from autofill.evidence.keeping.personal import unasked_values, whole_of
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import seal_hash
from autofill.evidence.sealing.verify import WITHHELD, verify_recording
from autofill.evidence.sharing.redaction import Choice, Redaction
from autofill.language import _

_RUN, _BOXES, _VALUES = "data/run.json", ".boxes.json", ".values.json"
_T = TypeVar("_T")
ROWS = TypeAdapter(tuple[ReadBack, ...])


@dataclass(frozen=True, slots=True)
class StepFiles:
    """Boxes file and values file of one step; both names begin with `stem`."""

    stem: str
    boxes: Boxes | None
    rows: tuple[ReadBack, ...]


class Original:
    """Recording that is as it was sealed."""

    def __init__(self, recording: Path) -> None:
        """Check it and read it.

        Raises:
            Damage: it is not sealed, or not as it was sealed.
            Misconfigured: it is a share copy.
        """
        self.path = recording
        wrong = verify_recording(recording).first_wrong
        if wrong:
            file, _colon, what = wrong.detail.partition(": ")
            raise Damage(file, what)
        self.manifest = content_of(recording, MANIFEST)
        self.sums = read_manifest(recording, MANIFEST)
        self.seal = seal_hash(recording)
        self.run_id = bag_info(recording).get("External-Identifier", "")
        if not RECORDING_NAME.fullmatch(self.run_id):
            raise Damage("bag-info.txt", _("has no name of a run"))
        if WITHHELD in self.sums:
            raise Misconfigured(
                _("{recording} is already a copy to share.").format(recording=recording),
                hint=_("Give the recording that it was made from."),
            )

    def read(self, name: str) -> bytes:
        """A file of the payload, whole."""
        with opened(self.path, name) as file:
            return file.read()

    @cached_property
    def summary(self) -> RunSummary | None:
        """Summary of the run; None where it did not come to its end."""
        return self._understood(_RUN, partial(RunSummary.model_validate_json, extra="ignore"))

    @cached_property
    def inquiry(self) -> InquiryCopy:
        """What the person wrote; no field in recordings of the first version."""
        return inquiry_in(self.path) or InquiryCopy(form="", fields={})

    @cached_property
    def steps(self) -> tuple[StepFiles, ...]:
        """Every step that has boxes or values, in order.

        Raises:
            Damage: one of the files cannot be understood.
        """
        stems = {name.removesuffix(end) for name in self.sums for end in (_BOXES, _VALUES) if name.endswith(end)}
        return tuple(
            StepFiles(
                stem,
                self._understood(f"{stem}{_BOXES}", Boxes.model_validate_json),
                self._understood(f"{stem}{_VALUES}", ROWS.validate_json) or (),
            )
            for stem in sorted(stems)
        )

    @cached_property
    def entered(self) -> dict[tuple[str, str], PlannedControl]:
        """Every control, by field and name. What no boxes file tells of is personal until somebody proves otherwise."""
        known = {(what.field, what.name): what for step in self.steps if step.boxes for what in step.boxes.entered}
        for row in (row for step in self.steps for row in step.rows):
            unknown = PlannedControl(field=row.field, name=row.name, kind="text", personal=True)
            known.setdefault((row.field, row.name), unknown)
        typed = {what.field for what in known.values() if what.personal}
        for value in unasked_values(self.inquiry, typed):
            known[value.field, ""] = PlannedControl(field=value.field, name="", kind="text", personal=True)
        return known

    def withholds(self, field: str, choice: Choice) -> bool:
        """Whether a field of the inquiry must not be seen; what goes for a whole goes for its parts."""
        return any(choice.withholds(what) for what in self.entered.values() if what.field in whole_of(field))

    def unwritten(self, choice: Choice) -> tuple[str, ...]:
        """Chosen fields whose values were looked for in pictures, and of which no text stands in the recording."""
        told = {row.field for row in self._withheld_rows(choice)} | self.inquiry.fields.keys()
        fields = {what.field for what in self.entered.values() if choice.withholds(what) and what.kind != ACCOUNT_PAGE}
        return tuple(sorted(fields - told))

    def redaction(self, choice: Choice) -> Redaction:
        """Redaction of the chosen values."""
        written = (pair for pair in texts_in(self.inquiry.fields) if self.withholds(pair[0], choice))
        entered = (
            (row.field, text)
            for row in self._withheld_rows(choice)
            if (kind := self.entered[row.field, row.name].kind) != "checkbox"
            for whole in (row.planned, row.found)
            for text in (whole.splitlines() if kind == "file" else [whole])
        )
        return Redaction.of((*entered, *written))

    def _withheld_rows(self, choice: Choice) -> Iterator[ReadBack]:
        rows = (row for step in self.steps for row in step.rows)
        return (row for row in rows if choice.withholds(self.entered[row.field, row.name]))

    def _understood(self, name: str, read: Callable[[bytes], _T]) -> _T | None:
        try:
            return read(content_of(self.path, name)) if name in self.sums else None
        except ValidationError:
            raise Damage(name, _("was not written by autofill")) from None
