"""Notices that lie over a page until somebody agrees or declines, as cookie notices do: how they are put away. Pure."""

from __future__ import annotations

from autofill.mapping.drafted import says
from autofill.page.inventory import Inventory, PageControl


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
