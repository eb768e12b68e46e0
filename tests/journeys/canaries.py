"""Unmistakable values, and every way in which a file could give them away."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
from collections.abc import Iterable

# What both canary profiles have in them, beside what each has of its own.
TYPED = (
    "Quetzalcoatlus",
    "Krakatoa Knitwear",
    "zebulonia.quetzal@example.com",
    "(415) 555-0177",
    "4155550177",
    "4711 Xylophone Crescent",
    "Wolverhampton Springs",
    "9400111899223197428497",
    "99 Yggdrasil Row",
    "Rhinoceros figurine missing",
    'My rhinoceros figurine "Björn & Sons" never came.',
    "secret receipt",
)
# What a recording is for: what the browser showed and what was typed.
_OWN = ("data/inquiry.json", "data/steps/", "data/confirmation.", "data/report.html", "data/attachments/")


def encodings(text: str) -> set[bytes]:
    """Plain, lower case, URL, HTML, JSON escapes and base64 at each of its three alignments."""
    raw = text.encode()
    shifted = (base64.b64encode(b"x" * shift + raw)[4 if shift else 0 : -4] for shift in range(3))
    forms = {raw, text.lower().encode(), urllib.parse.quote(text).encode(), html.escape(text).encode()}
    return {form for form in forms | {json.dumps(text)[1:-1].encode(), *shifted} if len(form) > 5}


def is_private(name: str) -> bool:
    """Whether what was typed belongs into this file of a recordings folder; of pictures only the boxes say nothing.

    A crash may leave a file as it was being written, beside its place: `.report.html.0a1b2c.part`.
    """
    folder, _, file = name.rpartition("/")
    left = re.fullmatch(r"\.(.+?)(?:\.[0-9a-f]{6})?\.part", file)
    whole = f"{folder}/{left[1]}" if left else name
    return any(own in whole for own in _OWN) and not whole.endswith(".boxes.json")


def leaks(name: str, content: bytes, canaries: Iterable[str]) -> list[str]:
    """What is found, in words."""
    return [f"{canary!r} in {name}" for canary in canaries if any(form in content for form in encodings(canary))]
