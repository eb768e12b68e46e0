"""Web helpers that all sites share: pages made from Jinja2 templates, and the bodies of requests.

Imported with the web server, in a thread of its own: a practice run opens its browser meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

STATIC: Final = Path(__file__).with_name("static")
_TEMPLATES: Final = (Path(__file__).with_name("templates"), Path(__file__).with_name("sites"))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {}  # sorted keys would reorder the choices of a question
    return environment


def page(template: str, **values: object) -> HTMLResponse:
    """A page made from a template, which is named by its path below `sites`: `chat/templates/chat.html.j2`."""
    return HTMLResponse(_environment().get_template(template).render(values))


def unstored_page(template: str, **values: object) -> HTMLResponse:
    """A page that the browser requests anew each time."""
    answer = page(template, **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def read_json(request: Request, keys: Collection[str] | None = None) -> dict[str, Any]:
    """The JSON object in a request's body.

    Args:
        request: The request.
        keys: The keys that it may have; None allows any.

    Raises:
        HTTPException: It holds something else.
    """
    try:
        found = await request.json()
    except ValueError:
        found = None
    if not isinstance(found, dict) or (keys is not None and not found.keys() <= set(keys)):
        raise HTTPException(
            400, f"Send a JSON object with {', '.join(sorted(keys))}." if keys else "Send a JSON object."
        )
    return found


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an HTML form in a request's body, with the line breaks that browsers send as CRLF as LF."""
    found = parse_qs((await request.body()).decode(errors="replace"))
    return {name: values[0].replace("\r\n", "\n") for name, values in found.items()}
