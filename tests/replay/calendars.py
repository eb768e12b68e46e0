"""Small pages on which days can only be clicked, in calendars as three families of widgets build them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_SCRIPT: Final = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def page(language: str, fields: str, script: str) -> str:
    """A page with a form of these fields, for which this script opens calendars (calendars.js)."""
    form = f"<form>{fields}<p style='margin-top: 90px'><button>Send</button></form>"
    return f"<!doctype html><html lang={language}><h1>A form</h1>{form}<script>{{{_SCRIPT}\n{script}}}</script>"


# A read-only field over a table, in German; and a read-only field that is no calendar.
GERMAN: Final = page(
    "de",
    "<label>Datum <input id=f name=day readonly></label><label>Frist <input readonly value='in 14 Tagen'></label>",
    "f.onfocus = table(f);",
)
# A button over a grid, in Korean.
KOREAN: Final = page(
    "ko",
    "<label for=f>날짜</label><button type=button id=f aria-haspopup=dialog>날짜 선택</button>",
    "f.onclick = grid(f);",
)
# A field with a button beside it, over lists for month and year.
LISTS: Final = page(
    "en",
    "<label for=f>Lost on</label> <span><input id=f inputmode=none><button type=button id=b>...</button></span>",
    "b.onclick = lists(f);",
)
# It is not read-only, but whatever is typed is gone at once.
NO_KEYS: Final = page(
    "de", "<label>Datum <input id=f name=day></label>", "f.oninput = () => { f.value = ''; }; f.onclick = table(f);"
)
# It stands in the form, and its arrows would send that.
SENDS: Final = (
    KOREAN.replace("document.body.append(popup)", "document.forms[0].append(popup)")
    .replace("<button type=button aria-label", "<button aria-label")
    .replace("<form>", "<form onsubmit=\"document.title = 'sent'; return false\">")
)
# It puts in the day before, as some do whose clock is another's.
WRONG: Final = LISTS.replace("lists(f)", "lists(f, ([y, m, d]) => [y, m, d - 1])")
# One types into the field; its calendar opens then, and lies over the button until something else is clicked.
STAYS: Final = page("en", "<label>Lost on <input id=f name=day></label>", "f.oninput = lists(f);")
