"""The models of a goal compiled for its files, and written where their errors point."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from runner.compile.batch_traits import BatchTraits
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
    traits: BatchTraits,
) -> ImportReading:
    """Compile the models of a goal for its files, which are numbered from `first_id`."""
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
        replace(traits, is_several=len(files.of(task.goal.main)) > 1),
    )
    return ImportReading(plan, models)


def write_compiled(generated: Path, models: Iterable[Model]) -> None:
    """Write models to `target/compiled/`, where their errors point."""
    folders: set[Path] = set()
    for model in models:
        path = generated / "compiled" / model.path
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        path.write_text(SECRETS.hide(model.sql) + "\n", encoding="utf-8")
