"""Faults of export goals that are found before anything runs: file names and dialects."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from runner.compile.export_dialect import dialect_faults
from runner.compile.export_events import event_files
from runner.compile.file_name import NamedFor, file_name, placeholders, trigger_name
from runner.definitions.event_export import EventExport
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def check_exports(project: Project) -> None:
    """Check the file names and dialects of all export goals.

    Raises DefinitionError with all faults.
    """
    faults: list[Fault] = []
    for connection in project.connections:
        for goal in connection.goals:
            if isinstance(goal, ExportProfiles):
                faults += [*dialect_faults(goal), *_change_faults(goal)]
                named = NamedFor(connection.connection, ANY_TIME, "build", change="changed")
                try:
                    name = file_name(goal, named)
                    faults += _name_faults(goal)
                    if goal.events is not None:
                        file_name(goal, replace(named, event="order"))
                        faults += _event_name_faults(goal.events)
                        faults += _event_header_faults(goal, project)
                    if goal.trigger:
                        trigger_name(goal, name)
                except DefinitionError as error:
                    faults += error.faults
    if faults:
        raise DefinitionError(faults)


def _name_faults(goal: ExportProfiles) -> Iterator[Fault]:
    """Files of one goal must differ in name, or one would replace the other (X2)."""
    used = placeholders(goal.file_name)
    if goal.max_rows_per_file is not None and "part" not in used:
        message = "several files of one name would replace one another; write {part} in it"
        yield Fault(goal.location("file_name"), message)
    if "change" in used and goal.changes != "added_changed_removed":
        message = "{change} needs `changes: added_changed_removed`"
        yield Fault(goal.location("file_name"), message)


def _event_name_faults(events: EventExport) -> Iterator[Fault]:
    if "event" not in placeholders(events.file_name):
        message = "the files of several types would replace one another; write {event} in it"
        yield Fault(events.location("file_name"), message)


def _event_header_faults(goal: ExportProfiles, project: Project) -> Iterator[Fault]:
    """Readers find columns by header, and the titles of properties are headers."""
    assert goal.events is not None
    for file in event_files(goal, project.event_types):
        for header, times in Counter(file.headers).items():
            if times > 1 and goal.format.header:
                message = (
                    f"the file of `{file.name}` would have {times} columns '{header}':"
                    " give one of those properties another `title`"
                )
                yield Fault(goal.events.location("types"), message)


def _change_faults(goal: ExportProfiles) -> Iterator[Fault]:
    """A column or the name of the file must mark removed profiles (X4)."""
    columns = [column for column in goal.columns if column.kind == "change"]
    if columns and goal.changes == "all":
        message = "`change` needs `changes: changed` or `changes: added_changed_removed`"
        yield Fault(columns[0].location("change"), message)
    if goal.changes == "added_changed_removed" and not columns and not goal.has_change_files:
        yield Fault(
            goal.location("changes"),
            "removed profiles are not marked: write {change} in `file_name` for three files, or"
            " add a column such as `{header: CHANGE, change: true}`",
        )
