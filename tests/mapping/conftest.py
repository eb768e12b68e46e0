"""One page for all that recognition reads; each test writes its own form into it."""

from __future__ import annotations
