"""The address that a run opens."""

from __future__ import annotations

import pytest

from autofill.running.job import start_at

MAPPED = "https://acme.example/contact?from=shop"


@pytest.mark.parametrize(
    ("base", "opened"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/contact?from=shop"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/contact?from=shop"),
        ("http://127.0.0.1:8000/form", "http://127.0.0.1:8000/form"),
        ("http://127.0.0.1:8000/?p=1", "http://127.0.0.1:8000/?p=1"),
        ("http://127.0.0.1:8000/#/contact", "http://127.0.0.1:8000/#/contact"),
    ],
)
def test_a_site_has_the_form_where_the_map_says_and_any_other_address_is_the_form_s(base: str, opened: str) -> None:
    """Some sites tell all their pages apart by what stands behind a `?` or a `#`."""
    assert start_at(base, MAPPED) == opened
