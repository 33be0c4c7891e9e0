"""Meta's own description of the Cloud API (an excerpt in `data/`), corrected where it contradicts itself."""

import json
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS31Validator

_DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "meta_v23.json").read_text("utf-8"))
HISTORY_QUERY: dict[str, Any] = _DOCUMENT["message_history_query"]


def _corrected() -> dict[str, Any]:
    schemas: dict[str, Any] = json.loads(json.dumps(_DOCUMENT["components"]["schemas"]))
    for schema in schemas.values():
        # A part of `allOf` that allows nothing but its own members refuses those of the other part: no message passes.
        for part in schema.get("allOf", []):
            part.pop("additionalProperties", None)
    component = schemas["TemplateComponent"]["properties"]
    # Positions start at 0 in Meta's guides; the pattern is a slip. Buttons that copy a code are in the guides too.
    component["index"]["pattern"] = "^[0-9]$"
    component["sub_type"]["enum"].append("copy_code")
    return schemas


_SCHEMAS = _corrected()


def problems(name: str, document: object) -> list[str]:
    """Return what Meta's schema `name` has against a document."""
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": _SCHEMAS}}
    return [f"{error.json_path}: {error.message}" for error in OAS31Validator(root).iter_errors(document)]  # type: ignore[no-untyped-call]
