"""What each control of a form takes is recognised with reasons; it is acted on only where two readers agree."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.async_api import Page

from autofill.mapping.recognise import Recognised, recognise
from autofill.page.inventory import inventory_of

CONTACT = """<h1>Contact us</h1><form action=/send method=post>
  <label for=a>First name *</label><input id=a name=first-name required>
  <label for=b>Last name *</label><input id=b name=last-name required>
  <label for=c>E-mail</label><input id=c name=email type=email>
  <label for=d>Message</label><textarea id=d name=message rows=6 cols=60></textarea>
  <button>Send</button></form>"""


async def read(page: Page, html: str) -> Mapping[str, Recognised]:
    """What is recognised, by the control's name attribute."""
    await page.set_content(html)
    return {each.control.html_name: each for each in recognise(await inventory_of(page))}


async def test_a_plain_form_is_recognised_and_may_be_filled(shared: Page) -> None:
    found = await read(shared, CONTACT)

    assert {name: each.field for name, each in found.items()} == {
        "first-name": "contact.first_name",
        "last-name": "contact.last_name",
        "email": "contact.email",
        "message": "message",
    }
    assert all(each.act for each in found.values())
    assert all(each.confidence > 0.9 for each in found.values())


async def test_reasons_say_which_words_were_read(shared: Page) -> None:
    email = (await read(shared, CONTACT))["email"]

    assert email.reasons[0] == "label “E-mail”"
    assert any(reason.startswith("the second reader agrees") for reason in email.reasons)


async def test_what_the_witness_doubts_is_claimed_but_not_acted_on(shared: Page) -> None:
    await shared.set_content(CONTACT)
    found = recognise(await inventory_of(shared), witness=lambda _features: {"other": 1.0})

    assert [each.kind for each in found] == ["first_name", "last_name", "email", "message"]
    assert not any(each.act for each in found)


async def test_words_that_contradict_each_other_are_not_acted_on(shared: Page) -> None:
    found = await read(shared, CONTACT.replace("name=email type=email", "name=phone"))

    assert not found["phone"].act
    assert found["phone"].confidence <= 0.5


async def test_what_cannot_be_filled_is_not_acted_on(shared: Page) -> None:
    found = await read(shared, CONTACT.replace("type=email", "type=email readonly"))

    assert found["email"].kind == "email"
    assert not found["email"].act


async def test_a_list_that_keeps_browsers_from_suggesting_signs_nobody_in(shared: Page) -> None:
    """Some say `new-password` for that alone; nor is it a trap that its field is see-through below its words."""
    off = "role=combobox autocomplete=new-password"
    found = await read(
        shared,
        CONTACT.replace(
            "<button>",
            f"<label for=e>City</label><input id=e name=e {off}><label for=f>Country</label><input id=f name=f {off} "
            "readonly style='opacity: 0'><label for=g>Old</label><input id=g name=g autocomplete=current-password>"
            "<button>",
        ),
    )

    assert [found[key].field for key in "ef"] == ["contact.address.city", "contact.address.country"]
    assert [bool(found[key].trap) for key in "efg"] == [False, False, True]


async def test_a_sign_in_and_a_newsletter_are_left_alone_beside_a_contact_form(shared: Page) -> None:
    found = await read(
        shared,
        """<form id=login><label>E-mail <input name=l type=email></label>
        <label>Password <input name=p type=password></label><button>Sign in</button></form>"""
        + CONTACT
        + "<form class=newsletter><input name=n type=email placeholder='Your e-mail'><button>Subscribe</button></form>",
    )

    assert found["l"].trap == "its form signs in"
    assert found["n"].trap == "its form subscribes to a newsletter"
    assert [found["l"].field, found["n"].field, found["l"].act, found["n"].act] == ["", "", False, False]
    assert found["email"].act


