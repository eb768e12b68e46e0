"""Maps that say little, on small pages of many kinds: the right values arrive once and are confirmed, or nothing does.

None of them says anything of requests, headings or kinds but what its page really needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.events import Event, FaultNoticed, StepDone, Verdict, VerdictReached
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Plan
from autofill.replay.runner import Replay
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from tests.replay.conftest import FAIR, Site
from tests.replay.forms import plan_for, values

Replays: TypeAlias = Callable[..., Replay]

PROFILE = """\
topic: question
contact: {first_name: Ana, last_name: Núñez, email: ana@example.com, phone: (202) 555-0143}
message: |
  The box came damaged. Thank you.
answers: {Day: 2026-11-02, News: no, Order: A-1234567}
"""
PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
FORM = f"{PAGE}<form method=post action=/send>{{}}<button>Send</button></form>"
EMAIL, MESSAGE = "<p><label>Email <input name=e></label>", "<p><label>Message <textarea name=m></textarea></label>"
KIND = "<p><label>Kind <select name=k>{}</select></label>"
BOTH = EMAIL + MESSAGE
OK = "<h1>Thank you</h1>"
SAID = {"e": "ana@example.com", "m": "The box came damaged. Thank you."}
ASKED = ("{name: Email, value: contact.email, required: yes}", "{name: Message, value: message, required: yes}")
PHONE = "'{{{{ contact.phone | digits | slice({}) }}}}'"
GET_SENT = "GET /send?e=ana%40example.com&m=The+box+came+damaged.+Thank+you."
FETCH = """<form id=f>{}<button>Send</button></form><p id=o></p><script>f.onsubmit = async (event) => {{
  event.preventDefault();
  const answer = await fetch('/send', {{method: 'POST', body: new URLSearchParams(new FormData(f))}});
  {}
}}</script>"""
AGREED = "<form onsubmit=\"return confirm('Really send?')\""
LATE = """<div id=v style="position:fixed;inset:0;background:#fff">
<button onclick="v.remove()">Accept all</button></div>"""
# A banner that comes when a person is about to press the button, each time anew.
ON_HOVER = f"""<template id=t>{LATE.replace("<button", "<h2>Cookies</h2><button")}</template><script>
document.querySelector('textarea').onblur = () => document.body.append(t.content.cloneNode(true))</script>"""


def map_text(controls: tuple[str, ...], more: str = "confirmation: Thank you") -> str:
    asked = "".join(f"      - {control}\n" for control in controls)
    head = "id: small\ntitle: Small\nurl: http://127.0.0.1/\npages:\n  - controls:\n"
    text = f"{head}{asked}    submit: Send\n{more}\n"
    assert len(text.splitlines()) <= 15
    return text


def plan(controls: tuple[str, ...], more: str = "confirmation: Thank you") -> Plan:
    return plan_for(validate_source(parse_source(map_text(controls, more).encode(), "m.yaml"), FormMap), PROFILE)


async def done(replay: Replay) -> list[Event]:
    return [event async for event in replay.events()]


def reached(events: list[Event]) -> tuple[Verdict, str | None]:
    assert isinstance(events[-1], VerdictReached)
    return events[-1].verdict, events[-1].case_number


@pytest.mark.parametrize(
    ("html", "controls", "arrives"),
    [
        pytest.param(FORM.format(BOTH), ASKED, SAID, id="no heading"),
        pytest.param(FORM.format(BOTH).replace("<button>Send</button>", "<input type=submit value=Send>"), ASKED, SAID,
            id="input submit"),
        pytest.param(FORM.format(BOTH.replace("<label>Email", "<label>Email <i>*</i> (required)")), ASKED, SAID,
            id="signs of a required label"),
        pytest.param(FORM.format("<input name=e placeholder=Email><textarea name=m placeholder=Message></textarea>"),
            tuple(each.replace("name:", "placeholder:") for each in ASKED), SAID, id="placeholders"),
        pytest.param(FORM.format("<table><tr><td>Email<td><input name=e><tr><td>Message<td><textarea name=m></textarea>"
            "</table>"), tuple(each.replace("name:", "near:") for each in ASKED), SAID, id="text beside"),
        pytest.param(FORM.format("<p><input name=e id=a><p><textarea name=m id=b></textarea>"),
            ("{css: '#a', value: contact.email}", "{css: '#b', value: message}"), SAID, id="selectors"),
        pytest.param(f"{PAGE}<iframe title=Form srcdoc='{FORM.format(BOTH)}'></iframe>", ASKED, SAID, id="frame"),
        pytest.param(FORM.format(BOTH).replace("method=post", "method=get"), ASKED, SAID, id="GET"),
        pytest.param(FORM.format(BOTH + "<p><label>Name <input name=n></label>"),
            (*ASKED, "{name: Name, value: '{{ contact.last_name }}, {{ contact.first_name }}'}"),
            {**SAID, "n": "Núñez, Ana"}, id="two fields in one"),
        pytest.param(FORM.format(BOTH + "".join(f"<input name=p{n} aria-label=P{n} maxlength=4>" for n in range(3))),
            (*ASKED, *(f"{{name: P{n}, value: {PHONE.format(cut)}}}" for n, cut in enumerate(("0, 3", "3, 6", "6")))),
            {**SAID, "p0": "202", "p1": "555", "p2": "0143"}, id="one field in three"),
        pytest.param(FORM.format(BOTH + "<p><label>Day <input name=d></label>"),
            (*ASKED, "{name: Day, value: answers.Day, date_format: DD.MM.YYYY}"), {**SAID, "d": "02.11.2026"},
            id="day"),
        pytest.param(FORM.format(BOTH + "<p><label>News <input name=n type=checkbox checked></label>"),
            (*ASKED, "{name: News, value: answers.News}"), SAID, id="untick"),
        pytest.param(FORM.format(BOTH + KIND.format("<option value=''>-<option value=1>Question")),
            (*ASKED, "{name: Kind, value: topic, choices: {question: Question}}"), {**SAID, "k": "1"}, id="choice"),
        pytest.param(FORM.format(BOTH + KIND.format("<option>A<option>General question")),
            (*ASKED, "{name: Kind, value: General question}"), {**SAID, "k": "General question"}, id="fixed text"),
        pytest.param(FORM.format("<p><label>Order <input name=o></label>"), ("{name: Order, value: answers.Order}",),
            {"o": "A-1234567"}, id="an answer alone"),
        pytest.param(FORM.format("<p><label>Street <input name=x></label>"), ("{name: Street, value: '{{ 1 }}'}",),
            {"x": "1"}, id="nothing that could be recognised"),
        pytest.param(f"{PAGE}<form><input aria-label=Search></form>" + FORM.format(BOTH), ASKED, SAID,
            id="another form"),
    ],
)  # fmt: skip
async def test_a_map_that_says_little_is_enough(
    page: Page, site: Site, replaying: Replays, html: str, controls: tuple[str, ...], arrives: dict[str, str]
) -> None:
    """What arrives is what was planned, once; the site's thanks prove it."""
    site.answers |= {"POST /send": (200, OK), GET_SENT: (200, OK)}

    events = await done(replaying(page, site.show(html), plan=plan(controls)))

    assert reached(events) == (Verdict.CONFIRMED_NO_CASE, None)
    bodies = [body for body in site.bodies if body] or [each.partition("?")[2] for each in site.requests if "?" in each]
    assert [values(body) for body in bodies] == [arrives]
    assert [event for event in events if isinstance(event, FaultNoticed)] == []


