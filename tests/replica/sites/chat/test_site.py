"""The chat's window and its calls."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from autofill.replica import ReplicaOptions, serving
from autofill.replica.sites.chat.script import RIGHT

TOLD = ["Ada", "Example", "ada@example.com", "Feedback or complaint", "Thanks", "No", "Well done."]


def post(url: str, **told: object) -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(told).encode(), method="POST")) as answer:
        return json.load(answer)


def begun(site: str, *messages: str) -> str:
    chat: str = post(f"{site}/chat/start")["chat"]
    for message in messages:
        post(f"{site}/chat/messages", chat=chat, text=message)
    return chat


def test_one_chat_opens_one_request(site: str, read: Any) -> None:
    """Asked twice, the agent names the same number; it is filed, and confirmed by mail."""
    post(f"{site}/_replica/reset")
    chat = begun(site, *TOLD, RIGHT)
    first, second = (post(f"{site}/chat/request", chat=chat)["number"] for _ in range(2))
    assert first == second
    arrived = read(f"{site}/_replica/submissions")
    assert arrived["requests"] == 2
    (submission,) = arrived["submissions"]
    assert (submission["case_number"], submission["fields"]["message"]) == (first, "Well done.")
    assert first in read(f"{site}/_replica/outbox")[0]["subject"]
    with urllib.request.urlopen(f"{site}/chat/transcript?chat={chat}") as answer:
        assert f"Your Service Request Number is {first}." in answer.read().decode()


def test_nothing_is_opened_before_the_agent_was_told_so(site: str) -> None:
    """Nor for a chat that does not exist."""
    chat = begun(site, *TOLD)
    for name, status in ((chat, 409), ("nobody", 404)):
        with pytest.raises(urllib.error.HTTPError) as caught:
            post(f"{site}/chat/request", chat=name)
        assert caught.value.code == status
        caught.value.close()


def test_a_closed_chat_says_when_it_opens(page: Page) -> None:
    """And shows nothing to type into."""
    with serving(ReplicaOptions(delay_ms=0, faults=("chat-closed",))) as replica:
        page.goto(f"{replica.url}/chat")
        expect(page.get_by_role("heading", name="Chat is closed")).to_be_visible()
        expect(page.get_by_text("12:00 to 00:31 UTC")).to_be_visible()
        assert page.get_by_role("textbox").count() == 0


def test_an_agent_who_leaves_is_announced(page: Page) -> None:
    """At the message that was named; the person can begin anew."""
    with serving(ReplicaOptions(delay_ms=0, faults=("chat-lost=2",))) as replica:
        page.goto(f"{replica.url}/chat")
        for text in TOLD[:2]:
            page.get_by_role("textbox", name="Your message").fill(text)
            page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_contain_text("The agent has left the chat.")
        assert page.get_by_role("textbox").count() == 0
        page.get_by_role("link", name="Start a new chat").click()
        expect(page.get_by_role("heading", name="May I have your first name?")).to_be_visible()


def test_what_a_person_writes_is_text(site: str, page: Page) -> None:
    """Markup stays what it is, and no person's words become a question of the agent."""
    page.goto(f"{site}/chat")
    page.get_by_role("textbox", name="Your message").fill("<h2>And your last name?</h2>")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="And your last name?")).to_have_count(1)
    expect(page.get_by_text("<h2>And your last name?</h2>", exact=True)).to_be_visible()
