"""A page is a page, the last one too: filled, read back, shown; and doubtful means stop, with nothing sent.

Each row is a form as other sites write it: what stands in it, the map's controls, and what arrives.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from playwright.async_api import Page

from autofill.errors import AutofillError, FormChanged
from autofill.events import Event, FaultNoticed, FormSaid, StepDone, Verdict, VerdictReached
from autofill.replay.runner import Replay
from tests.replay.conftest import THANKS, Site
from tests.replay.forms import LAST, PAGE, form_map, plan_for, values

Replays: TypeAlias = Callable[..., Replay]
Stops: TypeAlias = Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]

NAME = "<p><label>Name <input name=n></label>"
MESSAGE = "<p><label>Message <textarea name=m></textarea></label>"
ASKED = "Name | text | contact.name\nMessage | textarea | message"
SAID = "The box came damaged.\r\n\r\nWhat now?"
NEWS = "<p><label><input type=checkbox name=news {}> News</label>"
MASK = "this.value = this.value.replace(/\\D/g, '').replace(/(...)(...)(....)/, '$1-$2-$3')"
STATES = '<p><label>State <select name=s><option value="">Choose</option>{}</select></label>'
LISTBOX = """<button type=button role=combobox aria-label=State onclick="list.hidden = false"></button>
<div role=listbox id=list hidden><div role=option>Maine</div><div role=option>Maine</div></div>"""
GROUP = "<div role=radiogroup aria-label=State>{}</div>"
RADIO = "<label><input type=radio name=s value={}> {}</label>"
STATE = "State | {} | answers.State | choices: {{me: Maine, nh: New Hampshire}}"
ON_SELECT, ON_RADIO, ON_LIST = (STATE.format(kind) for kind in ("select", "radio", "combobox"))
TOLD = "prefilled"
TWICE = "offers the planned choice more than once"


async def done(replay: Replay) -> list[Event]:
    return [event async for event in replay.events()]


def reached(events: list[Event]) -> Verdict:
    assert isinstance(events[-1], VerdictReached)
    return events[-1].verdict


def read(events: list[Event]) -> dict[str, tuple[str, bool]]:
    """What each control held when it was read back, and whether it was what was planned."""
    steps = [event for event in events if isinstance(event, StepDone)]
    return {value.name: (value.found, value.matches) for step in steps for value in step.values}


def faults(events: list[Event]) -> list[str]:
    return [event.kind for event in events if isinstance(event, FaultNoticed)]


def words(events: list[Event]) -> list[str]:
    """The form's own."""
    return [message for event in events if isinstance(event, FormSaid) for message in event.messages]


