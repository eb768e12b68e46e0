"""The chat as web pages: the window, and the calls it makes. What the agent says is in script.py."""

from __future__ import annotations

import asyncio
import secrets
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.faults.middleware import CHAT_REQUEST_PATH
from autofill.replica.faults.table import Fault, faults_of
from autofill.replica.pages import page, read_json, unstored_page
from autofill.replica.sites.chat.script import AGENT, Chat


class ChatSite:
    """The handlers of the chat; conversations are kept in memory only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chats: dict[str, Chat] = {}
        self.routes: Final = (
            Route("/chat", self._window),
            Route("/chat/start", self._start, methods=["POST"]),
            Route("/chat/messages", self._message, methods=["POST"]),
            Route(CHAT_REQUEST_PATH, self._open_request, methods=["POST"]),
            Route("/chat/transcript", self._transcript),
        )

    async def _window(self, request: Request) -> Response:
        if _fault(request, "chat-closed"):
            return page("chat/templates/closed.html.j2")
        return unstored_page("chat/templates/chat.html.j2", agent=AGENT)

    async def _start(self, _: Request) -> Response:
        await self._delay()
        name, chat = secrets.token_urlsafe(12), Chat()
        self._chats[name] = chat
        return JSONResponse({"chat": name, **chat.begin().as_json()})

    async def _message(self, request: Request) -> Response:
        given = await read_json(request)
        chat = self._chat(given.get("chat"))
        await self._delay()
        lost = _fault(request, "chat-lost")
        if lost and chat.messages + 1 >= int(lost.value):
            return JSONResponse({"gone": True})
        return JSONResponse(chat.hear(str(given.get("text", ""))).as_json())

    async def _open_request(self, request: Request) -> Response:
        """The number of the request that holds the conversation; the same chat never opens a second one."""
        chat = self._chat((await read_json(request)).get("chat"))
        await self._delay()
        if not chat.is_confirmed:
            raise HTTPException(409, "Nothing was agreed yet.")
        number = chat.number or self._desk.file(chat.filed())
        return JSONResponse(chat.opened(number).as_json())

    async def _transcript(self, request: Request) -> Response:
        text = self._chat(request.query_params.get("chat")).transcript()
        return PlainTextResponse(text, headers={"Content-Disposition": 'attachment; filename="transcript.txt"'})

    async def _delay(self) -> None:
        await asyncio.sleep(self._desk.options.delay_ms / 1000)

    def _chat(self, name: object) -> Chat:
        if not isinstance(name, str) or name not in self._chats:
            raise HTTPException(404, "There is no such chat.")
        return self._chats[name]


def _fault(request: Request, name: str) -> Fault | None:
    faults: tuple[Fault, ...] = request.scope["faults"]
    return next((fault for fault in faults_of(faults, "chat") if fault.name == name), None)
