"""Base of what programs read: one JSON object, printed as a line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class JsonLine:
    """JSON object of a kind that `schema` names. Fields may be added to a kind; none is changed or taken away.

    Fields of others that are shown as they are may stand in it: a class may inherit from both.
    """

    # Whatever has a default is printed all the same.
    __pydantic_config__: ClassVar[dict[str, bool]] = {"json_schema_serialization_defaults_required": True}

    schema: str

    @property
    def as_json(self) -> dict[str, Any]:
        """What JSON can hold of it."""
        return asdict(self)
