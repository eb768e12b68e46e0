"""How mails leave the desk: through a mail server on this machine.

Which mails there are is known to the records; nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass

_PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server on this machine: practice mails go no further than the person's own server lets them."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> MailServer:
        """Read `HOST:PORT`.

        Raises:
            ValueError: It is not that, or the host is another machine.
        """
        host, _, port = text.rpartition(":")
        host = host.strip("[]")
        if not (host and port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError("a mail server is written HOST:PORT, such as 127.0.0.1:1025")
        if host != "localhost" and not _is_loopback(host):
            raise ValueError("practice mails do not leave this machine; name a server on it, such as 127.0.0.1:1025")
        return cls(host, int(port))

    def send(self, sender: str, to: str, raw: bytes) -> bool:
        """Hand one mail over; False if the server did not take it."""
        import smtplib  # noqa: PLC0415 - a practice run starts without it

        try:
            with smtplib.SMTP(self.host, self.port, timeout=_PATIENCE_S) as server:
                server.sendmail(sender, [to], raw)
        except (OSError, smtplib.SMTPException):
            return False
        return True


def _is_loopback(host: str) -> bool:
    import ipaddress  # noqa: PLC0415

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
