"""The saves of pages: what each page showed when it last heard of its file, and what it sent since.

A page sends all its answers each time, and may send a save before the one before it is answered; what it sends last may
arrive first. Meanwhile another page, or an editor, may have changed other answers, which are not to be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

_Kept = TypeVar("_Kept")
# So many pages and states of files are known again; of others a save is asked about as if nothing were known.
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Sender:
    """The page that sent a save, the number it has among that page's, and the tag that the page knows the file by.

    Without a script a page has no name.
    """

    page: str
    number: int
    tag: str


@dataclass(slots=True)
class OwnSaves:
    """The last save of each page, and the answers that were shown with each tag of a file."""

    _last: dict[tuple[Path, str], tuple[Sender, Mapping[str, str]]] = field(default_factory=dict)
    _shown: dict[tuple[Path, str], Mapping[str, str]] = field(default_factory=dict)

    def show(self, file: Path, tag: str, answers: Mapping[str, str]) -> None:
        """Note what a page shows of a file that has this tag."""
        _keep(self._shown, (file, tag), answers)

    def note(self, file: Path, sender: Sender, answers: Mapping[str, str]) -> None:
        """Note what a page sent, as far as the file could hold it."""
        if sender.page:
            _keep(self._last, (file, sender.page), (sender, answers))

    def is_outdated(self, file: Path, sender: Sender) -> bool:
        """Whether the same page has saved since; what it sent earlier is worth nothing then."""
        last = self._last.get((file, sender.page))
        return last is not None and sender.number <= last[0].number

    def before(self, file: Path, sender: Sender) -> Mapping[str, str]:
        """The answers that the page had before this save: those that it sent, or was shown; none if nobody knows."""
        last = self._last.get((file, sender.page))
        unheard = last is not None and last[0].tag == sender.tag
        return last[1] if last and unheard else self._shown.get((file, sender.tag), {})


def _keep(kept: dict[tuple[Path, str], _Kept], key: tuple[Path, str], value: _Kept) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > _MOST:
        del kept[next(iter(kept))]
