"""Forms that show only after a click: what opens them is pressed, and the map begins with it; in doubt nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.forms.form_map import FormMap
from autofill.mapping.opener import openers_in
from autofill.mapping.survey import Survey
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source
from tests.replay.conftest import Site, served

FORM = """<form method=post action=/send><p><label>Your name <input name=n required></label>
<p><label>E-mail <input name=e type=email required></label>
<p><label>Message <textarea name=m required></textarea></label><button>Send</button></form>"""
AROUND = """<title>Acme</title><form role=search action=/find><input type=search name=q placeholder=Search>
<button>Find</button></form><a href="mailto:us@acme.example">E-mail us</a> <a href="tel:+1703">Contact us by phone</a>
<a href="https://other.example/contact">Contact us</a> <a href=/about>About us</a> {}"""
SHOWS = """onclick="document.querySelector('dialog').showModal()\""""
PAGES = {
    "dialog": f"<button {SHOWS}>Contact us</button><p><button {SHOWS}>Contact us</button><dialog>{FORM}</dialog>",
    "summary": f"<details><summary>Schreiben Sie uns</summary>{FORM}</details>",
    "tab": f"""<div role=tablist><button role=tab aria-selected=true>Phone</button>
<button role=tab onclick="document.getElementById('p').hidden = false">E-mail</button></div>
<div id=p hidden>{FORM}</div>""",
    "link": f"""<style>#f{{display:none}}#f:target{{display:block}}</style><a href="#f">문의하기</a>
<div id=f>{FORM}</div>""",
    "later": f"""<a href="javascript:void setTimeout(() => document.body.insertAdjacentHTML('beforeend', form), 400)">
Hubungi kami</a><script>const form = `{FORM}`</script>""",
    "two": f"""<button onclick="document.querySelector('details').hidden = false">Get in touch</button>
<details hidden><summary>Send us a message</summary>{FORM}</details>""",
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served() as site:
        yield site


@pytest.mark.parametrize(
    ("page", "opened"),
    [
        ("dialog", ["advance: {role: button, name: Contact us, nth: 1}"]),
        ("summary", ["advance: Schreiben Sie uns"]),
        ("tab", ["advance: {role: tab, name: E-mail}"]),
        ("link", ["advance: 문의하기"]),
        ("later", ["advance: Hubungi kami"]),
        ("two", ["advance: Get in touch", "advance: Send us a message"]),
    ],
)
async def test_what_opens_the_form_is_the_first_page_of_the_map(
    page: str, opened: list[str], site: Site, shared: Page
) -> None:
    address = site.show(AROUND.format(PAGES[page]), path=f"/{page}")

    draft = await Survey(shared, address, pause=0.2).drafted()

    lines = [line.strip(" -") for line in draft.text.splitlines()]
    assert [line for line in lines if line.startswith("advance")] == opened
    assert draft.url == address
    found = validate_source(parse_source(draft.text.encode(), "draft.yaml"), FormMap)
    assert [control.value for control in found.pages[-1].controls] == ["contact.name", "contact.email", "message"]
    assert not any(asked.startswith("POST") for asked in site.requests)


async def test_a_link_to_a_further_page_is_followed_and_the_map_begins_there(site: Site, shared: Page) -> None:
    site.show(FORM, path="/write")
    address = site.show(
        AROUND.format('<nav><a href=/start>Contact</a></nav><a href="/write">Contact form</a>'), path="/start"
    )

    draft = await Survey(shared, address, pause=0.2).drafted()

    assert (draft.url, len(draft.pages)) == (f"{site.url}/write", 1)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "has no form for a name, an address or a message."),
        ("<button>Contact us</button><button>Write to us</button>", "“Contact us”, “Write to us”"),
        ("<button>Contact us</button>", "nor does one show after “Contact us”"),
        ("<form method=post action=/send><button>Contact us</button></form>", "has no form"),
    ],
)
async def test_what_is_not_clear_is_told_and_nothing_is_posted(html: str, said: str, site: Site, shared: Page) -> None:
    address = site.show(AROUND.format(html), path="/none")

    with pytest.raises(FormChanged) as raised:
        await Survey(shared, address, pause=0.2).drafted()

    assert said in str(raised.value)
    assert not any(asked.startswith("POST") for asked in site.requests)


@pytest.mark.parametrize(
    ("words", "is_opener"),
    [
        *((words, True) for words in (
            "Contact us", "Email us!", "Open a ticket", "→ Get in touch", "Ask us a question", "Kontaktformular",
            "Nehmen Sie Kontakt auf", "Eine Nachricht schreiben", "1:1 문의", "문의 남기기", "이메일 보내기",
            "Kirim pesan", "Ajukan pertanyaan", "Contáctenos", "Escríbenos", "Enviar un mensaje", "Nous contacter",
            "Écrivez-nous", "Envoyer un message", "Contact", "E-Mail", "Kontakt", "문의",
        )),
        *((words, False) for words in (
            "Contact lenses", "Send", "Message of the day", "Call us", "Chat with us", "Kontakte verwalten",
            "Subscribe", "Sign in with e-mail", "자주 묻는 질문", "Forward to a friend", "Contactless payment",
            "Demander un devis",
        )),
    ],
)  # fmt: skip
def test_an_opener_is_known_by_all_of_its_words(words: str, *, is_opener: bool) -> None:
    assert bool(openers_in([_pressed(words)], "https://a.example/", follows=True)) is is_opener


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("#form", ""),
        ("javascript:show()", ""),
        ("/contact", "https://a.example/contact"),
        ("https://b.example/contact", None),
        ("mailto:us@a.example", None),
        ("/help", None),
    ],
)
def test_a_link_counts_if_it_stays_on_the_site_and_leads_somewhere(href: str, address: str | None) -> None:
    found = openers_in([_pressed("Contact us", kind="a", href=href)], "https://a.example/help", follows=True)
    assert [each.address for each in found] == ([] if address is None else [address])


def _pressed(words: str, **more: Any) -> dict[str, Any]:
    return {"words": words, "kind": "button", "href": "", "shown": True, "idle": False, **more}
