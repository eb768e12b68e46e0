"""What a page that was seen says about a form map: what matches, is called otherwise, is new, gone or split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from playwright.async_api import Page

from autofill.forms.conversion import shortened
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Entry
from autofill.forms.planning import all_hold
from autofill.mapping.asking import bare
from autofill.mapping.draft import drafted_controls
from autofill.mapping.learned import Learned, Visit, learned
from autofill.mapping.learning import Found, Known, PageSeen, found_on
from autofill.mapping.recognise import recognise
from autofill.page.inventory import inventory_of
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from autofill.sources.writing import yaml_text

MAP = """\
id: acme
title: Acme
url: https://acme.example/
pages:
  - heading: Your matter
    controls:
      - {name: Subject, kind: text, value: subject}
      - {name: Message, kind: textarea, value: message, required: yes, limit: 500}
      - {name: Reference, kind: text, value: answers.Reference, when: [{field: topic, one_of: [order]}]}
    advance: Next
  - heading: Contact details
    controls:
      - {name: E-mail, kind: text, value: contact.email, required: yes}
      - {name: City, kind: text, value: contact.address.city}
      - {name: Reply by, kind: select, value: contact.reply_by, choices: {email: By e-mail, phone: By phone}}
      - {name: I have read the terms, kind: checkbox, value: answers.terms, required: yes}
    advance: Next
  - {heading: Check, echoes: yes, submit: Send}
