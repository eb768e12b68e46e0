"""One inquiry leaves after its claim, on whatever path; before it, and beside it, nothing does that carries it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autofill.forms.form_map import Lookup, Request
from autofill.organisations.model import Fact
from autofill.replay.content import TypedContent
from autofill.replay.request_rules import Decision, Outgoing, RequestRules

FACT = Fact(mark="seen", source="desk")
SITE = "https://form.example"
CDN = "https://cdn.example"
TYPED = {
    "contact.email": "maria@example.com",
    "item.tracking_number": "9400 1112 0255 5830 0010 10",
    "message": "A package with three books was mailed to me and has not arrived.",
}
INQUIRY = json.dumps(TYPED)
# A page that sends it in small parts has a long message to take them from.
LONG = TYPED | {
    "message": "The crate was due on October nine, and nobody has seen it since. It holds three brass lanterns."
}
OTHER = json.dumps({**TYPED, "nonce": 2})
EMAIL = "maria%40example.com"
TRACKING = "9400111202555830001010"
SEND = Request(method="POST", path="^/send$", fact=FACT)
PASS, SUBMIT, REPEAT, HOLD = Decision.PASS, Decision.SUBMIT, Decision.REPEAT, Decision.HOLD


def lookup(path: str, *carries: str, method: Any = "POST") -> Lookup:
    return Lookup(method=method, path=path, carries=carries, fact=FACT)


def rules(
    *lookups: Lookup, submit: Request | None = SEND, typed: dict[str, str] = TYPED, files: Any = ()
) -> RequestRules:
    return RequestRules(frozenset({SITE}), TypedContent(typed), submit=submit, lookups=lookups, files=files)


def request(path: str, body: str | bytes = b"", method: str = "POST", site: str = SITE, **more: Any) -> Outgoing:
    return Outgoing(method, site + path, body=body.encode() if isinstance(body, str) else body, **more)


def get(path: str, **more: Any) -> Outgoing:
    return request(path, method="GET", **more)


AURA = lookup("^/aura$", "item.tracking_number")
AURA_SEND = Request(method="POST", path="^/aura$", fact=FACT)
CHECK = lookup("^/api/", method="GET")
LEFT = "page left"
REACHED = "page reached"
CLICK = "click"
ANSWER = "answer"
OVER = "over"


@pytest.mark.parametrize(
    ("made", "done"),
    [
        # Before the click: whoever sends it, by whatever method and path (A1).
        (rules(), [(request("/send", INQUIRY), HOLD)]),
        (rules(), [(request("/elsewhere", INQUIRY), HOLD)]),
        (rules(), [(get("/read?d=" + EMAIL), HOLD)]),
        (rules(), [(get("/read", headers={"referer": f"{SITE}/?d={EMAIL}"}), HOLD)]),
        (rules(), [(get("/read", headers={"cookie": "d=maria@example.com"}), HOLD)]),
        (rules(), [(get("/read", headers={"x-d": INQUIRY}), HOLD)]),
        (rules(), [(request("/log", "page opened"), PASS), (get("/style.css"), PASS)]),
        (rules(), [(request("/send", "token please"), PASS)]),
        (rules(), [(request("/blob", b"\x1f\x8b\x08\0\0compressed"), HOLD)]),
        # Look-ups: what the map names, with the fields that it names.
        (rules(CHECK), [(get("/api/check?email=" + EMAIL), PASS)]),
        (rules(CHECK), [(get("/api/check?d=" + INQUIRY.replace(" ", "+")), HOLD)]),
        (rules(CHECK), [(get("/api/a?d=" + EMAIL, site=CDN), HOLD)]),
        (rules(AURA), [(request("/aura", TRACKING), PASS), (request("/aura", EMAIL), HOLD)]),
        (rules(AURA), [(request("/aura", INQUIRY), HOLD)]),
        (rules(lookup("^/chat$", *TYPED)), [(request("/chat", INQUIRY), PASS)]),
        # A form that goes on page by page: parts pass, and all of them together must not be the inquiry.
        (rules(), [LEFT, (request("/step/2", EMAIL, navigation=True), PASS)]),
        (rules(), [LEFT, (request("/step/2", INQUIRY, navigation=True), HOLD)]),
        (rules(), [LEFT, (request("/send", EMAIL, navigation=True), HOLD)]),
        (rules(), [LEFT, (request("/step/2", EMAIL), HOLD)]),
        # A page that goes on by itself, or is the last one, takes nothing along.
        (rules(), [(request("/step/2", EMAIL, navigation=True), HOLD)]),
        (rules(), [LEFT, REACHED, (get("/step/2?mail=" + EMAIL, navigation=True), HOLD)]),
        # A few letters of the message may be chance, but not others each time: hostile seed 2, page 189.
        (rules(typed=LONG), [
            (request("/log", "the crate was due"), PASS), (request("/log", "The Crate was due."), PASS),
            (request("/log", "nine and nobody"), HOLD), (request("/log", "open"), PASS),
        ]),
        # After the claim exactly one leaves; a token or a log entry on the same path does not count (A15).
        (rules(), [CLICK, (request("/send", INQUIRY), SUBMIT), (request("/send", INQUIRY), REPEAT)]),
        (rules(), [CLICK, (request("/send", INQUIRY), SUBMIT), (request("/send", OTHER), HOLD)]),
        (rules(), [CLICK, (request("/send", "log"), PASS), (request("/send", INQUIRY), SUBMIT)]),
        (rules(), [CLICK, (request("/elsewhere", INQUIRY), HOLD), (request("/send", INQUIRY), SUBMIT)]),
        (rules(), [CLICK, (request("/send", INQUIRY, site=CDN), HOLD)]),
        (rules(), [CLICK, (request("/send", b"\x1f\x8b\x08\0\0compressed"), SUBMIT)]),
        (rules(CHECK), [CLICK, (get("/api/check?email=" + EMAIL), PASS), (request("/send", INQUIRY), SUBMIT)]),
        (rules(AURA, submit=AURA_SEND), [
            CLICK, (request("/aura", TRACKING), PASS), (request("/aura", INQUIRY), SUBMIT),
        ]),
        (rules(submit=Request(method="GET", path="^/ask$", fact=FACT)), [
            (get("/ask?d=" + INQUIRY), HOLD), CLICK,
            (get("/ask?d=" + INQUIRY), SUBMIT), (get("/ask?d=" + OTHER), HOLD),
        ]),
        # What the page's own address says goes along with everything that the page asks for.
        (rules(submit=Request(method="GET", path="^/ask$", fact=FACT)), [
            CLICK, (get("/ask?d=" + EMAIL), SUBMIT), ANSWER,
            (get("/thanks.js", headers={"Referer": f"{SITE}/ask?d={EMAIL}"}), PASS),
        ]),
        (rules(), [
            LEFT, (get("/step/2?mail=" + EMAIL, navigation=True), PASS), REACHED,
            (get("/step.css", headers={"referer": f"{SITE}/step/2?mail={EMAIL}"}), PASS),
            (get("/step.css", headers={"referer": f"{SITE}/?mail={EMAIL}"}), HOLD),
        ]),
        # After the answer: an upload, the thanks with a name in their address, but not the inquiry again.
        (rules(), [
            CLICK, (request("/send", INQUIRY), SUBMIT), (get("/thanks?mail=" + EMAIL), HOLD), ANSWER,
            (get("/thanks?mail=" + EMAIL), PASS), (request("/upload", b"\x89PNG\0\xff"), PASS),
            (request("/subscribe", EMAIL, site=CDN), HOLD), (request("/send", OTHER), HOLD), OVER,
        ]),
        # When the verdict is about to be reached, what has not left stays.
        (rules(), [CLICK, OVER, (request("/send", INQUIRY), HOLD), (request("/log", "closed"), PASS)]),
        # Files are no inquiry by themselves, whatever is in them.
        (rules(files=(INQUIRY.encode(),)), [(request("/upload", b"--x\r\n" + INQUIRY.encode() + b"\r\n--x"), PASS)]),
        # A form whose last request only says "send": what went page by page is the inquiry.
        (rules(lookup("^/draft$", *TYPED)), [
            (request("/send", "open"), PASS), (request("/draft", INQUIRY), PASS),
            (request("/send", "yes"), HOLD), CLICK,
            (request("/send", "yes"), SUBMIT), (request("/send", "yes"), REPEAT),
        ]),
        # A map that does not say which request submits: the one that carries the inquiry, whatever it is; and once.
        (rules(submit=None), [
            (request("/send", INQUIRY), HOLD), (request("/log", "open"), PASS), (get("/x?d=" + EMAIL), HOLD), CLICK,
            (request("/log", "sent"), PASS), (request("/anywhere", EMAIL), HOLD),
            (request("/anywhere", INQUIRY, site=CDN), HOLD), (request("/anywhere", INQUIRY), SUBMIT),
            (request("/anywhere", INQUIRY), REPEAT), (request("/send", OTHER), HOLD), ANSWER,
            (get("/thanks?mail=" + EMAIL), PASS), (request("/send", OTHER), HOLD),
        ]),
        (rules(submit=None), [
            (get("/ask?d=" + INQUIRY, navigation=True), HOLD), CLICK,
            (get("/ask?d=" + INQUIRY, navigation=True), SUBMIT), (get("/ask?d=" + OTHER, navigation=True), HOLD),
        ]),
        (rules(submit=None), [LEFT, (request("/step/2", EMAIL, navigation=True), PASS)]),
        (rules(CHECK, submit=None), [CLICK, (get("/api/a?d=" + EMAIL), PASS), (request("/send", INQUIRY), SUBMIT)]),
        (rules(submit=None), [CLICK, (request("/send", b"\x1f\x8b\x08\0\0compressed"), HOLD)]),
        (rules(submit=None), [CLICK, OVER, (request("/send", INQUIRY), HOLD)]),
        # And where nothing can be recognised either: whatever asks for more than to be shown.
        (rules(submit=None, typed={"message": "Hi"}), [
            (request("/send", "Hi"), HOLD), (get("/s?m=Hi"), PASS), CLICK, (get("/style.css"), PASS),
            (request("/send", "Hi"), SUBMIT), (request("/send", "Hi"), REPEAT), (request("/send", "Ho"), HOLD),
        ]),
        (rules(submit=None, typed={"message": "Hi"}), [CLICK, (get("/send?m=Hi", navigation=True), SUBMIT)]),
        # Where nothing can be recognised the form map's words decide.
        (rules(typed={"message": "Hi"}), [(request("/send", "Hi"), HOLD), CLICK, (request("/send", "Hi"), SUBMIT)]),
    ],
)  # fmt: skip
def test_what_becomes_of_requests(made: RequestRules, done: list[Any]) -> None:
    """Each in turn, as the run goes on; a second gate lets pass what passes, and nothing else."""
    steps = {
        LEFT: RequestRules.page_left, REACHED: RequestRules.page_reached,
        CLICK: RequestRules.claimed, ANSWER: RequestRules.answered, OVER: RequestRules.over,
    }  # fmt: skip
    for each in done:
        if isinstance(each, str):
            steps[each](made)
            continue
        asked, decision = each
        assert made.passes(asked) is (decision is PASS)
        assert made.decide(asked) is decision


@pytest.mark.parametrize(
    ("made", "asked", "unclear"),
    [
        (rules(submit=None), request("/send", "SGVsbG8="), True),
        (rules(submit=None), get("/next?step=2", navigation=True), True),
        (rules(submit=None), get("/ping?n=1"), False),
        (rules(submit=None, typed={"message": "Hi"}), get("/ping?n=1"), True),
        (rules(submit=None), request("/send", "Hi", site=CDN), False),
        (rules(lookup("^/ask$"), submit=None), request("/ask", "token"), False),
        (rules(), request("/other", "SGVsbG8="), False),
    ],
)
def test_what_left_after_the_click_and_may_have_been_the_inquiry_is_unclear(
    made: RequestRules, asked: Outgoing, *, unclear: bool
) -> None:
    """A map that names no submit request leaves no proof that nothing was sent; before the click nothing is unclear."""
    assert (made.decide(asked), made.unclear) == (PASS, False)
    made.claimed()
    assert (made.decide(asked), made.unclear) == (PASS, unclear)


def test_a_page_that_tries_early_is_told_from_one_that_asks() -> None:
    """Only the inquiry is an attempt to send; a part is held, and the run goes on."""
    made = rules()
    made.decide(request("/suggest", EMAIL))
    assert not made.early
    made.decide(request("/suggest", INQUIRY))
    assert made.early


@pytest.mark.parametrize("size", [28, 34, 40])
def test_a_message_that_goes_in_small_parts_stops_before_it_is_whole(size: int) -> None:
    """What the map does not allow to the letter adds up, however little each request carries."""
    words = "A package with three books in it was mailed to me from Portland in October, and it has not arrived here."
    made = rules(CHECK, typed={"message": words})
    parts = [words[start : start + size] for start in range(0, len(words), size // 2)]
    decided = [made.decide(get("/api/a?d=" + part)) for part in parts]
    assert decided[0] is PASS
    assert HOLD in decided[: len(parts) * 3 // 4]
    assert made.early
