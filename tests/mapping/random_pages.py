"""Contact pages put together at random: what is asked, in which words and order, and where the words stand.

Nobody here chose which of it meets: a seed does, and it is always the same page for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

import yaml

WORDINGS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = yaml.safe_load(
    Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8")
)
# How often a form asks for it.
CHANCES: Final = {
    "phone": 0.5, "company": 0.3, "street": 0.35, "city": 0.35, "postal_code": 0.35, "state": 0.2, "country": 0.25,
    "subject": 0.5,
}  # fmt: skip
COUNTRIES: Final = ("Germany", "France", "Spain", "Indonesia", "Korea", "United States", "Italy", "Japan", "Norway")
REQUIRED: Final = {
    "en": "required", "de": "Pflichtfeld", "fr": "obligatoire", "es": "obligatorio", "id": "wajib", "ko": "필수",
}  # fmt: skip
Drawn = Callable[[str, str, str], str]
# How a question is drawn of its words, its control's id, and its control: with `{}` where an attribute names it.
STYLES: Final[Mapping[str, Drawn]] = {
    "label before": lambda words, name, control: f'<p><label for="{name}">{words}</label> {control}</p>',
    "label after": lambda words, name, control: f'<div>{control}<label for="{name}">{words}</label></div>',
    "label around": lambda words, _name, control: f"<p><label>{words} {control}</label></p>",
    "text above": lambda words, _name, control: f"<p>{words}<br>{control}</p>",
    "text in another box": lambda words, _name, control: f"<div><div>{words}</div><div>{control}</div></div>",
    "table": lambda words, _name, control: f"<table><tr><td>{words}</td><td>{control}</td></tr></table>",
    "list": lambda words, _name, control: f"<dl><dt>{words}</dt><dd>{control}</dd></dl>",
    "legend": lambda words, _name, control: f"<fieldset><legend>{words}</legend>{control}</fieldset>",
    "placeholder": lambda words, _name, control: f"<p>{named(control, 'placeholder', words)}</p>",
    "aria-label": lambda words, _name, control: f"<p>{named(control, 'aria-label', words)}</p>",
    "title": lambda words, _name, control: f"<p>{named(control, 'title', words)}</p>",
}
TRAPS: Final = (
    '<p style="position:absolute;left:-9999px"><label>Website <input name=website tabindex=-1 data-is=trap></label>',
    '<p style="display:none"><label>Email <input name=email2 data-is=trap></label></p>',
    '<div style="opacity:0;height:0;overflow:hidden"><input name=name placeholder=Name tabindex=-1 data-is=trap></div>',
    "<p>3 + 4 = <input name=captcha data-is=trap></p>",
)
SEARCH: Final = "<form role=search><input type=search placeholder=Search data-is=trap></form>"
NEWSLETTER: Final = """<form class=newsletter><h4>Newsletter</h4>
<input type=email placeholder="Your email" data-is=trap><button>Subscribe</button></form>"""


def named(control: str, attribute: str, words: str) -> str:
    """A control with one more attribute."""
    return control.replace(" data-is", f' {attribute}="{words}" data-is', 1)


def page_in(language: str, seed: int) -> str:
    """A page; every control says in `data-is` what it asks for, `other` or `trap`."""
    chance = random.Random(f"{language} {seed}")
    words, draw = WORDINGS[language], STYLES[chance.choice(list(STYLES))]
    mark = chance.choice(["", " *", "*", f" ({REQUIRED[language]})"])
    rows, used = [], set[str]()
    for number, kind in enumerate(_asked(chance, language)):
        asked = chance.choice([each for each in words[kind] if each not in used] or words[kind])
        used.add(asked)
        needed = kind in {"email", "message"} or chance.random() < 0.4
        label = escape(asked) + (mark if needed else "") + chance.choice(["", "", ":"])
        rows.append(draw(label, f"c{number}", _control(kind, number, chance, " required" if needed else "")))
    before, after = chance.random() < 0.3, chance.random() < 0.3
    trap = chance.choice(TRAPS) if chance.random() < 0.4 else ""
    form = f"<form method=post>{''.join(rows)}{trap}<button>{escape(chance.choice(words['send']))}</button></form>"
    around = f"{SEARCH if before else ''}<h1>Contact</h1>{form}{NEWSLETTER if after else ''}"
    return f"<!doctype html><html lang={language}><meta charset=utf-8><body>{around}"


def _asked(chance: random.Random, language: str) -> Sequence[str]:
    whole = chance.random() < 0.6 or language == "ko"
    asked = ["full_name"] if whole else ["first_name", "last_name"]
    asked += ["email", *(kind for kind, often in CHANCES.items() if chance.random() < often)]
    asked += [*["other"] * chance.randint(0, 4), "message"]
    if chance.random() < 0.4:
        chance.shuffle(asked)
    return asked


def _control(kind: str, number: int, chance: random.Random, needed: str) -> str:
    name = chance.choice([f" name={kind if kind != 'other' else f'x{number}'}", f" name=f{1000 + 37 * number}", ""])
    about = f'id="c{number}"{name} data-is={kind}{needed}'
    if kind == "message":
        return f"<textarea rows=5 {about}></textarea>"
    if kind == "country" and chance.random() < 0.5:
        return f"<select {about}><option value=''>-{''.join(f'<option>{each}' for each in COUNTRIES)}</select>"
    types = {"email": ("email", "text"), "phone": ("tel", "text")}.get(kind, ("text",))
    return f"<input type={chance.choice(types)} {about}>"


def pages_in(language: str, seeds: range) -> Iterator[tuple[str, str]]:
    """Title and HTML of a page for each seed."""
    for seed in seeds:
        yield f"{language} {seed}", page_in(language, seed)
