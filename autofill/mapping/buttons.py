"""Buttons of a page: the one that leads on or sends, and the one that puts away a notice which lies over it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from autofill.mapping.drafted import says
from autofill.mapping.recognise import Recognised
from autofill.page.inventory import Inventory, PageControl

_DRAWN_OVER: Final = frozenset({"radio", "checkbox", "file", "range", "slider"})


def is_shown(control: PageControl) -> bool:
    """Whether a person could fill it in, where it stands or by what is drawn over it."""
    # Browsers' own boxes, dots and file fields are often hidden behind drawn ones.
    drawn_over = (control.type in _DRAWN_OVER or control.is_opener) and "not displayed" not in control.hidden
    return control.usable or (drawn_over and not control.disabled and bool(control.words))


def leading_button(inventory: Inventory, own: Sequence[Recognised]) -> str:
    """The words of the button that leads on: the form's last of the kind, or the next button behind its controls.

    Not that of what else is in the form: one form around a whole page has searches and newsletters, too.
    """
    # The pages that are not there yet may be in the form already, unseen.
    filled = [each for each in own if not each.trap and (each.field or each.control.required)] or own
    last = next((each.control for each in reversed(filled) if is_shown(each.control)), own[-1].control if own else None)
    form = inventory.forms[last.form] if last and last.form >= 0 else None
    if last and form and (form.leads or form.buttons):
        named = _sending(inventory, last) or [*reversed(form.leads or form.buttons)]
    else:
        buttons = [each for each in inventory.controls if each.role == "button" and each.name and each.visible]
        behind = [each.name for each in buttons if last and each.index > last.index and each.frame == last.frame]
        named = behind or [each.name for each in reversed(buttons)]
    leading = [name for name in named if not says("aside", name)] or named
    return next(iter((*(name for name in leading if says("onward", name)), *leading)), "Submit")


def _sending(inventory: Inventory, last: PageControl) -> list[str]:
    """The words on the buttons that send, from the first behind a control to the next field, the last of them first."""
    behind = [each for each in inventory.controls if each.index > last.index and each.visible]
    here = [each for each in behind if (each.frame, each.form) == (last.frame, last.form)]
    sending = [each for each in here if each.type in {"submit", "image"} and each.name]
    end = next((each.index for each in here if sending and each.index > sending[0].index and each.usable), None)
    return [each.name for each in reversed(sending) if end is None or each.index < end]


def put_away_by(inventory: Inventory, form: tuple[int, int]) -> str:
    """The words on the button that puts a notice away, and rather declines than agrees; "" if there is no notice.

    Args:
        inventory: The controls of the page.
        form: Numbers of the frame and of the form that is filled in; none of its buttons is one of a notice.
    """
    buttons = [each for each in inventory.controls if each.role == "button" and each.visible and each.name]
    others = [each for each in buttons if (each.frame, each.form) != form or each.form < 0]
    for kind in ("declines", "agrees"):
        if found := next((each.name for each in others if says(kind, each.name) and _is_of_a_notice(each)), ""):
            return found
    return ""


def _is_of_a_notice(button: PageControl) -> bool:
    around = (
        button.name,
        button.before,
        button.heading,
        button.legend,
        button.html_id,
        button.classes,
        *button.wrappers,
    )
    return any(says("notice", text.replace("-", " ").replace("_", " ")) for text in around)
