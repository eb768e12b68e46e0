"""A site with one form on 127.0.0.1, and a log of everything that arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.mutations.forms import Form
from tests.mutations.page import SCRIPT, document, frame
from tests.servers import answering


@dataclass(slots=True)
class Site:
    """A form that is served, which may be changed while it is, and what came of it: values by the controls' ids."""

    form: Form
    url: str = ""
    arrived: list[dict[str, str]] = field(default_factory=list)

    def answer(self, path: str) -> tuple[str, str]:
        """Kind and text of what stands at a path."""
        if path == "/page.js":
            return "text/javascript", SCRIPT.read_text("utf-8")
        if path.startswith("/frame/"):
            return "text/html", frame(self.form, int(path.removeprefix("/frame/")))
        return "text/html", document(self.form)


@contextmanager
def serving(form: Form) -> Iterator[Site]:
    """A site, as long as it is needed."""
    site = Site(form)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(*site.answer(self.path))

        def do_POST(self) -> None:
            site.arrived.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._reply("application/json", "{}")

        def _reply(self, kind: str, text: str) -> None:
            content = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as site.url:
        yield site
