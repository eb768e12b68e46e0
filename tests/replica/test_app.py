"""The addresses of the site, asked without a browser."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest

ANSWERS = {"topic": "feedback", "message": "x"}


def post(url: str, body: bytes = b"") -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, body, method="POST")) as response:
        return json.load(response)


def call(site: str, action: str, params: dict[str, object]) -> Any:
    message = {"actions": [{"id": "1;a", "descriptor": f"apex://EmailUsController/ACTION${action}", "params": params}]}
    body = urlencode({"message": json.dumps(message)}).encode()
    return post(f"{site}/s/sfsites/aura?r=1&aura.ApexAction.execute=1", body)["actions"][0]


@pytest.fixture(autouse=True)
def _empty(site: str) -> None:
    post(f"{site}/_replica/reset")


def test_the_root_leads_to_the_hub(site: str) -> None:
    """A visitor who types the bare address sees Contact Us under its practice banner."""
    with urllib.request.urlopen(site) as response:
        text = response.read().decode()
        assert response.url == f"{site}/help/contact-us.htm"
    assert "Practice replica: not usps.com, nothing is sent" in text
    assert '<a class="action" href="/s/">Email Us</a>' in text


@pytest.mark.parametrize("path", ["/help/contact-us.htm", "/s/"])
def test_a_page_names_no_other_host(site: str, path: str) -> None:
    """Everything a page needs comes from the site itself."""
    with urllib.request.urlopen(site + path) as response:
        text = response.read().decode()
    assert "http:" not in text
    assert "https:" not in text


def test_health(site: str, read: Any) -> None:
    """It can be asked whether it is open."""
    assert read(f"{site}/_replica/health") == {"status": "ok"}


def test_sub_topics_come_from_the_server(site: str) -> None:
    """In the order in which they are shown, slug and words."""
    reply = call(site, "getSubTopics", {"topic": "claim"})
    assert reply["state"] == "SUCCESS"
    assert reply["returnValue"][0] == ["lost-insured", "Insured item lost"]
    assert len(reply["returnValue"]) == 3


def test_a_mailpiece_is_the_same_every_time(site: str) -> None:
    """Facts are made from the number, spaces aside."""
    first, second, other = (
        call(site, "getTrackingData", {"trackingNumber": number})["returnValue"] for number in ("94 00", "9400", "9401")
    )
    assert first == second != other
    assert first["origin"] != first["destination"]


def test_a_refusal_names_fields_and_is_on_record(site: str, read: Any) -> None:
    """The reply says what is wrong by label; the submission is kept, not accepted."""
    reply = call(site, "submitInquiry", {"answers": ANSWERS, "files": []})
    record = read(f"{site}/_replica/submissions")
    assert reply["state"] == "ERROR"
    assert {"name": "city", "label": "City", "message": "Complete this field."} in reply["error"]
    assert record["requests"] == 1
    assert [entry["accepted"] for entry in record["submissions"]] == [False]
    assert record["submissions"][0]["fields"] == ANSWERS


def test_an_unreadable_submission_is_counted(site: str, read: Any) -> None:
    """Requests are counted before they are read; other calls are not submissions."""
    call(site, "getSubTopics", {"topic": "claim"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{site}/s/sfsites/aura", b"message=submitInquiry")
    caught.value.close()
    assert caught.value.code == 400
    assert read(f"{site}/_replica/submissions") == {"requests": 1, "leaked": 0, "submissions": []}


@pytest.mark.parametrize(
    "message",
    ["[]", '{"actions": [{"id": 1}]}', '{"actions": 1}', '{"actions": [{"id": 1, "descriptor": "a$b", "params": {}}]}'],
)
def test_a_strange_message_is_refused(site: str, message: str) -> None:
    """Whatever is sent, the site answers and stays open."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{site}/s/sfsites/aura", urlencode({"message": message}).encode())
    caught.value.close()
    assert caught.value.code == 400
