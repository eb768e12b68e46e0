"""`run --url` where no form map is named: the form is read, answered in its words, shown and sent; or nothing is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.replay.conftest import THANKS, Site, served

FIRST = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"
FORM = """<title>Acme, contact us</title><h1>Contact us</h1><form method=post action=/send>
<p><label>Your name* <input name=n required></label><p><label>E-mail <input name=e type=email required></label>
<p><label>Message <textarea name=m required maxlength=500></textarea></label>{more}<button>{button}</button></form>"""
PROFILE = """{form}topic: general-question
contact: {{first_name: Maria, last_name: O'Brien, email: maria@example.com}}
message: Where is my order?
"""
ANSWERS = "answers:\n  Date of purchase: 2026-11-02\n  Order no.: A-17\n  Colour of the lamp: red\n"
QUESTIONS = """<p><label>Purchase date <input type=date name=d required></label>
<p><label>Order number <input name=o required></label>
<p><label>Lamp colour <select name=c required><option value="">Choose<option>Blue<option>Red</select></label>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.answers["POST /send"] = (200, THANKS)
        yield site


def run(
    site: Site, folder: Path, *words: str, page: str = FORM, form: str = "", answers: str = "", **parts: str
) -> subprocess.CompletedProcess[str]:
    """What comes of a run against the page with these parts, with `answers` in the profile."""
    address = shown(site, folder, page=page, form=form, answers=answers, **parts)
    return autofill(folder, "run", "--url", address, *words, "p.yaml")


def shown(site: Site, folder: Path, *, page: str, form: str = "", answers: str = "", **parts: str) -> str:
    """The address of the page with these parts; the profile with `answers` is there, too."""
    site.show(page.format(**{"more": "", "button": "Send", **parts}), path="/contact.html")
    (folder / "p.yaml").write_text(PROFILE.format(form=form) + answers)
    return f"{site.url}/contact.html"


def autofill(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What comes of a command; its drafts are nobody else's."""
    command, own = [sys.executable, "-m", "autofill", *words], {"XDG_CACHE_HOME": str(folder / "cache")}
    return subprocess.run(
        command, cwd=folder, env=os.environ | own, check=False, capture_output=True, text=True, timeout=240
    )


def test_a_form_that_nobody_described_is_filled_and_its_plan_shown(site: Site, tmp_path: Path) -> None:
    """Questions take answers that say the same in other words; each in the terms of its control."""
    done = run(site, tmp_path, more=QUESTIONS, answers=ANSWERS)

    assert done.returncode == 0, done.stdout + done.stderr
    (sent,) = (body for body in site.bodies if body)
    fields = {name: value for name, (value,) in parse_qs(sent).items()}
    assert fields == {
        "n": "Maria O'Brien", "e": "maria@example.com", "m": "Where is my order?", "d": "2026-11-02", "o": "A-17",
        "c": "Red",
    }  # fmt: skip
    assert re.search(r"Order number +A-17", done.stdout)
    assert "does not ask for it" not in done.stderr


CROWDED = """<title>Acme, contact us</title><div id=w style="position:fixed;inset:0;background:white"><p>We use cookies.
<button onclick="w.remove()">Accept all</button><button onclick="w.remove()">Reject all</button></div>
<form method=post action=/send><input name=q placeholder="Search the site"><button>Search</button>
<p><label>Your name <button type=button aria-label="Help for your name">?</button> <input name=n required></label>
<div><span>E-mail</span><br><input name=e></div><div><span>Phone</span><br><input name=p pattern="[0-9]{{10}}"></div>
<fieldset><legend>Subject of your message</legend>
<label><input type=radio name=t value=o> <b>Order</b><br><small>Delivery, returns</small></label>
<label><input type=radio name=t value=p> <b>Product</b><br><small>Before you buy</small></label></fieldset>
<p><label>Country <select name=c required><option value="">Choose<option>Germany<option>United States</select></label>
<p><label>State <select name=s required disabled><option value="">Choose a country first</select></label>
<table><tr><th>Message<tr><td><textarea name=m></textarea></table><button>Send</button>
<p>News <input name=l placeholder="Your e-mail for our newsletter"><button>Subscribe</button></form>
<script>const [c, s] = [document.querySelector('[name=c]'), document.querySelector('[name=s]')];
c.onchange = () => setTimeout(() => {{ s.disabled = false; s.append(new Option('Illinois')); }}, 400);</script>"""


def test_a_form_among_other_things_is_found_filled_and_sent_by_its_own_button(site: Site, tmp_path: Path) -> None:
    """Under a notice, in one form with a search and a newsletter, and with a list that another one fills."""
    answers = """answers: {Subject of your message: Order}
"""
    address = shown(site, tmp_path, page=CROWDED, answers=answers)
    more = "phone: +1 202 555 0143, address: {street: 1 Oak St, city: Springfield, state: IL, postal_code: '62704'}}"
    profile = tmp_path / "p.yaml"
    profile.write_text(profile.read_text().replace("maria@example.com}", f"maria@example.com, {more}"))

    done = autofill(tmp_path, "run", "--url", address, "p.yaml")

    assert done.returncode == 0, done.stdout + done.stderr
    (sent,) = (parse_qs(body) for body in site.bodies if body)
    assert sent == {
        "n": ["Maria O'Brien"], "e": ["maria@example.com"], "p": ["2025550143"], "t": ["o"], "c": ["United States"],
        "s": ["Illinois"], "m": ["Where is my order?"],
    }  # fmt: skip


@pytest.mark.long
def test_a_form_at_the_root_of_its_site_is_read_there(site: Site, tmp_path: Path) -> None:
    """And the front page of a practice site, which has no form, is that of the site."""
    shown(site, tmp_path, page=FORM)
    site.show(FORM.format(more="", button="Send"), path="/")

    done = autofill(tmp_path, "run", "--url", f"{site.url}/", "p.yaml")

    assert (done.returncode, site.posts) == (0, 1), done.stdout + done.stderr
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        (tmp_path / "q.yaml").write_text(FIRST.read_text().replace("form: usps-email-us\n", ""))
        assert autofill(tmp_path, "run", "--url", f"{replica.url}/", "q.yaml").returncode == 0


def test_what_is_required_and_not_answered_is_asked_and_nothing_is_opened_for_it(site: Site, tmp_path: Path) -> None:
    """With its words, its kind and what it offers."""
    done = run(site, tmp_path, more=QUESTIONS, answers="answers:\n  Order no.: A-17\n")

    assert (done.returncode, site.posts) == (65, 0)
    assert "the form asks “Purchase date” (date)" in done.stderr
    assert "the form asks “Lamp colour” (choice: Blue | Red)" in done.stderr
    assert "Order number" not in done.stderr


@pytest.mark.long
def test_the_same_inquiry_is_known_again_however_the_form_words_its_questions(site: Site, tmp_path: Path) -> None:
    """It was sent in the person's own words."""
    first = run(site, tmp_path, more=QUESTIONS, answers=ANSWERS)
    reworded = QUESTIONS.replace("Purchase date", "Day of purchase").replace("Lamp colour", "Colour of lamp")
    again = run(site, tmp_path, more=reworded, answers=ANSWERS)

    assert (first.returncode, again.returncode, site.posts) == (0, 84, 1)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "<form method=post action=/send><label>Street <input name=s></label>{more}<button>Send</button></form>",
            "clear",
        ),
        (FORM.replace("Message <", "Something else <").replace("required maxlength=500", ""), "“Something else”"),
    ],
)
def test_a_form_into_which_nothing_would_go_is_not_sent_empty(
    site: Site, tmp_path: Path, *, page: str, said: str
) -> None:
    """Nor without the message, if there is a place that may be meant for it."""
    done = run(site, tmp_path, page=page)

    assert (done.returncode, site.posts) == (65, 0)
    assert said in done.stderr


