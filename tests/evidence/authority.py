"""A time-stamp authority on this machine: `openssl ts` behind a web server on 127.0.0.1. Asserts nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.servers import answering

_CONFIG = """
[req]
distinguished_name = name
prompt = no
string_mask = {encoding}
[name]
CN = {name}
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsp]
serial = serial
signer_cert = tsa.pem
{certs}
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """Where the authority is asked, and its folder: `root.pem` is the certificate that people trust."""

    url: str
    folder: Path


@contextmanager
def running(folder: Path, *, sends_root: bool = True, encoding: str = "utf8only") -> Iterator[Authority]:
    """An authority of our own, as long as this lasts; some send their root certificate, some do not.

    `encoding` is that of the names in its certificates, which one does not see in them.
    """
    _make_certificates(folder, sends_root=sends_root, encoding=encoding)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query.tsq").write_bytes(query)
            _openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-section", "tsp", "-queryfile", "query.tsq", *_TO)
            answer = (folder / "answer.tsr").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    with serving(Desk) as url:
        yield Authority(url, folder)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A web server on this machine; its address."""
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as url:
        yield f"{url}/tsr"


_TO = ("-out", "answer.tsr")


def _make_certificates(folder: Path, *, sends_root: bool, encoding: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "serial").write_text("01\n")
    certs = "certs = root.pem" if sends_root else ""
    # The certificates of an answer are a sorted set, shorter ones first; openssl sends its own first.
    names = {"root": "Test root of an authority whose time stamps are all good", "tsa": "Test tsa"}
    for who, name in names.items():
        (folder / f"{who}.cnf").write_text(_CONFIG.format(name=name, certs=certs, encoding=encoding))
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout"]
    for_root = ["-config", "root.cnf", "-extensions", "ca", "-days", "2", "-out", "root.pem"]
    _openssl(folder, "req", "-x509", *for_root, *key, "root.key")
    _openssl(folder, "req", "-new", "-config", "tsa.cnf", "-out", "tsa.csr", *key, "tsa.key")
    by_root = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "1", "-out", "tsa.pem"]
    _openssl(folder, "x509", "-req", "-in", "tsa.csr", *by_root, "-extfile", "tsa.cnf", "-extensions", "tsa")


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
