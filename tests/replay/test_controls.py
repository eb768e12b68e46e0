"""Each kind of control is filled its own way and read back; one that is not as mapped stops the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import Entry, FillStep
from autofill.replay.controls import fill, look_ahead, read_back, read_left
from autofill.replica import ReplicaOptions, serving
from tests.replay.conftest import PROFILES

SECRET = "s3cret"
LISTBOX = """<button role=combobox aria-label="{name}"{state} onclick="list.hidden = false"></button>
<div role=listbox id=list hidden><div role=option onclick="
  this.parentNode.previousElementSibling.textContent = this.textContent">Yes</div></div>"""
RADIOS = """<fieldset role=radiogroup><legend>{name}</legend><label><input type=radio name=r>No</label>
<label><input type=radio name=r{state}>Yes</label></fieldset>"""
# Each kind of control, its text, and its markup as other sites write it.
KINDS = {
    "text": (SECRET, "<label>{name} <input{state}></label>"),
    "textarea": (f"{SECRET}\n\n<b>&amp; 王", "<label>{name} <textarea{state}></textarea></label>"),
    "date": ("Nov 2, 2026", "<label>{name} <input{state}></label>"),
    "select": ("Yes", '<select aria-label="{name}"{state}><option>No<option>Yes</select>'),
    "combobox": ("Yes", LISTBOX),
    "radio": ("Yes", RADIOS),
    "checkbox": ("yes", "<label><input type=checkbox{state}>{name}</label>"),
    "file": ("notes/a.txt\nb.txt", "<label>{name} <input type=file multiple{state}></label>"),
}
FILES = {"notes/a.txt": b"abc", "b.txt": b""}
STATE = (
    "() => [...document.querySelectorAll('input,textarea,select,button')].map(c => [c.value, c.checked, c.innerText])"
)
# Milliseconds to wait for what will not come.
GONE = 400
Entries = Callable[..., Entry]
ALL = pytest.mark.parametrize("kind", KINDS)


async def shown(
    page: Page, kind: str, *, name: str = "Message", state: str = "", times: int = 1, patience: float = 10_000
) -> None:
    page.set_default_timeout(patience)
    await page.set_content(KINDS[kind][1].format(name=name, state=state) * times)


@ALL
@pytest.mark.parametrize("name", ["Message", "*Message", "Anything to say"])
async def test_every_kind_is_filled_and_read_back(page: Page, entry: Entries, kind: str, name: str) -> None:
    """By its label, with a star or without, or by another name of the map."""
    await shown(page, kind, name=name)
    planned = entry(kind, KINDS[kind][0], alternatives=("Anything to say",))
    assert (await read_back(page, planned)).matches is False
    await fill(page, planned, FILES)
    found = await read_back(page, planned)
    assert found.matches
    assert found.found == found.planned == ("a.txt\nb.txt" if kind == "file" else planned.text)
    assert (found.name, found.field) == ("Message", "message")


@ALL
async def test_a_missing_control_stops_the_run(page: Page, entry: Entries, kind: str) -> None:
    """And is named; nothing that resembles it is taken instead."""
    await shown(page, kind, name="Message to others", patience=GONE)
    with pytest.raises(FormChanged, match=r"“Message” is not on the page\. Nothing was sent\."):
        await fill(page, entry(kind, KINDS[kind][0]), FILES)


@ALL
async def test_a_doubled_control_stops_the_run(page: Page, entry: Entries, kind: str) -> None:
    """Nothing is guessed, and neither of the two is touched."""
    await shown(page, kind, times=2)
    before = await page.evaluate(STATE)
    with pytest.raises(FormChanged, match="“Message” is on the page more than once"):
        await fill(page, entry(kind, KINDS[kind][0]), FILES)
    assert await page.evaluate(STATE) == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "radio"])
async def test_a_control_doubled_later_is_not_read(page: Page, entry: Entries, kind: str) -> None:
    """Which of the two holds what was typed would be a guess; of radios, none of them is chosen then."""
    await shown(page, kind, times=2)
    with pytest.raises(FormChanged, match="“Message” is on the page more than once"):
        await read_back(page, entry(kind, KINDS[kind][0]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "file"])
async def test_a_disabled_control_stops_the_run(page: Page, entry: Entries, kind: str) -> None:
    """It cannot be used, and is not forced; a hidden file control is the rule, so its state says nothing."""
    await shown(page, kind, state=" disabled", patience=GONE)
    with pytest.raises(FormChanged, match="“Message” is on the page, but cannot be used: it is disabled or hidden"):
        await fill(page, entry(kind, KINDS[kind][0]), FILES)


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ("document.body.innerHTML += document.body.innerHTML", "more than once"),
        ("document.querySelector('input').disabled = true", "cannot be used"),
        ("document.body.innerHTML = '<label>Message <select><option>A</select></label>'", "of another kind: choice"),
        ("document.body.innerHTML = ''", "is not on the page"),
    ],
)
async def test_what_has_become_of_a_control_since_all_were_looked_at(
    page: Page, entry: Entries, later: str, said: str
) -> None:
    """A control that an earlier entry changed is told as it is now, and nothing is typed elsewhere."""
    planned = entry("text", SECRET)
    await shown(page, "text", patience=GONE)
    (ahead,) = await look_ahead(page, [planned])
    await page.evaluate(later)
    with pytest.raises(FormChanged, match=said):
        await fill(page, planned, FILES, ahead)


