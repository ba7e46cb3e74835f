"""The project's own models and segments, run one by one."""

import time
from collections.abc import Sequence
from datetime import datetime

from runner.compile.compiled_project import ProjectModel
from runner.engine.materialization import materialize, materialize_segment
from runner.engine.snapshot import take_snapshot
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, RunnerError, nearest
from runner.model import Model
from runner.models.source_tables import SourceTables
from runner.result import NodeResult, failed


def run_model(
    warehouse: Warehouse, compiled: ProjectModel, tables: SourceTables, started_at: datetime
) -> NodeResult:
    """Run a model or a segment; when it fails, what it held before stays.

    `started_at` is when the build began: from then changes count that a snapshot finds.
    """
    started = time.monotonic()
    name = compiled.model.name
    try:
        tables.provide(compiled.sources)
        with warehouse.transaction():
            _run_hooks(warehouse, compiled.pre_hooks)
            if compiled.kind == "segment":
                rows = _run_segment(warehouse, compiled)
            elif compiled.model.snapshot is not None:
                rows = take_snapshot(warehouse, compiled.model, started_at)
                _comment(warehouse, compiled)
            else:
                rows = materialize(warehouse, compiled.model)
                _comment(warehouse, compiled)
            _run_hooks(warehouse, compiled.post_hooks)
    except RunnerError as error:
        return failed(name, compiled.kind, error)
    return NodeResult(
        name,
        compiled.kind,
        "success",
        seconds=time.monotonic() - started,
        rows=rows,
        members=rows if compiled.kind == "segment" else 0,
        message=compiled.model.materialization,
    )


def _run_hooks(warehouse: Warehouse, hooks: Sequence[Model]) -> None:
    for hook in hooks:
        try:
            warehouse.run_hook(hook)
        except ExecutionError as error:
            key = hook.name.rpartition(" ")[2]
            raise ExecutionError(f"{key}: {error.message}", error.location) from error


def _run_segment(warehouse: Warehouse, compiled: ProjectModel) -> int:
    model = compiled.model
    columns = warehouse.columns(model)
    if "profile_id" not in columns:
        raise ExecutionError(
            f"the segment `{model.name}` has no column `profile_id`."
            f"{nearest('profile_id', columns)} It returns: {', '.join(columns)}",
            model.locations[0],
            hint="a segment selects the `profile_id` of its members from profiles",
        )
    return materialize_segment(warehouse, model)


def _comment(warehouse: Warehouse, compiled: ProjectModel) -> None:
    document = compiled.document
    if document is None:
        return
    if document.description:
        warehouse.perform(
            "relation.comment",
            relation=compiled.model.relation,
            comment=document.description,
            is_view=compiled.model.materialization == "view",
        )