def test_a_form_in_a_dialog_is_opened_filled_and_sent_with_its_parts(site: Site, tmp_path: Path) -> None:
    """The map begins with what opens it; a number in boxes goes in part by part."""
    boxes = "<fieldset><legend>Phone</legend>{}</fieldset>".format(
        "".join(f"<input name=p{n} maxlength={most}>" for n, most in enumerate((3, 3, 4)))
    )
    opener = "<button onclick=\"document.querySelector('dialog').showModal()\">Contact us</button>"
    page = FORM.replace("<form", f"{opener}<dialog><form").replace("</form>", "</form></dialog>")
    address = shown(site, tmp_path, page=page, more=boxes)
    profile = tmp_path / "p.yaml"
    profile.write_text(profile.read_text().replace("email:", "phone: 703-555-0100, email:"))

    done = autofill(tmp_path, "run", "--url", address, "p.yaml")

    assert done.returncode == 0, done.stdout + done.stderr
    (sent,) = (body for body in site.bodies if body)
    fields = {name: value for name, (value,) in parse_qs(sent).items()}
    assert fields == {
        "n": "Maria O'Brien", "e": "maria@example.com", "m": "Where is my order?",
        "p0": "703", "p1": "555", "p2": "0100",
    }  # fmt: skip


# Three screens of one page: a question that comes with an answer, then who writes, then everything once more.
WIZARD = """<title>Acme, contact us</title><main></main><script>
const held = {{}}, main = document.querySelector('main');
const field = (words, name, tag = 'input') => `<p><label>${{words}}* <${{tag}} name=${{name}}></${{tag}}></label>`;
const screens = [
  () => `<h1>Your problem</h1>
    <p><label>Lamp colour* <select name=c><option value="">Choose<option>Blue<option>Red</select></label>
    ${{held.c === 'Red' ? field('Order number', 'o') : ''}}${{field('Message', 'm', 'textarea')}}`,
  () => `<h1>About you</h1>${{field('Your name', 'n')}}${{field('E-mail', 'e')}}{more}`,
  () => `<h1>Check your answers</h1><dl>${{Object.values(held).map((text) => `<dt>-<dd>${{text}}`).join('')}}</dl>`,
];
let at = 0;
const fields = () => [...main.querySelectorAll('[name]')];
const show = () => {{
  main.innerHTML = `${{screens[at]()}}<p><button>Back</button> <button>${{at < 2 ? 'Next' : 'Send'}}</button>`;
  fields().forEach((each) => {{ each.required = true; each.value = held[each.name] || ''; }});
}};
const pressed = {{
  Back: () => {{ at -= at > 0; show(); }},
  Next: () => {{ at += fields().every((each) => each.value); show(); }},
  Send: async () => {{
    await fetch('/send', {{ method: 'POST', body: new URLSearchParams(held) }});
    main.innerHTML = '<h1>Thank you</h1><p>Your case number is A-5550123';
  }},
}};
main.onchange = ({{ target }}) => {{ held[target.name] = target.value; if (target.name === 'c') show(); }};
main.onclick = ({{ target }}) => pressed[target.textContent]?.();
show();
</script>"""
ITS_ANSWERS = "answers:\n  Order no.: A-17\n  Colour of the lamp: red\n"


