"""Real forms before and after a redesign, as two fingerprints each, with what every control is known to take.

What the pages say a control is called was made up for both sides. So it is replaced on the new side by labels that real
pages have for the same thing, or left out on both.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from playwright.sync_api import Page

from autofill.mapping.fingerprint import ControlPrint, PagePrint, controls_of
from autofill.mapping.recognise import FIELDS
from autofill.page.engines import INVENTORY_SCRIPT
from autofill.page.inventory import Inventory, PageControl, inventory_from

Labels: TypeAlias = Literal["generated", "real", "none"]
Pool: TypeAlias = Mapping[str, Sequence[str]]

# A few recorded selectors are none, or find nothing; the recorded name finds the control all the same.
_PLACES: Final = """wanted => {
  const all = [...document.querySelectorAll("input,select,textarea")];
  const found = (selector) => { try { return document.querySelector(selector); } catch { return null; } };
  return wanted.map(([selector, name]) => {
    const own = all.indexOf(found(selector));
    return own < 0 && name ? all.findIndex((each) => each.name === name) : own;
  });
}"""
# One datum of a person in several spellings.
_SAME: Final = {
    "$ADDRESS_STATE_FULL": "$STATE",
    "$ADDRESS_STATE_POSTAL_ABBREV": "$STATE",
    "$PREFIX": "$NAME_PREFIX",
    "$ADDRESS_ZIP_PLUS_4": "$ADDRESS_ZIP5",
}
# What the labelled pages have no labels for.
_FURTHER: Final = {
    "topic": (
        "Topic",
        "Issue",
        "Subject of your message",
        "What is your message about?",
        "Category",
        "Select an issue",
    ),
    "prefix": ("Prefix", "Title", "Salutation", "Mr./Mrs."),
    "zip4": ("Zip+4", "Plus 4", "Zip extension", "+4"),
}
_NEAR: Final = ("before", "after", "left", "above", "row_head", "column_head", "placeholder", "title", "aria_label")


@dataclass(frozen=True)
class Recorded:
    """What is known of a control: the datum that goes in, its type, and which of several such it is, from 1."""

    variable: str
    type: str
    turn: int

    @property
    def field(self) -> str:
        """What of an inquiry a map would say goes in."""
        return FIELDS.get(self.type, f"answers.{self.type}")


@dataclass(frozen=True)
class Side:
    """A form as it was seen once, its pages as one, and what is known of its controls, by their number.

    `unseen` are known controls that a fingerprint leaves out, such as CAPTCHAs.
    """

    page: PagePrint
    known: Mapping[int, Recorded]
    unseen: tuple[Recorded, ...]


def read_pairs(folder: Path, page: Page) -> Iterator[dict[str, Any]]:
    """Every pair of a folder: by side, what its pages show and the recorded controls with their places."""
    for pair in sorted(each.parent for each in folder.glob("*/drift.json")):
        yield {"id": pair.name, "old": _read(pair / "old", page), "new": _read(pair / "new", page)}


def _read(side: Path, page: Page) -> dict[str, Any]:
    fields = json.loads((side / "form.json").read_text(encoding="utf-8"))["fields"]
    pages = []
    for number in range(1, 1 + max(field["page"] for field in fields)):
        page.set_content((side / f"{number}.html").read_text(encoding="utf-8"), wait_until="domcontentloaded")
        own = [field for field in fields if field["page"] == number]
        places = page.evaluate(_PLACES, [[field["selector"], field["name"]] for field in own])
        for field, place in zip(own, places, strict=True):
            field["place"] = place
        pages.append(page.evaluate(INVENTORY_SCRIPT))
    return {"fields": fields, "pages": pages}


def real_labels(labels: Path) -> Pool:
    """Labels of real pages in plain letters, by the type of what they take."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(labels.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            words = " ".join((row["label"] or row.get("placeholder", "")).split())
            if words and words.isascii() and len(words) < 40:
                found[row["expected"]].append(words)
    return {**found, **_FURTHER}


def side_of(read: Mapping[str, Any], labels: Labels, pool: Pool, chance: random.Random) -> Side:
    """One side of a pair, with its labels as they are, drawn anew, or without any."""
    controls: list[ControlPrint] = []
    known: dict[int, Recorded] = {}
    unseen: list[Recorded] = []
    turns: Counter[str] = Counter()
    for number, answer in enumerate(read["pages"], 1):
        own = [field for field in read["fields"] if field["page"] == number]
        fields = {field["place"]: field for field in own if field["place"] >= 0}
        inventory = _relabelled(inventory_from([answer]), fields, labels, pool, chance)
        places = {}
        for each, control in controls_of(inventory):
            places[control.place] = len(controls)
            controls.append(each)
        for place, field in sorted(fields.items()):
            variable = _SAME.get(field["variable"], field["variable"])
            turns[variable] += 1
            recorded = Recorded(variable, field["type"], turns[variable])
            if place in places:
                known[places[place]] = recorded
            else:
                unseen.append(recorded)
    return Side(PagePrint(slug="form", controls=tuple(controls)), known, tuple(unseen))


def _relabelled(
    inventory: Inventory, fields: Mapping[int, Mapping[str, Any]], labels: Labels, pool: Pool, chance: random.Random
) -> Inventory:
    def relabelled(control: PageControl) -> PageControl:
        if control.role == "button" or labels == "generated":
            return control
        words = ""
        if labels == "real":
            drawn = pool.get(fields.get(control.place, {}).get("type", ""))
            words = chance.choice(drawn) if drawn else control.words
        bare: dict[str, Any] = dict.fromkeys(_NEAR, "")
        return replace(control, label=words, name=words, name_from="label" if words else "", legend="", **bare)

    return replace(inventory, controls=tuple(map(relabelled, inventory.controls)))