"""
FIELDS = {
    "topic": "other", "subject": "A lamp", "message": "It is broken.", "contact.email": "a@acme.example",
    "contact.address.city": "Albany", "contact.reply_by": "email", "answers.terms": "yes",
}  # fmt: skip
ENTERED = {"Subject": "A lamp", "Message": "It is broken.", "E-mail": "a@acme.example", "City": "Albany",
           "Reply by": "By e-mail", "I have read the terms": "yes"}  # fmt: skip
SOURCE = {"learned-2026-11-28": "seen at https://acme.example on 2026-11-28"}
MATTER = """<h1>Your matter</h1><p><label>Subject <input></label><p><label>Message
 <textarea required maxlength=500></textarea></label><button>Back</button><button>Next</button>"""
ABOUT = """<h1>Contact details</h1><p><label>E-mail <input type=email required></label><p><label>City <input></label>
<p><label>Reply by <select><option value=''>Choose<option>By e-mail<option>By phone</select></label>
<p><label><input type=checkbox required> I have read the terms</label><button>Back</button><button>Next</button>"""
CHECK = "<h1>Check</h1><p>A lamp<p>It is broken.<button>Back</button><button>Send</button>"


def form() -> FormMap:
    return validate_source(parse_source(MAP.encode(), "acme.yaml"), FormMap)


def known_of(form_map: FormMap) -> Known:
    controls = [each for page in form_map.pages for each in page.controls if all_hold(each.when, FIELDS)]
    return Known.of(controls, [Entry(control=each, text=ENTERED[each.name]) for each in controls], FIELDS)


async def seen(page: Page, html: str, held: Mapping[str, str], pressed: str) -> PageSeen:
    await page.set_content(html)
    inventory = await inventory_of(page)
    questions = drafted_controls(recognise(inventory), inventory)
    return PageSeen(
        "https://acme.example/",
        headings=tuple(await page.get_by_role("heading").all_inner_texts()),
        buttons=tuple(("button", each.name) for each in inventory.controls if each.role == "button"),
        questions=questions,
        held=tuple(held.get(bare(each.question.words), "") for each in questions),
        echoes="A lamp" in html,
        pressed=pressed,
    )


async def walk(
    page: Page, form_map: FormMap, pages: Sequence[str], held: Mapping[str, str] = {}, pressed: str = "Next"
) -> list[Visit]:
    known, visits = known_of(form_map), list[Visit]()
    for number, html in enumerate(pages):
        shown = await seen(page, html, held, pressed if number < len(pages) - 1 else "")
        visits.append(Visit(shown, found_on(shown, known)))
        known = known.without(visits[-1].found)
    return visits


async def lesson(page: Page, *pages: str, held: Mapping[str, str] = {}, pressed: str = "Next") -> Learned:
    """What is learned of these pages; the map that it makes reads back as it is."""
    form_map = form()
    found = learned(form_map, FIELDS, await walk(page, form_map, pages, held, pressed), SOURCE)
    text = yaml_text(shortened(found.form_map))
    assert yaml_text(shortened(validate_source(parse_source(text.encode(), "acme.yaml"), FormMap))) == text
    return found


def names(found: Learned) -> list[list[str]]:
    return [[control.name for control in page.controls] for page in found.form_map.pages]


def values(found: Learned) -> Iterator[tuple[str, str]]:
    return ((control.name, control.value) for page in found.form_map.pages for control in page.controls)


async def test_a_form_as_its_map_says_is_seen_and_nothing_else_changes(page: Page) -> None:
    found = await lesson(page, MATTER, ABOUT, CHECK)

    assert found.differences == ()
    assert found.not_seen == ("Reference",)
    assert names(found) == [[each.name for each in before.controls] for before in form().pages]
    facts = {each.name: each.fact for before in found.form_map.pages for each in before.controls}
    assert {name for name, fact in facts.items() if fact and fact.mark != "seen"} == {"Reference"}
    assert {fact and fact.source for fact in facts.values()} == {"learned-2026-11-28"}
    assert found.form_map.sources == SOURCE


async def test_other_words_that_clearly_mean_the_same_are_named_and_written(page: Page) -> None:
    other = ABOUT.replace("E-mail <", "Your e-mail address: <").replace(">City", ">Your city")
    found = await lesson(page, MATTER, other, CHECK)

    assert ("Your e-mail address", "contact.email") in values(found)
    assert ("Your city", "contact.address.city") in values(found)
    assert found.differences == (
        "“E-mail” is now called “Your e-mail address”.",
        "“City” is now called “Your city”.",
    )


async def test_what_a_person_typed_says_what_a_question_is(page: Page) -> None:
    other = MATTER.replace("Subject", "In short")
    assert ("In short", "answers.In short") in values(await lesson(page, other, ABOUT, CHECK))

    found = await lesson(page, other, ABOUT, CHECK, held={"In short": "A lamp"})
    assert ("In short", "subject") in values(found)
    assert found.differences == ("“Subject” is now called “In short”.",)


async def test_a_tick_is_given_to_the_words_that_were_agreed_to_and_no_others(page: Page) -> None:
    other = ABOUT.replace("I have read the terms", "I have read the terms and want news")
    held = {"I have read the terms and want news": "yes"}
    (form_map, about) = form(), (MATTER, other, CHECK)
    unticked, ticked = [await walk(page, form_map, about, given) for given in ({}, held)]

    def agreed(visits: Sequence[Visit]) -> list[Found]:
        return [each for each in visits[1].found if each.control.kind == "checkbox"]

    assert agreed(unticked) == []
    assert [each.how for each in agreed(ticked)] == ["typed"]


async def test_questions_about_somebody_else_are_none_of_the_maps(page: Page) -> None:
    """Not by their words, nor by what was typed: two people can live in one town."""
    recipient = "<h1>The recipient</h1><p><label>City <input></label><button>Next</button>"
    found = await lesson(page, MATTER, recipient, ABOUT, CHECK, held={"City": "Albany"})

    assert [dict(values(found))["City"], names(found)[1:3]] == [
        "contact.address.city",
        [["City"], ["E-mail", "City", "Reply by", "I have read the terms"]],
    ]
    assert found.form_map.pages[1].controls[0].value == "answers.City"


async def test_a_yes_to_another_question_is_no_sign(page: Page) -> None:
    other = ABOUT.replace("I have read the terms", "Send me a catalogue")
    found = await lesson(page, MATTER, other, CHECK, held={"Send me a catalogue": "yes"})

    assert ("Send me a catalogue", "answers.Send me a catalogue") in values(found)
    assert "“I have read the terms” no longer exists and was removed." in found.differences
    assert (
        "“Send me a catalogue” is new. Answer it in the profile under `answers`, with this name." in found.differences
    )


async def test_dots_instead_of_a_list_are_known_by_what_they_offer(page: Page) -> None:
    dots = """<fieldset><legend>How shall we write back?</legend><label><input type=radio name=r>By e-mail</label>
    <label><input type=radio name=r>By phone</label></fieldset>"""
    other = ABOUT[: ABOUT.index("<p><label>Reply")] + dots + ABOUT[ABOUT.index("<p><label><input type=checkbox") :]
    found = await lesson(page, MATTER, other, CHECK)

    (reply,) = (each for each in found.form_map.pages[1].controls if each.value == "contact.reply_by")
    assert (reply.name, reply.kind) == ("How shall we write back?", "radio")
    assert "“How shall we write back?” is now a radio." in found.differences


async def test_a_page_split_in_two_becomes_two_pages(page: Page) -> None:
    where = ABOUT.index("<p><label>City")
    first = ABOUT[:where] + "<button>Next</button>"
    second = "<h1>Where you live</h1>" + ABOUT[where:]
    found = await lesson(page, MATTER, first, second, CHECK)

    assert names(found)[1:3] == [["E-mail"], ["City", "Reply by", "I have read the terms"]]
    assert [each.heading.name for each in found.form_map.pages if each.heading] == [
        "Your matter", "Contact details", "Where you live", "Check",
    ]  # fmt: skip
    assert found.differences == ("The page “Where you live” is new.",)


async def test_two_pages_joined_are_one_and_what_did_not_come_is_taken_out(page: Page) -> None:
    joined = MATTER[: MATTER.index("<button")] + ABOUT[ABOUT.index("<p>") :].replace("Next", "Send")
    found = await lesson(page, joined)

    assert names(found) == [["Subject", "Message", "Reference", "E-mail", "City", "Reply by", "I have read the terms"]]
    assert found.form_map.pages[0].submit
    assert found.form_map.pages[0].submit.name == "Send"
    assert "The page “Contact details” did not appear and was removed." in found.differences
    assert "The page “Check” did not appear and was removed." in found.differences


async def test_headings_and_the_button_that_was_pressed_are_written(page: Page) -> None:
    pages = [each.replace("Next", "Go on") for each in (MATTER, ABOUT, CHECK)]
    pages[0] = "<h3>News</h3>" + pages[0].replace("Your matter", "What is it about?")
    pages[1] = "<h3>News</h3>" + pages[1]
    found = await lesson(page, *pages, pressed="Go on")

    first, second, last = found.form_map.pages
    assert first.heading
    assert first.heading.name == "What is it about?"
    assert [each.button.name for each in (first, second, last) if each.button] == ["Go on", "Go on", "Send"]
    assert "The heading of the page “Your matter” is now “What is it about?”." in found.differences
    assert found.differences.count("“Next” now says “Go on”.") == 2


async def test_another_limit_and_what_has_to_be_filled_in_are_named(page: Page) -> None:
    other = MATTER.replace("maxlength=500", "maxlength=300").replace("<input>", "<input required>")
    found = await lesson(page, other, ABOUT, CHECK)

    assert found.differences == ("“Subject” is now required.", "“Message” now takes 300 characters.")
