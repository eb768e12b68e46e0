"""The local app: what needs a person now, recordings, cases."""

from autofill.web.server import PROFILES, RunningApp, serve_forever, serving

__all__ = ["PROFILES", "RunningApp", "serve_forever", "serving"]
