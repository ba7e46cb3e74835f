"""The models of a goal compiled for its files, and written where their errors point."""

from collections.abc import Iterable
from pathlib import Path

from runner.compile.import_models import import_models
from runner.compile.import_resolver import resolve_import
from runner.imports.goal_files import GoalFiles
from runner.imports.headers import keep_headers
from runner.imports.import_task import ImportTask
from runner.imports.read import ImportReading
from runner.model import Model
from runner.secret_values import SECRETS
from runner.workspace.workspace import Workspace


def compile_import(
    workspace: Workspace,
    task: ImportTask,
    files: GoalFiles,
    first_id: int,
    is_suppressing: bool = False,
    is_late: bool = False,
    is_shown: bool = False,
) -> ImportReading:
    """Compile the models of a goal for its files, which are numbered from `first_id`.

    With `is_late` they are all its files, and new ones come before known ones (P8). With
    `is_shown` the joined rows have all their values, to be looked at.
    """
    project = workspace.project
    headers = files.headers()
    keep_headers(workspace.generated, task.name, headers)
    plan = resolve_import(
        task.connection,
        task.goal,
        headers,
        project,
        workspace.library.environment,
        {
            name: [file.remote_path for file in readable]
            for name, readable in files.readable().items()
        },
    )
    models = import_models(
        plan,
        files.inputs(first_id),
        project,
        workspace.library,
        task.batch.build_id,
        is_suppressing,
        is_late,
        is_several=len(files.of(task.goal.main)) > 1,
        is_redefined=task.is_redefined,
        is_shown=is_shown,
    )
    return ImportReading(plan, models)


def write_compiled(generated: Path, models: Iterable[Model]) -> None:
    """Write models to `target/compiled/`, where their errors point."""
    for model in models:
        path = generated / "compiled" / model.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SECRETS.hide(model.sql) + "\n", encoding="utf-8")
