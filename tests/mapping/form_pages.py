"""Pages of forms that `forms/*.yaml` describes: written in one of several ways, always the same for the same form."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from autofill.mapping.values import yes_no

EMAIL = "a@example.com"
TYPES = {"number": "number", "date": "date", "time": "time", "phone": "tel", "url": "url", "email": "email"}
YES_NO = {
    "de": ("Ja", "Nein"), "fr": ("Oui", "Non"), "es": ("Sí", "No"), "id": ("Ya", "Tidak"), "ko": ("예", "아니요"),
}  # fmt: skip


@dataclass(frozen=True)
class FormPage:
    """The page of a form: its HTML, and what it posts of each question when that is answered right."""

    html: str
    right: Mapping[str, Sequence[str]]


def page_of(form: Mapping[str, Any]) -> FormPage:
    """Write a form's page."""
    chance = random.Random(str(form["name"]))
    language = str(form["name"])[-3:-1]
    rows = [(f"q{number}", row) for number, row in enumerate(form["questions"])]
    drawn, right = [], {}
    style = chance.choice(["around", "before", "table"])
    for section, group in groupby(rows, key=lambda each: str(each[1].get("section", ""))):
        inside = []
        for name, row in group:
            html, right[name] = _question(name, row, style, chance, language)
            inside.append(html)
        body = "".join(inside)
        if style == "table":
            body = f"<table>{body}</table>"
        drawn.append(f"<fieldset><legend>{escape(section)}</legend>{body}</fieldset>" if section else body)
    email = "<p><label>E-mail <input type=email name=email required></label>"
    html = (
        f"<!doctype html><html lang={language}><meta charset=utf-8><title>Form</title><h1>{escape(form['name'])}</h1>"
    )
    return FormPage(f"{html}<form method=post action=/send>{email}{''.join(drawn)}<button>Send</button></form>", right)


def _question(
    name: str, row: Mapping[str, Any], style: str, chance: random.Random, language: str
) -> tuple[str, Sequence[str]]:
    kind, words, value = row.get("kind", "text"), escape(row["ask"]), row["value"]
    needed = " required" if row.get("required") == "yes" else ""
    if kind in {"choice", "choices", "yes/no"}:
        if kind == "yes/no" and (needed or chance.random() < 0.5):
            options = YES_NO.get(language, ("Yes", "No"))
            chosen = [options[0] if yes_no(value) == "yes" else options[1]]
        elif kind == "yes/no":
            return _labelled(words, f"<input type=checkbox name={name}>", style), ["on"] if yes_no(
                value
            ) == "yes" else []
        else:
            options, chosen = row["options"], [value] if isinstance(value, str) else value
        if kind == "choices" or chance.random() < 0.5:
            buttons = _buttons(name, words, options, "checkbox" if kind == "choices" else "radio", needed)
            return f"<tr><td colspan=2>{buttons}" if style == "table" else buttons, chosen
        offered = "".join(f"<option>{escape(option)}" for option in options)
        return _labelled(words, f"<select name={name}{needed}><option value=''>…{offered}</select>", style), chosen
    if kind == "long text":
        return _labelled(words, f"<textarea name={name}{needed}></textarea>", style), [value]
    type_ = "file" if kind == "file" else TYPES.get(kind, "text")
    return _labelled(words, f"<input type={type_} name={name}{needed}>", style), [value]


def _labelled(words: str, control: str, style: str) -> str:
    star = " *" if " required" in control else ""
    if style == "table":
        return f"<tr><td>{words}{star}<td>{control}"
    if style == "around":
        return f"<p><label>{words}{star} {control}</label>"
    number = control.partition(" name=")[2].partition(">")[0].split()[0]
    return f"<p><label for={number}>{words}{star}</label>{control.replace(' name=', f' id={number} name=', 1)}"


def _buttons(name: str, words: str, options: Sequence[str], type_: str, needed: str) -> str:
    def button(option: str) -> str:
        required = needed if type_ == "radio" else ""
        return f"<label><input type={type_} name={name} value='{escape(option)}'{required}> {escape(option)}</label> "

    return f"<fieldset><legend>{words}</legend>{''.join(map(button, options))}</fieldset>"


def profile_of(form: Mapping[str, Any], *, other: bool) -> dict[str, Any]:
    """What a person answers, in the form's words or in other ones; the address, too, where the form asks for it."""
    return {"contact": {"email": EMAIL}, "answers": {"E-mail": EMAIL, **dict(_answers(form, other=other))}}


def _answers(form: Mapping[str, Any], *, other: bool) -> Iterator[tuple[str, Any]]:
    yield from form.get("strangers", {}).items()
    asked = [row["ask"] for row in form["questions"]]
    for row in form["questions"]:
        value = row.get("says", row["value"]) if other else row["value"]
        again = asked.count(row["ask"]) > 1
        own = f"{row['section']}: {row['ask']}" if again else row["ask"]
        yield (row["other"] if other else own), {"file": value} if row.get("kind") == "file" else value
