"""Baseline: the screenshots that a form's rehearsals are compared with. Masked before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints, ValidationError

from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.keeping.summary import RecordingModel
from autofill.evidence.sharing.comparison import Difference, difference_between
from autofill.evidence.sharing.cover import Corners, UnreadablePicture, opened_picture
from autofill.evidence.sharing.masked import MaskedPicture
from autofill.language import _

State: TypeAlias = Literal["same", "changed", "new", "gone", "withheld"]
"""`new` is in no baseline yet, `gone` only in the baseline; `withheld` may show something personal."""


class KeptPicture(RecordingModel):
    """One screenshot of a baseline: its file, the step's name, and what is covered in it."""

    file: Annotated[str, StringConstraints(pattern=r"^[\w-]+(\.\d+)?\.png$")]
    name: str
    masked: tuple[Corners, ...] = ()


class BaselineList(RecordingModel):
    """The list of a baseline's screenshots, and the browser that drew them."""

    schema_: Literal["autofill.baseline/1"] = Field(default="autofill.baseline/1", alias="schema")
    browser: str = ""
    pictures: tuple[KeptPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One screenshot beside that of the baseline. Of `kept` and `now` one may not be there."""

    file: str
    name: str
    state: State
    kept: bytes | None = None
    now: bytes | None = None
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline in its folder; it has no screenshots before the first were saved."""

    folder: Path
    kept: BaselineList

    @property
    def list_file(self) -> Path:
        """The file that says what is in it."""
        return self.folder / "baseline.json"

    @classmethod
    def at(cls, folder: Path) -> Baseline:
        """The baseline in a folder.

        Raises:
            Misconfigured: What is there cannot be read.
        """
        empty = cls(folder, BaselineList())
        try:
            text = empty.list_file.read_text("utf-8")
            return cls(folder, BaselineList.model_validate_json(text))
        except FileNotFoundError:
            return empty
        except (OSError, ValueError, ValidationError):
            raise _unreadable(folder) from None

    def compare(self, pictures: Iterable[MaskedPicture], *, whole: bool) -> Iterator[Compared]:
        """Each screenshot beside its own; those that are gone count only if the run is `whole`.

        Raises:
            Misconfigured: A screenshot of the baseline cannot be read.
        """
        kept = {each.file: each for each in self.kept.pictures}
        for picture in pictures:
            before = kept.pop(picture.file, None)
            if picture.picture is None:
                yield Compared(picture.file, picture.name, "withheld")
            elif before is None:
                yield Compared(picture.file, picture.name, "new", now=picture.picture)
            else:
                yield self._compared(before, picture, picture.picture)
        if whole:
            for each in kept.values():
                yield Compared(each.file, each.name, "gone", kept=self._picture(each.file))

    def _compared(self, before: KeptPicture, picture: MaskedPicture, now: bytes) -> Compared:
        kept = self._picture(before.file)
        found = difference_between(kept, now, (*before.masked, *picture.areas))
        return Compared(picture.file, picture.name, "changed" if found else "same", kept, now=now, difference=found)

    def _picture(self, file: str) -> bytes:
        try:
            content = (self.folder / file).read_bytes()
            opened_picture(content)
        except (OSError, UnreadablePicture):
            raise _unreadable(self.folder) from None
        return content

    def save(self, pictures: Iterable[MaskedPicture], browser: str, same: frozenset[str] = frozenset()) -> None:
        """Put these in the place of what is there; those that may show something personal are left out.

        Of those that are the `same` to people, file and list stay as they are.

        Raises:
            DiskTrouble: They cannot be written.
        """
        before = {each.file: each for each in self.kept.pictures if each.file in same}
        shown = {each.file: each for each in pictures if each.picture is not None}
        listed = (
            before.get(name) or KeptPicture(file=name, name=each.name, masked=each.areas)
            for name, each in shown.items()
        )
        content = BaselineList(browser=browser, pictures=tuple(listed)).content
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for kept in self.kept.pictures:
                if kept.file not in before:
                    (self.folder / kept.file).unlink(missing_ok=True)
            for name in shown.keys() - before.keys():
                (self.folder / name).write_bytes(shown[name].picture or b"")
            self.list_file.write_bytes(content)
        except OSError as error:
            words = _("The screenshots cannot be saved in {folder}: {reason}.")
            raise DiskTrouble(words.format(folder=self.folder, reason=error.strerror)) from None


def _unreadable(folder: Path) -> Misconfigured:
    return Misconfigured(
        _("The saved screenshots in {folder} cannot be read.").format(folder=folder),
        hint=_("Restore the folder, or delete it and save them again with --update-baseline."),
    )
