"""The first page, and what is put off there until tomorrow."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from autofill.cases.following.put_off import PutOff
from autofill.clock import case_now
from autofill.errors import AutofillError
from autofill.web.cards import card_of
from autofill.web.context import AppContext
from autofill.web.home_view import home_of
from autofill.web.pages import page
from autofill.web.posted import posted
from autofill.web.run_view import runs_now

_LONGEST = 300


class HomePages:
    """The handlers."""

    def __init__(self, context: AppContext) -> None:
        self._context, self._root = context, context.root

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [Route("/", self.home), Route("/later", self.later, methods=["POST"])]

    def home(self, request: Request) -> Response:
        """What needs the person now."""
        return self._page(request.query_params.get("show", ""))

    async def later(self, request: Request) -> Response:
        """Put something off until tomorrow, or have it back."""
        said = await posted(request)
        name, back = said.get("name", ""), "back" in said
        if not 0 < len(name) <= _LONGEST:
            raise HTTPException(400)
        change = PutOff.usual().bring_back if back else PutOff.usual().until_tomorrow
        try:
            await run_in_threadpool(change, name, case_now())
        except AutofillError as error:
            return await run_in_threadpool(self._page, "", str(error))
        return RedirectResponse(f"{self._root}/", status_code=303)

    def _page(self, show: str, refused: str = "") -> Response:
        known = self._context.ledger.read()
        cards = [card_of(entry, known) for entry in self._context.store.entries()]
        return page(
            "home.html.j2",
            root=self._root,
            status=500 if refused else 200,
            home=home_of(self._context, known, cards, show),
            running=runs_now(self._context),
            trouble=refused or known.trouble,
        )
