"""The saves of pages: what each file was like when a page last left it.

A page may send a save before the one before it is answered: it does not know yet what the file is like by then, and
what it sends last may arrive first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sender:
    """The page that sent a save, and the number it has among that page's; without a script it has no name."""

    page: str
    number: int


_NOBODY = Sender("", 0)


@dataclass(slots=True)
class OwnSaves:
    """The last save of each file."""

    _last: dict[Path, tuple[Sender, str]] = field(default_factory=dict)

    def note(self, file: Path, sender: Sender, tag: str) -> None:
        """Note who saved a file, and the tag it has since."""
        self._last[file] = (sender, tag)

    def is_outdated(self, file: Path, sender: Sender) -> bool:
        """Whether the same page has saved since; what it sent earlier is worth nothing then."""
        last, _tag = self._last.get(file, (_NOBODY, ""))
        return bool(sender.page) and sender.page == last.page and sender.number <= last.number

    def is_as_left(self, file: Path, sender: Sender, tag: str) -> bool:
        """Whether nobody has changed the file since this page saved it."""
        last, left = self._last.get(file, (_NOBODY, ""))
        return bool(sender.page) and (sender.page, tag) == (last.page, left)
