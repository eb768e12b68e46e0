"""Files that results go into: the folders they lie in, and a look at whether they can be written before the work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autofill.errors import DiskTrouble
from autofill.language import _


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """A block that writes a file of results, in a folder that is made if it is not there.

    Raises:
        DiskTrouble: It cannot be written.
    """
    with _in_words(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        yield


def must_be_writable(*files: Path) -> None:
    """See that files can be written later. What is there stays as it is, and what is not there is not made.

    Raises:
        DiskTrouble: One of them cannot be.
    """
    for file in files:
        with _in_words(file):
            try_out(file)


def try_out(file: Path) -> None:
    """Open a file as if to write it, and leave nothing of that.

    Raises:
        OSError: It cannot be written.
    """
    is_there, missing = file.exists(), [each for each in file.parents if not each.exists()]
    if is_there and not file.is_file() and not file.is_dir():
        return  # a pipe would wait for somebody who reads it
    file.parent.mkdir(parents=True, exist_ok=True)
    file.open("ab").close()
    if not is_there:
        file.unlink()
    for folder in missing:
        folder.rmdir()


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskTrouble(
            _("The results cannot be written to {file}: {reason}.").format(file=file, reason=error.strerror)
        ) from None
