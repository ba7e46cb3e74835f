"""The first rows of a goal, as a build would import or export them. Nothing is changed."""

from dataclasses import replace

from runner.definitions.export_goal import ExportProfiles
from runner.errors import RemoteError
from runner.events import Listener, ignore
from runner.inspect.export_preview import ExportPreview, preview_export, with_files
from runner.inspect.import_preview import ImportPreview, ImportPreviewer
from runner.stage.staging_lock import shared_staging
from runner.warehouse.ledger import read_ledger
from runner.workspace.goal_choice import goal_called
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace


def preview(
    workspace: Workspace,
    name: str,
    rows: int = 5,
    file: str | None = None,
    show_pii: bool = False,
    listener: Listener = ignore,
) -> ImportPreview | ExportPreview:
    """Return the first rows of a goal, `connection.goal` or `goal` alone where one has it.

    `file` names a main file (a glob works), else it is the first that a build would import.
    Values of properties with `pii` are shown as their shape, unless `show_pii`. Files are
    downloaded to `target/staging`, where a build finds them. Raises UsageError, DefinitionError,
    StageError, ExecutionError or RemoteError.
    """
    declared = goal_called(workspace.project, name)
    connection, goal = declared
    full_name = declared.name
    if isinstance(goal, ExportProfiles):
        found = preview_export(workspace, connection.connection, goal, rows, show_pii)
        with OpenRemotes(workspace) as remotes:
            try:
                return with_files(found, goal, remotes.open(connection)[0])
            except RemoteError as error:
                return replace(found, unlisted=error.message)
    with shared_staging(workspace.staging), OpenRemotes(workspace) as remotes:
        remote, settings = remotes.open(connection)
        ledger = read_ledger(workspace.store)
        previewer = ImportPreviewer(
            workspace, connection.connection, goal, full_name, remote, settings, ledger, listener
        )
        return previewer.preview(rows, file, show_pii)
