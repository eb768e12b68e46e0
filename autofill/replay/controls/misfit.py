"""Errors for a control that is not as mapped: which of the causes it is, and what is there instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autofill.errors import FormChanged
from autofill.forms.control import Control
from autofill.language import _, gettext_noop
from autofill.page.locate import WHICH_ONE
from autofill.page.seen import Seen, nearest

_FOLLOW = gettext_noop("Look at the last screenshot of the recording. If the form has changed, update its form map.")
_KINDS = {
    "rich": "text", "datalist": "text", "select": "choice", "list": "choice", "listbox": "choice", "pair": "choice",
    "radios": "choice", "boxes": "choice", "toggles": "choice", "radio": "yes-no",
    "parts": "date", "segments": "date", "calendar": "date", "chooser": "file",
}  # fmt: skip


def misfit(seen: Seen | None, control: Control, options: Sequence[str] = ()) -> FormChanged:
    """Error for what was seen of a control; without anything seen, for one that did not let itself be used."""
    if seen is None or (seen.count == 1 and not seen.usable):
        return stopped(
            control, _("“{control}” is on the page, but cannot be used: it is disabled or hidden. Nothing was sent.")
        )
    if seen.count > 1:
        return stopped(control, _("“{control}” is on the page more than once. Nothing was sent."), _(WHICH_ONE))
    if seen.others:
        return contradiction(control, seen.others)
    if not seen.count:
        words = _("“{control}” is not on the page. Nothing was sent.")
        hint = _("The nearest name is “{words}”. If the form has changed, update its form map.")
        return stopped(control, words, _like(control.name, seen.labels, hint))
    if any(len(each) > 1 for each in seen.indices):
        words = _("“{control}” offers the planned choice more than once. Nothing was sent.")
        return stopped(control, words, _(WHICH_ONE))
    words = _("“{control}” does not offer the planned choice. Nothing was sent.")
    hint = _("The nearest choice is “{words}”. If the form has changed, update its form map.")
    lacking = next((option for option, each in zip(options, seen.indices, strict=False) if not each), "")
    return stopped(control, words, _like(lacking, seen.offered, hint))


def contradiction(control: Control, behaviours: Iterable[str]) -> FormChanged:
    """Error for a control that is there, but of another kind than what goes in or the form map says."""
    kinds = ", ".join(dict.fromkeys(_KINDS.get(each, each) for each in behaviours))
    words = _("“{control}” is on the page, but of another kind: {kinds}. Nothing was sent.").format(
        control=control.name, kinds=kinds
    )
    return FormChanged(words, hint=_(_FOLLOW))


def _like(words: str, shown: Sequence[str], hint: str) -> str:
    like = nearest(words, shown)
    return hint.format(words=like) if like else ""


def stopped(control: Control, words: str, hint: str = "") -> FormChanged:
    """Error that says these words of a control."""
    return FormChanged(words.format(control=control.name), hint=hint or _(_FOLLOW))
