"""A shop's own contact form, in the versions of different nights. Nothing here asserts."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

FORM: Final = """\
id: shop-contact
title: Shop, contact us
url: https://www.shop.example/contact
staging: [https://staging.shop.example]
pages:
  - controls:
      - {name: Your name, value: "{{ contact.first_name }} {{ contact.last_name }}", required: yes}
      - {name: E-mail, value: contact.email, required: yes}
      - {name: Message, value: message, required: yes}
    submit: Send
confirmation: {proof: Thank you, case_number: "SR-[0-9]+", near: [Your number is]}
"""
PROFILE: Final = """\
form: shop-contact
contact: {first_name: Wilhelmina, last_name: Quetzal, email: wilhelmina@example.com}
message: The blue kettle has a crack in its handle.
"""
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<link rel="icon" href="data:,"><title>Contact us</title>
<style>body {{ font: 16px sans-serif; margin: 40px }} header {{ background: {colour}; padding: 20px }}
label {{ display: block; margin: 12px 0 }} footer {{ margin-top: 40px }}</style>
<header>Shop</header><h1>Contact us</h1><form method="post" action="/send">
<label>Your name * <input name="name" required></label>
<label>{label} * <input name="email" required></label>
{more}
<label>Message * <textarea name="message" rows="4" cols="60" required></textarea></label>
<button>Send</button></form>
<footer>Visitor {visits:07}, {visits:02}:{visits:02} today</footer>"""


class NightForm:
    """The shop's site, what it looks like tonight, and what has arrived there.

    `label` is that of the e-mail's control, `more` is put in front of the message; `broken` answers with an error, for
    as many requests.
    """

    def __init__(self) -> None:
        self.arrived: list[dict[str, str]] = []
        self.label, self.more, self.colour, self.broken = "E-mail", "", "#dde", 0
        self._visits = 0
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if shop.broken > 0:
                    shop.broken -= 1
                    self.reply("<!doctype html><title>Oops</title><h1>Something went wrong</h1>", 503)
                    return
                shop._visits += 37
                page = _PAGE.format(label=shop.label, more=shop.more, colour=shop.colour, visits=shop._visits)
                self.reply(page)

            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                shop.arrived.append(dict(parse_qsl(said, keep_blank_values=True)))
                number = f"SR-{len(shop.arrived) * 7919:08}"
                self.reply(f"<!doctype html><title>Thanks</title><h1>Thank you</h1><p>Your number is {number}.</p>")

            def reply(self, text: str, status: int = 200) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/contact"


def write_repository(folder: Path) -> None:
    """Put the shop's form map and a profile where docs/nightly/rehearse.yml looks for them."""
    (folder / "rehearsals").mkdir()
    (folder / "contact-form.yaml").write_text(FORM, "utf-8")
    (folder / "rehearsals" / "kettle.yaml").write_text(PROFILE, "utf-8")
