"""Samples of every format that is read, written in every format that is written, and read again."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from autofill.forms.catalog import prepare_profile
from autofill.interchange.planned import planned
from autofill.interchange.reading import read_flow
from autofill.interchange.writing import Format, write_flow
from autofill.mapping.imported import Imported, imported
from tests.interchange.conftest import SAMPLES, checked_map, profile_of

# Samples of scripts bear no name that a tool of ours would read, too.
FILES = {"plain.recording.json": "", "plain.side": "", "plain.jsonl": "", "plain.spec.ts": "", "plain.py.txt": ".py"}
ENDINGS: dict[Format, str] = {"chrome-recorder": ".json", "playwright": ".py", "selenium-ide": ".side"}
# Recordings attach no files, and a click that only a selector tells may be on anything. Both are listed.
LOST = {("plain.side", "chrome-recorder"): {"True"}} | {
    (sample, "chrome-recorder"): {"box.jpg"} for sample in ("plain.jsonl", "plain.spec.ts", "plain.py.txt")
}


def given_by(made: Imported) -> set[str]:
    """All that a profile says, each text by itself."""
    texts: set[str] = set()
    waiting: list[object] = [{key: value for key, value in profile_of(made).items() if key != "form"}]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        else:
            texts.add(str(each))
    return texts


@pytest.mark.parametrize(("sample", "to"), list(product(FILES, get_args(Format))))
def test_a_sample_comes_back_with_the_same_answers(sample: str, to: Format, tmp_path: Path) -> None:
    file = tmp_path / f"sample{FILES[sample] or Path(sample).suffix}"
    text = (SAMPLES / sample).read_text(encoding="utf-8")
    file.write_text(text.replace("\\u{1F4E6} ", ""), encoding="utf-8")  # forms may not keep it, and so no plan is made
    first = imported(read_flow(file)[1], str(file))
    checked_map(first, tmp_path)
    (tmp_path / "profile.yaml").write_text(first.profile, encoding="utf-8")
    (tmp_path / "box.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture \xff\xd9")

    plan = prepare_profile(tmp_path / "profile.yaml", str(tmp_path / f"{first.name}.yaml")).plan
    text, shown = write_flow(planned(plan, first.name, ""), to, submit=True)
    again = tmp_path / f"again{ENDINGS[to]}"
    again.write_text(text, encoding="utf-8")
    second = imported(read_flow(again)[1], str(again))

    lost = LOST.get((sample, to), set())
    assert given_by(second) == given_by(first) - lost
    assert bool(shown.left or second.left) >= bool(lost)
    one, other = checked_map(first, tmp_path), checked_map(second, tmp_path)
    assert (one.site.url, one.confirmation.proof.text) == (other.site.url, other.confirmation.proof.text)
    assert [page.button and page.button.name for page in one.pages] == [
        page.button and page.button.name for page in other.pages
    ]
