"""The fields of a form that a page of the app sent, or its file, and where that is kept. Knows none of them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from autofill.errors import DiskTrouble, InvalidFile, Problem
from autofill.language import _

_LARGEST_FORM = 64 << 10
# A name has at most 255 bytes, a letter four.
_LONGEST_STEM, _LONGEST_ENDING = 50, 10


async def posted(request: Request, most: int = 10, largest: int = _LARGEST_FORM) -> dict[str, str]:
    """The fields by name; a form that is larger (bytes), or has more fields, is not ours.

    Raises:
        HTTPException: It was refused.
    """
    body, is_cut = await _body(request, largest)
    if is_cut:
        raise HTTPException(413)
    try:
        fields = parse_qs(body.decode(errors="replace"), max_num_fields=most, keep_blank_values=True)
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in fields.items()}


def number_in(text: str) -> int:
    """A number in an address, a header or a form; 0 is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that was sent: in which field of the form, its name, what is in it, and why it cannot be kept."""

    field: str
    name: str
    content: bytes
    fault: str = ""


async def posted_file(request: Request, most: int) -> PostedFile:
    """The one file of a form (multipart/form-data, RFC 7578); one of more than `most` bytes cannot be kept.

    Raises:
        HTTPException: There is none.
    """
    boundary = re.search(r'boundary="?([\w\'()+,./:=?-]{1,70})"?$', request.headers.get("content-type", ""))
    if boundary is None:
        raise HTTPException(400)
    body, is_cut = await _body(request, most + _LARGEST_FORM)
    for part in body.split(b"--" + boundary[1].encode()):
        head, _line, content = part.partition(b"\r\n\r\n")
        named = re.search(r'name="([^"]*)"; filename="([^"]*)"', head.decode(errors="replace"))
        if named and named[2]:
            content = content.removesuffix(b"\r\n")
            too_large = _("is larger than {size} MiB").format(size=most >> 20)
            fault = too_large if is_cut or len(content) > most else "" if content else _("is empty")
            return PostedFile(named[1], named[2], content, fault)
    raise HTTPException(400)


def keep_file(folder: Path, sent: PostedFile) -> str:
    """Keep a file that was sent under a name that is free in a folder, and plain on every system; that name.

    Raises:
        DiskTrouble: It cannot be written.
        InvalidFile: It cannot be kept.
        HTTPException: It has no name that can be used.
    """
    whole = unicodedata.normalize("NFC", PurePosixPath(sent.name.replace("\\", "/")).name)
    plain = PurePosixPath(re.sub(r"[^\w.-]+", "-", whole).strip(".-"))
    if not plain.name:
        raise HTTPException(400)
    if sent.fault:
        raise InvalidFile([Problem.of_file(whole, sent.fault)])
    stem, ending = plain.stem[:_LONGEST_STEM].rstrip("-"), plain.suffix[:_LONGEST_ENDING]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for free in (f"{stem}{number}{ending}" for number in ("", *range(-2, -1_000, -1))):
            with suppress(FileExistsError), (folder / free).open("xb") as kept:
                kept.write(sent.content)
                return free
    except OSError as error:
        words = _("{file} cannot be written: {reason}.").format(file=plain, reason=error.strerror)
        raise DiskTrouble(words) from None
    raise HTTPException(400)


async def _body(request: Request, most: int) -> tuple[bytes, bool]:
    """What was sent, to its end: a browser that is interrupted shows no answer. And whether it was larger than that."""
    body, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        if size <= most:
            body += piece
    return bytes(body), size > most
