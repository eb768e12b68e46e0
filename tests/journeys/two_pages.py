"""A form of two pages whose pages change between runs, its map, and a profile for it. Nothing here asserts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.test_one_page import autofill
from tests.replay.conftest import THANKS, Site, served

PROFILE = """\
topic: question
contact: {name: Ana Núñez, email: ana@example.com}
message: The box came damaged. What now?
answers: {State: Maine}
"""
# The first page is known by its first control, the second by its heading.
MAP = """\
id: two-pages
title: Two pages
url: https://www.acme.example/
pages:
  - title: About you
    controls:
      - {name: Your name, value: contact.name, required: yes}
      - {name: E-mail address, value: contact.email, required: yes}
      - {name: State, kind: choice, value: answers.State, choices: {maine: Maine, texas: Texas}}
    advance: Next
  - heading: Your message
    controls:
      - {name: Message, value: message, required: yes}
    submit: Send
confirmation: Thank you
"""
NAME = '<p><label for="name">Your name *</label> <input id="name" name="name" required>'
MAIL = '<p><label for="email">E-mail address *</label> <input id="email" name="email" type="email" required>'
STATE = '<p><label for="state">State</label> <select id="state"><option value="">-<option>Maine<option>Texas</select>'
MESSAGE = '<p><label for="message">Message *</label> <textarea id="message" name="message" required></textarea>'
PAGE = """<!doctype html><meta charset="utf-8"><title>Acme</title><body>
<form id="one">{one}<p><button type="button">Next</button></form>
<script>
window.typed = {{}};
document.querySelector('button').addEventListener('click', () => {{
  const all = document.querySelectorAll('input,select,textarea');
  for (const each of all) window.typed[each.name || each.id] = each.value;
  document.body.innerHTML = `<h1>Your message</h1><form id="two">{two}<p><button type="button">Send</button></form>`;
  document.querySelector('button').addEventListener('click', async () => {{
    for (const each of document.querySelectorAll('input,textarea')) window.typed[each.name] = each.value;
    const answer = await fetch('/send', {{method: 'POST', body: JSON.stringify(window.typed)}});
    document.body.innerHTML = await answer.text();
  }});
}});
</script>"""


class Form:
    """The form, its map and a profile for it, and what runs came to."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        (folder / "two-pages.yaml").write_text(MAP, encoding="utf-8")
        (folder / "p.yaml").write_text(PROFILE, encoding="utf-8")
        self.show()

    def show(self, one: str = NAME + MAIL + STATE, two: str = MESSAGE) -> None:
        """Serve these pages from now on."""
        self.site.show(PAGE.format(one=one, two=two))

    def run(self) -> dict[str, Any]:
        """What a run says at its end."""
        # No two get the same case number.
        self.site.answers["POST /send"] = (200, THANKS.replace("12345678", f"{len(self.sent):08}"))
        again = ("--again", "--because", "a test") if self.sent else ()
        words = ("run", "--url", self.site.url, "--json", *again, "--form", "two-pages.yaml", "p.yaml")
        told: dict[str, Any] = json.loads(autofill(self.folder, *words)[1])
        return told

    @property
    def sent(self) -> list[dict[str, str]]:
        """What arrived."""
        return [json.loads(body) for body in self.site.bodies if body]


RENAMED = MAIL.replace("E-mail address", "Your e-mail address").replace('="email"', '="field-17"', 2)
GONE = NAME + STATE
TAX = '<p><label for="tax">Tax number *</label> <input id="tax" name="tax" required>'
NICK = '<p><label for="nick">Nickname</label> <input id="nick" name="nick">'
SENT = {
    "name": "Ana Núñez", "email": "ana@example.com", "state": "Maine", "message": "The box came damaged. What now?"
}  # fmt: skip


@contextmanager
def two_pages(folder: Path) -> Iterator[Form]:
    """The form, served."""
    with served() as site:
        yield Form(site, folder)
