"""An address in the journal tells where the run was, and nothing of what was typed."""

from __future__ import annotations

import pytest

from autofill.page.address import redact_url

START = "https://desk.example/form?topic=claim&new"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://desk.example/form/2", "https://desk.example/form/2"),
        ("https://desk.example/form?name=Zebulonia&zip=94107", "https://desk.example/form?name=…&zip=…"),
        ("https://desk.example/form?topic=claim&topic=Zebulonia", "https://desk.example/form?topic=claim&topic=…"),
        ("https://desk.example/form?new&Zebulonia", "https://desk.example/form?new&…"),
        ("https://desk.example/form?a=Zebulonia;b=%20x", "https://desk.example/form?a=…"),
        ("https://zebulonia:secret@desk.example:8443/a#Zebulonia", "https://desk.example:8443/a"),
        ("data:text/html,Zebulonia", "data:"),
        ("about:blank", "about:"),
        ("", ":"),
    ],
)
def test_only_what_the_form_map_said_stays(url: str, kept: str) -> None:
    """Names of a query stay, its values do not, and neither do fragments and users."""
    assert redact_url(url, START) == kept
