"""More widgets of the zoo: those of React libraries, and custom elements."""

from __future__ import annotations

from typing import Final

from tests.widgets.widget import Widget

# As in zoo.py.
LIBRARIES: Final[dict[str, tuple[str, str]]] = {}

ZOO: Final[tuple[Widget, ...]] = ()
