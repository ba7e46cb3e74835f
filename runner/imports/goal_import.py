"""One import goal in a build: lines read, rows applied, counts checked, the goal remembered."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import starmap

from runner.compile.batch_traits import BatchTraits
from runner.definitions.import_products import ImportProducts
from runner.definitions.limit import allowed
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, RunnerError, counted
from runner.imports.applying import apply_products, apply_rows, enforce_levels, pipeline
from runner.imports.decision_merging import merge_decided
from runner.imports.drift import drift, last_columns
from runner.imports.event_writing import tracked_counts
from runner.imports.format_warnings import file_warnings
from runner.imports.goal_compilation import compile_import, write_compiled
from runner.imports.goal_files import GoalFiles, ReadableFiles
from runner.imports.import_counts import ImportCounts
from runner.imports.import_result import import_result
from runner.imports.import_task import ImportTask
from runner.imports.late_files import has_late_files
from runner.imports.ledger_entries import record_files
from runner.imports.link_warnings import link_warnings
from runner.imports.python_steps import add_python_steps
from runner.imports.read import ImportReading, read_lines
from runner.imports.reject_files import write_reject_files
from runner.imports.replaced_lines import replaced_files
from runner.imports.retraction import has_given, retract_goal
from runner.imports.usable_files import (
    leave_unusable,
    left_out,
    left_summary,
    named_files,
    none_usable,
)
from runner.reconciliation import imbalance
from runner.result import NodeResult, with_warnings
from runner.warehouse.change_limit import check_import, remember_entities
from runner.warehouse.event_tables import fill_products
from runner.warehouse.tables import add_properties
from runner.warehouse.undone_files import remove_returning
from runner.workspace.workspace import Workspace


def import_goal(warehouse: Warehouse, workspace: Workspace, task: ImportTask) -> NodeResult:
    """Import a batch of files: all of it, or nothing.

    A main file that cannot be read is left where the task allows it (F10). Raises
    DefinitionError, StageError or ExecutionError at the line that is wrong.
    """
    started = time.monotonic()
    files = GoalFiles(task.goal, task.batch.files)
    first_id = int(warehouse.value("ledger.last_file_id")) + 1
    left = leave_unusable(workspace, task.connection, files, task.may_leave)
    batch = task.batch.without(task.goal.main, left)
    if left and batch.overtaken.issuperset(file.path for file, _ in batch.files[task.goal.main]):
        raise none_usable(left)
    task = replace(task, batch=batch)
    reading = _read(warehouse, workspace, task, files, first_id)
    plan, readable = reading.plan, files.readable()
    write_reject_files(workspace.generated, task.name, readable)
    changes = drift(plan, last_columns(warehouse, task.name, first_id), files.headers())
    add_properties(warehouse, workspace, plan.entity.table, plan.new_properties)
    rejected = sum(file.rejected for found in readable.values() for file in found)
    earlier = _rejects(warehouse, task)
    main = task.batch.files[task.goal.main]
    replaced = () if task.is_redefined else replaced_files(warehouse, task.goal, task.name, main)
    record = partial(record_files, warehouse, task, readable, first_id)
    with warehouse.transaction(*(() if task.is_redefined else ("runner.files", record))):
        if task.limit:
            remember_entities(warehouse, plan.entity, task.name)
        if task.is_redefined:
            _retract(warehouse, workspace, task, reading)
            record()
        counts = _apply(warehouse, workspace, task, reading, replaced)
        _check_counts(task, counts)
        _check_rejects(task, counts, rejected)
        doubts = file_warnings(warehouse, plan, readable, task.batch.build_id)
        if task.limit:
            check_import(warehouse, workspace, plan.entity, task.limit)
        _remember(warehouse, task)
        rejects = _rejects(warehouse, task) - earlier
    result = import_result(task, readable, counts, rejects, time.monotonic() - started)
    links = link_warnings(plan, counts.links)
    result = with_warnings(result, (*changes, *counts.warnings, *links, *doubts))
    return _with_left(result, left, readable)


def _rejects(warehouse: Warehouse, task: ImportTask) -> int:
    """Return how many lines and values `runner rejects` lists for this build (R2, R6)."""
    ((number,),) = warehouse.perform("rejects.number", goal=task.name, build_id=task.batch.build_id)
    return int(number)


def _with_left(
    result: NodeResult, left: Mapping[str, RunnerError], readable: ReadableFiles
) -> NodeResult:
    """Add the files that were left, which end the build with the code of their error."""
    codes = [result.exit_code, *(error.exit_code for error in left.values())]
    notes = filter(None, (left_summary(left), _empty(readable)))
    result = replace(result, exit_code=max(codes), message="; ".join(notes), left=tuple(left))
    return with_warnings(result, tuple(starmap(left_out, left.items())))


def _empty(readable: ReadableFiles) -> str:
    """Return which files have no line of data and no header: a day on which nothing happened."""
    paths = [file.remote_path for found in readable.values() for file in found if not file.header]
    return named_files(paths, "empty")


def _read(
    warehouse: Warehouse, workspace: Workspace, task: ImportTask, files: GoalFiles, first_id: int
) -> ImportReading:
    """Read the lines of all sources; the models are written where errors point to them."""
    main = task.batch.files[task.goal.main]
    traits = BatchTraits(
        is_first=task.is_redefined or not has_given(warehouse, task.name),
        is_late=not task.is_redefined and has_late_files(warehouse, task.name, main),
        is_redefined=task.is_redefined,
        is_suppressing=warehouse.count("runner.suppressed") > 0,
    )

    def compiled() -> ImportReading:
        reading = compile_import(workspace, task, files, first_id, traits)
        add_python_steps(warehouse, workspace.project, reading.plan)
        write_compiled(workspace.generated, reading.models.models.values())
        return reading

    return read_lines(warehouse, files, compiled)


def _retract(
    warehouse: Warehouse, workspace: Workspace, task: ImportTask, reading: ImportReading
) -> None:
    """Retract what an earlier definition of the goal gave."""
    plan, event_types = reading.plan, workspace.project.event_types
    steps = pipeline(warehouse, plan, reading.models)
    merge_decided(plan, steps, event_types, task.batch.build_id, False)
    retract_goal(plan, steps, event_types)


def _apply(
    warehouse: Warehouse,
    workspace: Workspace,
    task: ImportTask,
    reading: ImportReading,
    replaced: Sequence[str],
) -> ImportCounts:
    """Apply the rows that were read; of the main files `replaced` other content was imported."""
    plan, models = reading.plan, reading.models
    event_types, build_id = workspace.project.event_types, task.batch.build_id
    is_feed = isinstance(task.goal, ImportProducts)
    steps = pipeline(warehouse, plan, models)
    if is_feed:
        counts = apply_products(plan, steps, build_id)
    else:
        counts = apply_rows(plan, steps, event_types, build_id, replaced, task.is_redefined)
    if enforce_levels(warehouse, workspace) and counts.events:
        events = tracked_counts(plan, steps, counts.events)
        counts = replace(counts, events=events)
    if is_feed or task.is_redefined or any(event.store for event in plan.events):
        fill_products(warehouse, workspace.library, workspace.project)
    return counts


def _remember(warehouse: Warehouse, task: ImportTask) -> None:
    """Remember the definition by which the goal imported."""
    remove_returning(warehouse, task.name)
    goal = {
        "goal": task.name,
        "fingerprint": task.definition.fingerprint,
        "parts": task.definition.stored(),
    }
    warehouse.delete("runner.goals", goal=task.name)
    warehouse.insert("runner.goals", [goal])


def _check_counts(task: ImportTask, counts: ImportCounts) -> None:
    """Fail a goal whose rows do not reconcile, with both figures (R7)."""
    difference = imbalance(counts.joined, counts.outcomes, counts.links[0])
    if difference:
        message = f"{task.name}: the rows do not reconcile: {difference}"
        raise ExecutionError(message, task.goal.location("name"))


def _check_rejects(task: ImportTask, counts: ImportCounts, rejected_lines: int) -> None:
    """Fail a goal that set aside more lines and values than `max_rejects` allows (R6)."""
    limit = task.goal.max_rejects
    if limit is None:
        return
    rejects = counts.rejected_values + rejected_lines
    total = counts.links[0].lines + rejected_lines
    if rejects > allowed(limit, total):
        raise ExecutionError(
            f"{task.name}: {counted(rejects, 'line or value does', 'lines and values do')} not fit"
            f" the declaration,"
            f" and `max_rejects` allows {limit}; nothing of it was applied",
            task.goal.location("max_rejects"),
            hint=f"the lines are in target/rejects/{task.name}/, and `runner preview` shows values;"
            " fix the file or the format, or raise the limit",
        )
