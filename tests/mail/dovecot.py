"""An IMAP server of the tests' own on this machine, with a certificate it made itself; ended with them.

Nothing here asserts.
"""

from __future__ import annotations

import getpass
import ipaddress
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "maria@example.com", 'päss"word\\'
_CONFIGURATION = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/certificate.pem
ssl_key = <{home}/key.pem
mail_location = maildir:{home}/mail:LAYOUT=fs
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
passdb {{
  driver = passwd-file
  args = scheme=plain {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its two ports, the certificate to trust, and the Maildir of its one user."""

    tls: int
    plain: int
    certificate: Path
    maildir: Path
    _owner: tuple[int, int]

    def deliver(self, raw: bytes, folder: str = "") -> str:
        """Put a mail into a mailbox, as a delivery agent does: elsewhere first, under a name that was never used."""
        name = secrets.token_hex(8)
        root = self.maildir / folder
        for each in (root, root / "tmp", root / "new", root / "cur"):
            if not each.exists():
                each.mkdir()
                os.chown(each, *self._owner)
        fresh = root / "tmp" / name
        fresh.write_bytes(raw)
        os.chown(fresh, *self._owner)
        fresh.rename(root / "new" / name)
        return name

    def mails(self) -> list[str]:
        """Every mail with its flags, as the Maildir has them."""
        return sorted(path.relative_to(self.maildir).as_posix() for path in self.maildir.rglob("*/*") if path.is_file())


@contextmanager
def dovecot() -> Iterator[Server]:
    """A server that is ready."""
    assert shutil.which("dovecot"), "The tests of mailboxes need an IMAP server: apt-get install dovecot-imapd"
    # Elsewhere than pytest's folders: the server's processes are not root, and so could not get into them.
    home = Path(tempfile.mkdtemp(prefix="autofill-dovecot-"))
    home.chmod(0o755)
    root = os.geteuid() == 0
    owner = (65534, 65534) if root else (os.getuid(), os.getgid())
    me = getpass.getuser()
    server = Server(_free_port(), _free_port(), home / "certificate.pem", home / "mail", owner)
    (home / "mail").mkdir()
    os.chown(home / "mail", *owner)
    certify(home)
    (home / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    configuration = _CONFIGURATION.format(
        home=home,
        tls=server.tls,
        plain=server.plain,
        uid=owner[0],
        gid=owner[1],
        internal="dovecot" if root else me,
        internal_group="dovecot" if root else me,
        login="dovenull" if root else me,
    )
    (home / "dovecot.conf").write_text(configuration)
    command = ["dovecot", "-F", "-c", str(home / "dovecot.conf")]
    try:
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
            try:
                said = started.stderr.readline() if started.stderr else ""
                assert "starting up" in said, said
                yield server
            finally:
                started.terminate()
                started.communicate()
    finally:
        shutil.rmtree(home)


def certify(home: Path) -> None:
    """Put a certificate for this machine, and its key, into a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (home / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (home / "key.pem").write_bytes(secret)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
