"""JSON Schemas of the YAML files, made from the types that read them."""

import json
from pathlib import Path
from typing import Any

from runner.definitions.connection import Connection
from runner.definitions.declaration import Declaration
from runner.definitions.event_type import EventType
from runner.definitions.export_goal import ExportGroups
from runner.definitions.group_type import GroupType
from runner.definitions.import_goal import ImportGroups
from runner.definitions.import_products import ImportProducts
from runner.definitions.model_file import ModelFile
from runner.definitions.profile_property import PropertiesFile
from runner.definitions.project_file import ProjectFile

FILES: dict[str, type[Declaration]] = {
    "connection": Connection,
    "project": ProjectFile,
    "properties": PropertiesFile,
    "models": ModelFile,
    "events": EventType,
    "groups": GroupType,
}
"""Kind of file -> the declaration that its top is."""

REFUSING: tuple[type[Declaration], ...] = (ImportProducts, ImportGroups, ExportGroups)
"""Declarations that refuse a key which others of their kind take."""

SHORTHANDS = {
    "Mapping": {"type": "string", "description": "A column, source.column, or SQL"},
    "Property": {"type": ["string", "null"], "description": "A type"},
    "EventProperty": {"type": ["string", "null"], "description": "A type"},
    "EventValue": {"type": "string", "description": "A column, source.column, or SQL"},
    "Objective": {"type": "string", "description": "A name; consent is opt_in"},
    "FileSource": {"type": "string", "description": "A path with * and ?"},
    "MapRest": {"const": True},
    "Test": {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "minProperties": 1, "maxProperties": 1},
        ]
    },
}
"""Declarations that may be written as something shorter."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file (draft 2020-12)."""
    return {name: _schema(name, cls) for name, cls in FILES.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in json_schemas().items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _schema(name: str, cls: type[Declaration]) -> dict[str, Any]:
    schema = cls.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    for cls_refusing in REFUSING:
        for refused in cls_refusing.refused:
            definitions.get(cls_refusing.__name__, {}).get("properties", {}).pop(refused, None)
    for short, form in SHORTHANDS.items():
        if short in definitions:
            definitions[short] = {"anyOf": [form, definitions[short]]}
    loose = _loosened(schema)
    assert isinstance(loose, dict)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"runner: {name}",
        **loose,
    }


def _loosened(schema: Any) -> Any:
    """Allow one item where a list of items is taken, and text with a template for a number."""
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _loosened(value) for key, value in schema.items()}
    if inner.get("type") == "array" and inner.get("items", {}).get("type") in ("string", "integer"):
        kept = {key: inner.pop(key) for key in ("default", "title", "description") if key in inner}
        return {"anyOf": [inner, inner["items"]], **kept}
    return inner
