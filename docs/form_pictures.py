"""Makes the pictures of docs/new-form.md anew: a form that nobody mapped, filled in a real run."""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.async_api import async_playwright

from autofill.page.browser import BrowserSettings, launched
from docs.newcomer import newcomers_folder
from docs.shots import keep, shoot
from docs.terminal import draw, terminal_text

PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>Acme, contact us</title><style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; color: #222 }
label, legend { display: block; font-weight: 600; margin-top: 1rem }
fieldset { border: 0; padding: 0 } fieldset label { display: inline; font-weight: 400; margin-right: 1rem }
input:not([type]), input[type=email], input[type=date], textarea { font: inherit; width: 100%; padding: .4rem }
button { font: inherit; margin-top: 1.5rem; padding: .5rem 1.5rem }
.leave { position: absolute; left: -9999px }</style>
<h1>Contact us</h1><form method=post action=/sent>
<label for=n>Your name</label><input id=n name=n required>
<label for=e>E-mail</label><input id=e name=e type=email required>
<label for=o>Order number</label><input id=o name=o required>
<label for=d>When did you buy it?</label><input id=d name=d type=date>
<fieldset><legend>Reply by</legend><label><input type=radio name=r value=m required> Mail</label>
<label><input type=radio name=r value=p> Phone</label></fieldset>
<label for=m>Message</label><textarea id=m name=m rows=4 required maxlength=500></textarea>
<p class=leave><label>Leave empty <input name=url2></label></p><button>Send it</button></form>"""
THANKS = """<!doctype html><html lang=en><meta charset=utf-8><title>Acme</title><style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto }</style>
<h1>Thank you</h1><p>We have received your message. Your case number is AC-104427."""
PROFILE = """topic: general-question
contact: {first_name: Maria, last_name: O'Brien, email: maria.obrien@example.com}
message: The lamp arrived broken. Could you please send another one?
answers:
  Order no.: A-17
  Purchase date: 2026-11-02
  How should we answer?: by mail
"""
ADDRESS = ("127.0.0.1", 8000)
URL = "http://127.0.0.1:8000/contact"
RUN = ("run", "--url", URL, "inquiry.yaml")


class Acme(BaseHTTPRequestHandler):
    """The site: a form, and its thanks."""

    def do_GET(self) -> None:  # noqa: D102
        self._answer(PAGE)

    def do_POST(self) -> None:  # noqa: D102
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(THANKS)

    def log_message(self, *_words: object) -> None:  # noqa: D102
        pass

    def _answer(self, page: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())


async def photograph(terminal: Path) -> None:
    """Take the picture of what the terminal said."""
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        await shoot(browser, terminal.as_uri(), "form-run", 1220, 0)


def main() -> None:
    """Serve the form, fill it, and keep the pictures."""
    site = ThreadingHTTPServer(ADDRESS, Acme)
    Thread(target=site.serve_forever, daemon=True).start()
    try:
        with newcomers_folder(AUTOFILL_LANG="en"):
            Path("inquiry.yaml").write_text(PROFILE)
            # Drafts are kept in the account's own cache; whose that is, is nobody's business.
            asyncio.run(photograph(draw(terminal_text((RUN,)).replace(str(Path.home()), "~"))))
            recording = min(Path("recordings").glob("2*")) / "data"
            with Image.open(min((recording / "steps").glob("*.png"))) as picture:
                keep(picture.convert("RGB"), "form-filled")
    finally:
        site.shutdown()


if __name__ == "__main__":
    main()
