"""The page of a case, and what a person says or writes about it there. As `autofill cases` and `autofill followup`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from autofill.cases.following.follow_up import FollowUpRequest
from autofill.cases.model.case_records import Case
from autofill.cases.model.case_states import Kind, after
from autofill.errors import AutofillError
from autofill.evidence.keeping.folder import LETTERS
from autofill.language import _
from autofill.web.case_view import case_view, letters_of
from autofill.web.context import AppContext
from autofill.web.pages import page
from autofill.web.posted import posted

# What a person can say happened, in the order of a case's life.
MARKS: Final = (Kind.ACKNOWLEDGED, Kind.REVIEWED, Kind.QUESTION, Kind.ANSWERED, Kind.REPLIED)
ENDS: Final = (Kind.RESOLVED, Kind.CLOSED, Kind.REOPENED)
_LONGEST: Final = 2_000


class CasePages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._root = context, context.root
        self._store, self._ledger = context.store, context.ledger

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/cases/{name}", self.show),
            Route("/cases/{name}/event", self.add, methods=["POST"]),
            Route("/cases/{name}/letter", self.write, methods=["POST"]),
            Route("/cases/{name}/letters/{file}", self.letter),
        ]

    def show(self, request: Request) -> Response:
        """The page of one case."""
        return self._page(request.path_params["name"])

    async def add(self, request: Request) -> Response:
        """Add what a person says: a mark, a note or a number."""
        return await run_in_threadpool(self._add, request.path_params["name"], await posted(request))

    async def write(self, request: Request) -> Response:
        """Write the next letter, once for every silence; nothing is sent by this."""
        return await run_in_threadpool(self._write, request.path_params["name"], await posted(request))

    def letter(self, request: Request) -> Response:
        """A letter that was written, for a mail program; never shown here."""
        found = self._ledger.case(request.path_params["name"])
        name = request.path_params["file"]
        if found is None or name not in letters_of(self._store, found.status.case):
            raise HTTPException(404)
        kind = "message/rfc822" if name.endswith(".eml") else "application/yaml"
        return FileResponse(self._store.path / LETTERS / name, media_type=kind, filename=name)

    def _add(self, name: str, said: Mapping[str, str]) -> Response:
        text = "\n".join(said.get("text", "").replace("\0", "").splitlines()).strip()
        kind = said.get("kind", "")
        if kind not in {*MARKS, *ENDS, Kind.NOTE, Kind.NUMBER_ADDED}:
            return self._page(name, _("Choose what happened."))
        if len(text) > _LONGEST or (not text and kind in {Kind.NOTE, Kind.NUMBER_ADDED}):
            return self._page(name, _("Write 1 to 2,000 characters."))
        if not text and kind == Kind.CLOSED:
            return self._page(name, _("Add a reason for closing the case."))
        try:
            self._ledger.add_event(name, Kind(kind), text)
        except AutofillError as error:
            return self._page(name, str(error))
        return self._to(name)

    def _write(self, name: str, said: Mapping[str, str]) -> Response:
        words = said.get("words", "").replace("\0", "").strip()
        try:
            self._ledger.follow_up(name, self._store.path, FollowUpRequest(own_words=words or None))
        except AutofillError as error:
            return self._page(name, str(error), words)
        return self._to(name)

    def _page(self, name: str, refused: str = "", words: str = "") -> Response:
        found = self._ledger.case(name)
        if found is None:
            raise HTTPException(404)
        status = found.status
        view = case_view(
            self._store,
            status,
            deadlines=found.deadlines,
            now=found.now,
            follow_up=self._ledger.next_letter(name, self._store.path),
        )
        possible = [kind for kind in (*MARKS, *ENDS) if after(status.settled, kind) is not None]
        return page(
            "case.html.j2",
            root=self._root,
            inquiry=self._inquiry(status.case),
            status=422 if refused else 200,
            view=view,
            marks=[kind for kind in MARKS if kind in possible],
            ends=[kind for kind in ENDS if kind in possible],
            refused=refused,
            words=words,
            longest=_LONGEST,
        )

    def _inquiry(self, case: Case) -> str:
        """The name of the inquiry's page, if its file is still there: what the first run says of it."""
        entry = self._store.find(case.runs[0].run_id)
        return self._context.inquiry(entry.summary.profile) if entry and entry.summary else ""

    def _to(self, name: str) -> Response:
        return RedirectResponse(f"{self._root}/cases/{name}", status_code=303)
