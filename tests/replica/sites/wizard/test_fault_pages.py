"""Login, CAPTCHA and the pages of a form that leaves the page, asked without a browser."""

from __future__ import annotations

import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import quote

import pytest


def opener() -> urllib.request.OpenerDirector:
    """A visitor that follows redirects and keeps cookies."""
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


@pytest.mark.parametrize(("step", "path"), [("hub", "/help/contact-us.htm"), ("open", "/s/claim-inquiry")])
def test_a_login_lets_anybody_in_once_and_leads_back(site: str, step: str, path: str) -> None:
    """The way back is the address that was asked for, its query included."""
    visitor = opener()
    wanted = f"{site}{path}?fault=login@{step}"
    with visitor.open(wanted) as answer:
        login = answer.url
        assert login.startswith(f"{site}/login?back=")
        assert b"Sign In" in answer.read()
    with visitor.open(login, b"username=a&password=b") as answer:
        assert answer.url == wanted
    with visitor.open(wanted) as answer:
        assert answer.url == wanted


@pytest.mark.parametrize("back", ["//evil.example/", "/\\evil.example/", "http://evil.example/", ""])
def test_a_login_leads_nowhere_else(site: str, back: str) -> None:
    """An address of another host is not the way back."""
    with opener().open(f"{site}/login?back={quote(back)}", b"") as answer:
        assert answer.url == f"{site}/help/contact-us.htm"


def test_a_captcha_has_its_own_address(site: str) -> None:
    """A form map can know it by its path."""
    with urllib.request.urlopen(f"{site}/recaptcha/api2/anchor") as answer:
        assert b"I am not a robot" in answer.read()


def test_a_confirmation_shows_the_numbers_of_its_address(site: str) -> None:
    """As text, whatever they are."""
    with urllib.request.urlopen(f"{site}/s/confirmation?number=1&number=%3Cb%3E") as answer:
        text = answer.read().decode()
    assert "Thank you for contacting us" in text
    assert "<strong>1</strong>" in text
    assert "<strong>&lt;b&gt;</strong>" in text


def test_faults_follow_from_the_hub_to_the_wizard(site: str) -> None:
    """What the hub's address asks for stands in its link."""
    with urllib.request.urlopen(f"{site}/help/contact-us.htm?fault=cut=Email&fault=reset") as answer:
        assert 'href="/s/?fault=cut%3DEmail&amp;fault=reset"' in answer.read().decode()
