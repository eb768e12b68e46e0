"""Runs of the program on forms that have changed, in this process, and what they came to by what arrived."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final, Literal, TypeAlias

from playwright.async_api import Browser

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import ExitCode
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import Plan
from autofill.replay.runner import Patience
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.mutations.forms import PROFILE, Form, base, map_of
from tests.mutations.mutate import Mutant, mutant
from tests.mutations.site import serving

# Short only where something never comes.
HASTY: Final = Patience(opening=20, change=6, outcome=5, picture=5)
_SENT: Final = {ExitCode.DONE, ExitCode.NO_CASE_NUMBER}

Outcome: TypeAlias = Literal[
    "right",
    "repaired",
    "stopped",
    "wrong reason",
    "stopped otherwise",
    "left out",
    "wrong value",
    "trap filled",
    "twice",
]
_WORST: Final[tuple[Outcome, ...]] = ("trap filled", "wrong value", "left out", "twice")
GOOD: Final[tuple[Outcome, ...]] = ("right", "repaired", "stopped")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a run on a mutant came to, in one word, and what tells about it."""

    seed: int
    mutant: Mutant
    outcome: Outcome
    about: str

    def __str__(self) -> str:
        return f"seed {self.seed} ({', '.join(self.mutant.kinds)}): {self.outcome}: {self.about}"


async def try_base(browser: Browser, number: int, folder: Path) -> None:
    """Run a base form once: what the run keeps in the `state` of the folder is what is known of it.

    Raises:
        AssertionError: it did not go through.
    """
    plan = _plan(number, folder)
    summary, arrived = await _run(browser, plan, base(number), folder)
    assert summary.exit_code in _SENT, summary.error
    assert [*wrongs(base(number), arrived)] == []


async def try_mutant(browser: Browser, seed: int, folder: Path, known: Path) -> Turn:
    """Run the same map and profile on a mutant, with what is known of the base form in the folder `known`."""
    changed = mutant(seed)
    shutil.copytree(known / "state", folder / "state")
    summary, arrived = await _run(browser, _plan(changed.number, folder), changed.form, folder)
    return Turn(seed, changed, *judged(changed, summary, arrived))


def _plan(number: int, folder: Path) -> Plan:
    """The plan for a base form; what runs know of forms is in that folder from here on."""
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    (folder / "state").mkdir(exist_ok=True)
    (folder / "halvorsen-contact.yaml").write_text(map_of(base(number)), "utf-8")
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    return prepare_profile(folder / "profile.yaml", form=str(folder / "halvorsen-contact.yaml")).plan


async def _run(
    browser: Browser, plan: Plan, form: Form, folder: Path
) -> tuple[RunSummary, Sequence[Mapping[str, str]]]:
    with serving(form) as site, open_ledger(folder / "ledger") as ledger:
        conditions = RunConditions(folder, site.url, "here", patience=HASTY)
        claimed = claim(Job("profile.yaml", plan), conditions, ledger)
        finish = await Run(claimed, lambda _: None).replay(browser)
        return await asyncio.to_thread(finish), tuple(site.arrived)


def judged(changed: Mutant, summary: RunSummary, arrived: Sequence[Mapping[str, str]]) -> tuple[Outcome, str]:
    """What a run came to, by what arrived and by what it says."""
    said = f"exit {summary.exit_code}: {summary.error or ''} {'; '.join(summary.faults)}"
    if arrived:
        if wrong := next(wrongs(changed.form, arrived), None):
            return wrong
        if lost := changed.unanswerable:
            return "left out", ", ".join(field.words for field in lost)
        if summary.exit_code not in _SENT:
            return "stopped otherwise", said
        return ("repaired" if any("repaired" in fault for fault in summary.faults) else "right"), said
    if summary.exit_code != ExitCode.FORM_CHANGED:
        return "stopped otherwise", said
    return ("stopped" if any(words in said for words in changed.touched) else "wrong reason"), said


def wrongs(form: Form, arrived: Sequence[Mapping[str, str]]) -> Iterator[tuple[Outcome, str]]:
    """Everything that is wrong about what arrived, the worst first."""
    found: list[tuple[Outcome, str]] = [("twice", f"{len(arrived)} times")] if len(arrived) > 1 else []
    for values, field in product(arrived, form.fields):
        value = values.get(field.id, "")
        if field.trick and value:
            found.append(("trap filled", f"{field.words}: {value}"))
        elif value and not field.is_right(value):
            found.append(("wrong value", f"{field.words}: {value}"))
        elif not value and (field.required or not field.is_right(value)):
            found.append(("left out", field.words))
    yield from sorted(found, key=lambda each: _WORST.index(each[0]))
