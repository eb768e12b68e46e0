"""A shop that asks a carrier after its parcels: the spreadsheet, and the carrier's form. Nothing here asserts."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

FORM: Final = """\
id: lost-parcel
title: Lost parcel
organisation: usps
url: https://www.carrier.example/lost
attachments: {accepted: yes}
pages:
  - controls:
      - {name: Name, value: "{{ contact.first_name }} {{ contact.last_name }}", required: yes}
      - {name: E-mail, value: contact.email, required: yes}
      - {name: Tracking number, value: item.tracking_number, required: yes}
      - {name: Mailed on, value: item.mailing_date, date_format: YYYY-MM-DD}
      - {name: Photo, kind: file, value: attachments}
      - {name: Message, value: message, required: yes}
    submit: Send
confirmation: Thank you
person_needed: {captcha_frames: [/captcha$]}
"""
TEMPLATE: Final = """\
topic: missing-package
contact: {email: orders@example.com}
subject: Order {{Bestellnr.}}
message: |
  Order {{Bestellnr.}} has not arrived: a brown box of 12 x 9 x 3 inches with three books.
"""
PAGE: Final = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Lost parcel</title>
<h1>Lost parcel</h1><form method="post" action="/send">
<p><label>Name * <input name="name"></label>
<p><label>E-mail * <input name="email"></label>
<p><label>Tracking number * <input name="number"></label>
<p><label>Mailed on <input name="mailed"></label>
<p><label>Photo <input name="photo" type="file"></label>
<p><label>Message * <textarea name="message"></textarea></label>
<p><button>Send</button></form>"""
CAPTCHA: Final = """<!doctype html><title>CAPTCHA</title>
<button onclick="parent.document.querySelector('iframe').remove()">I am not a robot</button>"""


def tracking_number(parcel: int) -> str:
    """The one of the shop's so-many-th parcel, with its check digit (Publication 199)."""
    digits = f"94001112{parcel:013}"
    weighed = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return digits + str(-weighed % 10)


class Carrier:
    """The carrier's site and what has arrived there; so many pages more it wants to see a person first."""

    def __init__(self) -> None:
        self.arrived: list[dict[str, str]] = []
        self.doubts = 0
        carrier = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                doubtful = self.path == "/lost" and carrier.doubts > 0
                carrier.doubts -= doubtful
                frame = '<iframe src="/captcha"></iframe>' if doubtful else ""
                self.reply({"/lost": PAGE + frame, "/captcha": CAPTCHA}.get(self.path, ""))

            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                carrier.arrived.append(dict(parse_qsl(said, keep_blank_values=True)))
                # Too long for a number of a spreadsheet, and it begins with zeros.
                self.reply(f"<h1>Thank you</h1><p>Your case number is <b>{len(carrier.arrived):018}</b>.</p>")

            def reply(self, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/lost"
