"""`manifest.json` and `run_results.json`, in the shapes that dbt's readers know."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from runner import __version__
from runner.compile.compiled_project import CompiledProject
from runner.imports.headers import read_headers
from runner.lineage.lineage import project_lineage
from runner.orchestrate.manifest import manifest, unique_id
from runner.result import BuildResult, NodeResult
from runner.secret_values import SECRETS
from runner.stage.part_file import replacing
from runner.workspace.workspace import Workspace

STATUSES = {"unchanged": "success", "incomplete": "partial success"}
"""What dbt calls a status that has another name there."""


def write_manifest(workspace: Workspace, compiled: CompiledProject, build_id: str) -> Path:
    """Write what the project consists of, as it was compiled."""
    lineage = project_lineage(
        workspace.project,
        compiled,
        workspace.library.environment,
        read_headers(workspace.generated),
    )
    written = manifest(workspace, compiled, lineage, build_id)
    return _write(workspace.generated / "manifest.json", written)


def write_run_results(workspace: Workspace, result: BuildResult) -> Path:
    """Write what became of each node of a build."""
    results = {
        "metadata": {
            **_metadata(workspace),
            "invocation_id": result.build_id,
            "generated_at": result.finished_at,
        },
        "results": node_results(workspace, result),
        "elapsed_time": result.seconds,
        "args": {"target": result.target},
        "published": result.published,
        "exit_code": result.exit_code,
        "stopped": result.stopped,
        "profiles": result.profiles,
        "warnings": list(result.warnings),
        "warning_count": result.warning_count,
    }
    return _write(workspace.generated / "run_results.json", results)


def node_results(workspace: Workspace, result: BuildResult) -> list[dict[str, Any]]:
    """Return what became of each node of a build, as `run_results.json` has it."""
    return [_node_result(workspace.project.file.name, node) for node in result.nodes]


def _node_result(project: str, node: NodeResult) -> dict[str, Any]:
    return {
        "unique_id": unique_id(project, node.kind, node.name),
        "status": STATUSES.get(node.status, node.status),
        "execution_time": node.seconds,
        "message": node.message or None,
        "failures": node.rows if node.kind in ("test", "unit_test") else None,
        "adapter_response": {"rows_affected": node.rows},
        "exit_code": node.exit_code,
        "location": str(node.location) if node.location else None,
        "outcomes": dict(node.outcomes),
        "profiles": {
            "created": node.profiles_created,
            "updated": node.profiles_updated,
            "unchanged": node.profiles_unchanged,
            "merged": node.profiles_merged,
        },
        "rejects": node.rejects,
        "members": node.members,
        "changes": dict(node.changes),
        "no_consent": dict(node.no_consent),
        "files": [vars(counts) for counts in node.files],
        "links": [{**vars(link), "unused": link.unused} for link in node.links],
        "events": [vars(counts) for counts in node.events],
        "exported": [vars(file) for file in node.exported],
        "warnings": list(node.warnings),
    }


def _metadata(workspace: Workspace) -> dict[str, Any]:
    return {
        "project_name": workspace.project.file.name,
        "runner_version": __version__,
        "target": workspace.target_name,
    }


def _write(path: Path, value: Any) -> Path:
    def plain(item: Any) -> str:
        return item.isoformat() if isinstance(item, datetime) else str(item)

    value = SECRETS.hide_all(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(json.dumps(value, indent=1, default=plain), encoding="utf-8")
    return path
