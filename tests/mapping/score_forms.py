"""Score of recognition on labelled forms of other people, claimed and acted apart, beside the baselines.

    python -m tests.mapping.score_forms FORMS

`FORMS` is a folder with `score.py`, pages and labels; nothing of it is part of the product. What is acted
on here says little, as the witness was trained on these pages: `train.py` measures it on pages that it has not seen.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from autofill.page.browser import BrowserSettings, candidates

CORPORA: Final = (("formasaurus", "contact"), ("formasaurus", None), ("ddg", None), ("moz_gold", None))
"""Corpus and scene; the first are the contact forms of the second."""

CLASSIFIERS: Final = ("autofill.mapping.recognise:classify", "autofill.mapping.recognise:acted")


def scorer_in(forms: Path) -> Any:
    """The scorer of a folder of forms, with a browser that is on this machine."""
    spec = importlib.util.spec_from_file_location("score", forms / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{forms}/score.py is missing.")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    if not os.environ.get("CHROMIUM"):
        with sync_playwright() as playwright:
            own = {"executable_path": playwright.chromium.executable_path}
            score.CHROMIUM = {**own, **candidates(BrowserSettings())[0].start}["executable_path"]  # type: ignore[attr-defined]
    return score


def line_of(name: str, result: Mapping[str, Any]) -> str:
    """The figures of one classifier on one corpus: identity fields, message and subject, traps."""
    whole, kinds = result["micro"], result["per_type"]
    share = {key: "-" if whole[key] is None else f"{100 * whole[key]:.1f}" for key in ("precision", "recall", "f1")}
    others = "; ".join(f"{kind} {_ratio(kinds[kind])}" for kind in ("message", "subject") if kind in kinds)
    wrong = sum(each["fp"] for each in kinds.values())
    right = sum(each["tp"] for each in kinds.values())
    return (
        f"{name:30} P {share['precision']} R {share['recall']} F1 {share['f1']}"
        f"; pages {result['pages_all_right']}/{result['pages']}; traps {result['traps_claimed']}/{result['traps']}"
        f"; all kinds: {wrong} wrong of {wrong + right}; {others}"
    )


def _ratio(kind: Mapping[str, Any]) -> str:
    return "/".join("-" if kind[key] is None else f"{100 * kind[key]:.0f}" for key in ("precision", "recall"))


def main() -> None:
    """Let the scorer print its tables, ours and the first baseline side by side, and the baselines of its README."""
    forms = Path(sys.argv[1]).resolve()
    score = scorer_in(forms)
    with tempfile.TemporaryDirectory() as results:
        for corpus, scene in CORPORA:
            scenes = ["--scene", scene] if scene else []
            sys.argv = ["score.py", "--corpus", corpus, *scenes, "--classifier", ",".join((*CLASSIFIERS, "regex"))]
            sys.argv += ["--out", results]
            score.main()
    readme = (forms / "README.md").read_text(encoding="utf-8")
    print("Baselines, as README.md there gives them\n")
    print("\n".join(line for line in readme.splitlines() if line.startswith("| ") and "%" not in line))


if __name__ == "__main__":
    main()
