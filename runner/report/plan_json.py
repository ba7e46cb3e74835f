"""What a build would do, as JSON."""

from dataclasses import asdict
from typing import Any

from runner.errors import DefinitionError, RunnerError
from runner.orchestrate.artifacts import node_results
from runner.orchestrate.plan import Plan
from runner.report.json_value import as_json
from runner.result import NodeResult
from runner.secret_values import SECRETS
from runner.warehouse.comparison import TableChanges
from runner.workspace.workspace import Workspace


def plan_json(workspace: Workspace, plan: Plan) -> str:
    """Return a plan as one JSON object; `results` is as `run_results.json` has it."""
    result, changes = plan.result, plan.changes
    found = {
        "project": workspace.project.file.name,
        "target": result.target,
        "planned_at": result.started_at,
        "seconds": result.seconds,
        "based_on": plan.based_on or None,
        "running": plan.running or None,
        "exit_code": result.exit_code,
        "published": result.published,
        "unpublished": plan.unpublished or None,
        "stopped": result.stopped,
        "definitions": [
            {**asdict(change.state), "files": change.files} for change in plan.definitions
        ],
        "profiles": _table(changes.profiles),
        "groups": {table.group_type: _table(table) for table in changes.groups},
        "events": [asdict(events) for events in changes.events],
        "segments": [asdict(segment) for segment in changes.segments],
        "exports": [_export(node) for node in result.nodes if node.kind.startswith("export_")],
        "errors": [_error(node) for node in result.nodes if node.is_error],
        "results": node_results(workspace, result),
        "warnings": result.warnings,
    }
    return as_json(SECRETS.hide_all(found))


def error_json(error: RunnerError) -> str:
    """Return the error that a build would end with before anything is imported, as JSON."""
    faults = error.faults if isinstance(error, DefinitionError) else ()
    found: list[dict[str, str | None]] = [
        {"location": str(fault.location), "message": fault.message} for fault in faults
    ]
    if not found:
        location = str(error.location) if error.location else None
        found = [{"location": location, "message": error.message, "hint": error.hint or None}]
    return as_json(SECRETS.hide_all({"exit_code": error.exit_code, "errors": found}))


def _table(table: TableChanges) -> dict[str, Any]:
    found = asdict(table)
    del found["group_type"], found["columns"]
    found["properties"] = [
        {**asdict(column), "changed": column.changed} for column in table.columns
    ]
    return found


def _error(node: NodeResult) -> dict[str, Any]:
    return {
        "name": node.name,
        "location": str(node.location) if node.location else None,
        "message": node.message,
    }


def _export(node: NodeResult) -> dict[str, Any]:
    return {
        "name": node.name,
        "status": node.status,
        "message": node.message or None,
        "members": node.members,
        "rows": node.rows,
        "changes": dict(node.changes),
        "files": [asdict(file) for file in node.exported],
    }
