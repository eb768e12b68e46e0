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
from tests.replay import calendars
from tests.replay.conftest import Site, served

FILES = {"pdf": b"%PDF-1.4\n%%EOF\n", "png": b"\x89PNG\r\n\x1a\n" + bytes(64), "jpg": b"\xff\xd8\xff\xe0" + bytes(64)}
# What a button over a calendar says is posted by a hidden field.
SCRIPT = """f.onclick = lists(f); g.onclick = grid(g);
document.forms[0].onsubmit = () => { document.forms[0].bought.value = g.textContent; };"""
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
    for row in form["questions"]:
        if row.get("kind") == "file":
            (folder / row["value"]).write_bytes(FILES[row["value"].rpartition(".")[2]])
    (folder / "inquiry.yaml").write_text(yaml_text(profile_of(form, other=other)), encoding="utf-8")
    return await sent(page, site, folder)


async def sent(page: Page, site: Site, folder: Path) -> dict[str, list[str]]:
    """What the form that a page shows posts when the profile of a folder was put into it.

    Raises:
        InvalidFile: the form needs what is not clear.
    """
    inventory = await inventory_of(page)
    drafted = Drafted(draft(inventory, recognise(inventory), "Form", site.url), folder / "form.yaml", ())
    drafted.file.write_text(drafted.draft.text, encoding="utf-8")
    prepared = drafted.prepare(folder / "inquiry.yaml")

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


async def test_days_that_can_only_be_clicked_are_read_and_filled(shared: Page, site: Site, tmp_path: Path) -> None:
    """A field and a button over calendars; a read-only field that is none is left as it is."""
    fields = """<p><label>E-mail <input type=email name=email required></label>
    <p><label for=f>Lost on</label> <input id=f name=lost readonly class=datepicker>
    <p><label for=g>Bought on</label> <button type=button id=g aria-haspopup=dialog>Pick a date</button>
    <input type=hidden name=bought>
    <p><label>Reply by <input name=reply readonly value='two weeks'></label>"""
    html = calendars.page("en", fields, SCRIPT).replace("<form>", "<form method=post action=/send>")
    await shared.goto(site.show(html, path="/form"))
    answers = {"Lost on": "2026-10-30", "Bought on": "2024-02-29", "Reply by": "2026-12-01"}
    profile: dict[str, Any] = {"contact": {"email": "ana@example.com"}, "answers": answers}
    (tmp_path / "inquiry.yaml").write_text(yaml_text(profile), encoding="utf-8")

    found = await sent(shared, site, tmp_path)

    assert (found["lost"], found["bought"], found["reply"]) == (["Oct 30, 2026"], ["2024년 2월 29일"], ["two weeks"])
