"""The fields of a form that a page of the app sent, or its file, and where that is kept. Knows none of them."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LARGEST_FORM = 64 << 10


async def posted(request: Request, most: int = 10) -> dict[str, str]:
    """The fields by name; a form that is larger, or has more fields, is not ours.

    Raises:
        HTTPException: It was refused.
    """
    body = await _body(request, _LARGEST_FORM)
    try:
        fields = parse_qs(body.decode(errors="replace"), max_num_fields=most, keep_blank_values=True)
    except ValueError:
        raise HTTPException(400) from None
    return {name: values[-1] for name, values in fields.items()}


async def posted_file(request: Request, most: int) -> tuple[str, str, bytes]:
    """The one file of a form (multipart/form-data, RFC 7578): its field, its name, and what is in it.

    Raises:
        HTTPException: There is none, or it is larger than `most` bytes.
    """
    boundary = re.search(r'boundary="?([\w\'()+,./:=?-]{1,70})"?$', request.headers.get("content-type", ""))
    if boundary is None:
        raise HTTPException(400)
    body = await _body(request, most + _LARGEST_FORM)
    for part in body.split(b"--" + boundary[1].encode()):
        head, _line, content = part.partition(b"\r\n\r\n")
        named = re.search(r'name="([^"]*)"; filename="([^"]*)"', head.decode(errors="replace"))
        if named and named[2]:
            return named[1], named[2], content.removesuffix(b"\r\n")
    raise HTTPException(400)


def keep_file(folder: Path, name: str, content: bytes) -> str:
    """Keep a file that was sent under a name that is free in a folder, and plain on every system; that name.

    Raises:
        HTTPException: It has no name that can be used, or is empty.
    """
    plain = re.sub(r"[^\w.-]+", "-", PurePosixPath(name.replace("\\", "/")).name).strip(".-")
    if not plain or not content:
        raise HTTPException(400)
    stem, dot, ending = plain.rpartition(".")
    names = (plain, *(f"{stem or plain}-{number}{dot}{ending}" for number in range(2, 1_000)))
    free = next(each for each in names if not (folder / each).exists())
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / free).open("xb") as kept:
        kept.write(content)
    return free


async def _body(request: Request, most: int) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise HTTPException(413)
    return body
