"""The page of a form: its HTML, with a wizard's script. What a control is for, only its words and names say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

from tests.mutations.forms import TITLE, Field, Form, Page, Trick

SCRIPT: Final = Path(__file__).with_name("page.js")
_HEAD: Final = '<!doctype html><html lang="{language}"><meta charset="utf-8"><link rel="icon" href="data:,">'
_STYLE: Final = (
    "<style>label, .words { display: inline-block; margin: 4px } "
    "[role=combobox] { display: inline-block; border: 1px solid; min-width: 9em; padding: 2px }"
    "li { cursor: pointer }</style>"
)
_ROOM: Final[dict[Trick, str]] = {
    "": "",
    "said": "",
    "off-screen": "position: absolute; left: -9999px",
    "not displayed": "display: none",
    "transparent": "opacity: 0; height: 1px; overflow: hidden",
    "cut off": "position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden",
}
_COMPLAINT: Final = "Please fill in everything that is marked with an asterisk."


def document(form: Form) -> str:
    """The page itself."""
    site = {"pages": [_screen(n, page) for n, page in enumerate(form.pages)], "strict": form.strict}
    said = json.dumps(site | {"complaint": _COMPLAINT}).replace("</", "<\\/")
    head = _HEAD.format(language=form.language)
    return (
        f"{head}<title>{TITLE}</title>{_STYLE}<main></main><script>const SITE = {said};</script>"
        '<script src="/page.js"></script>'
    )


def frame(form: Form, number: int) -> str:
    """The document of the frame in a screen."""
    page = form.pages[number]
    drawn = _drawn([field for field in page.fields if field.inside == "frame"])
    if _is_whole(page):
        drawn = f"<form novalidate>{drawn}{_button(page)}</form>"
    return f"{_HEAD.format(language=form.language)}<title>Fields</title>{_STYLE}{drawn}"


def _is_whole(page: Page) -> bool:
    """Whether the whole form of a screen is in a frame, its button too, as that of another company's service is."""
    return all(field.inside == "frame" for field in page.fields if not field.trick)


def _button(page: Page) -> str:
    return f"<button>{escape(page.button)}</button>"


def _screen(number: int, page: Page) -> dict[str, Any]:
    shadow = [field for field in page.fields if field.inside == "shadow"]
    return {
        "html": f"<h1>{escape(page.heading)}</h1><form novalidate>{''.join(_parts(number, page))}"
        f'<p role="alert"></p>{"" if _is_whole(page) else _button(page)}</form>',
        "shadow": _STYLE + _drawn(shadow),
        "required": [field.id for field in page.fields if field.required],
        "values": {_option_id(field, n): each.value for field in page.fields for n, each in enumerate(field.options)},
    }


def _parts(number: int, page: Page) -> Iterator[str]:
    """All controls in order; those of a frame or a shadow root together, where the first of them is."""
    seen = set()
    for field in page.fields:
        if not field.inside:
            yield _drawn([field])
        elif field.inside not in seen:
            seen.add(field.inside)
            inner = f'<iframe src="/frame/{number}" title="Fields" width="900" height="900"></iframe>'
            yield inner if field.inside == "frame" else "<contact-fields></contact-fields>"


def _drawn(fields: list[Field]) -> str:
    return "".join(map(_field, fields))


def _field(field: Field) -> str:
    control = _group(field) if field.kind == "radio" else _labelled(field)
    hidden = ' aria-hidden="true"' if field.trick == "transparent" else ""
    room = f'<div style="{_ROOM[field.trick]}"{hidden}>{control}</div>'
    for _ in range(field.wrapped):
        room = f'<div class="row"><div>{room}</div></div>'
    return room


def _labelled(field: Field) -> str:
    words, control = _words(field), _control(field)
    if field.kind == "checkbox":
        return f"<label>{control} {words}</label>" if field.labelled == "around" else f"{control} {_label(field)}"
    match field.labelled:
        case "around" if field.kind != "combobox":
            return f"<label>{words} {control}</label>"
        case "placeholder" | "aria":
            return control
        case _:
            return f"{_label(field)} {control}"


def _label(field: Field) -> str:
    if field.kind == "combobox":
        return f'<span class="words" id="{field.id}-label">{_words(field)}</span>'
    return f'<label for="{field.id}">{_words(field)}</label>'


def _words(field: Field) -> str:
    return escape(field.words) + (" *" if field.required else "")


def _control(field: Field) -> str:
    own = f'id="{field.id}" name="{field.name}"' + (" required" if field.required else "") + _named(field)
    if field.trick:
        own += ' tabindex="-1" autocomplete="off"'
    match field.kind:
        case "textarea":
            return f'<textarea {own} rows="5" cols="60"></textarea>'
        case "select":
            options = "".join(f'<option value="{each.value}">{escape(each.words)}</option>' for each in field.options)
            return f'<select {own}><option value="">-</option>{options}</select>'
        case "combobox":
            return _combobox(field)
        case _:
            return f'<input type="{field.kind}" {own}>'


def _named(field: Field) -> str:
    match field.labelled:
        case "placeholder" if field.kind in {"text", "email", "tel", "textarea"}:
            return f' placeholder="{_words(field)}"'
        case "aria" | "placeholder":
            return f' aria-label="{escape(field.words)}"'
        case _:
            return ""


def _combobox(field: Field) -> str:
    named = _named(field) or f' aria-labelledby="{field.id}-label"'
    needed = ' aria-required="true"' if field.required else ""
    options = "".join(
        f'<li role="option" id="{_option_id(field, n)}">{escape(each.words)}</li>'
        for n, each in enumerate(field.options)
    )
    return (
        f'<div role="combobox" id="{field.id}" tabindex="0" aria-haspopup="listbox" aria-expanded="false"'
        f' aria-controls="{field.id}-list"{named}{needed}>-</div>'
        f'<ul role="listbox" id="{field.id}-list" hidden>{options}</ul>'
    )


def _group(field: Field) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{field.name}" id="{_option_id(field, n)}" value="{each.value}"'
        f"{' required' if field.required else ''}> {escape(each.words)}</label>"
        for n, each in enumerate(field.options)
    )
    if field.labelled in {"for", "around"}:
        return f'<fieldset id="{field.id}"><legend>{_words(field)}</legend>{buttons}</fieldset>'
    return f'<div role="radiogroup" id="{field.id}" aria-label="{_words(field)}">{buttons}</div>'


def _option_id(field: Field, number: int) -> str:
    return f"{field.id}-{number}"
