"""HTML as text: what a reader sees of it, a block a line, without what is hidden. Nothing is fetched or run."""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = "script style title template noscript object textarea select"
_STYLE: Final = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN: Final = " | ".join(
    [
        *(f"//{tag}" for tag in _UNSEEN.split()),
        "//*[@hidden]",
        f"//*[contains({_STYLE}, 'display:none') or contains({_STYLE}, 'visibility:hidden')]",
    ]
)
_LINES: Final = re.compile(
    "address|article|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6r]|header|li|main"
    "|ol|p|pre|section|table|tr|ul"
)
_CELLS: Final = frozenset({"td", "th"})
# Nobody writes so much into one mark but pictures, and whoever wants the attributes to be compared with one another.
_LONG_MARK: Final = re.compile(r"<[^<>]{4000,}>?")
# Blanks, and what XML cannot hold; of both nobody sees more than a blank.
_BLANK: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_SPACE: Final = re.compile(rf"[ \t\r\n{_BLANK}]+")
_CONTROL: Final = re.compile(rf"[{_BLANK}]")


def text_of(html: str) -> str:
    """The words of HTML in the order in which they stand there; empty if there are none.

    The parser of lxml ends at a depth of two thousand, and takes no longer for what was made to keep it busy; the
    standard library's, and those that follow the whole of HTML 5, do.
    """
    from lxml.etree import ParserError  # noqa: PLC0415 - most mails, and all who only look at cases, need none
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    if not html:
        return ""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = document_fromstring(_LONG_MARK.sub(" ", html).encode(errors="replace"), parser=parser)
    except ParserError:
        return ""
    for element in page.xpath(_HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()
    for element in page.iter():
        apart = "\n" if _LINES.fullmatch(element.tag) else " " if element.tag in _CELLS else ""
        blank = _CONTROL if element.tag == "pre" else _SPACE
        element.text = (apart if element.tag != "br" else "") + blank.sub(" ", element.text or "")
        element.tail = apart + _SPACE.sub(" ", element.tail or "")
    lines = (line.strip() for line in str(page.text_content()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
