"""The local gallery in which a person looks through recordings. Never sends anything anywhere."""

from autofill.web.server import RunningGallery, serve_forever, serving

__all__ = ["RunningGallery", "serve_forever", "serving"]
