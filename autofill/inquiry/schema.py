"""The JSON Schemas by which editors complete and check a profile: one for any form, one for each organisation.

Generated from the models and committed beside them; nothing here validates.
"""

from __future__ import annotations

import json

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from autofill.inquiry.models import Inquiry


class _EditorSchema(GenerateJsonSchema):
    """Describes what an editor sees, where a key without a value is null; to the strict reader it is not given."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = super().default_schema(schema)
        default = inner.pop("default", None)
        kept = {} if default is None else {"default": default}
        if "null" in inner.get("type", ()):
            return inner | kept
        return {"anyOf": [inner, {"type": "null"}]} | kept


def inquiry_schema(model: type[Inquiry] = Inquiry) -> str:
    """The schema (2020-12) of one kind of inquiry as JSON text with a newline at its end."""
    schema = model.model_json_schema(schema_generator=_EditorSchema)
    return json.dumps({"$schema": _EditorSchema.schema_dialect} | schema, indent=2, ensure_ascii=False) + "\n"
