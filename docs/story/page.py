"""The page: a trail drawn as HTML and as Markdown, with its pictures made small. Needs no script and no network.

What happened is not judged here, only shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from PIL import Image

from docs.story.trail import Chapter, Picture, Trail

_TEMPLATES: Final = Path(__file__).parent / "templates"
_WIDTH: Final = 880
_COLOURS: Final = 64
_TONES: Final = {"overdue": "doubt", "answered": "good", "resolved": "good"}


def draw(trail: Trail, docs: Path) -> Path:
    """Write `story.md`, `story/index.html` and `story/pictures/` into a folder of documents; the HTML page's path."""
    shown = replace(trail, chapters=tuple(_with_small_pictures(chapter, docs) for chapter in trail.chapters))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = docs / "story" / "index.html"
    for file, template in ((page, "story.html.j2"), (docs / "story.md", "story.md.j2")):
        drawn = environment.get_template(template).render(trail=shown, tones=_TONES)
        file.write_text(re.sub(r"\n{3,}", "\n\n", drawn).strip() + "\n", encoding="utf-8")
    return page


def _with_small_pictures(chapter: Chapter, docs: Path) -> Chapter:
    pictures = tuple(
        _small(picture, docs, f"{chapter.anchor}-{number}.png") for number, picture in enumerate(chapter.pictures, 1)
    )
    return replace(chapter, pictures=pictures)


def _small(picture: Picture, docs: Path, name: str) -> Picture:
    """The whole picture, smaller and with fewer colours; the evidence keeps it as it was."""
    place = docs / "story" / "pictures" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(picture.file) as taken:
        height = round(taken.height * _WIDTH / taken.width)
        taken.convert("RGB").resize((_WIDTH, height), Image.Resampling.LANCZOS).quantize(_COLOURS).save(
            place, optimize=True
        )
    return replace(picture, file=f"pictures/{name}")
