"""What the other end of the line said of itself: the certificate over TLS, and over plain HTTP that there is none."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.async_api import Browser, Page, Route

from autofill.events import ConnectionInfo
from autofill.replay.tls_info import connection_info

FROM, UNTIL = datetime(2026, 1, 2, tzinfo=UTC), datetime(2036, 1, 2, tzinfo=UTC)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """One that `desk.example` has signed for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "desk.example")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), FROM, UNTIL)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "desk.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return tmp_path / "desk.pem"


@pytest.fixture
def secure_site(site: Any, certificate: Path) -> Any:
    """The site, behind TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.url = site.url.replace("http:", "https:")
    return site


async def line_to(page: Page, url: str) -> ConnectionInfo:
    """What is known of the line when the guard's way is taken: Playwright's own client fetches."""
    seen: list[ConnectionInfo] = []

    async def fetch(route: Route) -> None:
        response = await route.fetch()
        seen.append(await connection_info(response))
        await route.fulfill(response=response)

    await page.route("**/*", fetch)
    await page.goto(url)
    return seen[0]


async def test_over_tls_the_certificate_is_told(browser: Browser, secure_site: Any) -> None:
    """Who, by whom, how long, by which protocol, and from which address."""
    context = await browser.new_context(ignore_https_errors=True)
    line = await line_to(await context.new_page(), secure_site.show("<h1>Desk</h1>"))
    await context.close()
    assert line.tls.startswith("TLS")
    assert line.server == secure_site.url.removeprefix("https://")
    assert (line.subject, line.issuer) == ("desk.example", "desk.example")
    assert (line.valid_from, line.valid_until) == (FROM.isoformat(), UNTIL.isoformat())


async def test_over_plain_http_there_is_none_and_it_says_so(page: Page, site: Any) -> None:
    """The address is known all the same."""
    line = await line_to(page, site.show("<h1>Desk</h1>"))
    assert line == ConnectionInfo("none (http)", site.url.removeprefix("http://"))
