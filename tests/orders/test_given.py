"""What `autofill run` was told is told again, for the same run at an open window: all that matters, nothing secret."""

from __future__ import annotations

from autofill.orders.given import as_words


def test_options_are_said_as_they_are_typed() -> None:
    given: dict[str, str | bool | None] = {
        "--live": True,
        "--again": False,
        "--form": "my map.yaml",
        "--url": None,
        "--because": "",
    }

    assert as_words(given) == ("--live", "--form", "my map.yaml")
