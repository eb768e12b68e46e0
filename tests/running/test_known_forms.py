"""What is kept of a form is read by the next run: the same pages again, or not the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from autofill.forms.catalog import prepare_profile
from autofill.running.known_forms import KnownForm, KnownForms

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


MAP = """\
id: shop
title: Shop
url: https://shop.example/
pages:
  - controls:
      - {name: Topic, value: topic}
      - {name: State, value: contact.address.state}
      - {name: Colour, value: answers.Colour}
      - {name: Message, value: message}
    submit: Send
confirmation: Thank you
"""
PROFILE = """\
topic: question
contact: {address: {country: US, state: ME}}
answers: {Colour: red}
message: Hello.
"""


def test_what_comes_from_a_list_tells_forms_apart_whether_the_map_says_its_kind_or_not(tmp_path: Path) -> None:
    """Other questions may come after another choice. What a person writes is in no name of a file."""
    (tmp_path / "shop.yaml").write_text(MAP, "utf-8")

    def chosen(before: str = "", after: str = "") -> str:
        (tmp_path / "p.yaml").write_text(PROFILE.replace(before, after), "utf-8")
        plan = prepare_profile(tmp_path / "p.yaml", str(tmp_path / "shop.yaml")).plan
        return KnownForms.of(plan, "https://shop.example").chosen

    assert chosen("question", "complaint") != chosen()
    assert chosen("state: ME", "state: TX") != chosen()
    assert chosen("Hello", "Bye") == chosen()
    assert chosen("red", "blue") == chosen()
