"""The local gallery in which a person looks through recordings. Never sends anything anywhere."""

from autofill.web.app import create_app
from autofill.web.server import serve_forever, serving

__all__ = ["create_app", "serve_forever", "serving"]
