"""Entries: what one control gets from one inquiry, the text to type or the site's words to choose.

Pure functions; nothing about pages, order or browsers.
"""

from __future__ import annotations

import re
from datetime import date

from autofill.forms.control import YES_NO, Choices, Control, ControlKind, Limit
from autofill.forms.days import written_date
from autofill.forms.value import UnfitError, value_from
from autofill.inquiry.fields import Fields, question, text_of
from autofill.language import _
from autofill.sources.validation import about_choice

# A choice may be several, and what a control is may show on the page only.
_SEVERAL: frozenset[ControlKind | None] = frozenset({None, "choice", "file"})
_LAST_IN_PLANE = "\uffff"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def text_for(control: Control, fields: Fields) -> str | None:
    """Text for the control, or None when there is nothing to enter.

    Raises:
        UnfitError: the form needs a value, or does not take this one.
    """
    value = value_from(control.value, fields)
    if control.presence:
        value = "no" if value is None else "yes"
    if isinstance(value, tuple):
        value = _one_text(control, value)
    if control.kind in YES_NO and value not in {None, "yes", "no"}:
        raise UnfitError(_("must be yes or no"))
    if control.required and (not value or (control.kind in YES_NO and value == "no")):
        raise UnfitError(_("the form needs it for “{control}”").format(control=control.name))
    if not value:
        return None
    if control.choices or control.dependent:
        return "\n".join(_chosen(choices(control, fields), each) for each in value.splitlines())
    if control.kind == "date":
        return _dated(value, control.date_format)
    if complaint := too_much(value, control.limit):
        raise UnfitError(complaint)
    return value


def day_for(control: Control, fields: Fields) -> str:
    """The day that goes into a control, as ISO text; nothing where it is none."""
    value = value_from(control.value, fields) if control.kind in {None, "date"} and not control.choices else None
    return value if isinstance(value, str) and _DAY.fullmatch(value) else ""


def choices(control: Control, fields: Fields) -> Choices:
    """The choices the control offers for this inquiry: our slug -> the site's words."""
    if control.dependent is None:
        return control.choices
    return control.dependent.table.get(text_of(fields, control.dependent.on), {})


def too_much(text: str, limit: Limit | None) -> str:
    """What is wrong with the amount or kind of text, or nothing.

    Letters beyond the Basic Multilingual Plane (emoji) count two in UTF-16; a form that counts otherwise, or whose
    counting is not known, may cut them in half, so they are refused there.
    """
    astral = 0 if text.isascii() else sum(letter > _LAST_IN_PLANE for letter in text)
    if astral and (limit is None or limit.unit != "utf-16"):
        return _("has emoji or rare letters that this form may not keep; write it without them")
    if limit is None:
        return ""
    length = counted(text, limit)
    if length > limit.max:
        if limit.newline == 2 and "\n" in text:
            words = _("has {length} characters as the form counts (a line break counts 2); it takes {most}")
        else:
            words = _("has {length} characters as the form counts; it takes {most}")
        return words.format(length=length, most=limit.max)
    return ""


def counted(text: str, limit: Limit) -> int:
    """How long a text is, as the form counts."""
    astral = 0 if text.isascii() or limit.unit != "utf-16" else sum(letter > _LAST_IN_PLANE for letter in text)
    return len(text) + astral + text.count("\n") * (limit.newline - 1)


def _one_text(control: Control, values: tuple[str, ...]) -> str:
    """Several texts as one, a line each, where a control may take more than one."""
    if control.kind in _SEVERAL or len(values) == 1:
        return "\n".join(values)
    raise UnfitError(_("the form takes only one answer for “{control}”, not a list").format(control=control.name))


def _chosen(offered: Choices, value: str) -> str:
    if value in offered:
        return offered[value]
    # Answers to the form's own questions are in its words.
    words = {question(words): words for words in offered.values()}
    if question(value) in words:
        return words[question(value)]
    raise UnfitError(about_choice(value, tuple(offered)))


def _dated(value: str, style: str) -> str:
    try:
        return written_date(date.fromisoformat(value), style)
    except ValueError:
        raise UnfitError(_("must be a day written year-month-day, such as 2026-01-31")) from None
