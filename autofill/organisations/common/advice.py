"""Advice on any letter: when each rule of `advice.yaml` applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from autofill.organisations.common import message_checks
from autofill.organisations.common.rule import Condition

CONDITIONS: Final[Mapping[str, Condition]] = {
    "subject-unclear": message_checks.subject_unclear,
    "shouting": message_checks.shouting,
    "rude": message_checks.rudeness,
    "long": message_checks.too_long,
    "several-problems": message_checks.several_problems,
    "emoji": message_checks.beyond_the_plane,
    "not-english": message_checks.other_language,
}