@pytest.mark.parametrize(
    ("inside", "controls", "arrives", "told"),
    [
        pytest.param(NAME + MESSAGE, ASKED, {"n": "Ana Núñez", "m": SAID}, [], id="A3 one page"),
        pytest.param(NEWS.format("checked"), "News | checkbox | answers.News", {}, [], id="A8 no unticks"),
        pytest.param(
            f"<div style='position:relative'>{NEWS.format('checked style=opacity:0')}</div>",
            "News | checkbox | answers.News", {}, [], id="A8 no unticks what is drawn over",
        ),
        pytest.param(NEWS.format(""), "News | checkbox | answers.News", {}, [], id="no leaves it"),
        pytest.param(
            NEWS.format("checked"), "News | checkbox | answers.Unasked", {"news": "on"}, [TOLD], id="ticked, no answer"
        ),
        pytest.param(NEWS.format(""), "News | checkbox | answers.Unasked", {}, [], id="not ticked, no answer"),
        pytest.param(
            "<label>Subject <input name=u value='Other'></label>", "Subject | text | subject", {"u": "Other"}, [TOLD],
            id="filled, no value",
        ),
        pytest.param(
            STATES.format("<option>Maine"), "State | select | sub_topic | choices: {me: Maine}", {"s": ""}, [],
            id="words that choose nothing",
        ),
        pytest.param(
            STATES.format("<option selected>Maine"), "State | select | sub_topic | choices: {me: Maine}",
            {"s": "Maine"}, [TOLD], id="chosen, no value",
        ),
        pytest.param(
            GROUP.format(RADIO.format("x checked", "Maine")), "State | radio | sub_topic | choices: {me: Maine}",
            {"s": "x"}, [TOLD], id="radio chosen, no value",
        ),
        pytest.param(
            NEWS.format("checked"), "News | checkbox | topic | when: [{field: topic, one_of: [other]}]",
            {"news": "on"}, [TOLD], id="ticked, though its condition does not hold",
        ),
        pytest.param(NAME.replace("Name ", "Name <b>*</b>"), "Name | text | contact.name", {"n": "Ana Núñez"}, [],
            id="q1 star behind"),
        pytest.param(NAME.replace("Name ", "*Name"), "Name * | text | contact.name", {"n": "Ana Núñez"}, [],
            id="q1 star elsewhere in the map"),
        pytest.param(NAME.replace("Name ", "Name <em>(required)</em>"), "Name | text | contact.name",
            {"n": "Ana Núñez"}, [], id="q1 (required)"),
        pytest.param(NAME.replace("Name ", "Your&nbsp;\n name&#8203;: "), "Your name: | text | contact.name",
            {"n": "Ana Núñez"}, [], id="q1 no-break space"),
        pytest.param(
            "<label>Proof&nbsp;of  post (optional) <input type=file name=f></label>" + NAME,
            "Proof of post | file | attachments\nName | text | contact.name", {"f": "", "n": "Ana Núñez"}, [],
            id="q1 of a file",
        ),
        pytest.param(STATES.format("<option value=ME>New&nbsp; \n Maine"),
            "State | select | answers.State | choices: {me: Maine, Maine: New Maine}", {"s": "ME"}, [],
            id="b11 option"),
        pytest.param(STATES.format("<option value=ME label=Maine>"), ON_SELECT, {"s": "ME"}, [], id="b11 named option"),
        pytest.param(GROUP.format(RADIO.format("ME", "&nbsp;Maine\n")), ON_RADIO, {"s": "ME"}, [], id="b11 radio"),
        pytest.param(
            MESSAGE.replace("<textarea", "<textarea oninput=\"this.value = this.value.replace(/\\s+/g, '\\xa0')\""),
            "Message | textarea | message", {"m": "The\xa0box\xa0came\xa0damaged.\xa0What\xa0now?"}, [],
            id="b11 the page's own spaces",
        ),
        pytest.param(
            f'<label>Phone <input name=p oninput="{MASK}"></label>',
            "Phone | text | contact.phone | rewrites: [punctuation]", {"p": "202-555-0143"}, [], id="b9 mask",
        ),
        pytest.param(
            NAME.replace("<input", '<input oninput="this.value = this.value.toUpperCase()"'),
            "Name | text | contact.name | rewrites: [case]", {"n": "ANA NÚÑEZ"}, [], id="b8 capitals",
        ),
    ],
)  # fmt: skip
async def test_what_arrives(
    page: Page, site: Site, replaying: Replays, inside: str, controls: str, arrives: dict[str, str], told: list[str]
) -> None:
    """Just what the page held when it was read back; what nobody answered and is there all the same is told."""
    site.answers["POST /send"] = (200, THANKS)
    url = site.show(PAGE.format(inside=inside))

    events = await done(replaying(page, url, plan=plan_for(form_map((LAST, controls)))))

    assert reached(events) is Verdict.CONFIRMED
    assert [values(body) for body in site.bodies if body or (site.posts and not arrives)][-1] == arrives
    assert faults(events) == told
    assert [name for name, (_found, matches) in read(events).items() if not matches] == (
        [controls.partition(" |")[0]] if told else []
    )