async def test_pages_without_headings_are_known_by_their_controls(page: Page, site: Site, replaying: Replays) -> None:
    """The second one comes late, at the same address, with a control of the same name; a third has a button alone."""
    first, second = f"<p>{EMAIL}<button onclick='later(1)'>Next</button>", f"<p>{BOTH}<button onclick='later(2)'>Next"
    last = "<form method=post action=/send><input type=hidden name=x value=1><button>Send</button></form>"
    script = f"""<body><script>const screens = [`{first}`, `{second}`, `{last}`];
      const later = async (n) => {{ await fetch('/wait'); document.body.innerHTML = screens[n]; }};
      document.body.innerHTML = screens[0];</script>"""
    site.answers |= {"GET /wait": (200, ""), "POST /send": (200, OK)}
    pages = """
  - {controls: [{name: Email, value: contact.email}], advance: Next}
  - {controls: [{name: Email, value: contact.email}, {name: Message, value: message}], advance: Next}
  - submit: Send
"""
    text = f"id: three\ntitle: Three\nurl: http://127.0.0.1/\npages:{pages}confirmation: Thank you\n"
    mapped = validate_source(parse_source(text.encode(), "m.yaml"), FormMap)

    events = await done(replaying(page, site.show(PAGE + script), plan=plan_for(mapped, PROFILE)))

    # What the last request carries is nothing that was typed: that it was the inquiry is not proven.
    assert (reached(events)[0], site.posts) == (Verdict.UNKNOWN, 1)
    assert [event.kind for event in events if isinstance(event, FaultNoticed)] == ["unclear"]
    assert sum(isinstance(event, StepDone) for event in events) == 3


