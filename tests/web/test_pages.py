"""What every page of the app has in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autofill.shell import settle_commands
from autofill.web.pages import templates


@pytest.fixture
def in_a_checkout() -> Iterator[None]:
    settle_commands(".venv/bin/autofill", ["mail", "open"])
    yield
    settle_commands("autofill", [])


@pytest.mark.usefixtures("in_a_checkout")
def test_commands_on_a_page_can_be_typed_as_they_stand_and_what_is_not_ours_is_left_alone() -> None:
    page = """{{ "autofill mail"|typed }}; {{ _("Is `autofill open` still running?") }}; {{ theirs }}"""

    shown = templates().from_string(page).render(theirs="<autofill mail>")

    assert shown == ".venv/bin/autofill mail; Is `.venv/bin/autofill open` still running?; &lt;autofill mail&gt;"


def test_what_stands_between_backticks_is_code_and_all_else_is_text() -> None:
    shown = (
        templates()
        .from_string('{% from "parts.html.j2" import code %}{{ code(text) }}')
        .render(text="Say `a <b>`, or <i>")
    )

    assert shown == "Say <code>a &lt;b&gt;</code>, or &lt;i&gt;"
