"""Traps of a form: controls that a person would leave alone, because they catch programs or are for something else.

Pure. A trap is never filled, whatever its words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from autofill.mapping.signals import Signals, text_meaning
from autofill.page.inventory import PageControl, PageForm

INVISIBLE: Final = "nobody sees it beside the others"
"""The one reason that may be a widget's: a list replaced by a script is not displayed, and yet takes the choice."""

SIGN_IN: Final = "its form signs in"
NEWSLETTER: Final = "its form subscribes to a newsletter"
CLAIMABLE: Final = frozenset({"", INVISIBLE, SIGN_IN, NEWSLETTER})
"""Reasons that leave a control's words true: what it takes is known, and it is left alone all the same."""

_NAMES = re.compile(
    r"(?:^|[^a-z])honey(?:[^a-z]|$)|honeypot|h0neyp|ak_hp|fax_only|gotcha|nospam|antispam|no_bot|url2"
    r"|leave.?blank|g-recaptcha-response|h-captcha-response|cf-turnstile|bot.?field|spam.?check|bot.?trap|must.?be.?empty"
    r"|should.?be.?empty|stay.?empty|do.?not.?fill|dont.?fill",
    re.IGNORECASE,
)
# Short for “honeypot”, and in Indonesia for a mobile phone.
_SHORT = re.compile(r"(?:^|[^a-z])hp(?:[^a-z]|$)", re.IGNORECASE)
# Ways to hide that have no other use on a control that can be typed into.
_TRICKS = frozenset({"transparent", "cut off", "no size", "off the page", "inert", "same colour as its ground"})
# Pages hide the browser's own and draw another in its place.
_RESTYLED = frozenset({"checkbox", "radio", "file", "switch", "listbox", "range", "slider"})
_OWN = ("label", "aria", "placeholder", "title", "row_head", "left", "above")
_AROUND = frozenset({"after", "before", "above", "left"})


def trap_reason(signals: Signals, *, among_visible: bool) -> str:
    """Why a control must not be touched; empty if it may.

    Args:
        signals: What is said about the control.
        among_visible: Whether its form has controls that a person sees.
    """
    return next(_reasons(signals, among_visible=among_visible), "")


def _reasons(signals: Signals, *, among_visible: bool) -> Iterator[str]:
    control, hidden = signals.control, set(signals.control.hidden)
    names = (control.html_name, control.html_id, control.classes, *control.wrappers)
    is_phone = control.visible and any("phone" in signals.said.get(source, ()) for source in _OWN)
    if any(_NAMES.search(text) or (_SHORT.search(text) and not is_phone) for text in names):
        yield "its name is a trap's"
    # A message box may stand under the words of the box before it.
    if sources := signals.trap_words - (_AROUND if control.tag == "textarea" else frozenset()):
        yield f"words say to leave it empty ({', '.join(sorted(sources))})"
    if "_captcha" in signals.said.get("autocomplete", ()):
        yield "a one-time code"
    if control.type in _RESTYLED or control.is_opener:
        return
    if tricks := hidden & _TRICKS:
        yield f"hidden by a trick: {', '.join(sorted(tricks))}"
    if control.tabindex == "-1" and "hidden from screen readers" in hidden:
        yield "taken away from keyboards and screen readers"
    if hidden and among_visible:
        yield INVISIBLE


FORBIDDEN_KINDS: Final = {
    "_trap": "words say to leave it empty",
    "_captcha": "asks for a CAPTCHA's answer",
    "_search": "searches the site",
    "_newsletter": "subscribes to a newsletter",
    "_password": "signs in",
    "_openid": "signs in",
    "_card": "pays",
}
"""Why a control of a kind is never touched."""


def purpose_trap(kinds: Sequence[str], form: Sequence[Signals], around: PageForm | None) -> str:
    """Why no control of a form is to be touched: it signs in, or subscribes to a newsletter.

    Args:
        kinds: What each control takes.
        form: The controls.
        around: The form itself.
    """
    controls = [signals.control for signals in form]
    if any(control.tag == "textarea" for control in controls):
        return ""
    typed = [control for control in controls if control.visible and control.type not in {"checkbox", "radio"}]
    passwords = sum(1 for control in typed if control.type == "password")
    if passwords == 1 and len(typed) <= 2:
        return SIGN_IN
    if len(typed) <= 3 and "email" in kinds and not _asks_more(controls):
        words = (around.id, around.classes, around.action, *around.buttons) if around else ()
        headed = (*words, *(control.heading for control in controls), *(text for text in _near(controls)))
        if any("_newsletter" in text_meaning(text.replace("-", " ").replace("_", " ")) for text in headed):
            return NEWSLETTER
    return ""


def _asks_more(controls: Sequence[PageControl]) -> bool:
    """Whether there are choices or files, which no newsletter asks for."""
    return any(control.type in {"select-one", "file", "radio", "date"} for control in controls)


def _near(controls: Sequence[PageControl]) -> list[str]:
    return [text for control in controls for text in (control.before, control.legend)]