@pytest.mark.parametrize(
    ("inside", "controls", "said"),
    [
        pytest.param(STATES.format("<option value=1>Maine<option value=2>Maine"), ON_SELECT, TWICE,
            id="A14 options"),
        pytest.param(STATES.format("<option value=1>Maine<option value=2>&nbsp;Maine"), ON_SELECT, TWICE,
            id="A14 options but for their spaces"),
        pytest.param(STATES.format("<optgroup label=A><option>Maine</optgroup><optgroup label=B><option>Maine"),
            ON_SELECT, TWICE, id="A14 options in two groups"),
        pytest.param(LISTBOX, ON_LIST, TWICE, id="A14 options of a listbox"),
        pytest.param(GROUP.format(RADIO.format(1, "Maine") + RADIO.format(2, "Maine")), ON_RADIO, TWICE,
            id="A14 radios"),
        pytest.param(GROUP.format(RADIO.format(1, "Maine")) + GROUP.format(RADIO.format(2, "Ohio")), ON_RADIO,
            "more than once", id="A14 groups, of which one has the choice"),
        pytest.param(NAME + NAME, ASKED, "more than once", id="A14 controls"),
        pytest.param(NAME + NAME.replace("Name", "Name *"), ASKED, "more than once", id="A14 controls but for a star"),
        pytest.param(NEWS.format("") * 2, "News | checkbox | answers.News", "more than once", id="A14 checkboxes"),
        pytest.param("<button>Send</button>" + NAME, "Name | text | contact.name", "“Send” is on the page more than",
            id="A14 buttons"),
        pytest.param(
            NAME + "<input role=combobox aria-label=State>",
            STATE.format("combobox"),
            "does not offer",
            id="i1 a field with suggestions, in which Enter submits the form",
        ),
        pytest.param(NEWS.format("checked onclick='return false'"), "News | checkbox | answers.News",
            "does not contain", id="A8 a tick that stays"),
        pytest.param(NEWS.format("checked disabled"), "News | checkbox | answers.News", "cannot be used",
            id="A8 a tick that cannot be taken away"),
        pytest.param(f'<label>Phone <input name=p oninput="{MASK}"></label>', "Phone | text | contact.phone",
            "does not contain", id="b9 mask of which the map says nothing"),
    ],
)  # fmt: skip
async def test_what_is_doubtful_stops_the_run(
    page: Page, site: Site, replaying: Replays, inside: str, controls: str, said: str
) -> None:
    """Exit code 76, also on the last page; nothing is guessed."""
    page.set_default_timeout(500)
    url = site.show(PAGE.format(inside=inside))
    impatient = replaying(page, url, plan=plan_for(form_map((LAST, controls))))

    with pytest.raises(FormChanged, match=said):
        await done(impatient)

    assert site.posts == 0


TICK = "<p><label><input type=checkbox name=t required> I agree</label>"
REVIEW = "<h1>Review</h1><p>Name: Ana Núñez</p><p>Message: The box came damaged.<br>What now?</p>"
STEPS = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><h1>Details</h1>{first}
<button onclick="document.body.innerHTML = next.innerHTML">Next</button>
<template id=next>{second}<form method=post action=/send><button>Send</button></form></template>"""


@pytest.mark.parametrize("until", ["review", "submit"])
@pytest.mark.parametrize(
    ("html", "pages", "pictures"),
    [
        pytest.param(PAGE.format(inside=NAME + MESSAGE), [(LAST, ASKED)], 1, id="A2 one page"),
        pytest.param(
            STEPS.format(first=NAME + MESSAGE, second="<h1>Ready</h1>"),
            [(("Details", "Next"), ASKED), (("Ready", "Send"), "")], 2, id="A2 nothing shown again",
        ),
        pytest.param(
            STEPS.format(first=NAME + MESSAGE, second=REVIEW),
            [(("Details", "Next"), ASKED), (("Review", "Send"), "echoes")], 2, id="A2 shown again at the button",
        ),
        pytest.param(
            STEPS.format(first=NAME + MESSAGE, second=REVIEW).replace("<button>Send", TICK + "<button>Send"),
            [(("Details", "Next"), ASKED), (("Review", "Send"), "echoes\nI agree | checkbox | answers.Terms")],
            2,
            id="A2 shown again above a box to tick",
        ),
    ],
)  # fmt: skip
async def test_until_never_submits(
    page: Page, site: Site, replaying: Replays, until: str, html: str, pages: list[Any], pictures: int
) -> None:
    """A2: on any form; the last picture is the filled page, or the one that shows everything again."""
    site.answers["POST /send"] = (200, THANKS)

    events = await done(replaying(page, site.show(html), plan=plan_for(form_map(*pages)), until=until))

    assert reached(events) is Verdict.NOT_SUBMITTED
    assert site.posts == 0
    assert sum(isinstance(event, StepDone) for event in events) == pictures
    assert read(events)["Message"][1]


async def test_a_last_page_that_shows_something_else_stops_the_run(page: Page, site: Site, replaying: Replays) -> None:
    """A3: what is compared on a page of its own is compared on the last one."""
    html = STEPS.format(first=NAME + MESSAGE, second=REVIEW.replace("Ana", "Anna"))
    pages = [(("Details", "Next"), ASKED), (("Review", "Send"), "echoes")]

    with pytest.raises(FormChanged, match="does not contain what was entered in: Name"):
        await done(replaying(page, site.show(html), plan=plan_for(form_map(*pages))))

    assert site.posts == 0


NUMBER = """<p><label>Name <input name=n aria-describedby="help" oninput="this.ariaInvalid = 'true';
help.textContent = 'Enter a full name.'"></label><span id=help></span>"""
NATIVE = "Please check this box if you want to proceed."


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (TICK, f"I agree: {NATIVE}"),
        ("<label>E-mail <input name=e required></label>", "E-mail: Please fill out this field."),
    ],
)
async def test_the_form_s_own_words_where_the_button_sends_nothing(
    page: Page, site: Site, replaying: Replays, inside: str, message: str
) -> None:
    """What the browser says at a field stands in the messages."""
    plan = plan_for(form_map((LAST, "Name | text | contact.name")))

    events = await done(replaying(page, site.show(PAGE.format(inside=NAME + inside)), plan=plan))

    assert (reached(events), site.posts) == (Verdict.NOT_SUBMITTED, 0)
    assert words(events) == [message]


