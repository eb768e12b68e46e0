"""The person who typed a command: what they are told of runs, and how they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autofill import console
from autofill.errors import Problem
from autofill.language import _
from autofill.orders.audience import Audience, Person
from autofill.orders.options import RunOptions

if TYPE_CHECKING:
    from autofill.forms.plan import Plan


class PersonAtTerminal:
    """The person who typed the command."""

    async def help(self, why: str) -> None:
        """Wait for Enter."""
        console.tell(why)
        await console.ask(_("Do it in the open window, then press Enter here:"))

    async def confirm(self, origin: str) -> bool:
        """Whether the person typed the address of the filled form."""
        question = _("The form is filled. To send it, type its address, {origin}:").format(origin=origin)
        return (await console.ask(question)).strip() == origin


class Terminal(Audience):
    """Audience that sits at a terminal."""

    person: Person | None = PersonAtTerminal()

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def note(self, *lines: str) -> None:
        """Tell it."""
        for line in lines:
            console.tell(line)

    def warn(self, *lines: str) -> None:
        """Tell it, the first line in yellow."""
        first, *more = lines
        console.tell(console.Painted(first, "yellow"))
        self.note(*more)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Show them."""
        console.show_problems(problems)

    def planned(self, plan: Plan) -> None:
        """Show it, unless a program reads what is shown."""
        if not self.options.json:
            console.show_plan(plan)
