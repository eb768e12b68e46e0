"""The control API of the practice site (`/_replica/...`), for tests and for a person who plays the organisation.

It is no part of the site that is practised on. What follows from a call is decided in desk.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autofill.replica.desk import Desk
from autofill.replica.office.clock import read_span
from autofill.replica.office.mail import SENDER, read_incoming
from autofill.replica.office.records import CaseMail, Submission
from autofill.replica.pages import read_json

_MAX_MAIL_BYTES: Final = 30_000_000


class ControlApi:
    """The handlers of the control API, and the delivery of mails to the mail server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one_delivery = asyncio.Lock()
        self.routes: Final = (
            Route("/_replica/submissions", self._submissions),
            Route("/_replica/outbox", self._outbox),
            Route("/_replica/cases", self._cases),
            Route("/_replica/cases/{number}", self._case, methods=["GET", "POST"]),
            Route("/_replica/mail", self._mail, methods=["POST"]),
            Route("/_replica/clock", self._clock, methods=["GET", "POST"]),
            Route("/_replica/dkim", self._dkim),
            Route("/_replica/reset", self._reset, methods=["POST"]),
            Route("/_replica/health", self._health),
        )

    async def deliver(self) -> None:
        """Write the mails that are due, and hand those not posted yet to the mail server, if there is one."""
        self._desk.write_due_mails()
        server = self._desk.options.smtp
        if server is None:
            return
        async with self._one_delivery:
            for mail in [mail for mail in self._desk.outbox() if not mail.is_posted]:
                to = self._desk.recipient(mail)
                if await asyncio.to_thread(server.send, SENDER.addr_spec, to, mail.raw):
                    self._desk.records.mark_posted(mail)

    async def _submissions(self, _: Request) -> Response:
        """All submissions."""
        return JSONResponse(submissions_as_json(self._desk))

    async def _outbox(self, _: Request) -> Response:
        """All mails of the organisation; when the answer comes, they lie at the mail server, if it took them."""
        await self.deliver()
        return JSONResponse(outbox_as_json(self._desk))

    async def _cases(self, _: Request) -> Response:
        """All cases."""
        self._desk.write_due_mails()
        cases = [case for case in self._desk.records.submissions() if case.case_number]
        return JSONResponse([self._case_as_json(case) for case in cases])

    async def _case(self, request: Request) -> Response:
        """One case; a POST says how it is answered next."""
        number = request.path_params["number"]
        if self._desk.records.case(number) is None:
            raise HTTPException(404, "There is no case with this number.")
        if request.method == "POST":
            _plan_answer(self._desk, number, await read_json(request, {"reply", "after", "silent"}))
            await self.deliver()
        self._desk.write_due_mails()
        case = self._desk.records.case(number)
        return JSONResponse(self._case_as_json(case) if case else None)

    async def _mail(self, request: Request) -> Response:
        """A mail to the organisation, whole."""
        raw = await request.body()
        if len(raw) > _MAX_MAIL_BYTES:
            raise HTTPException(413, f"The mail is too large: at most {_MAX_MAIL_BYTES // 1_000_000} MB are taken.")
        number = self._desk.receive_mail(raw)
        if number is None:
            raise HTTPException(
                404, "The mail belongs to no case: it answers none of our mails and names no case number."
            )
        await self.deliver()
        return JSONResponse({"case_number": number})

    async def _clock(self, request: Request) -> Response:
        """The time at the desk; a POST moves it ahead."""
        if request.method == "POST":
            self._desk.advance(_span((await read_json(request, {"advance"})).get("advance")))
            await self.deliver()
        due = [task.due.isoformat() for task in self._desk.records.tasks()]
        return JSONResponse({"now": self._desk.now().isoformat(), "next_due": due[0] if due else None})

    async def _dkim(self, _: Request) -> Response:
        """The DNS record of the organisation's DKIM key."""
        return JSONResponse(self._desk.dkim_record())

    async def _reset(self, _: Request) -> Response:
        """An empty desk: all submissions and mails are deleted."""
        self._desk.reset()
        return JSONResponse({"status": "empty"})

    async def _health(self, _: Request) -> Response:
        """Whether the site is up."""
        return JSONResponse({"status": "ok"})

    def _case_as_json(self, case: Submission) -> dict[str, object]:
        records, number = self._desk.records, case.case_number
        later = [each.case_number for each in records.submissions() if each.fields.get("previous_case") == number]
        return {
            "number": number,
            "received_at": case.received_at,
            "topic": case.fields["topic"],
            "previous_case": case.fields.get("previous_case"),
            "followed_up_by": [other for other in later if other],
            "silent": case.silent,
            "mails": [_mail_as_json(mail) for mail in records.mails(number)],
            "due": [{"kind": task.kind, "at": task.due.isoformat()} for task in records.tasks(number)],
        }


def submissions_as_json(desk: Desk) -> dict[str, object]:
    """All that reached the server: the number of submit requests, and every readable submission, oldest first."""
    submissions = [
        {
            "case_number": submission.case_number,
            "received_at": submission.received_at,
            "accepted": submission.case_number is not None,
            "fields": submission.fields,
            "files": [asdict(file) for file in submission.files],
        }
        for submission in desk.records.submissions()
    ]
    counts = {name: desk.records.counter(name) for name in ("requests", "leaked")}
    return {**counts, "submissions": submissions}


def outbox_as_json(desk: Desk) -> list[dict[str, Any]]:
    """The mails of the organisation, oldest first; `raw` is the whole mail, ASCII only, with its own line ends."""
    return [
        {
            "kind": mail.kind,
            "case_number": mail.case_number,
            "dated": mail.dated,
            "message_id": mail.message_id,
            "posted": mail.is_posted,
            **{name: str(headers[name]) for name in ("to", "subject")},
            "raw": mail.raw.decode("ascii"),
        }
        for mail in desk.outbox()
        for headers in [message_from_bytes(mail.raw, policy=default)]
    ]


def _mail_as_json(mail: CaseMail) -> dict[str, object]:
    found = read_incoming(mail.raw)
    return {
        "kind": mail.kind,
        "dated": mail.dated,
        "message_id": mail.message_id,
        "answers_to": next(iter(found.answers_to), None),
        "text": found.text,
        "files": [asdict(file) for file in found.files],
    }


def _plan_answer(desk: Desk, number: str, given: Mapping[str, Any]) -> None:
    if given.get("silent") in {True, False} and len(given) == 1:
        desk.set_silent(number, silent=given["silent"])
    elif given and "silent" not in given and isinstance(given.get("reply", ""), str):
        desk.schedule_reply(number, given.get("reply", ""), _span(given["after"]) if "after" in given else timedelta())
    else:
        raise HTTPException(400, 'Send {"reply": "...", "after": "2h"} (or one of the two), or {"silent": true}.')


def _span(text: object) -> timedelta:
    try:
        return read_span(str(text))
    except ValueError as error:
        raise HTTPException(400, f"{error}.") from None
