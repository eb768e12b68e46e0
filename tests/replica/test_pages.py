"""Pages from templates, and the bodies of requests, without a server."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from autofill.replica.pages import page, read_form, read_json, unstored_page

WIZARD = "wizard/templates/wizard.html.j2"


def request(body: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


def test_values_are_escaped() -> None:
    """A value is text, whatever it holds."""
    html = bytes(page("portal/templates/confirmation.html.j2", number="<b>1</b>").body).decode()
    assert "Your Case Number is <strong>&lt;b&gt;1&lt;/b&gt;</strong>." in html


def test_settings_keep_their_order_and_end_no_script() -> None:
    """Choices are shown in the order of the questions."""
    settings = {"b": "</script>", "a": "1"}
    html = bytes(page(WIZARD, heading="", modules=(), script="wizard.js", settings=settings).body).decode()
    found = re.search(r'id="settings">(.*?)</script>', html)
    assert found
    assert list(json.loads(found[1]).items()) == list(settings.items())


def test_a_page_can_be_one_that_is_not_stored() -> None:
    """Only where that is asked for."""
    assert "cache-control" not in page("wizard/templates/captcha.html.j2").headers
    assert unstored_page("wizard/templates/captcha.html.j2").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"after": "1h", "other": 1}'])
def test_a_body_that_is_not_the_object_wanted_is_refused(body: bytes) -> None:
    """The message names the keys."""
    with pytest.raises(HTTPException, match="after, reply") as caught:
        asyncio.run(read_json(request(body), {"reply", "after"}))
    assert caught.value.status_code == 400


def test_any_keys_are_read_where_none_are_named() -> None:
    """As the chat does."""
    assert asyncio.run(read_json(request(b'{"other": 1}'))) == {"other": 1}
    with pytest.raises(HTTPException, match=r"Send a JSON object\."):
        asyncio.run(read_json(request(b"1")))


def test_a_form_s_line_breaks_are_read_as_they_were_typed() -> None:
    """The first value of a name counts."""
    assert asyncio.run(read_form(request(b"a=1%0D%0A2&a=3&b=%26"))) == {"a": "1\n2", "b": "&"}
