"""Drawings of a page: what is drawn there and stands in no text of it, as images, canvases and the words for them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from autofill.page.snapshot import Document

# Attributes that browsers draw, or show when somebody points there.
_WORDS: Final = ("placeholder", "alt", "title", "label")
_ADDRESSES: Final = ("src", "srcset", "href", "xlink:href", "poster", "data", "background")
_IMAGES: Final = frozenset({"IMG", "INPUT", "image", "feImage", "VIDEO", "SOURCE", "OBJECT", "EMBED", "BODY", "use"})
_IMAGE_STYLES: Final = ("background", "mask", "border-image-source", "list-style", "content", "-webkit-box-reflect")
_UNREADABLE: Final = ("CANVAS", "VIDEO", "EMBED", "OBJECT", "IFRAME", "FRAME", "FENCEDFRAME", "PORTAL", "WEBVIEW")
_URL: Final = re.compile(r'url\("((?:[^"\\]|\\.)*)"\)')
_MARKUP: Final = re.compile(r"<[^>]*>")
# No image of fewer letters has room for a readable word; forms have many icons of that size.
_ICON: Final = 400


def drawings_in(document: Document) -> Iterator[tuple[int, str | None]]:
    """Each drawing: its node, and the text that may be read in it; None if nobody can know."""
    yield from document.attributes_of(_WORDS)
    for node in document.named(*_UNREADABLE):
        if not document.is_frame(node):
            yield node, None
    for node, address in document.attributes_of(_ADDRESSES):
        if document.name(node) in _IMAGES:
            yield node, _text_of(address)
            yield from _reused(document, node, address)
    for node, style in document.styles.items():
        for name in _IMAGE_STYLES:
            for address in _URL.findall(style[name]):
                yield node, _text_of(address.replace("\\", ""))


def _reused(document: Document, node: int, address: str) -> Iterator[tuple[int, str]]:
    """What another element of the same drawing says, where `<use>` draws it again."""
    if address.startswith("#"):
        for original, name in document.attributes_of(("id",)):
            if name == address[1:]:
                yield node, document.inner_text(original)


def _text_of(address: str) -> str | None:
    """What can be read in an image of this address; None if it is drawn from nothing that can be read."""
    if not address.lower().startswith(("data:", "blob:")):
        return unquote(address)
    head, _comma, content = address.partition(",")
    if "svg" not in head.lower():
        return "" if address.startswith("data:") and len(address) < _ICON else None
    try:
        raw = base64.b64decode(unquote(content)) if head.lower().endswith(";base64") else unquote_to_bytes(content)
    except binascii.Error:
        return None
    source = raw.decode(errors="replace")
    return None if "data:image" in source else f"{source}\n{_MARKUP.sub('', source)}"
