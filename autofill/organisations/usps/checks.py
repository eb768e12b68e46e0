"""The rules for single values that `fields.yaml` names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from autofill.organisations.usps.tracking import tracking_number

CHECKS: Final[Mapping[str, Callable[[str], str]]] = {"tracking-number": tracking_number}
