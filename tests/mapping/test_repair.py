"""A step whose page has changed is found again where that is beyond doubt, and nowhere else."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from autofill.forms.form_map import FormMap
from autofill.forms.plan import Step
from autofill.mapping.correction import corrected
from autofill.mapping.drift import Drift, drift
from autofill.mapping.fingerprint import ControlPrint, PagePrint, mapped_print, page_print, remembered
from autofill.mapping.repair import moved, repaired, repaired_map
from autofill.page.inventory import inventory_of
from autofill.running.known_forms import FoundAgain
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from tests.replay.forms import form_map, map_text, plan_for

FORM = """<h1>Contact us</h1><form action=/send method=post>
  <p><label for=name>Name</label> <input id=name name=name>
  <p><label for=mail>E-mail</label> <input id=mail name=mail type=email>
  <p><label for=state>State</label>
  <select id=state name=state><option value=''>Choose<option>Maine<option>Ohio</select>
  <p><label for=text>Message</label> <textarea id=text name=text></textarea>
  <button>Send</button></form>"""
MAPPED = """
Name | text | contact.name
E-mail | text | contact.email
State | select | answers.State
Message | textarea | message
"""


@pytest.fixture(scope="module")
def step() -> Step:
    return plan_for(form_map((("Contact us", "Send"), MAPPED))).steps[0]


async def printed(page: Page, html: str) -> PagePrint:
    await page.set_content(html)
    return page_print(await inventory_of(page), "p0")


async def changed(page: Page, step: Step, *replacements: tuple[str, str], kept: bool) -> tuple[Drift, Step | None]:
    """What has changed, and the step as it is then; compared with a kept page, or with the map alone."""
    html = FORM
    for old, new in replacements:
        assert old in html
        html = html.replace(old, new)
    known = remembered(await printed(page, FORM), step) if kept else mapped_print(step)
    now = await printed(page, html)
    found = drift(known, now)
    return found, repaired(step, found, now)


def names(step: Step | None) -> list[str]:
    assert step is not None
    return [entry.control.name for entry in getattr(step, "entries", ())]


@pytest.mark.parametrize("kept", [True, False])
async def test_an_unchanged_page_keeps_its_step(shared: Page, step: Step, *, kept: bool) -> None:
    found, again = await changed(shared, step, kept=kept)

    assert found.changes == ()
    assert again == step


async def test_what_is_called_otherwise_is_found_by_its_new_words(shared: Page, step: Step) -> None:
    renamed = ("<label for=name>Name</label>", "<label for=name>Full name</label>")
    found, again = await changed(shared, step, renamed, kept=True)

    assert [change.says() for change in found.changes] == ["“Name” is now “Full name”."]
    assert names(again) == ["Full name", "E-mail", "State", "Message"]
    assert next(entry.text for entry in getattr(again, "entries", ())) == "Ana Núñez"


@pytest.mark.parametrize("kept", [True, False])
async def test_new_words_and_new_names_together_are_found_where_they_say_what_goes_in(
    shared: Page, step: Step, *, kept: bool
) -> None:
    new = (
        "<label for=mail>E-mail</label> <input id=mail name=mail ",
        "<label for=b>E-mail address</label> <input id=b ",
    )
    found, again = await changed(shared, step, new, kept=kept)

    assert [change.says() for change in found.changes] == ["“E-mail” is now “E-mail address”."]
    assert names(again) == ["Name", "E-mail address", "State", "Message"]


@pytest.mark.parametrize("kept", [True, False])
async def test_a_control_that_is_gone_stops(shared: Page, step: Step, *, kept: bool) -> None:
    gone = ("<p><label for=mail>E-mail</label> <input id=mail name=mail type=email>", "")
    found, again = await changed(shared, step, gone, kept=kept)

    assert [change.says() for change in found.changes] == ["“E-mail” is gone."]
    assert found.stops
    assert again is None


@pytest.mark.parametrize("kept", [True, False])
async def test_an_answer_that_is_no_longer_offered_is_never_given(shared: Page, step: Step, *, kept: bool) -> None:
    found, again = await changed(shared, step, ("<option>Maine", ""), kept=kept)

    assert [change.says() for change in found.changes] == ["“State” no longer offers Maine."]
    assert again is None


async def test_an_answer_that_was_not_chosen_may_go(shared: Page, step: Step) -> None:
    found, again = await changed(shared, step, ("<option>Ohio", ""), kept=True)

    assert [change.says() for change in found.changes] == ["“State” no longer offers Ohio."]
    assert again == step


async def test_a_text_that_the_page_has_no_room_for_is_not_entered(shared: Page, step: Step) -> None:
    found, again = await changed(shared, step, ("<textarea ", "<textarea maxlength=20 "), kept=True)

    assert [change.says() for change in found.changes] == ["“Message” now takes 20 characters."]
    assert again is None


async def test_a_new_control_that_has_to_be_filled_stops(shared: Page, step: Step) -> None:
    found, again = await changed(
        shared, step, ("<button>", "<p><label>Age <input required></label><button>"), kept=True
    )

    assert [change.says() for change in found.changes] == ["“Age” is new, and it is required."]
    assert again is None


async def test_what_a_map_says_nothing_of_may_have_been_there_always(shared: Page, step: Step) -> None:
    found, again = await changed(
        shared, step, ("<button>", "<p><label>Age <input required></label><button>"), kept=False
    )

    assert [change.says() for change in found.changes] == ["“Age” is new, and it is required."]
    assert again == step


async def test_a_trap_is_no_control(shared: Page, step: Step) -> None:
    trap = (
        "<button>",
        "<p style='position:absolute;left:-9999px'><label>E-mail <input name=mail2></label></p><button>",
    )
    found, again = await changed(shared, step, trap, kept=True)

    assert found.changes == ()
    assert again == step


async def test_a_moved_control_is_not_taken_for_one_that_only_has_its_name(shared: Page, step: Step) -> None:
    swapped = (
        "<label for=mail>E-mail</label> <input id=mail name=mail type=email>",
        "<label>Town <input name=mail></label>",
    )
    found, again = await changed(shared, step, swapped, kept=True)

    assert found.stops
    assert again is None


@pytest.mark.parametrize("kept", [True, False])
async def test_two_controls_of_the_same_words_stay_what_they_are(shared: Page, *, kept: bool) -> None:
    twice = MAPPED.replace(
        "Message |", "Phone | text | contact.phone | nth: 1\nPhone | text | contact.phone | nth: 2\nMessage |"
    )
    step = plan_for(form_map((("Contact us", "Send"), twice))).steps[0]
    two = "<p><label>Phone <input name=phone[]></label> <label>Phone <input name=phone[]></label>"
    html = FORM.replace("<button>", f"{two}<button>")
    page = await printed(shared, html)
    found = drift(remembered(page, step) if kept else mapped_print(step), page)

    assert [change.says() for change in found.changes if change.stops] == []
    assert repaired(step, found, page) == step


MAIL = "<input id=mail name=mail type=email>"
DESKS = "<select id=mail name=mail><option>sales@acme.example<option>help@acme.example</select>"


@pytest.mark.parametrize("kind", ["text", "", "select"])
@pytest.mark.parametrize("kept", [True, False])
async def test_a_list_that_lacks_what_a_person_typed_stops_without_a_word_of_it(
    shared: Page, kind: str, kept: bool
) -> None:
    """Only what the map calls a choice is a word of the site."""
    mapped = MAPPED.replace("E-mail | text", f"E-mail | {kind}")
    step = plan_for(form_map((("Contact us", "Send"), mapped))).steps[0]

    found, again = await changed(shared, step, (MAIL, DESKS), kept=kept)

    said = [change.says() for change in found.changes]
    mail = next(entry.text for entry in getattr(step, "entries", ()) if entry.control.name == "E-mail")
    assert again is None
    assert kept is False or found.stops
    assert (mail in " ".join(said)) == (kind == "select" and not kept)
    assert not kept or "“E-mail” does not offer your answer." in said


async def test_a_button_that_is_gone_stops(shared: Page, step: Step) -> None:
    found, again = await changed(shared, step, (">Send<", ">Go<"), kept=True)

    assert [change.says() for change in found.changes] == ["The button “Send” is gone."]
    assert again is None


async def test_a_captcha_that_was_not_there_stops(shared: Page, step: Step) -> None:
    asks = ("<button>", "<p><label>Enter the characters of the CAPTCHA <input name=captcha></label><button>")
    found, _again = await changed(shared, step, asks, kept=True)

    assert "The page now shows a CAPTCHA." in [change.says() for change in found.changes]
    assert found.stops


def test_a_map_is_corrected_where_its_controls_moved() -> None:
    text = map_text((("Contact us", "Send"), MAPPED)).replace("name: 'E-mail'", "name: 'E-mail' ")
    mapped = form_map((("Contact us", "Send"), MAPPED))
    name, mail, *others = mapped.pages[0].controls
    now = (
        moved(name, ControlPrint(words="Full name", finds=(("near", "Full name:"), ("within", "You")))),
        moved(mail, ControlPrint(words="Mail", finds=(("name", "Mail"),))),
        *others,
    )
    page = mapped.pages[0].model_copy(update={"controls": now})

    made = repaired_map(text, "m.yaml", mapped.model_copy(update={"pages": (page,)}))

    again = validate_source(parse_source(made.encode(), "m.yaml"), FormMap).pages[0].controls

    assert [(each.name, each.near, each.within, each.value) for each in again[:2]] == [
        ("Full name:", "Full name:", "You", "contact.name"),
        ("Mail", None, None, "contact.email"),
    ]
    assert again[2:] == mapped.pages[0].controls[2:]
    different = [new for old, new in zip(text.splitlines(), made.splitlines(), strict=True) if old != new]
    assert len(different) == 2


def test_of_two_controls_of_one_name_each_is_corrected_for_itself() -> None:
    """One control that the map has twice, for different answers, is corrected twice.

    A recording of an earlier version does not say which of the two it was.
    """
    controls = [
        *({"name": "Phone", "within": each, "value": "contact.phone"} for each in ("Work", "Home")),
        *(
            {"name": "Colour", "value": each, "when": [{"field": "topic", "one_of": [each]}]}
            for each in ("red", "blue")
        ),
    ]
    data = {"id": "m", "title": "M", "url": "https://a.example/", "pages": [{"controls": controls, "submit": "Send"}]}
    mapped = FormMap.model_validate(data)
    slug = mapped.slug_of(mapped.pages[0])

    def found(control: str, now: str, /, **was: str) -> FoundAgain:
        return FoundAgain(page=slug, id=control, name=control, finds={"name": now}, was=was)

    def names(*corrections: FoundAgain) -> list[str]:
        return [each.name for each in corrected(mapped, corrections).pages[0].controls]

    work = found("phone", "Office", name="Phone", within="Work")
    home = found("phone", "Mobile", name="Phone", within="Home")
    shade = found("colour", "Shade", name="Colour")
    assert names(work, home, shade) == ["Office", "Mobile", "Shade", "Shade"]
    assert names(home) == ["Phone", "Mobile", "Colour", "Colour"]
    assert names(found("phone", "Mobile"), found("colour", "Shade")) == ["Phone", "Phone", "Shade", "Shade"]
