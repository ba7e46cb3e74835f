"""Which models and segments were edited since they were last built: `runner ls --state`."""

import json
from collections.abc import Iterable, Mapping

from runner.compile.compiled_project import CompiledProject
from runner.engine.duckdb.warehouse import Warehouse
from runner.sql.quoting import quoted_text
from runner.state.model_definition import model_changes, model_parts
from runner.state.node_state import NodeState
from runner.workspace.workspace import Workspace

UNKNOWN = "an earlier version of runner built it"


class ModelState(NodeState):
    """How a model, or a segment, stands to the one that the warehouse holds."""


def model_states(workspace: Workspace, compiled: CompiledProject) -> dict[str, ModelState]:
    """Return the state of each model and segment, against the published warehouse.

    Raises ExecutionError where that cannot be opened.
    """
    if not compiled.models:
        return {}
    known = _built(workspace)
    files = {file.name: file for file in workspace.project.models}
    states = {}
    for name, now in _parts(workspace, compiled).items():
        if known is None:
            states[name] = ModelState(name, "modified", (UNKNOWN,))
        elif name not in known:
            states[name] = ModelState(name, "new")
        else:
            changes = model_changes(files[name], known[name], now, workspace.library)
            states[name] = ModelState(name, "modified" if changes else "unchanged", changes)
    return states


def _built(workspace: Workspace) -> dict[str, str] | None:
    """Return the parts of each model that was built; None where they were not kept yet."""
    if not workspace.warehouse.exists():
        return {}
    with Warehouse.open(workspace.warehouse, read_only=True) as warehouse:
        if not warehouse.perform("has_models")[0][0]:
            return None
        return dict(warehouse.perform("models"))


def remember_models(
    warehouse: Warehouse, workspace: Workspace, compiled: CompiledProject, built: Iterable[str]
) -> None:
    """Keep in the warehouse what the models were that a build made, and forget those gone."""
    if not compiled.models and not warehouse.count("runner.models"):
        return
    known: dict[str, str] = dict(warehouse.perform("models"))
    gone = known.keys() - compiled.models.keys()
    if gone:
        warehouse.perform("forget_models", models=_texts(gone))
    parts = _parts(workspace, compiled)
    fresh = {name: json.dumps(parts[name], sort_keys=True) for name in built}
    changed = {name: kept for name, kept in fresh.items() if known.get(name) != kept}
    if changed:
        entries = [f"({quoted_text(name)}, {quoted_text(kept)})" for name, kept in changed.items()]
        warehouse.perform("remember_models", models=_texts(changed), entries=",\n".join(entries))


def _parts(workspace: Workspace, compiled: CompiledProject) -> Mapping[str, Mapping[str, str]]:
    files = {file.name: file for file in workspace.project.models}
    return {
        name: model_parts(files[name], item, workspace.library)
        for name, item in compiled.models.items()
    }


def _texts(names: Iterable[str]) -> str:
    return ", ".join(map(quoted_text, sorted(names)))
