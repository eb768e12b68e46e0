"""Draft of a share copy: pictures covered, values replaced, all that is doubtful left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from autofill.events import ReadBack
from autofill.evidence.keeping.boxes import ACCOUNT_PAGE, Boxes, account_page
from autofill.evidence.keeping.inquiry_copy import INQUIRY
from autofill.evidence.keeping.journal import JOURNAL
from autofill.evidence.keeping.png import png_size
from autofill.evidence.keeping.report import StepPicture, render_report
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sharing.cover import UnreadablePicture, covered
from autofill.evidence.sharing.original import ROWS, Original, StepFiles
from autofill.evidence.sharing.redaction import Choice, placeholder
from autofill.evidence.sharing.withheld import Withheld, WithheldFile, commitment, is_page_picture

_COVERED: Final = "personal values are covered by solid boxes"
_REPLACED: Final = "personal values are replaced by the names of their fields"
_REMADE: Final = "made anew for this copy"
_UNPLACED: Final = "it may show personal values where nobody can tell for sure"
_NO_BOXES: Final = "it was not noted where values stand in it"
_MAYBE_PERSONAL: Final = "it may hold personal values"
_OF_EVERY_BAG: Final = {JOURNAL, "data/run.json", "data/report.html", "data/statement.txt"}
_CONFIRMATION: Final = "data/confirmation.txt"
_ACCOUNTS: Final = "it may show what the account holds ({field})"
# Recordings of before had the SHA-256 of a file as its name, and whoever guesses the file would know that it is it.
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")
# Everything else in a summary may hold what a person typed, or what they call their files; the plan's digest would tell
# whoever guesses all values that they are right.
_HARMLESS: Final = {
    *("run_id", "form", "target", "verdict", "submitted", "case_number", "retry_safe", "exit_code", "stopped_at"),
    *("topic", "started", "finished", "browser", "autofill", "form_map_digest"),
}
# Folders of the owner's machine are often named after the owner.
_FOLDERS: Final = re.compile(r"(?<![\w/])(?:/[^\s/]+){2,}|\b[A-Za-z]:\\\S+")


class Draft:
    """Share copy in memory: `files` is its content, `left_out` what of the original is missing or different."""

    def __init__(self, original: Original, choice: Choice) -> None:
        """Make it.

        Raises:
            Damage: a file of the original cannot be understood.
            OurBug: a picture is not covered as it has to be.
        """
        self._original, self._choice = original, choice
        self._redaction = original.redaction(choice)
        self.files: dict[str, bytes] = {}
        self.left_out: dict[str, str] = {}
        for step in original.steps:
            if step.boxes:
                self._add_pictures(step, step.boxes)
            if step.rows:
                self._add(f"{step.stem}.values.json", ROWS.dump_json(self._shown(step.rows), indent=1), _REPLACED)
        self._add_inquiry()
        self._add_confirmation()
        for name in sorted(original.sums.keys() - self.files.keys() - self.left_out.keys()):
            if name in _OF_EVERY_BAG:
                self.left_out[name] = _REMADE
            else:
                self._leave_out([name], _NO_BOXES if is_page_picture(name) else _MAYBE_PERSONAL)
        self._add_run()

    def withheld(self) -> Withheld:
        """The list of what is not shown."""
        original = self._original
        files = (
            WithheldFile(
                path=_DIGEST.sub(placeholder(), name),
                why=why,
                sealed_as=commitment(original.sums[name], original.manifest),
            )
            for name, why in sorted(self.left_out.items())
        )
        entered = (what for what in original.entered.values() if what.kind != ACCOUNT_PAGE)
        fields = {what.field for what in entered if self._choice.withholds(what)}
        return Withheld(
            run_id=original.run_id,
            original_tagmanifest_sha256=original.seal,
            fields=tuple(sorted(fields)),
            files=tuple(files),
        )

    def _add_pictures(self, step: StepFiles, boxes: Boxes) -> None:
        """All pictures of a step, or none."""
        paths = [size.path for size in boxes.pictures]
        try:
            why = self._why_unsure(step, boxes)
            pictures = [] if why else [self._picture(boxes, tile) for tile in range(1, len(paths) + 1)]
        except UnreadablePicture:
            why = "it cannot be drawn"
        if why:
            self._leave_out(paths, why)
            return
        for name, picture in zip(paths, pictures, strict=True):
            self._add(name, picture, _COVERED)
        self._add(f"{step.stem}.boxes.json", self._original.read(f"{step.stem}.boxes.json"), "")

    def _picture(self, boxes: Boxes, tile: int) -> bytes:
        areas = [box.corners for box in boxes.boxes if box.tile == tile and self._choice.withholds(box)]
        picture = self._original.read(boxes.pictures[tile - 1].path)
        return covered(picture, areas) if areas else picture

    def _why_unsure(self, step: StepFiles, boxes: Boxes) -> str:
        """Reason why the boxes may not cover everything that must not be seen; empty if they do."""
        for what in boxes.entered:
            if what.kind == ACCOUNT_PAGE and self._choice.withholds(what):
                return _ACCOUNTS.format(field=what.field)
        if any(map(self._choice.withholds, boxes.unplaced)):
            return _UNPLACED
        found = {(box.field, box.name) for box in boxes.boxes}
        for row in step.rows:
            what = self._original.entered[row.field, row.name]
            # Pages need not show the names of files.
            hidden = self._choice.withholds(what) and row.found and what.kind != "file"
            if hidden and (row.field, row.name) not in found:
                return f"where it shows {row.field} was not found"
        for size in boxes.pictures:
            if png_size(self._original.read(size.path)) != (size.width, size.height):
                return _NO_BOXES
        return ""

    def _shown(self, rows: Iterable[ReadBack]) -> tuple[ReadBack, ...]:
        return tuple(
            replace(
                row,
                planned=placeholder(row.field) if row.planned else "",
                found=placeholder(row.field) if row.found else "",
            )
            if self._choice.withholds(self._original.entered[row.field, row.name])
            else row
            for row in rows
        )

    def _add_inquiry(self) -> None:
        """What the person wrote, without what is personal: proven for each field, and for the file as a whole."""
        if INQUIRY not in self._original.sums:
            return
        fields: dict[str, str | tuple[str, ...]] = {}
        for field, value in self._original.inquiry.fields.items():
            if self._original.withholds(field, self._choice):
                fields[field] = placeholder(field)
            else:
                fields[field] = self._clean(value) if isinstance(value, str) else tuple(map(self._clean, value))
        self._add_if_clean(INQUIRY, self._original.inquiry.model_copy(update={"fields": fields}).content.decode())

    def _add_confirmation(self) -> None:
        """Its text, if nothing personal can be in it. The page's source says no more, and may hide values anywhere."""
        if _CONFIRMATION not in self._original.sums:
            return
        text = self._redaction.clean(self._original.read(_CONFIRMATION).decode(errors="replace"))
        page = account_page("confirmation")
        behind_login = any(what.kind == ACCOUNT_PAGE for what in self._original.entered.values())
        if behind_login and self._choice.withholds(page):
            self._leave_out([_CONFIRMATION], _ACCOUNTS.format(field=page.field))
        elif unwritten := self._original.unwritten(self._choice):
            self._leave_out([_CONFIRMATION], f"it may show {', '.join(unwritten)}, which stands nowhere as text")
        else:
            self._add_if_clean(_CONFIRMATION, text)

    def _add_run(self) -> None:
        """Summary and report; of the summary only what is known to be harmless."""
        run = self._original.summary
        if run is None:
            return
        gone = (
            f"copy: {name} is {why}"
            for name, why in self.left_out.items()
            if is_page_picture(name) and name not in self.files
        )
        steps = [
            step if step.screenshot in self.files else step.model_copy(update={"screenshot": None})
            for step in run.steps
        ]
        summary = RunSummary(
            **run.model_dump(include=_HARMLESS),
            profile=placeholder(),
            steps=tuple(steps),
            faults=(*map(self._clean, run.faults), *gone),
            messages=tuple(map(self._clean, run.messages)),
            error=self._clean(run.error) if run.error else None,
        )
        self._add("data/run.json", (summary.model_dump_json(indent=1, exclude={"sealed"}) + "\n").encode(), _REMADE)
        self._add("data/report.html", render_report(summary, list(self._step_pictures(run, summary))), _REMADE)

    def _step_pictures(self, run: RunSummary, shown: RunSummary) -> Iterator[StepPicture]:
        rows = {step.stem: (self._shown(step.rows), step.boxes) for step in self._original.steps}
        for before, step in zip(run.steps, shown.steps, strict=True):
            stem = (before.screenshot or "").removesuffix(".png")
            picture = self.files[step.screenshot] if step.screenshot else None
            values, boxes = rows.get(stem, ((), None))
            yield StepPicture(step, url="", picture=picture, values=values, boxes=boxes)

    def _clean(self, text: str) -> str:
        cleaned = _FOLDERS.sub(placeholder(), self._redaction.clean(text))
        return cleaned if self._redaction.is_clean(cleaned) else placeholder()

    def _add(self, name: str, content: bytes, how: str) -> None:
        """Add a file, and list it if it is not byte for byte the original's."""
        self.files[name] = content
        if content != self._original.read(name):
            self.left_out[name] = how

    def _add_if_clean(self, name: str, text: str) -> None:
        if self._redaction.is_clean(text):
            self._add(name, text.encode(), _REPLACED)
        else:
            self._leave_out([name], "it holds personal values in another encoding")

    def _leave_out(self, names: Iterable[str], why: str) -> None:
        self.left_out |= dict.fromkeys(names, f"left out: {why}")
