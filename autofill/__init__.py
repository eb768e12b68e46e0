"""autofill puts a person's inquiry into a contact form and keeps the proof.

`load`, `plan`, `run` and `rehearse` are its Python API (docs/api.md); `__init__.pyi` has their types.
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ("Profile", "load", "plan", "rehearse", "rehearse_async", "run", "run_async")


def __getattr__(name: str) -> object:
    """What the API offers, imported when somebody asks for it: the program starts without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("autofill.api"), name)
