"""What one control gets from one inquiry: the text to type, or the site's words to choose.

Pure functions; nothing about pages, order or browsers.
"""

from __future__ import annotations

from datetime import date

from autofill.forms.form_map import Choices, Control, Limit
from autofill.inquiry.profile import Inquiry, lookup
from autofill.language import _

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class UnfitError(ValueError):
    """The inquiry's value cannot go into the control; the text says why, without the value."""


def text_for(control: Control, inquiry: Inquiry) -> str | None:
    """Text for the control, or None when there is nothing to enter.

    Raises:
        UnfitError: the form needs a value, or does not take this one.
    """
    value = lookup(inquiry, control.value)
    if control.presence:
        value = "no" if value is None else "yes"
    if value is None or (control.kind == "checkbox" and value == "no"):
        if control.required:
            raise UnfitError(_("the form needs it for “{control}”").format(control=control.name))
        return None
    if control.kind in {"select", "combobox", "radio"}:
        offered = choices(control, inquiry)
        if value not in offered:
            words = _("the form does not offer this choice; it offers: {offered}")
            raise UnfitError(words.format(offered=", ".join(offered) or _("none")))
        return offered[value]
    if control.kind == "date":
        return written_date(date.fromisoformat(value), control.date_format)
    if complaint := too_much(value, control.limit):
        raise UnfitError(complaint)
    return value


def choices(control: Control, inquiry: Inquiry) -> Choices:
    """The choices the control offers for this inquiry: our slug -> the site's words."""
    if control.dependent is None:
        return control.choices
    return control.dependent.table.get(lookup(inquiry, control.dependent.on) or "", {})


def written_date(day: date, style: str) -> str:
    """A date as the form writes it; month names are English whatever the machine's language."""
    if style == "MMM D, YYYY":
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    if style == "MM/DD/YYYY":
        return f"{day.month:02}/{day.day:02}/{day.year}"
    return day.isoformat()


def too_much(text: str, limit: Limit | None) -> str:
    """What is wrong with the amount or kind of text, or nothing.

    Letters beyond the Basic Multilingual Plane (emoji) count two in UTF-16; a form that counts otherwise, or whose
    counting is not known, may cut them in half, so they are refused there.
    """
    astral = sum(ord(letter) > 0xFFFF for letter in text)
    if astral and (limit is None or limit.unit != "utf-16"):
        return _("has emoji or other letters that this form is not known to keep; please write it without them")
    if limit is None:
        return ""
    length = len(text) + astral + text.count("\n") * (limit.newline - 1)
    if length > limit.max:
        if limit.newline == 2 and "\n" in text:
            words = _("is {length} characters long as the form counts (a line break counts 2); it takes {most}")
        else:
            words = _("is {length} characters long as the form counts; it takes {most}")
        return words.format(length=length, most=limit.max)
    return ""
