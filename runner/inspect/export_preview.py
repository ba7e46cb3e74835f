"""The first rows of an export goal, as a build would write them now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from runner.compile.export_models import ExportModels, export_models
from runner.compile.file_name import NamedFor, file_name
from runner.compile.library import Library
from runner.definitions.export_goal import Column, ExportProfiles
from runner.errors import RemoteError, UsageError
from runner.exports.members import count_members
from runner.inspect.personal import masked
from runner.inspect.personal_values import personal_values
from runner.model import Model
from runner.remote import Remote, RemoteFile
from runner.remote.path import is_missing
from runner.sql.quoting import quoted_name
from runner.warehouse.tables import known_properties
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class ExportPreview:
    """What a build would send, from the warehouse as it is published."""

    name: str
    # Directory and name of the file.
    path: str
    # Members of the segment, and those of them that have a value to export (X1).
    members: int
    exported: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    is_masked: bool
    # Files in the directory now; or why they are not known.
    files: tuple[RemoteFile, ...] = ()
    unlisted: str = ""
    # Reason -> members that are left out without consent (C1).
    no_consent: Mapping[str, int] = field(default_factory=dict)


def with_files(found: ExportPreview, goal: ExportProfiles, remote: Remote) -> ExportPreview:
    """Return a preview with the files that are in the goal's directory now."""
    try:
        return replace(found, files=remote.list(goal.directory).files)
    except RemoteError as error:
        missing = "its directory is not there yet: the first export makes it"
        return replace(found, unlisted=missing if is_missing(error.message) else error.message)


def preview_export(
    workspace: Workspace, connection: str, goal: ExportProfiles, rows: int, show_pii: bool
) -> ExportPreview:
    """Return the first rows of an export, from the published warehouse.

    Raises UsageError where nothing is published yet, DefinitionError or ExecutionError.
    """
    name = f"{connection}.{goal.name}"
    if not workspace.store.is_published:
        raise UsageError(
            f"{name}: there is no warehouse yet, so nothing can be exported",
            hint="run `runner build` first",
        )
    personal = personal_values(workspace).properties
    with workspace.store.open(is_lockable=True) as warehouse:
        properties = known_properties(warehouse, workspace, goal.of_groups)
        models = export_models(
            connection, goal, workspace.project, properties, workspace.library, datetime.now(UTC)
        )
        warehouse.lock()
        counted = count_members(warehouse, models)
        found = warehouse.read(_first_rows(models, workspace.library, rows))
    sent = file_name(goal, NamedFor(connection, datetime.now(UTC), "BUILD"))
    directory = goal.directory.strip("/")
    return ExportPreview(
        name,
        f"{directory}/{sent}" if directory else sent,
        counted.members,
        counted.exported,
        tuple(column.header for column in goal.columns),
        tuple(
            tuple(
                masked(text)
                if not show_pii and (column.declared.pii or _property(goal, written) in personal)
                else text
                for column, written, text in zip(models.columns, goal.columns, row, strict=True)
            )
            for row in found
        ),
        not show_pii,
        no_consent=counted.no_consent,
    )


def _property(goal: ExportProfiles, column: Column) -> str:
    """Return the property of a column, that of a group behind its type and a colon."""
    group_type = column.group or goal.of_groups
    return f"{group_type}:{column.property_name}" if group_type else column.property_name or ""


def _first_rows(models: ExportModels, library: Library, rows: int) -> Model:
    variables = {
        "select": models.rows.sql,
        "columns": ", ".join(quoted_name(column.name) for column in models.columns),
        "order": models.sheet.order,
        "rows": rows,
    }
    sql, locations = library.render("inspect/first_exported_rows.sql", variables)
    return replace(models.rows, sql=sql, locations=locations)
