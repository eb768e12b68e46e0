"""Trainer of the second witness: real forms with labels go in, `autofill/mapping/witness.json` comes out.

    python -m tests.mapping.train FORMS           measures only
    python -m tests.mapping.train FORMS --write   and writes the file

`FORMS` is a folder with `score.py`, pages and labels. What it prints is measured on pages that the witness has not
seen: ten parts by page, each read by a witness that was trained on the others. Needs `pip install scikit-learn`, which
the product does not.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from autofill.mapping import witness
from autofill.mapping.recognise import Recognised, Witness, candidates_of, claims_of, recognise, scored
from autofill.mapping.signals import forms_of, signals_of
from autofill.page.engines import INVENTORY_SCRIPT
from autofill.page.inventory import Inventory, inventory_from
from tests.mapping.score_forms import CORPORA, line_of, scorer_in

FOLDS: Final = 10
SMALLEST: Final = 0.01  # a weight below this says nothing


@dataclass(frozen=True)
class Example:
    """A labelled page as the program reads it."""

    corpus: str
    file: str
    inventory: Inventory
    rows: tuple[Mapping[str, Any], ...]

    @property
    def fold(self) -> int:
        return hashlib.md5(("cv" + self.file).encode(), usedforsecurity=False).digest()[1] % FOLDS


def examples_in(score: Any) -> Iterator[Example]:
    """Every labelled page."""
    with score.sync_playwright() as playwright:
        pages = score.Pages(playwright, {})
        for corpus in dict.fromkeys(corpus for corpus, _scene in CORPORA):
            files = [each["file"] for each in score.jsonl(f"{score.HERE}/pages/{corpus}.jsonl")]
            for file, rows in score.load_rows(corpus, files).items():
                answer = pages.open(corpus, file).evaluate(INVENTORY_SCRIPT)
                yield Example(corpus, file, inventory_from([answer]), tuple(rows))


def taught(example: Example, score: Any) -> Iterator[tuple[dict[str, float], str]]:
    """Features and class of each control whose label says something."""
    labels = {row["index"]: row for row in example.rows}
    for controls in forms_of(example.inventory.controls):
        around = example.inventory.forms[controls[0].form] if controls[0].form >= 0 else None
        candidates = candidates_of(signals_of(controls))
        for at, each in enumerate(candidates):
            row = labels.get(each.signals.control.place)
            if row and (kind := _class_of(row, score)):
                yield witness.features_of(candidates, at, around), kind


def _class_of(row: Mapping[str, Any], score: Any) -> str:
    if row.get("trap"):
        return "trap"
    if row["expected"] != "other":
        return str(row["expected"])
    unclear = row["source"] == "implicit" or set(row["also_ok"]) & set(score.IDENTITY)
    return "" if unclear else "other"


def fitted(pairs: Iterable[tuple[dict[str, float], str]]) -> tuple[DictVectorizer, LogisticRegression]:
    """A witness that has seen these controls."""
    features, kinds = zip(*pairs, strict=True)
    names = DictVectorizer(dtype=np.float32)
    model = LogisticRegression(C=1.0, max_iter=300)
    return names, model.fit(names.fit_transform(features), kinds)


def reader(names: DictVectorizer, model: LogisticRegression) -> Witness:
    """The witness as recognition asks it."""
    return lambda features: dict(
        zip(model.classes_, map(float, model.predict_proba(names.transform([features]))[0]), strict=True)
    )


def written(names: DictVectorizer, model: LogisticRegression) -> str:
    """The file: weights as small whole numbers, by slot, then by name."""
    weights = np.where(abs(model.coef_) < SMALLEST, 0, model.coef_)
    scale = float(abs(weights).max() / 127)
    columns = np.round(weights / scale).astype(np.int8).T
    plain = [name for name in names.vocabulary_ if not name.startswith("#")]
    order = [names.vocabulary_.get(f"#{slot}") for slot in range(witness.SLOTS)] + [names.vocabulary_[n] for n in plain]
    nothing = np.zeros(len(model.classes_), np.int8)
    table = np.vstack([nothing if place is None else columns[place] for place in order])
    packed = base64.b64encode(zlib.compress(table.tobytes(), 9)).decode()
    bias = [round(float(each), 4) for each in model.intercept_]
    document = {"classes": list(model.classes_), "plain": plain, "scale": scale, "bias": bias, "weights": packed}
    return json.dumps(document, separators=(",", ":")) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure and, if asked to, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forms", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    score = scorer_in(options.forms)
    examples = list(examples_in(score))
    report(score, examples)
    if options.write:
        path = Path(witness.__file__).with_name("witness.json")
        everything = fitted(pair for example in examples for pair in taught(example, score))
        path.write_text(written(*everything), encoding="utf-8")
        print(f"{path}: {path.stat().st_size / 1000:.0f} KB")


def read_unseen(score: Any, examples: Sequence[Example]) -> Mapping[str, list[Recognised]]:
    """Claims by file, each page read with a witness that has not seen it."""
    pairs = {example.file: list(taught(example, score)) for example in examples}
    found: dict[str, list[Recognised]] = {}
    for fold in range(FOLDS):
        others = (pair for each in examples if each.fold != fold for pair in pairs[each.file])
        unseen = reader(*fitted(others))
        for example in (each for each in examples if each.fold == fold):
            found[example.file] = claims_of(recognise(example.inventory, unseen))
    return found


def report(score: Any, examples: Sequence[Example]) -> None:
    """Print what is claimed and what acted on, by corpus."""
    found = read_unseen(score, examples)
    for corpus, scene in CORPORA:
        scenes = {each["file"]: each["scene"] for each in score.jsonl(f"{score.HERE}/pages/{corpus}.jsonl")}
        rows = {
            each.file: [row for row in each.rows if not scene or row["form_type"] == "c"]
            for each in examples
            if each.corpus == corpus and scene in {None, scenes[each.file]}
        }
        for name, acts in (("claimed", False), ("acted", True)):
            chosen = {
                file: {each.control.place: scored(each.kind) for each in found[file] if each.act or not acts}
                for file in rows
            }
            print(line_of(f"{corpus} {scene or ''} {name}", score.score(rows, chosen, score.KNOWN[corpus])))


if __name__ == "__main__":
    main()
