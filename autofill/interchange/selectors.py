"""Selectors of other tools, in the ways to find a thing that a form map has. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, get_args

from autofill.interchange.flow import NOTHING, Role, Target

_ROLES: Final[Mapping[str, Role]] = {each: each for each in get_args(Role)}
_ARIA_ROLE: Final = re.compile(r'\[role="(\w+)"\]')
_TEXT: Final = r"""('[^']*'|"[^"]*"|concat\((?:'[^']*'|"[^"]*"|, *)+\))"""
_ATTRIBUTE: Final = re.compile(rf"//(\*|\w+)\[@([\w-]+)={_TEXT}\]")
# Things by their words, and what they are; the last ones are as our own exports have them.
_OF_TAG: Final = r"\[(?:contains\((?:text\(\)|\.), *{text}\)|(?:text\(\)|normalize-space\(\.?\))={text})\]"
_BOXES: Final[tuple[Role, ...]] = ("radio", "checkbox")
_SAYS: Final[Mapping[str, Role]] = {
    "//button" + _OF_TAG: "button", "//a" + _OF_TAG: "link",
    r"""//\*\[@role="option"\]\[normalize-space\(\.\)={text}\]""": "option",
    r"//\*\[@id=//label\[normalize-space\(translate\(\.,'\*',''\)\)={text}\]/@for\]": "",
    **{
        r"//label\[@for=//input\[@type='{type}'\]/@id or \.//input\[@type='{type}'\]\]".replace("{type}", role)
        + r"\[normalize-space\(translate\(\.,'\*',''\)\)={text}\]": role
        for role in _BOXES
    },
    r"//\*\[text\(\)\[contains\(\.,{text}\)\]\]": "",
}  # fmt: skip
_TYPE: Final = re.compile(r"""\[type=["']?(submit|button|radio|checkbox)["']?\]""")
_TYPES: Final[dict[str, Role]] = {
    "submit": "button", "button": "button", "radio": "radio", "checkbox": "checkbox",
}  # fmt: skip
# What other engines call selectors and no browser does.
_NOT_CSS: Final = re.compile(r":(?:has-text|text|visible|contains|nth-match|eq|first|last)\b|>>|^\w+=|^//|^\(|^\.\.")
_WORDS: Final = re.compile(
    r"""\[(?:id|name|data-[\w-]+|aria-label|placeholder)[*^$~|]?=["']?([^\]"']+)["']?\]|#((?:\\.|[\w-])+)"""
)


def role_of(role: str) -> Role:
    """The role, if it makes a difference."""
    known = {"menuitemradio": "radio", "switch": "checkbox", "listbox": "combobox"}.get(role, role)
    return _ROLES.get(known, "")


def from_css(css: str) -> Target:
    """What a CSS selector finds; nothing if no browser would know it."""
    css = css.strip()
    if not css or _NOT_CSS.search(css):
        return NOTHING
    kind = _TYPE.search(css)
    last = css.split()[-1]
    role = _TYPES[kind[1]] if kind else "button" if re.match(r"button\b", last) else ""
    return Target(css=css, role=role) if len(css) <= 200 else NOTHING


def from_xpath(xpath: str) -> Target:
    """What the simplest XPaths find: a thing by one attribute, or by its words or those of its label."""
    if found := _ATTRIBUTE.fullmatch(xpath):
        tag, attribute = found[1].replace("*", ""), found[2]
        return from_css(f'{tag}[{attribute}="{_unquoted(found[3]).replace(chr(34), "")}"]')
    known = ((re.fullmatch(each.replace("{text}", _TEXT), xpath), role) for each, role in _SAYS.items())
    return next(
        (Target(_unquoted(found[found.lastindex or 0]).strip(), role) for found, role in known if found), NOTHING
    )


def _unquoted(text: str) -> str:
    """A text as XPath writes it, or several put together."""
    return "".join(each[1:-1] for each in re.findall(r"""'[^']*'|"[^"]*\"""", text))


def from_aria(selector: str) -> Target:
    """What a selector by accessible name finds, as Chrome writes them: words, and perhaps `[role="..."]`."""
    role = _ARIA_ROLE.search(selector)
    words = _ARIA_ROLE.sub("", selector)
    named = re.fullmatch(r'\[name="(.*)"\]', words.strip())
    return Target(name=" ".join((named[1] if named else words).split()), role=role_of(role[1]) if role else "")


def joined(found: Iterable[Target]) -> Target:
    """Several ways to find the same thing as one; the first of each kind counts."""
    ways = tuple(found)

    def first(key: str) -> str:
        return next((value for each in ways if (value := str(getattr(each, key)))), "")

    role: Role = first("role")  # type: ignore[assignment]
    nth = max((each.nth for each in ways), default=0)
    return Target(first("name"), role, first("placeholder"), first("css"), frame=first("frame"), nth=nth)


def words_in(css: str) -> str:
    """The words that a CSS selector may hold of what people call a thing: those of an id or a name."""
    parts = re.split(r"(?<!\\)[ >]+", css)
    found = [next(filter(None, each), "") for each in _WORDS.findall(parts[-1])]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\\", "", found[0] if found else ""))
    return " ".join(re.sub(r"[\W_]+", " ", words).split())


def label_xpath(words: str, box: str) -> str:
    """The XPath of the label of a `radio` or `checkbox`; the star of a required one does not count."""
    of = f"[@for=//input[@type='{box}']/@id or .//input[@type='{box}']]"
    return f"//label{of}[normalize-space(translate(.,'*',''))={xpath_text(words)}]"


def xpath_text(words: str) -> str:
    """The words as XPath writes a text."""
    if '"' not in words:
        return f'"{words}"'
    if "'" not in words:
        return f"'{words}'"
    parts = ", '\"', ".join(f'"{part}"' for part in words.split('"'))
    return f"concat({parts})"
