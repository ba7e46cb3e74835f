"""One import goal in a build: files prepared, models compiled, rows applied, books checked."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from runner.compile.import_models import ImportModels, import_models
from runner.compile.import_plan import ImportPlan
from runner.compile.import_planner import plan_import
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import ImportProducts
from runner.definitions.limit import allowed
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.imports.batch import ImportBatch
from runner.imports.decision_run import merge_decided
from runner.imports.drift import drift, last_columns
from runner.imports.file_choice import FileChoice
from runner.imports.goal_files import GoalFiles, StagedFiles
from runner.imports.headers import keep_headers
from runner.imports.import_counts import ImportCounts
from runner.imports.import_run import apply_rows, check_books, take_back
from runner.imports.level_run import keep_levels
from runner.imports.product_run import apply_products
from runner.imports.python_steps import add_python_steps
from runner.imports.read import ImportReading, read_lines
from runner.imports.reject_files import write_reject_files
from runner.imports.undecoded_lines import undecoded_warnings
from runner.model import Model
from runner.reconciliation import FileCounts
from runner.result import NodeResult, with_warnings
from runner.sql.quoting import literal, quoted_text
from runner.state.fingerprint import Definition
from runner.warehouse.change_limit import Brake, check_import, remember_entities
from runner.warehouse.event_tables import fill_products
from runner.warehouse.tables import shape_entity
from runner.warehouse.undone_files import remove_returning
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class ImportTask:
    """What is imported: a goal, its files, and the state it is imported in."""

    connection: str
    goal: ImportGoal
    batch: ImportBatch
    definition: Definition
    # The goal changed since its last import: what it summed is taken back first (P5).
    is_redefined: bool
    # How much it may change; None where there is no limit.
    brake: Brake | None = None

    @property
    def name(self) -> str:
        """Return the goal's full name."""
        return f"{self.connection}.{self.goal.name}"


def import_goal(warehouse: Warehouse, workspace: Workspace, task: ImportTask) -> NodeResult:
    """Import a batch of files; all of it, or nothing.

    Raises DefinitionError, StageError or ExecutionError at the line that is wrong.
    """
    started = time.monotonic()
    first_id = int(warehouse.perform("last_file_id")[0][0]) + 1
    is_suppressing = warehouse.count("runner.suppressed") > 0
    files = GoalFiles(task.goal, task.batch.files)

    def compiled() -> ImportReading:
        reading = compile_import(workspace, task, files, first_id, is_suppressing)
        add_python_steps(warehouse, workspace.project, reading.plan)
        write_compiled(workspace.generated, reading.models.models.values())
        return reading

    reading = read_lines(warehouse, files, compiled)
    plan, models, staged = reading.plan, reading.models, files.staged()
    write_reject_files(workspace.generated, task.name, staged)
    changes = drift(
        plan,
        last_columns(warehouse, task.name, first_id),
        files.headers(),
    )
    shape_entity(warehouse, workspace, plan.entity, plan.properties)
    with warehouse.transaction():
        if task.brake:
            remember_entities(warehouse, plan.entity, task.name)
        counts = _apply(warehouse, workspace, task, Prepared(plan, models, staged, first_id))
        check_books(plan, counts)
        rejected = sum(file.rejected for files in staged.values() for file in files)
        _check_rejects(task, counts, rejected)
        undecoded = undecoded_warnings(warehouse, plan, staged, task.batch.build_id)
        if task.brake:
            check_import(warehouse, workspace, plan.entity, task.brake)
        remove_returning(warehouse, task.name)
        warehouse.perform(
            "remember_goal",
            goal=quoted_text(task.name),
            fingerprint=quoted_text(task.definition.fingerprint),
            parts=quoted_text(task.definition.kept()),
        )
    result = _result(task, staged, counts, rejected, time.monotonic() - started)
    return with_warnings(result, (*changes, *counts.warnings, *undecoded))


@dataclass(frozen=True)
class Prepared:
    """A goal whose files are read: what is applied, and where its numbers of files begin."""

    plan: ImportPlan
    models: ImportModels
    staged: StagedFiles
    first_id: int


def _apply(
    warehouse: Warehouse, workspace: Workspace, task: ImportTask, prepared: Prepared
) -> ImportCounts:
    """Take back what an earlier form of the goal gave, and apply the rows that were read."""
    plan, models = prepared.plan, prepared.models
    event_types, build_id = workspace.project.event_types, task.batch.build_id
    if task.is_redefined:
        merge_decided(warehouse, plan, models, event_types, build_id, False)
        take_back(warehouse, plan, models, event_types)
    _record_files(warehouse, task, prepared.staged, prepared.first_id)
    is_feed = isinstance(task.goal, ImportProducts)
    if is_feed:
        counts = apply_products(warehouse, plan, models)
    else:
        counts = apply_rows(warehouse, plan, models, event_types, build_id)
    keep_levels(warehouse, workspace)
    if is_feed or task.is_redefined or any(event.store for event in plan.events):
        fill_products(warehouse, workspace.library, workspace.project)
    return counts


