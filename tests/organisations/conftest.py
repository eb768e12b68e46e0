"""The fixtures of the inquiry's tests serve here, too."""

from __future__ import annotations

from tests.inquiry.conftest import complaints, load

__all__ = ["complaints", "load"]
