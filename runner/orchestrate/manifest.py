"""`manifest.json`: what a project consists of, in the form of dbt's manifest, version 12.

Files are the sources of dbt, goals that import and the tables that they fill its models, goals that
export are exposures, beside those that are declared. What dbt has no field for is under `meta`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from runner import __version__
from runner.compile.compiled_project import CompiledProject
from runner.definitions.model_file import Test
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.lineage.lineage import Lineage
from runner.lineage.node import LineageColumn, LineageNode
from runner.model import Model
from runner.workspace.workspace import Workspace

SCHEMA = "https://schemas.getdbt.com/dbt/manifest/v12.json"
DBT_VERSION = "1.10.0"
"""The version of dbt whose manifests have this form."""
RESOURCE_TYPES = {
    "file": "source",
    "import_profiles": "model",
    "import_groups": "model",
    "import_products": "model",
    "table": "model",
    "event": "model",
    "group": "model",
    "model": "model",
    "segment": "model",
    "test": "test",
    "unit_test": "unit_test",
    "export_profiles": "exposure",
    "export_groups": "exposure",
    "exposure": "exposure",
}
"""Kinds of nodes that a manifest has. Properties are columns of `profiles` there."""
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(")


def unique_id(project: str, kind: str, name: str) -> str:
    """Return the id of a node in the artifacts."""
    return f"{kind}.{project}.{name}"


@dataclass(frozen=True)
class _Parts:
    """What the nodes of a manifest are made from."""

    workspace: Workspace
    compiled: CompiledProject
    lineage: Lineage
    # Id of a node in the lineage -> ids in the manifest of what it takes from.
    parents: Mapping[str, list[str]]

    @property
    def project(self) -> Project:
        return self.workspace.project

    def id_of(self, node: LineageNode) -> str:
        return unique_id(self.project.file.name, node.kind, node.name)


def manifest(
    workspace: Workspace, compiled: CompiledProject, lineage: Lineage, build_id: str
) -> dict[str, Any]:
    """Return the manifest of a project, as values that JSON can hold."""
    parts = _Parts(workspace, compiled, lineage, _parents(workspace.project.file.name, lineage))
    shown = {
        parts.id_of(node): node for node in lineage.nodes.values() if node.kind in RESOURCE_TYPES
    }
    of_type: dict[str, dict[str, Any]] = {"source": {}, "exposure": {}, "unit_test": {}, "node": {}}
    for key, node in shown.items():
        kind = RESOURCE_TYPES[node.kind]
        of_type[kind if kind in of_type else "node"][key] = _DESCRIBED[kind](parts, node)
    parent_map = {key: sorted(parts.parents[node.id]) for key, node in shown.items()}
    return {
        "metadata": _metadata(workspace, build_id),
        "nodes": of_type["node"],
        "sources": of_type["source"],
        "macros": dict(_macros(workspace)),
        "docs": {},
        "exposures": of_type["exposure"],
        "metrics": {},
        "groups": {},
        "selectors": {},
        "disabled": {},
        "parent_map": parent_map,
        "child_map": _turned(parent_map),
        "group_map": {},
        "saved_queries": {},
        "semantic_models": {},
        "unit_tests": of_type["unit_test"],
    }


def _metadata(workspace: Workspace, build_id: str) -> dict[str, Any]:
    return {
        "dbt_schema_version": SCHEMA,
        "dbt_version": DBT_VERSION,
        "generated_at": datetime.now(UTC).isoformat(),
        "invocation_id": build_id,
        "env": {"RUNNER_VERSION": __version__, "RUNNER_TARGET": workspace.target_name},
        "project_name": workspace.project.file.name,
        "adapter_type": workspace.target.engine,
    }


def _parents(project: str, lineage: Lineage) -> dict[str, list[str]]:
    """Return what each node takes from; a node that a manifest lacks stands for its own parents."""
    direct = lineage.parents()

    def known(name: str) -> Iterator[str]:
        for parent in direct[name]:
            node = lineage.nodes[parent]
            if node.kind in RESOURCE_TYPES:
                yield unique_id(project, node.kind, node.name)
            else:
                yield from known(parent)

    return {name: list(dict.fromkeys(known(name))) for name in lineage.nodes}


def _turned(parent_map: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {key: [] for key in parent_map}
    for key, parents in parent_map.items():
        for parent in parents:
            children[parent].append(key)
    return children


def _common(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    """Return the fields that all resources have."""
    path = PurePosixPath(node.location.file if node.location else "")
    return {
        "name": node.name,
        "resource_type": RESOURCE_TYPES[node.kind],
        "package_name": parts.project.file.name,
        "path": "/".join(path.parts[1:]),
        "original_file_path": str(path) if node.location else "",
        "unique_id": parts.id_of(node),
        "fqn": [parts.project.file.name, *path.parts[1:-1], *node.name.split(".")],
        "description": node.description,
    }


def _meta(node: LineageNode) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "title": node.title,
        "connection": node.connection,
        "line": node.location.line if node.location else None,
        **{label.replace(" ", "_"): value for label, value in node.facts},
    }


def _columns(columns: Iterable[LineageColumn]) -> dict[str, Any]:
    return {
        column.name: {
            "name": column.name,
            "description": column.description,
            "data_type": column.type or None,
            "meta": _column_meta(column),
            "tags": [],
        }
        for column in columns
    }


def _column_meta(column: LineageColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": column.title,
        "content": column.content,
        "pii": column.is_personal,
        "filled": [
            {
                "goal": item.goal,
                "from": item.written,
                "columns": item.columns,
                "strategy": item.strategy,
            }
            for item in column.filled
        ],
    }
    return {key: value for key, value in found.items() if value}


def _source(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    source, _, name = node.name.rpartition(".")
    return {
        **_common(parts, node),
        "name": name,
        "database": None,
        "schema": source,
        "source_name": source,
        "source_description": "",
        "loader": parts.project.connection(node.connection).type,
        "identifier": node.title,
        "columns": _columns(node.columns),
        "meta": _meta(node),
        "tags": list(node.tags),
        "config": {"enabled": node.is_enabled},
    }


def _exposure(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    return {
        **_common(parts, node),
        **(_declared(parts, node) if node.kind == "exposure" else _of_goal(parts, node)),
        "label": node.title or None,
        "meta": {**_meta(node), "columns": _columns(node.columns)},
        "tags": list(node.tags),
        "config": {"enabled": node.is_enabled},
        "depends_on": {"nodes": parts.parents[node.id], "macros": []},
    }


def _of_goal(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    connection = parts.project.connection(node.connection)
    owner = {"name": connection.title or connection.connection, "email": None}
    return {"type": "application", "owner": owner}


def _declared(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    exposure = next(item for item in parts.project.exposures if item.name == node.name)
    owner = exposure.owner
    return {
        "type": exposure.type,
        "owner": {"name": owner.name or None, "email": owner.email or None},
        "maturity": exposure.maturity,
        "url": exposure.url or None,
    }


def _node(parts: _Parts, node: LineageNode, model: Model | None) -> dict[str, Any]:
    """Return the fields that models and tests share."""
    file = _file(parts, node, model)
    relation = str(model.relation) if model and model.relation else _relation(node)
    schema = relation.split(".")[0].strip('"') if "." in relation else "main"
    return {
        **_common(parts, node),
        "database": None,
        "schema": schema,
        "alias": relation.rpartition(".")[2].strip('"') or node.name,
        "checksum": {"name": "sha256", "checksum": _checksum(model)},
        "config": {
            "enabled": node.is_enabled,
            "materialized": model.materialization if model else node.kind,
            "tags": list(node.tags),
            "meta": _meta(node),
        },
        "tags": list(node.tags),
        "columns": _columns(node.columns),
        "meta": _meta(node),
        "raw_code": file.text if file else "",
        "language": "sql",
        "refs": [{"name": name} for name in (model.depends_on if model else ()) if "." not in name],
        "sources": [],
        "depends_on": {
            "nodes": parts.parents[node.id],
            "macros": _used_macros(parts.workspace, file.text) if file else [],
        },
        "relation_name": relation or None,
        "compiled": model is not None,
        "compiled_path": f"target/compiled/{model.path}" if model else None,
        "compiled_code": model.sql if model else None,
    }


def _relation(node: LineageNode) -> str:
    table = dict(node.facts).get("table", node.name if node.kind == "table" else "")
    return f'main."{table}"' if table else ""


def _model(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    item = parts.compiled.models.get(node.name) if node.kind in ("model", "segment") else None
    described = _node(parts, node, item.model if item else None)
    if item is not None:
        described["sources"] = [[source.goal_name, source.files] for source in item.sources]
    return described


def _test(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    test = next(item for item in parts.compiled.tests if item.model.name == node.name)
    described = _node(parts, node, test.model)
    described["config"] |= {"materialized": "test", "severity": test.config.severity}
    if isinstance(test.config, Test):
        described |= {
            "column_name": test.column or None,
            "attached_node": next(iter(parts.parents[node.id]), None),
            "test_metadata": {
                "name": test.config.name,
                "kwargs": {"column_name": test.column, **test.config.arguments},
            },
        }
    return described


def _unit_test(parts: _Parts, node: LineageNode) -> dict[str, Any]:
    declared = next(item for item in parts.project.unit_tests if item.name == node.name)
    return {
        **_common(parts, node),
        "model": declared.model,
        "given": [{"input": item.input, "rows": list(item.values)} for item in declared.given],
        "expect": {"rows": list(declared.expect.values)},
        "depends_on": {"nodes": parts.parents[node.id], "macros": []},
    }


_DESCRIBED = {
    "source": _source,
    "model": _model,
    "test": _test,
    "unit_test": _unit_test,
    "exposure": _exposure,
}


def _file(parts: _Parts, node: LineageNode, model: Model | None) -> SqlFile | None:
    """Return the SQL file that holds a node; None of a generic test."""
    if model is None or node.location is None:
        return None
    files = (*parts.project.models, *parts.project.tests)
    return next((file for file in files if file.path == node.location.file), None)


def _macros(workspace: Workspace) -> Iterator[tuple[str, dict[str, Any]]]:
    project = workspace.project
    for file in project.macros:
        for name in MACRO.findall(file.text):
            key = unique_id(project.file.name, "macro", name)
            yield (
                key,
                {
                    "name": name,
                    "resource_type": "macro",
                    "package_name": project.file.name,
                    "path": file.path,
                    "original_file_path": file.path,
                    "unique_id": key,
                    "macro_sql": file.text,
                    "depends_on": {
                        "macros": [
                            item for item in _used_macros(workspace, file.text) if item != key
                        ]
                    },
                },
            )


def _used_macros(workspace: Workspace, text: str) -> list[str]:
    """Return the project's own macros that a template uses."""
    project = workspace.project
    own = {name for file in project.macros for name in MACRO.findall(file.text)}
    used = (name.removeprefix("macro ") for name in workspace.library.uses(text))
    return [unique_id(project.file.name, "macro", name) for name in used if name in own]


def _checksum(model: Model | None) -> str:
    return hashlib.sha256(model.sql.encode()).hexdigest() if model else ""
