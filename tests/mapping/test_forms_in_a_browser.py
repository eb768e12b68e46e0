"""Thirty forms that nobody mapped, in a browser: filled whole from answers, and nothing wrong in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.async_api import Page

from autofill.errors import InvalidFile
from autofill.forms.plan import SubmitStep
from autofill.mapping.draft import draft
from autofill.mapping.recognise import recognise
from autofill.orders.drafting import Drafted
from autofill.page.inventory import inventory_of
from autofill.replay.filling import Filling, compare
from autofill.sources.writing import yaml_text
from tests.mapping.form_pages import page_of, profile_of
from tests.mapping.test_match import forms
from tests.replay.conftest import Site, served

FILES = {"pdf": b"%PDF-1.4\n%%EOF\n", "png": b"\x89PNG\r\n\x1a\n" + bytes(64), "jpg": b"\xff\xd8\xff\xe0" + bytes(64)}
FORMS = [*forms("tuned.yaml"), *forms("untuned.yaml")]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as site:
        site.answers["POST /send"] = (200, "<h1>Thank you</h1>")
        yield site


async def posted(form: Mapping[str, Any], page: Page, site: Site, folder: Path, *, other: bool) -> dict[str, list[str]]:
    """What the form posts when a profile with these answers was put into it.

    Raises:
        InvalidFile: the form needs what is not clear.
    """
    await page.goto(site.show(page_of(form).html, path="/form"))
    inventory = await inventory_of(page)
    drafted = Drafted(draft(inventory, recognise(inventory), "Form", site.url), folder / "form.yaml", ())
    drafted.file.write_text(drafted.draft.text, encoding="utf-8")
    for row in form["questions"]:
        if row.get("kind") == "file":
            (folder / row["value"]).write_bytes(FILES[row["value"].rpartition(".")[2]])
    profile = folder / "inquiry.yaml"
    profile.write_text(yaml_text(profile_of(form, other=other)), encoding="utf-8")
    prepared = drafted.prepare(profile)

    files = {attachment.path: attachment.data for attachment in prepared.attachments}
    (step,) = prepared.plan.steps
    assert isinstance(step, SubmitStep)
    compare(await Filling(prepared.plan, page, files, 5).fill(step))
    await page.get_by_role("button", name="Send").click()
    await page.get_by_role("heading", name="Thank you").wait_for()
    return parse_qs(site.bodies[-1])


def wrong(form: Mapping[str, Any], found: Mapping[str, list[str]]) -> list[str]:
    """The questions whose answers are not what they should be, with what came instead."""
    right = page_of(form).right
    came = {name: found.get(name, []) for name in right}
    return [f"{name}: {came[name]}, not {values}" for name, values in right.items() if came[name] != list(values)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form["name"]))
async def test_a_form_is_filled_whole_from_answers_in_its_own_words(
    form: dict[str, Any], shared: Page, site: Site, tmp_path: Path
) -> None:
    found = await posted(form, shared, site, tmp_path, other=False)

    assert wrong(form, found) == []


async def test_from_answers_in_other_words_nothing_wrong_is_sent_and_most_are_whole(
    shared: Page, site: Site, tmp_path: Path
) -> None:
    """What is required and not clear is asked; what is not required is left out."""
    whole = 0
    for number, form in enumerate(FORMS):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            found = await posted(form, shared, site, folder, other=True)
        except InvalidFile as unclear:
            sys.stdout.write(f"{form['name']} asks: {unclear}\n")
            continue
        assert [each for each in wrong(form, found) if ": []," not in each] == [], form["name"]
        whole += not wrong(form, found)
        sys.stdout.write(f"{form['name']}: {wrong(form, found)}\n")

    assert whole >= 28