def test_a_form_of_several_pages_is_read_page_by_page_and_sent_once(site: Site, tmp_path: Path) -> None:
    """Each page comes with what was entered before; nothing leaves while they are read."""
    done = run(site, tmp_path, page=WIZARD, answers=ITS_ANSWERS)

    assert done.returncode == 0, done.stdout + done.stderr
    (sent,) = (body for body in site.bodies if body)
    fields = {name: value for name, (value,) in parse_qs(sent).items()}
    assert fields == {
        "c": "Red", "o": "A-17", "m": "Where is my order?", "n": "Maria O'Brien", "e": "maria@example.com",
    }  # fmt: skip
    for page in ("Your problem", "About you", "Check your answers"):
        assert page in done.stdout


@pytest.mark.long
def test_a_form_of_several_pages_is_drafted_with_a_profile_and_nothing_is_sent(site: Site, tmp_path: Path) -> None:
    """Without one its first page is, and what to do is said."""
    address = shown(site, tmp_path, page=WIZARD, answers=ITS_ANSWERS)

    whole = autofill(tmp_path, "forms", "draft", address, "p.yaml")
    first = autofill(tmp_path, "forms", "draft", address)

    pages = re.findall(r"^  - heading: (.*)$", whole.stdout, re.MULTILINE)
    assert pages == ["Your problem", "About you", "Check your answers"]
    assert whole.stdout.count("advance: Next") == 2
    assert "echoes: yes" in whole.stdout
    assert "submit: Send" in whole.stdout
    assert (whole.stderr, site.posts) == ("2 required controls are not certain.\n", 0)
    assert "“Next”. To draft its other pages, add a profile (nothing is sent): " in first.stderr
    assert f"autofill forms draft {address} PROFILE" in first.stderr


IN_PLACE = """<title>Repairs</title><style>section{display:none}.on{display:block}</style><h1>Ask for a repair</h1>
<details><summary>Write to us</summary><form method=post action=/send>
<section class=on><p><label>What is it about? <select name=c required>
<option value="">Choose<option>Lamp<option>Chair</select></label><p><button type=button>Next</button></section>
<section><p><label>Your name <input name=n required></label><p><label>E-mail <input name=e type=email required></label>
<p><button type=button>Back</button> <button type=button>Next</button></section>
<section><p><label>Message <textarea name=m required></textarea></label><p><button type=button>Back</button>
<button>Send</button></section></form></details><script>
const all = [...document.querySelectorAll('section')];
document.forms[0].onclick = ({target}) => {
  const at = all.findIndex((each) => each.className), step = {Next: 1, Back: -1}[target.textContent];
  if (step) all.forEach((each, n) => { each.className = n === at + step ? 'on' : ''; });
};</script>"""


