"""The local gallery in which a person looks through recordings. Never sends anything anywhere."""

from autofill.review.app import create_app
from autofill.review.server import RunningGallery, serve_forever, serving

__all__ = ["RunningGallery", "create_app", "serve_forever", "serving"]