@pytest.mark.parametrize(
    ("shown", "more", "verdict"),
    [
        ("o.innerHTML = 'Thank you! Case number 12345678'", "confirmation: Thank you", (Verdict.CONFIRMED, "12345678")),
        ("o.innerHTML = '<div role=dialog aria-label=\"Thank you\">Ticket 7654321</div>'", "confirmation: Thank you",
            (Verdict.CONFIRMED, "7654321")),
        ("document.body.innerHTML = '<h1>Thank you, Ana</h1>'", "confirmation: thank you",
            (Verdict.CONFIRMED_NO_CASE, None)),
        ("o.innerHTML = 'Request 77 done'", "confirmation: {proof: {pattern: 'Request \\d+ done'}}",
            (Verdict.CONFIRMED_NO_CASE, None)),
        ("alert('All good')", "confirmation: {proof: {dialog: All good}}", (Verdict.CONFIRMED_NO_CASE, None)),
        ("o.innerHTML = 'ok'", "confirmation: {proof: {status: 200}}", (Verdict.CONFIRMED_NO_CASE, None)),
        ("o.innerHTML = 'ok'", "confirmation: {proof: {answer: {stored: 'true'}}}", (Verdict.CONFIRMED_NO_CASE, None)),
        ("o.innerHTML = 'ok'", "confirmation: {proof: {answer: {stored: 'false'}}}", (Verdict.UNKNOWN, None)),
        ("o.innerHTML = 'That did not work'", "confirmation: Thank you\nrefusal: That did not work",
            (Verdict.UNKNOWN, None)),
        ("o.textContent = f.m.value", "confirmation: Thank you", (Verdict.UNKNOWN, None)),
        ("o.innerHTML = '<p role=alert>Not stored</p>Thank you'", "confirmation: Thank you", (Verdict.UNKNOWN, None)),
        ("o.innerHTML = '<i style=\"opacity:0\">Thank you</i>'", "confirmation: Thank you", (Verdict.UNKNOWN, None)),
    ],
)  # fmt: skip
async def test_an_outcome_may_stand_anywhere(
    page: Page, site: Site, replaying: Replays, shown: str, more: str, verdict: tuple[Verdict, str | None]
) -> None:
    """New since the click and to be seen; the person's own words, shown again, are no thanks."""
    site.answers["POST /send"] = (200, '{"stored": true}')
    url = site.show(PAGE + "<footer>Thank you for reading</footer>" + FETCH.format(BOTH, shown))

    patience = FAIR if verdict[0] is not Verdict.UNKNOWN else replace(FAIR, outcome=2)

    events = await done(replaying(page, url, plan=plan(ASKED, more), patience=patience))

    assert (reached(events), site.posts) == (verdict, 1)