@pytest.mark.long
def test_a_form_whose_first_page_asks_only_what_it_is_about_is_read(site: Site, tmp_path: Path) -> None:
    """Its other pages are in the form already, unseen, with the button that submits; the form is behind a fold."""
    site.show(IN_PLACE, path="/contact.html")
    (tmp_path / "p.yaml").write_text(PROFILE.format(form="") + "answers:\n  What is it about: lamp\n")

    done = autofill(tmp_path, "run", "--url", f"{site.url}/contact.html", "p.yaml")

    assert done.returncode == 0, done.stdout + done.stderr
    (sent,) = (body for body in site.bodies if body)
    assert parse_qs(sent) == {
        "c": ["Lamp"], "n": ["Maria O'Brien"], "e": ["maria@example.com"], "m": ["Where is my order?"],
    }  # fmt: skip


ON_THE_SERVER = """<title>Acme, contact us</title><h1>About you</h1><form method=post action=/next>
<p><label>Your name* <input name=n required></label><p><label>E-mail* <input name=e type=email required></label>
<button>Continue</button></form>"""
ITS_NEXT = """<title>Acme</title><h1>Your message</h1><form method=post action=/send>
<p><label>Message <textarea name=m required></textarea></label><p><label>Order number* <input name=o required></label>
<button>Send</button></form>"""


def test_a_form_whose_pages_come_from_the_server_is_read_and_sent_page_by_page(site: Site, tmp_path: Path) -> None:
    """A part of the inquiry goes on with each page, and the map says with which request; the rest is sent once."""
    site.answers["POST /next"] = (200, ITS_NEXT)
    done = run(site, tmp_path, page=ON_THE_SERVER, answers="answers:\n  Order no.: A-17\n")

    assert done.returncode == 0, done.stdout + done.stderr
    assert (site.requests.count("POST /next"), site.posts) == (2, 1)
    (sent,) = (parse_qs(body) for body in site.bodies if "m=" in body)
    assert sent == {"m": ["Where is my order?"], "o": ["A-17"]}
    (kept,) = re.findall(r"drafted one: (.*)", done.stderr)
    assert "path: ^/next$, carries: [contact.name, contact.email]}\n" in Path(kept).read_text()


def test_what_a_further_page_asks_is_told_and_nothing_is_sent(site: Site, tmp_path: Path) -> None:
    done = run(site, tmp_path, page=WIZARD, answers=ITS_ANSWERS, more="${field('Favourite season', 's')}")

    assert (done.returncode, site.posts) == (65, 0)
    assert "the form asks “Favourite season” (text)" in done.stderr


def test_a_form_that_sends_what_it_says_goes_on_sends_nothing(site: Site, tmp_path: Path) -> None:
    """Its button says so, but carries the whole inquiry."""
    done = run(site, tmp_path, button="Continue")

    assert (done.returncode, site.posts) == (76, 0)
    assert "With “Continue” the page would send all of it. Nothing was sent." in done.stderr
    assert "  - {method: POST, path: ^/send$, carries: [contact.name, contact.email, message]}" in done.stderr


def test_a_profile_that_is_not_valid_needs_no_browser(site: Site, tmp_path: Path) -> None:
    """Its mistakes are told with their lines, and the page is not opened."""
    done = run(site, tmp_path, answers="mesage: twice\n")

    assert done.returncode == 65
    assert "p.yaml:4:1" in done.stderr
    assert site.requests == []


@pytest.mark.parametrize(
    ("form", "words", "said"),
    [
        (
            "form: usps-email-us\n",
            ("--live", "--confirm-live", "https://a.example", "--no-sandbox"),
            "real form's address is in its form map",
        ),
        ("", ("--url", "https://a.example/contact"), "needs --live"),
    ],
)
def test_real_forms_are_confirmed_and_named_once(
    site: Site, tmp_path: Path, *, form: str, words: tuple[str, ...], said: str
) -> None:
    """Nothing is opened otherwise."""
    done = run(site, tmp_path, *words, form=form)

    assert (done.returncode, site.requests) == (78, [])
    assert said in done.stderr
