"""The mail server that gets the practice mails: SMTP, on this machine only."""

from __future__ import annotations

from dataclasses import dataclass

_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server on this machine, so that practice mails go no further than its owner lets them."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> MailServer:
        """The mail server that `HOST:PORT` names.

        Raises:
            ValueError: The text is something else, or the host is another machine.
        """
        host, _, port = text.rpartition(":")
        host = host.strip("[]")
        if not (host and port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
            raise ValueError("a mail server is written HOST:PORT, such as 127.0.0.1:1025")
        if host != "localhost" and not _is_loopback(host):
            raise ValueError("practice mails do not leave this machine; name a server on it, such as 127.0.0.1:1025")
        return cls(host, int(port))

    def send(self, sender: str, to: str, raw: bytes) -> bool:
        """Send one mail; False if the server did not accept it."""
        import smtplib  # noqa: PLC0415 - a practice run starts without it

        try:
            with smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S) as server:
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
