"""Drafts: a form map written from what a page shows, which says what is not certain; nothing is typed or sent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Page

from autofill.errors import InvalidFile
from autofill.forms.catalog import load_profile
from autofill.forms.form_map import FormMap
from autofill.mapping.answering import answered
from autofill.mapping.draft import draft
from autofill.mapping.drafted import Draft
from autofill.mapping.recognise import recognise
from autofill.mapping.survey import is_step
from autofill.organisations.own_fields import OwnFields
from autofill.page.inventory import inventory_of
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from tests.replay.conftest import THANKS, Site, served

CONTACT = """<title>Acme, contact us</title><form method=post action=/send>
<p><label>Your name* <input name=n required></label><p><label>E-mail <input name=e type=email required></label>
<p><label>Message <textarea name=m required maxlength=500></textarea></label>{more}
<button type=reset>Clear</button><button>Send it</button></form>"""

RADIOS = """<fieldset><legend>Reply by</legend><label><input type=radio name=r> Mail</label>
<label><input type=radio name=r> Phone</label></fieldset>"""


async def drafted(page: Page, html: str) -> Draft:
    await page.set_content(html)
    inventory = await inventory_of(page)
    return draft(inventory, recognise(inventory), await page.title(), "https://acme.example/contact")


def read(text: str) -> FormMap:
    """The map that a draft is, with the same checks as any other."""
    return validate_source(parse_source(text.encode(), "draft.yaml"), FormMap)


async def controls_of(page: Page, more: str) -> dict[str, str]:
    found = read((await drafted(page, CONTACT.format(more=more))).text)
    return {control.name: control.value for control in found.pages[0].controls[3:]}


WHOLE_PAGE = """<form><input placeholder="Search the site"><input type=submit value=Search>
<p>Your name <input name=n><p>E-mail <input name=e><p>Comments <textarea name=m></textarea>
<p>What is 3 + 4? <input name=c><p><input type=submit value=Send><button>Send it</button>
<p>News</p><input name=nl placeholder="Your e-mail for our newsletter"><input type=submit value=Subscribe></form>"""


async def test_a_form_around_the_whole_page_is_sent_by_the_button_behind_the_message(page: Page) -> None:
    assert (await drafted(page, WHOLE_PAGE)).pages[0].button == "Send it"


@pytest.mark.parametrize(
    ("notice", "away"),
    [
        (
            "<p>We use cookies.<button>Accept all</button><button>Reject all</button><button>Settings</button>",
            "Reject all",
        ),
        (
            "<p>Diese Seite verwendet Cookies.</p><button>Einstellungen</button><button>Alle akzeptieren</button>",
            "Alle akzeptieren",
        ),
        ("<div id=cookie-bar>Good to know<button>OK</button></div>", "OK"),
        ("<p>Your basket is empty.</p><button>OK</button>", ""),
    ],
)
async def test_what_lies_over_the_form_is_put_away(page: Page, notice: str, away: str) -> None:
    found = read((await drafted(page, f"<div>{notice}</div>{CONTACT.format(more='')}")).text)

    assert [each.click.name for each in found.dismiss] == ([away] if away else [])


async def test_a_form_that_sends_to_another_site_says_so(page: Page) -> None:
    html = CONTACT.format(more="").replace("action=/send", "action=https://forms.example/f/1")
    found = await drafted(page, html)

    assert "# The form sends what is typed to another site: https://forms.example\n" in found.text
    assert read(found.text).site.origins == ("https://acme.example", "https://forms.example")


async def test_a_number_takes_the_notation_that_its_control_does(page: Page) -> None:
    more = '<p><label>Phone (10 digits) <input name=p type=tel pattern="[0-9]{10}"></label>'
    assert await controls_of(page, more) == {"Phone (10 digits)": '{{ contact.phone | phone_like("[0-9]{10}") }}'}


async def test_what_is_certain_takes_its_field_and_the_map_is_whole(page: Page) -> None:
    found = read((await drafted(page, CONTACT.format(more=""))).text)

    assert (found.id, found.title, found.url) == ("acme-contact-us", "Acme, contact us", "https://acme.example/contact")
    (only,) = found.pages
    assert [(each.name, each.value, each.required) for each in only.controls] == [
        ("Your name*", "contact.name", True),
        ("E-mail", "contact.email", True),
        ("Message", "message", True),
    ]
    assert only.controls[2].limit
    assert only.controls[2].limit.max == 500
    assert only.submit
    assert only.submit.name == "Send it"


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        (RADIOS, "Reply by", "answers.Reply by"),
        ("<p>Where did you buy it? <input name=q7>", "Where did you buy it?", "answers.Where did you buy it?"),
        ("<label>Colour <select name=c><option>Red<option>Blue</select></label>", "Colour", "answers.Colour"),
        ("<label>Topic <input role=combobox aria-autocomplete=list></label>", "Topic", "answers.Topic"),
        ("<label>Receipt <input type=file name=f></label>", "Receipt", "files.Receipt"),
        ("<div role=checkbox tabindex=0>I agree</div>", "I agree", "answers.I agree"),
    ],
)  # fmt: skip
async def test_what_no_field_clearly_belongs_to_is_a_question(page: Page, more: str, name: str, value: str) -> None:
    assert await controls_of(page, more) == {name: value}


@pytest.mark.parametrize(
    ("control", "what"),
    [
        ("<select name=st>{options}<option>Virginia<option>West Virginia<option>Ohio</select>", "state"),
        ("<select name=country>{options}<option>Germany<option>Indonesia<option>United States</select>", "country"),
        ("<button type=button role=combobox aria-label=Country name=country>{options}</button>", "country"),
    ],
)
async def test_a_list_of_places_by_name_takes_the_name(page: Page, control: str, what: str) -> None:
    more = (
        f"<label>{what.title()} {control.format(options='<option>Choose' if 'select' in control else 'Choose')}</label>"
    )
    value = f"{{{{ contact.address.{what} | {what}_name }}}}"
    assert await controls_of(page, more) == {what.title(): value}


async def test_a_list_of_places_by_code_takes_the_code(page: Page) -> None:
    more = "<label>State <select name=st><option>--<option>VA<option>WV<option>OH</select></label>"
    assert await controls_of(page, more) == {"State": "contact.address.state"}


@pytest.mark.parametrize(
    ("control", "value"),
    [
        ("<label>PLZ / Ort <input name=p></label>", "{{ contact.address.postal_code }} {{ contact.address.city }}"),
        ("<label>City, State, ZIP <input name=p></label>",
            "{{ contact.address.city }}, {{ contact.address.state }} {{ contact.address.postal_code }}"),
        ("<label>Your address <textarea name=a></textarea></label>", "contact.address"),
        ("<label>City or ZIP <input name=p></label>", "answers.City or ZIP"),
        ("<label>Address of the shop <textarea name=a></textarea></label>", "answers.Address of the shop"),
        ("<label>Phone <input type=number name=t></label>", "{{ contact.phone | digits }}"),
    ],
)  # fmt: skip
async def test_what_several_fields_make_together_goes_into_one_control(page: Page, control: str, value: str) -> None:
    """Only where its words name these and nothing else."""
    assert [*(await controls_of(page, control)).values()] == [value]


@pytest.mark.parametrize(
    "control",
    [
        "<fieldset><legend>Born</legend>{}</fieldset>".format(
            "".join(f"<label>{part} <input name={part} maxlength=4></label>" for part in ("Day", "Month", "Year"))
        ),
        "<table><tr><th>Born<td>{}</table>".format(
            "".join(
                f"<select name=p{first}>{''.join(f'<option>{n}' for n in range(first, last))}</select>"
                for first, last in ((1, 32), (101, 113), (1950, 2020))
            ).replace(">101", ">Jan")
        ),
        "<div role=group aria-label=Born>{}</div>".format(
            "/".join(
                f"<span role=spinbutton contenteditable aria-label='{part}, Born'>{part[0]}</span>"
                for part in ("year", "month", "day")
            )
        ),
    ],
    ids=["typed", "chosen", "segments"],
)
async def test_the_parts_of_a_day_are_one_question(page: Page, control: str) -> None:
    (found,) = read((await drafted(page, CONTACT.format(more=control))).text).pages[0].controls[3:]
    assert (found.name, found.kind, found.value) == ("Born", "date", "answers.Born")


@pytest.mark.parametrize(
    ("control", "values"),
    [
        pytest.param("<div role=group aria-label='What happened'><label><input type=checkbox value=Late> Late</label>"
            "<label><input type=checkbox value=Lost> Lost</label></div>",
            ["answers.What happened"], id="boxes without a name in a group"),
        pytest.param("<p>What happened</p><div><label><input type=checkbox value=Late style='opacity: 0'> Late</label>"
            "<label><input type=checkbox value=Lost style='opacity: 0'> Lost</label></div>",
            ["answers.What happened"], id="boxes without a name behind a text, others drawn over them"),
        pytest.param("<fieldset><legend>Consent</legend><label><input type=checkbox> I agree</label>"
            "<label><input type=checkbox> News</label></fieldset>",
            ["answers.I agree", "answers.News"], id="boxes that only say yes"),
        pytest.param("<p>Stars <label for=a>1 Star</label><input id=a type=radio name=s><label for=b>2 Stars</label>"
            "<input id=b type=radio name=s></p>", ["answers.Stars"], id="radios behind their labels"),
        pytest.param("<div role=slider tabindex=0 aria-valuenow=5 style='opacity: 0'></div>", [], id="nameless slider"),
        pytest.param("<label>Volume <input type=range style='opacity: 0'></label>", ["answers.Volume"],
            id="slider that another is drawn over"),
    ],
)  # fmt: skip
async def test_the_parts_of_one_question_are_not_asked_each(page: Page, control: str, values: list[str]) -> None:
    assert list((await controls_of(page, control)).values()) == values


async def test_countries_are_chosen_in_the_words_of_the_form(page: Page) -> None:
    options = "<option value=''>Land<option value=NL>Nederland<option value=BE>België<option>Duitsland"
    more = f"<label>Land <select name=country>{options}</select></label>"
    (found,) = read((await drafted(page, CONTACT.format(more=more))).text).pages[0].controls[3:]
    assert found.value == "contact.address.country"
    assert found.choices == {"NL": "Nederland", "BE": "België", "DE": "Duitsland"}


async def test_an_address_beside_its_town_is_the_street(page: Page) -> None:
    asked = ("Address", "City", "State", "ZIP code")
    more = "".join(f"<label>{words} <input name=q{n}></label>" for n, words in enumerate(asked))
    assert (await controls_of(page, more))["Address"] == "contact.address.street"


async def test_the_rest_of_a_number_is_not_the_whole_number(page: Page) -> None:
    more = "<label>Area code <input name=area></label> <label>Phone number <input name=rest type=tel></label>"
    assert (await controls_of(page, more))["Phone number"] == "answers.Phone number"


async def test_a_control_is_found_by_the_narrowest_of_its_labels(page: Page) -> None:
    more = "<label for=m>Phone *</label><input id=m name=m type=tel><label for=m>Mobile phone number</label>"
    assert await controls_of(page, more) == {"Mobile phone number": "contact.phone"}


async def test_an_example_in_the_box_is_not_its_question(page: Page) -> None:
    more = "<div><label>Order number</label><input name=o placeholder=XX-1234 required></div>"
    assert await controls_of(page, more) == {"Order number": "answers.Order number"}


async def test_a_page_that_is_a_step_goes_on_whatever_its_button_says(page: Page) -> None:
    """Unless it is the last one, or nobody sees the words."""
    for words, more in (
        ("Step 1 of 3", True),
        ("2 / 3 단계", True),
        ("Schritt 3 von 3", False),
        ("<p hidden>Step 1/2", False),
    ):
        await page.set_content(f"<p>{words}</p>{CONTACT.format(more='')}")
        assert await is_step(page) is more


async def test_a_form_without_a_place_for_the_message_is_not_filled(page: Page) -> None:
    """The inquiry would go without what it says; on a further page there may be one."""
    found = await drafted(page, "<form><label>E-mail <input name=e type=email></label><button>Send</button></form>")
    loaded, _form = load_profile(parse_source(b"contact: {email: m@example.com}\nmessage: Hello\n", "p.yaml"))

    with pytest.raises(InvalidFile, match="no place"):
        answered(found, loaded, OwnFields())
    further = replace(found, pages=(replace(found.pages[0], step=True),))
    assert answered(further, loaded, OwnFields()).fields == loaded.fields


async def test_what_a_question_offers_is_in_the_map_or_a_part_of_it_is_said(page: Page) -> None:
    """So that whoever is asked can choose; a long list may be another one by the next answer."""
    years = "".join(f"<option>{year}" for year in range(1950, 1990))
    more = (
        "<label>Colour <select name=c><option value=''>Choose<option>Red<option>Blue: dark</select></label>"
        f"<label>Year built <select name=y>{years}</select></label>{RADIOS}"
        "<label><input type=checkbox name=d required> I have read the terms</label>"
    )
    text = (await drafted(page, CONTACT.format(more=more))).text
    controls = {each.name: each for each in read(text).pages[0].controls}

    assert "# offers: 1950 | 1951 | " in text
    assert controls["Colour"].choices == {"Red": "Red", "Blue: dark": "Blue: dark"}
    assert controls["Reply by"].choices == {"Mail": "Mail", "Phone": "Phone"}
    assert not controls["Year built"].choices
    assert controls["I have read the terms"].kind == "yes-no"


async def test_twins_are_told_apart_by_their_groups_and_asked_about(page: Page) -> None:
    more = "".join(
        f"<fieldset><legend>{who}</legend><label>Street <input name={who}></label></fieldset>" for who in ("From", "To")
    )
    found = read((await drafted(page, CONTACT.format(more=more))).text)
    assert [(each.within, each.value) for each in found.pages[0].controls[3:]] == [
        ("From", "answers.From: Street"),
        ("To", "answers.To: Street"),
    ]


async def test_traps_are_not_in_the_map_and_are_named(page: Page) -> None:
    more = "<p style='position:absolute;left:-9999px'><label>Leave empty <input name=url2></label>"
    found = await drafted(page, CONTACT.format(more=more))
    assert len(found.controls) == 3
    assert "# Not touched: “Leave empty”" in found.text


async def test_of_several_forms_the_one_that_takes_an_inquiry_is_drafted(page: Page) -> None:
    others = "<form><input type=search name=q aria-label=Search></form><form><input name=u><input type=password></form>"
    found = await drafted(page, others + CONTACT.format(more=""))
    assert [each.entry["value"] for each in found.controls] == ["contact.name", "contact.email", "message"]


async def test_a_page_without_such_a_form_has_no_draft(page: Page) -> None:
    with pytest.raises(LookupError):
        await drafted(page, "<form><input type=search name=q></form>")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.show(CONTACT.format(more=""), path="/contact.html")
        site.answers["POST /send"] = (200, THANKS)
        yield site


PROFILE = """form: {form}
topic: general-question
contact: {{first_name: Maria, last_name: O'Brien, email: maria@example.com}}
message: Where is my order?
"""


def autofill(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autofill", *words]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=240)


def test_from_an_address_to_an_installed_map_that_runs(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draft, look, add, run: as docs/new-form.md says."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    url = f"{site.url}/contact.html"
    made = autofill(tmp_path, "forms", "draft", url)
    assert made.returncode == 0, made.stderr
    assert site.posts == 0
    (tmp_path / "acme.yaml").write_text(made.stdout)

    added = autofill(tmp_path, "forms", "add", "acme.yaml")
    assert added.returncode == 0, added.stderr
    assert "acme-contact-us" in autofill(tmp_path, "forms").stdout

    (tmp_path / "p.yaml").write_text(PROFILE.format(form="acme-contact-us"))
    run = autofill(tmp_path, "run", "--url", url, "p.yaml")

    assert run.returncode == 0, run.stdout + run.stderr
    assert site.posts == 1
    assert "n=Maria+O%27Brien" in site.bodies[-1]


def test_a_map_that_has_mistakes_or_a_taken_name_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "wrong.yaml").write_text("id: wrong\n")
    assert autofill(tmp_path, "forms", "add", "wrong.yaml").returncode == 65

    taken = autofill(tmp_path, "forms", "convert", "usps-email-us").stdout
    (tmp_path / "taken.yaml").write_text(taken)
    again = autofill(tmp_path, "forms", "add", "taken.yaml")
    assert again.returncode == 65
    assert "taken.yaml" in again.stderr
    assert not (tmp_path / "config" / "autofill" / "forms").exists()


def test_what_cannot_be_drafted_says_why(tmp_path: Path) -> None:
    missing = autofill(tmp_path, "forms", "draft", "nowhere.html")
    assert (missing.returncode, "no such file" in missing.stderr) == (66, True)

    (tmp_path / "page.html").write_text("<form><input type=search name=q></form>")
    nothing = autofill(tmp_path, "forms", "draft", "page.html")
    assert (nothing.returncode, "no form" in nothing.stderr) == (76, True)
