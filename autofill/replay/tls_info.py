"""TLS information: the connection an answer came over, and its certificate.

The browser and Playwright's client have checked the certificate before any of this is read.
"""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.async_api import APIResponse
from playwright.async_api import Error as PlaywrightError

from autofill.events import ConnectionInfo


async def connection_info(response: APIResponse) -> ConnectionInfo:
    """Facts about the connection; none if the browser is gone. Both calls answer without asking the browser."""
    try:
        address, details = await response.server_addr(), await response.security_details()
    except PlaywrightError:
        return ConnectionInfo()
    server = f"{address['ipAddress']}:{address['port']}" if address else ""
    if not response.url.startswith("https:"):
        return ConnectionInfo("none (http)", server)
    if details is None:
        return ConnectionInfo("not known", server)
    return ConnectionInfo(
        details.get("protocol") or "not known",
        server,
        subject=details.get("subjectName") or "",
        issuer=details.get("issuer") or "",
        valid_from=_in_utc(details.get("validFrom")),
        valid_until=_in_utc(details.get("validTo")),
    )


def _in_utc(seconds: float | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""