@pytest.mark.parametrize(
    "first",
    [
        NUMBER,
        NUMBER.replace("aria-describedby", "aria-errormessage"),
        f"""<x-form></x-form><script>customElements.define('x-form', class extends HTMLElement {{
connectedCallback() {{ this.attachShadow({{mode: 'open'}}).innerHTML = `{NUMBER}`;
  const help = window.help = this.shadowRoot.getElementById('help'); }} }})</script>""",
    ],
    ids=["description", "error message", "shadow"],
)
async def test_the_form_s_own_words_where_the_next_page_does_not_come(
    page: Page, site: Site, replaying: Replays, stopping: Stops, first: str
) -> None:
    """Genuine Lightning said "Enter a 10-digit phone number.", and the summary did not."""
    html = STEPS.format(first=first, second="").replace("document.body.innerHTML = next.innerHTML", "")
    pages = [(("Details", "Next"), "Name | text | contact.name"), (("Ready", "Send"), "")]
    error, events = await stopping(replaying(page, site.show(html), plan=plan_for(form_map(*pages))))

    assert str(error) == "The page “Ready” did not appear. Nothing was sent."
    assert words(events) == ["Name: Enter a full name."]


async def test_what_only_looks_like_a_mistake_is_told_and_proves_nothing(
    page: Page, site: Site, replaying: Replays
) -> None:
    """Nor does a field that is empty again say anything; a warning that passes has been seen."""
    notes = """<div class=form-errors><p class=error>No such name</p></div><p class=error hidden>Too long</p>
    <p role=status>Not yet</p><p role=alert id=a>Not saved</p><script>setTimeout(() => a.remove(), 500)</script>"""
    site.answers["POST /send"] = (200, PAGE.format(inside=NAME.replace("<input", "<input required") + notes))
    plan = plan_for(form_map((LAST, "Name | text | contact.name")))

    events = await done(replaying(page, site.show(PAGE.format(inside=NAME)), plan=plan))

    assert isinstance(events[-1], VerdictReached)
    assert (reached(events), set(events[-1].messages)) == (Verdict.UNKNOWN, {"No such name", "Not saved", "Not yet"})
    assert words(events) == []


async def test_the_form_s_own_words_after_a_refusal(page: Page, site: Site, replaying: Replays) -> None:
    """The page comes back with the field marked."""
    wrong = NAME.replace("<input", "<input aria-invalid=true aria-describedby=h")
    error = "<p role=alert>Error</p><p id=h>No such name</p>"
    site.answers["POST /send"] = (200, PAGE.format(inside=error + wrong))
    plan = plan_for(form_map((LAST, "Name | text | contact.name")))

    events = await done(replaying(page, site.show(PAGE.format(inside=NAME)), plan=plan))

    assert reached(events) is not Verdict.CONFIRMED
    assert words(events) == ["Name: No such name"]
