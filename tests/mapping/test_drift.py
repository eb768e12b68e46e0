"""What has changed on a form's page is named, and what moved is found again, or nothing is done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.async_api import Page

from autofill.mapping.drift import Drift, drift
from autofill.mapping.fingerprint import FormPrint, PagePrint, page_print
from autofill.page.inventory import inventory_of

FORM = """<h1>Write to us</h1><form action=/send method=post>
  <p><label for=name>Your name *</label> <input id=name name=name required>
  <p><label for=mail>E-mail</label> <input id=mail name=mail type=email>
  <p><label for=what>Topic</label>
  <select id=what name=what><option value=''>Choose<option>Parcels<option>Letters</select>
  <p><label for=text>Message</label> <textarea id=text name=text maxlength=500></textarea>
  <button>Send</button></form>"""


async def printed(page: Page, html: str) -> PagePrint:
    await page.set_content(html)
    return page_print(await inventory_of(page), "form")


async def drifted(page: Page, *replacements: tuple[str, str]) -> Drift:
    """What has changed where these words of the form were replaced."""
    html = FORM
    for old, new in replacements:
        assert old in html
        html = html.replace(old, new)
    return drift(await printed(page, FORM), await printed(page, html))


async def test_a_page_is_seen_with_its_controls(shared: Page) -> None:
    seen = await printed(shared, FORM)

    assert (seen.heading, seen.buttons) == ("Write to us", ("Send",))
    assert [each.words for each in seen.controls] == ["Your name", "E-mail", "Topic", "Message"]
    assert [each.sort for each in seen.controls] == ["text", "text", "choice", "long text"]
    assert seen.controls[0].required
    assert seen.controls[2].options == ("Parcels", "Letters")
    assert seen.controls[3].limit == 500


async def test_a_fingerprint_is_read_as_it_was_written(shared: Page) -> None:
    form = FormPrint(
        form="desk", place="https://example.org", made=datetime.now(UTC), pages=(await printed(shared, FORM),)
    )

    assert FormPrint.read(form.content) == form
    with pytest.raises(ValueError, match="JSON"):
        FormPrint.read(form.content[:-20])


async def test_a_page_that_is_as_it_was_has_not_drifted(shared: Page) -> None:
    found = await drifted(shared)

    assert found.changes == ()
    assert len(found.matches) == 4
    assert all(match.certain for match in found.matches)


async def test_a_form_without_a_heading_near_it_is_not_headed_otherwise(shared: Page) -> None:
    """As when all of it is in a frame now, and the heading is not."""
    assert (await drifted(shared, ("<h1>Write to us</h1>", ""))).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "says", "stops"),
    [
        ("Your name *", "Full name *", "“Your name” is now “Full name”.", False),
        ("<p><label for=mail>E-mail</label> <input id=mail name=mail type=email>", "", "“E-mail” is gone.", False),
        ("<button>", "<p><label>Age <input name=age></label><button>", "“Age” is new.", False),
        (
            "<button>",
            "<p><label>Age <input name=age required></label><button>",
            "“Age” is new, and it is required.",
            True,
        ),
        ("<option>Letters", "", "“Topic” no longer offers Letters.", False),
        ("<option>Letters", "<option>Letters<option>Stamps", "“Topic” now also offers Stamps.", False),
        ("type=email", "type=email required", "“E-mail” is now required.", True),
        (" required", "", "“Your name” is no longer required.", False),
        ("maxlength=500", "maxlength=200", "“Message” now takes 200 characters.", False),
        ("Write to us", "Contact", "The page is now headed “Contact”.", False),
    ],
)
async def test_every_change_is_named(shared: Page, old: str, new: str, says: str, *, stops: bool) -> None:
    found = await drifted(shared, (old, new))

    assert [change.says() for change in found.changes] == [says]
    assert found.stops == stops


async def test_what_is_chosen_from_a_list_that_its_page_draws_must_be_there_still(shared: Page) -> None:
    drawn = """<h1>Form</h1><span id=l>Topic</span><div role=listbox aria-labelledby=l tabindex=0>
      <div role=option>Parcels</div><div role=option>Letters</div></div>"""
    old = await printed(shared, drawn)
    (topic,) = old.controls
    chosen = topic.model_copy(update={"field": "topic", "needed": True, "chosen": ("Letters",)})
    now = await printed(shared, drawn.replace("<div role=option>Letters</div>", ""))
    found = drift(old.model_copy(update={"controls": (chosen,)}), now)

    assert topic.options == ("Parcels", "Letters")
    assert [(change.says(), change.stops) for change in found.changes] == [("“Topic” no longer offers Letters.", True)]
