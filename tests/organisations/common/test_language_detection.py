"""Guessing whether a text is English: sure of long texts, silent about short ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.forms.catalog import load_profile
from autofill.organisations.common.language_detection import seems_english

EXAMPLES = sorted((Path(__file__).parents[3] / "profiles").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_english(path: Path) -> None:
    """Hangul on a quoted label and names of streets do not make a text foreign."""
    assert seems_english(load_profile(path)[0].inquiry.message or "")


@pytest.mark.parametrize(
    "text",
    [
        "Well done.",
        "Package lost.",
        "Package never arrived, tracking shows nothing since Friday.",
        "Paket lost in Berlin",
        "Send it to Frau Müller, Am Bach 3, and please do not ask the man at the door.",
        "12345",
    ],
)
def test_english_or_too_short_to_tell(text: str) -> None:
    """Nobody is told that English is no English."""
    assert seems_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "소포가 아직 도착하지 않았습니다. 확인해 주세요.",
        "EMS 소포가 도착하지 않았습니다",
        "荷物がまだ届いていません。調べてください。",
        "包裹还没有到。",
        "Посылка не пришла.",
        "Das Paket ist nicht angekommen.",
        "Bitte suchen Sie mein Paket, es wurde am 5. Oktober in Berlin aufgegeben.",
        "Paket saya belum sampai, tolong dicari.",
        "Kiriman dari Jakarta ke Chicago tidak bergerak sejak tanggal 5.",
        "Mi paquete fue enviado desde Madrid el cinco de octubre y todavía nadie sabe dónde está ahora.",
        "Mon colis envoyé de Lyon le cinq octobre est introuvable depuis deux semaines, merci de le chercher.",
    ],
)
def test_other_languages(text: str) -> None:
    """Other letters, or other small words."""
    assert not seems_english(text)
