"""The practice site: a contact desk that behaves like the real one, mailbox included.

It imports no other room of autofill, because it is what autofill is checked against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autofill.replica.options import ReplicaOptions
from autofill.replica.server import RunningReplica, serve_forever, serving

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["ReplicaOptions", "RunningReplica", "create_app", "serve_forever", "serving"]


def create_app(options: ReplicaOptions) -> ASGIApp:
    """Build one practice desk as an ASGI application, with an empty memory."""
    from autofill.replica import app  # noqa: PLC0415 - a practice run starts without waiting for the web framework

    return app.create_app(options)
