"""What is kept of a form is read by the next run: the same pages again, or not the same."""

from __future__ import annotations

from datetime import UTC, datetime

from autofill.running.known_forms import KnownForm

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
KNOWN = KnownForm(
    form="shop",
    place="https://shop.example",
    made=BEFORE,
    chosen="c",
    looks={"one": "a", "two": "b"},
    pages=({"slug": "one"}, {"slug": "two"}),
)


def test_pages_that_look_as_before_need_not_be_understood_anew() -> None:
    """Also where a run saw some of them only."""
    whole, begun = KNOWN.as_before({"one": "a", "two": "b"}), KNOWN.as_before({"one": "a"})

    assert whole
    assert begun
    assert (whole.pages, begun.pages) == (KNOWN.pages, ({"slug": "one"},))
    assert (begun.looks, begun.made > BEFORE) == ({"one": "a"}, True)


def test_a_page_that_looks_otherwise_or_is_new_is_understood_anew() -> None:
    assert KNOWN.as_before({"one": "a", "two": "other"}) is None
    assert KNOWN.as_before({"one": "a", "three": "b"}) is None