@pytest.mark.parametrize(
    "more",
    [
        "<p hidden><input name=email type=text></p>",  # nobody sees it, so that it is no second one
        "<label for=x>E-mail *</label><input id=x name=x type=email><label for=x>you@example.com</label>",
    ],
)
async def test_what_explains_or_traps_does_not_make_it_doubtful(shared: Page, more: str) -> None:
    page = CONTACT.replace("name=email type=email", "name=mail type=email") if "hidden" in more else more
    found = await read(shared, page + more if "hidden" in more else f"<form>{more}<textarea name=m></textarea></form>")

    assert found["mail" if "hidden" in more else "x"].act


@pytest.mark.parametrize(("words", "name"), [("Ваше имя", "your-name"), ("Họ tên", "ten"), ("Naam", "naam")])
async def test_a_name_alone_is_the_whole_name(shared: Page, words: str, name: str) -> None:
    html = f"<form><label>{words} <input name={name}></label><label>E-mail <input name=e type=email></label></form>"
    only = (await read(shared, html))[name]

    assert (only.kind, only.act) == ("full_name", True)


async def test_what_belongs_to_a_message_is_not_the_message(shared: Page) -> None:
    html = """<form><label>Your email address <input name="request[email]" type=text></label>
    <label>Description <textarea name="request[description]"></textarea></label></form>"""
    found = await read(shared, html)

    assert [(each.kind, each.act) for each in found.values()] == [("email", True), ("message", True)]


async def test_what_is_hardly_a_subject_is_no_twin_and_a_sender_may_be_an_address(shared: Page) -> None:
    """The first has a word of the control behind it, the second a name of a person's."""
    html = """<form><div>Copy to</div><input name=cc> <div>Subject</div><input name=subject>
    <label>Your e-mail <input name=sender type=email></label>
    <label>Message <textarea name=m></textarea></label></form>"""
    found = await read(shared, html)

    assert {name: each.field for name, each in found.items() if each.act} == {
        "subject": "subject",
        "sender": "contact.email",
        "m": "message",
    }


async def test_an_address_or_something_else_takes_the_address(shared: Page) -> None:
    html = (
        "<form><label>Your {} <input name=reporter></label><label>Message <textarea name=m></textarea></label></form>"
    )
    either = (await read(shared, html.format("email or username")))["reporter"]
    both = (await read(shared, html.format("email and username")))["reporter"]

    assert (either.field, either.act, both.act) == ("contact.email", True, False)


async def test_a_ticket_has_its_own_words_for_subject_and_message(shared: Page) -> None:
    """What is called Title is the ticket's where nobody's name is asked for, and a salutation's beside one."""
    box = "<label>Description of your issue <textarea name=d rows=9></textarea></label>"
    line = "<form>{more}<label>{words} <input name={name} maxlength=200></label>" + box + "</form>"
    for words, name in (("Title", "title"), ("Summary of the problem", "title"), ("Summary:", "field_summary")):
        found = await read(shared, line.format(more="", words=words, name=name))
        assert [(each.kind, each.act) for each in found.values()] == [("subject", True), ("message", True)]
    named = await read(shared, line.format(more="<label>Last name <input name=l></label>", words="Title", name="title"))
    assert not named["title"].act


async def test_a_box_of_one_line_is_a_field(shared: Page) -> None:
    """Unless it says that it takes a message, which it may grow with."""
    html = "<form>{}</form>".format("".join(
        f"<label>{words} <textarea name={words} rows=1 style='width:900px;height:40px'></textarea></label>"
        for words in ("Name", "Email", "Subject", "Message")
    ))  # fmt: skip
    found = await read(shared, html)

    assert [(each.kind, each.act) for each in found.values()] == [
        ("full_name", True),
        ("email", True),
        ("message", False),  # of one line or several: who could know
        ("message", True),
    ]


async def test_two_labels_that_say_different_things_are_not_read_as_the_second(shared: Page) -> None:
    """One may have been meant for the control behind."""
    html = """<form><label for=f>First name</label><input id=f name=f><label for=f>Last name</label><input name=l>
    <textarea name=m></textarea></form>"""
    first = (await read(shared, html))["f"]

    assert (first.kind == "last_name", first.act) == (False, False)