@pytest.mark.parametrize(
    ("html", "more"),
    [
        (FORM.format(BOTH) + LATE, "dismiss: [Accept all]"),
        (FORM.format(BOTH), "dismiss: [Accept all]"),
        (FORM.format(BOTH) + ON_HOVER, "dismiss: [{when: Cookies, click: Accept all}]"),
        (FORM.format(BOTH).replace("<form", AGREED), "dialogs: [really send]"),
        (f"{PAGE}<form><button>Send</button></form>" + FORM.format(BOTH), "nth"),
    ],
)  # fmt: skip
async def test_what_may_come_is_put_away_or_agreed_to(
    page: Page, site: Site, replaying: Replays, html: str, more: str
) -> None:
    """Whether it comes or not, early or late; a second button of the same name is told by its number."""
    site.answers |= {"POST /send": (200, OK), "POST /ask": (200, "")}
    text = map_text(ASKED, f"confirmation: Thank you\n{more if more != 'nth' else ''}".rstrip())
    text = text.replace("submit: Send", "submit: {name: Send, nth: 2}") if more == "nth" else text
    mapped = validate_source(parse_source(text.encode(), "m.yaml"), FormMap)

    events = await done(replaying(page, site.show(html), plan=plan_for(mapped, PROFILE)))

    assert (reached(events)[0], site.posts) == (Verdict.CONFIRMED_NO_CASE, 1)
    assert [event for event in events if isinstance(event, FaultNoticed)] == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"{PAGE}<form><button>Send</button></form>" + FORM.format(BOTH), "“Send” is on the page more than once"),
        (FORM.format(BOTH + EMAIL), "“Email” is on the page more than once"),
        (FORM.format(MESSAGE), "The page “Small” did not appear"),
        (FORM.format(BOTH).replace("name=m", "name=m onchange=\"fetch('/x', {method: 'POST', body: this.value})\""),
            "The page tried to send by itself"),
        (FORM.format(BOTH).replace("name=m", "name=m onchange='this.form.submit()'"),
            "The page tried to send by itself"),
    ],
)  # fmt: skip
async def test_what_is_doubtful_stops_a_map_that_says_little(
    page: Page, site: Site, replaying: Replays, html: str, said: str
) -> None:
    """Nothing leaves before the click, whichever request it is."""
    page.set_default_timeout(500)
    with pytest.raises(FormChanged, match=said):
        await done(replaying(page, site.show(html), plan=plan(ASKED)))
    assert site.posts == 0


async def test_a_form_without_its_first_control_is_not_waited_for_as_a_page_that_still_comes(
    page: Page, site: Site, replaying: Replays
) -> None:
    """A mistake in the first name of a map: the page shows a form, and it is told what is on it instead."""
    page_of_three = FORM.format(BOTH.replace("Email", "Your e-mail") + "<label>Order <input name=o></label>")
    mapped = tuple(each.replace("Email", "Your mail") for each in ASKED)
    with pytest.raises(FormChanged) as raised:
        await done(replaying(page, site.show(page_of_three), plan=plan(mapped)))

    assert str(raised.value) == "“Your mail” is not on the page. Nothing was sent."
    assert "The nearest name is “Your e-mail”." in raised.value.hint


async def test_a_form_that_comes_by_its_own_clock_is_waited_for(page: Page, site: Site, replaying: Replays) -> None:
    """Beside a search field, longer than a page is at rest: nothing shows that it is another page."""
    site.answers |= {"POST /send": (200, OK)}
    late = f"""{PAGE}<label>Search <input type=search placeholder="Search this site"></label><div id=here></div>
<script>setTimeout(() => {{ here.innerHTML = `{FORM.format(BOTH).replace(PAGE, "")}` }}, 4000)</script>"""

    events = await done(replaying(page, site.show(late), plan=plan(ASKED)))

    assert (reached(events)[0], site.posts) == (Verdict.CONFIRMED_NO_CASE, 1)