async def test_a_control_that_was_made_anew_since_all_were_looked_at_is_filled(page: Page, entry: Entries) -> None:
    """It is found by its words once more."""
    planned = entry("text", SECRET)
    await shown(page, "text")
    (ahead,) = await look_ahead(page, [planned])
    await page.evaluate("document.body.innerHTML = '<p>Now</p>' + document.body.innerHTML")
    await fill(page, planned, FILES, ahead)
    assert (await read_back(page, planned)).matches


@pytest.mark.parametrize("kind", ["select", "combobox", "radio"])
async def test_a_choice_that_is_gone_stops_the_run(page: Page, entry: Entries, kind: str) -> None:
    """The nearest other one is not taken."""
    await shown(page, kind, patience=GONE)
    with pytest.raises(FormChanged, match="“Message” does not offer the planned choice"):
        await fill(page, entry(kind, "Yes, please"), FILES)


async def test_another_kind_of_control_is_not_the_mapped_one(page: Page, entry: Entries) -> None:
    """A checkbox that became a text is missing."""
    await shown(page, "text", patience=GONE)
    with pytest.raises(FormChanged, match="“Message” is on the page, but of another kind: text"):
        await fill(page, entry("checkbox", "yes"), FILES)


@pytest.mark.parametrize(
    ("spoiling", "found"),
    [
        ("maxlength=4", "s3cr"),
        ("oninput='this.value = this.value.toUpperCase()'", "S3CRET\N{GRINNING FACE}"),
        ("oninput='this.value = this.value.slice(0, 7)'", "s3cret\ufffd"),
        ("oninput='this.value = null'", ""),
    ],
    ids=["maxlength", "mask", "half a letter", "cleared"],
)
async def test_a_page_that_changes_what_was_typed_is_found_out(
    page: Page, entry: Entries, spoiling: str, found: str
) -> None:
    """Case 43: what was cut, masked or cut through the middle of an emoji does not match the plan."""
    await shown(page, "text", state=" " + spoiling)
    planned = entry("text", "s3cret\N{GRINNING FACE}")
    await fill(page, planned, FILES)
    read = await read_back(page, planned)
    assert (read.matches, read.found) == (False, found)


async def test_a_checkbox_that_is_ticked_stays_ticked(page: Page, entry: Entries) -> None:
    """A click would take the tick away."""
    await shown(page, "checkbox", state=" checked")
    await fill(page, entry("checkbox", "yes"), FILES)
    assert (await read_back(page, entry("checkbox", "yes"))).found == "yes"


async def test_radios_and_checkboxes_are_clicked_by_label(page: Page, entry: Entries) -> None:
    """Their inputs are a dot, covered by a drawn one that takes the clicks meant for them."""
    cover = "<style>input { position: absolute; width: 1px; opacity: 0 } label { padding: 20px }</style>"
    await page.set_content(cover + KINDS["checkbox"][1].format(name="Message", state=""))
    await fill(page, entry("checkbox", "yes"), FILES)
    assert (await read_back(page, entry("checkbox", "yes"))).matches


async def test_files_are_uploaded_from_memory(page: Page, entry: Entries) -> None:
    """The bytes that were handed over, under the file's name alone; the machine's files are not looked at."""
    await shown(page, "file")
    await fill(page, entry("file", KINDS["file"][0]), FILES)
    texts = await page.evaluate(
        "() => Promise.all([...document.querySelector('input').files].map(file => file.text()))"
    )
    kinds = await page.evaluate("() => [...document.querySelector('input').files].map(file => file.type)")
    assert (texts, kinds) == (["abc", ""], ["text/plain", "text/plain"])


@ALL
async def test_no_message_tells_what_was_typed(page: Page, entry: Entries, kind: str) -> None:
    """Playwright's own errors quote it; they are neither shown nor chained to ours."""
    await shown(page, kind, state=" disabled readonly", patience=GONE)
    planned: Any = entry(kind, SECRET if kind != "file" else "b.txt")
    await page.evaluate("() => document.body.replaceChildren()")
    with pytest.raises(FormChanged) as caught:
        await fill(page, planned, FILES)
    assert SECRET not in str(caught.value) + caught.value.hint
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("shadow", ["flat", "native"])
async def test_what_a_page_itself_holds_is_seen(page: Page, shadow: Any) -> None:
    """A8: in every kind of control of the real platform, and in either kind of shadow; an empty one holds nothing."""
    plan = prepare_profile(PROFILES / "01-missing-package.yaml").plan
    step = next(step for step in plan.steps if isinstance(step, FillStep))
    with serving(ReplicaOptions(shadow=shadow, delay_ms=0)) as replica:
        await page.goto(f"{replica.url}/s/")
        for entry in step.entries:
            assert await read_left(page, [entry.control]) == (), entry.control.name
            await fill(page, entry, {})
            assert [row.found for row in await read_left(page, [entry.control])] == [entry.text]