def unchanged_goal(name: str, goal: ImportGoal, choice: FileChoice, known: int) -> NodeResult:
    """Return the result of a goal that has nothing to import; `known` files it had before."""
    pattern = goal.files[goal.main].pattern
    message = f"no file matches {pattern}; `runner scan` shows those there are"
    if known:
        message = f"nothing new: {known} file{'s' * (known != 1)} imported before"
    waiting = sum(len(found.waiting) for found in choice.found.matched.values())
    if waiting:
        message = f"{message}; {waiting} waiting" if known else "no file is ready"
    return NodeResult(name, goal.kind, "unchanged", message=message, warnings=choice.warnings)


def compile_import(
    workspace: Workspace,
    task: ImportTask,
    files: GoalFiles,
    first_id: int,
    is_suppressing: bool = False,
) -> ImportReading:
    """Compile the models of a goal for its files, which are numbered from `first_id`."""
    project = workspace.project
    headers = files.headers()
    keep_headers(workspace.generated, task.name, headers)
    plan = plan_import(
        task.connection,
        task.goal,
        headers,
        project,
        workspace.library.environment,
        {name: [file.remote_path for file in staged] for name, staged in files.staged().items()},
    )
    models = import_models(
        plan,
        files.inputs(first_id),
        project,
        workspace.library,
        task.batch.build_id,
        is_suppressing,
    )
    return ImportReading(plan, models)


def write_compiled(generated: Path, models: Iterable[Model]) -> None:
    """Write models to `target/compiled/`, where their errors point."""
    for model in models:
        path = generated / "compiled" / model.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(model.sql + "\n", encoding="utf-8")


def _record_files(
    warehouse: Warehouse, task: ImportTask, staged: StagedFiles, first_id: int
) -> None:
    file_id = first_id
    for name, files in staged.items():
        for file in files:
            values = {
                "file_id": file_id,
                "goal": task.name,
                "source": name,
                "path": file.remote_path,
                "size": file.size,
                "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
                "sha256": file.sha256,
                "fingerprint": task.definition.fingerprint,
                "build_id": task.batch.build_id,
                "is_main": name == task.goal.main,
                "line_count": file.lines,
                "rejected_count": file.rejected,
                "blank_count": file.blank,
                "header": json.dumps(file.header, ensure_ascii=False),
            }
            warehouse.perform("add_file", **{key: literal(item) for key, item in values.items()})
            if file.rejects is not None:
                warehouse.perform(
                    "add_line_rejects",
                    goal=quoted_text(task.name),
                    build_id=quoted_text(task.batch.build_id),
                    file=quoted_text(file.remote_path),
                    path=quoted_text(file.rejects),
                )
            file_id += 1


def _check_rejects(task: ImportTask, counts: ImportCounts, rejected_lines: int) -> None:
    """Fail a goal that set aside more than it may (R6)."""
    limit = task.goal.max_rejects
    if limit is None:
        return
    rejects = counts.rejected_values + rejected_lines
    total = counts.links[0].lines + rejected_lines
    if rejects > allowed(limit, total):
        raise ExecutionError(
            f"{task.name}: {rejects} lines and values do not fit their declaration,"
            f" and `max_rejects` allows {limit}; nothing of it was applied",
            task.goal.location("max_rejects"),
            hint=f"the lines are in target/rejects/{task.name}/, and `runner preview` shows values;"
            " mend the file or the format, or raise the limit",
        )


def _result(
    task: ImportTask, staged: StagedFiles, counts: ImportCounts, rejected: int, seconds: float
) -> NodeResult:
    books = tuple(
        FileCounts(
            source=name,
            path=file.remote_path,
            sha256=file.sha256,
            size=file.size,
            modified_at=file.modified_at,
            lines=file.lines,
            records=file.record_count,
            blank=file.blank,
            rejected=file.rejected,
            header=file.data_from,
        )
        for name, files in staged.items()
        for file in files
    )
    return NodeResult(
        name=task.name,
        kind=task.goal.kind,
        status="success",
        seconds=seconds,
        rows=counts.joined,
        outcomes=counts.outcomes,
        files=books,
        links=counts.links,
        profiles_created=counts.profiles_created,
        profiles_updated=counts.profiles_updated,
        profiles_unchanged=counts.profiles_unchanged,
        profiles_merged=counts.profiles_merged,
        rejects=counts.rejected_values + rejected,
        events=counts.events,
        no_consent=counts.no_consent,
        fingerprint=task.definition.fingerprint,
    )
