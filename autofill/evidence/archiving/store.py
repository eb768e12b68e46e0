"""A store that several machines share, a folder or a bucket (S3): packages wait in it, recordings are kept in it.

What arrives is read again and compared, before anything here is let go of.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.keeping.folder import sync_to_disk
from autofill.language import _

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_RECORDINGS: Final = "recordings"


class Store:
    """A store, by its address: the path of a folder, or `s3://BUCKET/FOLDER`. Its methods raise `DiskTrouble`.

    A bucket's account and server are taken from the variables that other programs use for it (AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL, AWS_REGION; AWS_ALLOW_HTTP=true for a server without TLS).
    """

    def __init__(self, address: str) -> None:
        """Open it.

        Raises:
            Misconfigured: The address cannot be used, or what is needed for it is not installed.
        """
        if find_spec("obstore") is None:
            raise Misconfigured(
                _("A store needs the obstore package."), hint=_("Install it: pip install 'autofill[machines]'")
            )
        from obstore.exceptions import BaseError  # noqa: PLC0415 - an extra
        from obstore.store import LocalStore, from_url  # noqa: PLC0415

        self._refused = BaseError
        self._folder = None if "://" in address else Path(address).absolute()
        self._address = address.rstrip("/") if self._folder is None else str(self._folder)
        try:
            self._store: ObjectStore = (
                LocalStore(prefix=self._folder, mkdir=True) if self._folder else from_url(self._address)
            )
        except (BaseError, ValueError, OSError):
            raise Misconfigured(
                _("The store's address is not valid."), hint=_("Use a folder, or s3://BUCKET/FOLDER.")
            ) from None

    def put(self, name: str, content: bytes) -> None:
        """Keep something; when this returns, it has arrived as it was."""
        import obstore  # noqa: PLC0415 - an extra

        with self._in_plain_words():
            obstore.put(self._store, name, content)
            arrived = bytes(obstore.get(self._store, name).bytes())
        if sha256(arrived).digest() != sha256(content).digest():
            raise DiskTrouble(
                _("The copy in the store differs from what was sent there."),
                hint=_("Nothing is lost: the files stay here. Check that the store is running and has space."),
            )
        if self._folder is not None:
            # What is here is let go of next.
            for made in (self._folder / name, (self._folder / name).parent):
                sync_to_disk(made)

    def get(self, name: str) -> bytes:
        """What is kept under a name.

        Raises:
            FileNotFoundError: Nothing is.
        """
        import obstore  # noqa: PLC0415 - an extra

        with self._in_plain_words():
            return bytes(obstore.get(self._store, name).bytes())

    def delete(self, name: str) -> None:
        """Let go of what is kept under a name; of nothing, too."""
        import obstore  # noqa: PLC0415 - an extra

        with self._in_plain_words():
            try:
                obstore.delete(self._store, name)
            except FileNotFoundError:
                return

    def place_of(self, recording: Path) -> str:
        """Where a recording is kept, once it is."""
        return f"{self._address}/{_RECORDINGS}/{recording.name}"

    def keep(self, recording: Path) -> str:
        """Move a recording, or its archive, into the store; its new place. Until all has arrived, it stays here."""
        if str(recording.absolute()) == (place := self.place_of(recording)):
            return place
        is_folder = recording.is_dir()
        files = sorted(file for file in recording.rglob("*") if file.is_file()) if is_folder else [recording]
        for file in files:
            self.put(f"{_RECORDINGS}/{file.relative_to(recording.parent).as_posix()}", file.read_bytes())
        shutil.rmtree(recording) if is_folder else recording.unlink()
        return place

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except (self._refused, OSError) as error:
            # Its own words may hold an address with a key in it.
            raise DiskTrouble(
                _("The store cannot be used ({reason}).").format(reason=type(error).__name__),
                hint=_("Nothing is lost: the files stay here. Check that the store is running and has space."),
            ) from None
