"""The requests that the fault middleware counts, and what a browser makes of a connection that breaks."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page

from autofill.replica import ReplicaOptions, serving


@pytest.fixture(autouse=True)
def _empty(site: str) -> None:
    urllib.request.urlopen(f"{site}/_replica/reset", b"").close()


@pytest.mark.parametrize(
    ("fault", "again"),
    [
        ("reset", True),
        ("empty", True),
        ("status=408", True),
        ("status=421", True),
        ("status=500", False),
        ("status=503", False),
        ("status=425", False),
    ],
)
def test_a_browser_sends_a_submission_again_by_itself(
    site: str, wild_page: Page, wild_hand: Any, read: Any, fault: str, *, again: bool
) -> None:
    """One click, one request that the page knows of, and more than one inquiry at the site.

    Each connection that was used before and is idle is worth one more try to the browser, hence no fixed number.
    """
    seen: list[str] = []
    wild_page.on("request", lambda request: seen.append(request.post_data or ""))
    wild_page.goto(f"{site}/s/?fault={fault}")
    wild_hand.skip_to_submit()
    wild_hand.press("Submit")
    wild_page.get_by_role("alert").filter(has_text="We could not reach the server.").wait_for()
    record = read(f"{site}/_replica/submissions")
    assert sum("submitInquiry" in body for body in seen) == 1
    assert record["requests"] == len(record["submissions"])
    assert (record["requests"] > 1) == again


def test_a_browser_follows_a_307_with_the_same_inquiry(site: str, wild_page: Page, wild_hand: Any, read: Any) -> None:
    """Two requests arrive, the second is filed and confirmed."""
    wild_page.goto(f"{site}/s/?fault=redirect307")
    wild_hand.skip_to_submit()
    wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    record = read(f"{site}/_replica/submissions")
    assert (record["requests"], len(record["submissions"])) == (2, 1)


def test_a_redirect_to_another_origin_takes_the_inquiry_along(
    site: str, wild_page: Page, wild_hand: Any, read: Any
) -> None:
    """The other origin gets it, which is counted; the site files nothing."""
    wild_page.goto(f"{site}/s/?fault=redirect-away@submit")
    wild_hand.skip_to_submit()
    wild_hand.press("Submit")
    wild_page.get_by_role("alert").filter(has_text="We could not reach the server.").wait_for()
    assert read(f"{site}/_replica/submissions") == {"requests": 1, "leaked": 1, "submissions": []}


def test_faults_of_the_desk_and_of_the_address_add_up(read: Any) -> None:
    """An address can ask for more than the site was started with."""
    with serving(ReplicaOptions(delay_ms=0, faults=("status@hub=500",))) as replica:
        for path, status in [("/help/contact-us.htm", 500), ("/s/?fault=status@open=502", 502)]:
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(replica.url + path)
            caught.value.close()
            assert caught.value.code == status
        urllib.request.urlopen(f"{replica.url}/s/").close()


def test_an_unknown_fault_in_an_address_is_refused(site: str) -> None:
    """With the words that the command line would use."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{site}/s/?fault=rest")
    with caught.value as answer:
        assert answer.code == 400
        assert answer.read() == b"unknown fault 'rest'; did you mean 'reset'?"


def test_the_other_origin_answers_scripts_of_any_page(site: str, wild_page: Page) -> None:
    """It is another address of the same server, and none of the practice site's."""
    answer = wild_page.goto(f"{site}/s/?fault=redirect-away")
    assert answer
    assert not answer.url.startswith(site)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.text() == "Another site."
