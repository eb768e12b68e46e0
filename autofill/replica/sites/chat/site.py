"""The chat as web pages: the window, and the calls it makes. What the agent says stands in script.py."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.faults.middleware import CHAT_REQUEST_PATH
from autofill.replica.faults.table import Fault, faults_of
from autofill.replica.pages import STATIC, framed
from autofill.replica.sites.chat.script import AGENT, Chat

PATH: Final = "/chat"
_HEAD: Final = '<link rel="stylesheet" href="/static/chat/chat.css">'
_CLOSED: Final = """\
<main class="wide"><div class="card"><h2 class="screen-heading">Chat is closed</h2>
<p>Our agents are here from Monday to Saturday, 12:00 to 00:31 UTC.</p>
<p>Until then you find answers under Support, and can use Email Us.</p></div></main>"""
_BAND: Final = '<div class="title-band"><div class="wide"><h1>Chat</h1></div></div>'


class ChatSite:
    """The handlers of one desk's chat; conversations are forgotten when the desk closes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chats: dict[str, Chat] = {}
        self.routes: Final = (
            Route(PATH, self._window),
            Route("/chat/start", self._start, methods=["POST"]),
            Route("/chat/messages", self._message, methods=["POST"]),
            Route(CHAT_REQUEST_PATH, self._open_request, methods=["POST"]),
            Route("/chat/transcript", self._transcript),
        )

    async def _window(self, request: Request) -> Response:
        if _struck(request, "chat-closed"):
            return HTMLResponse(framed("Chat", _BAND + _CLOSED))
        content = STATIC.joinpath("chat", "chat.html").read_text("utf-8").replace("$agent", AGENT)
        return HTMLResponse(framed("Chat", _BAND + content, head=_HEAD), headers={"Cache-ControlApi": "no-store"})

    async def _start(self, _: Request) -> Response:
        await self._typing()
        name, chat = secrets.token_urlsafe(12), Chat()
        self._chats[name] = chat
        return JSONResponse({"chat": name, **chat.begin().as_json()})

    async def _message(self, request: Request) -> Response:
        told = await _told(request)
        chat = self._chat(told.get("chat"))
        await self._typing()
        lost = _struck(request, "chat-lost")
        if lost and chat.messages + 1 >= int(lost.value):
            return JSONResponse({"gone": True})
        return JSONResponse(chat.hear(str(told.get("text", ""))).as_json())

    async def _open_request(self, request: Request) -> Response:
        """File what was said; the same chat never opens a second request."""
        chat = self._chat((await _told(request)).get("chat"))
        await self._typing()
        if not chat.is_confirmed:
            raise HTTPException(409, "Nothing was agreed yet.")
        number = chat.number or self._desk.file(chat.filed())
        return JSONResponse(chat.opened(number).as_json())

    async def _transcript(self, request: Request) -> Response:
        text = self._chat(request.query_params.get("chat")).transcript()
        return PlainTextResponse(text, headers={"Content-Disposition": 'attachment; filename="transcript.txt"'})

    async def _typing(self) -> None:
        await asyncio.sleep(self._desk.options.delay_ms / 1000)

    def _chat(self, name: object) -> Chat:
        if not isinstance(name, str) or name not in self._chats:
            raise HTTPException(404, "There is no such chat.")
        return self._chats[name]


async def _told(request: Request) -> dict[str, Any]:
    try:
        told = await request.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise HTTPException(400, "A JSON object is wanted.")
    return told


def _struck(request: Request, name: str) -> Fault | None:
    faults: tuple[Fault, ...] = request.scope["faults"]
    return next((fault for fault in faults_of(faults, "chat") if fault.name == name), None)
