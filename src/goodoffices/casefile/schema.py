"""The JSON Schema of case files, generated from the model.

It holds for a case as any reader of YAML or JSON loads it: where the model keeps a text, a number
is allowed too, since ``60`` without quotation marks is a number to other readers; where the model
takes a list of names, one name may stand alone. What one place says about another (that a party
is known, that an option is one of its issue) is beyond a schema and is checked on reading.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from goodoffices.model import Case
from goodoffices.model.base import listed
from goodoffices.model.positions import POSITION_KINDS

SCHEMA_ID = "urn:goodoffices:case:1"
"""The name of the schema: a name, not an address."""

SCHEMA_FILE = "case.schema.json"
"""The file beside this one that holds the schema, for editors and for other programs."""


def _one_of(*keys: str) -> dict[str, Any]:
    """Exactly one of some keys."""
    return {"oneOf": [{"required": [key]} for key in keys]}


# What the model's own checks ask of the keys of one mapping together.
_TOGETHER: dict[str, dict[str, Any]] = {
    "Issue": _one_of("options", "range"),
    "Position": {
        **_one_of(*POSITION_KINDS),
        "dependentRequired": {"in-return-for": ["offers"], "over": ["prefers"]},
    },
    "Rule": _one_of("requires", "refuses"),
    "StatePreference": _one_of("statements", "ranking"),
    "PreferenceStatement": {"not": {"required": ["if", "iff"]}},
    "Figure": {
        "if": {"properties": {"bound": {"const": "between"}}, "required": ["bound"]},
        "then": {"required": ["high"]},
        "else": {"properties": {"high": False}},
    },
}


class _Generator(GenerateJsonSchema):
    """Lets one name stand for a list of one, as the model does."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Return the schema of a value that a function looks at before the model does."""
        written = super().function_before_schema(schema)
        if schema["function"]["function"] is listed:
            return {"anyOf": [written, written["items"]]}
        return written


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file.

    >>> schema = case_schema()
    >>> schema["required"], schema["additionalProperties"]
    (['case', 'parties'], False)
    """
    schema = Case.model_json_schema(by_alias=True, schema_generator=_Generator)
    parts = schema["$defs"]
    for name, together in _TOGETHER.items():
        parts[name].update(together)
    responses = parts["Proposal"]["properties"]["responses"]
    for place, value in responses.get("patternProperties", {}).items():
        responses["patternProperties"][place] = {"anyOf": [value["items"], value]}
    span = parts["Statement"]["properties"]["span"]
    span["anyOf"] = [*span["anyOf"], {"type": "string", "pattern": "^[0-9]+-[0-9]+$"}]
    parts = {name: _written(part) for name, part in parts.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **_written({key: value for key, value in schema.items() if key != "$defs"}),
        "title": "A case of Good Offices",
        "$defs": parts,
    }


def schema_text() -> str:
    """Return the schema as it is published with the package."""
    return json.dumps(case_schema(), indent=1, ensure_ascii=False) + "\n"


def _written(schema: Any) -> Any:
    """Return a part of the schema in terms of what stands in files."""
    if isinstance(schema, list):
        return [_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = _without_null(schema)
    if "properties" in result:
        result["properties"] = {
            key: _untitled(_written(value)) for key, value in result["properties"].items()
        }
    for key in ("anyOf", "items", "prefixItems", "additionalProperties", "patternProperties"):
        if key in result:
            value = result[key]
            named = key == "patternProperties"
            result[key] = {k: _written(v) for k, v in value.items()} if named else _written(value)
    if "patternProperties" in result:
        result["additionalProperties"] = False
    if "description" in result:
        result["description"] = result["description"].split("\n\n")[0].replace("\n", " ")
    return _with_other_types(result)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out null: a key without a value is left out of a case."""
    result = dict(schema)
    forms = [form for form in result.get("anyOf", ()) if form != {"type": "null"}]
    if result.get("default", ...) is None:
        del result["default"]
    if len(forms) == 1:
        del result["anyOf"]
        return {**_without_null(forms[0]), **result}
    return {**result, "anyOf": forms} if forms else result


def _untitled(schema: Any) -> Any:
    """Leave out the titles that are made from the names of keys."""
    if isinstance(schema, dict):
        schema.pop("title", None)
    return schema


def _with_other_types(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow for what other readers make of a text, and ours of a whole number."""
    if schema.get("type") == "string" and "enum" not in schema and "const" not in schema:
        schema["type"] = ["string", "number"]
    elif schema.get("type") == "integer":
        schema["type"] = ["integer", "string"]
        schema["pattern"] = "^[0-9]+$"
    return schema
