"""Names in export goals: segments, properties, event types, headers, keys and directories."""

from collections.abc import Iterator

from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.definitions.remote_path import folder_fault
from runner.errors import Fault, choices, nearest, unknown

KEYS = ("profile_id", "group_id", "property", "expression")
"""Kinds of columns that can be a part of the key of an export (X5)."""

NO_FOLDER = frozenset("\\\x7f") | frozenset(map(chr, range(32)))
"""Characters that no folder of a server has: some take a backslash for a slash."""


def export_faults(goal: ExportProfiles, project: Project) -> Iterator[Fault]:
    """Return what is wrong with the names that an export goal writes or refers to."""
    models = [model.name for model in project.models]
    if goal.segment not in models and (goal.segment or not goal.of_groups):
        yield Fault(goal.location("segment"), unknown("segment", goal.segment, _segments(project)))
    for column in goal.columns:
        yield from _column_faults(goal, column, project)
    yield from _header_faults(goal)
    yield from _key_faults(goal)
    yield from _event_type_faults(goal, project)
    fault = folder_fault(goal.directory)
    if set(goal.directory) & NO_FOLDER:
        fault = f"{goal.directory!r} has a backslash or a control character".replace("\\\\", "\\")
    if fault:
        yield Fault(goal.location("directory"), fault)


def _column_faults(goal: ExportProfiles, column: Column, project: Project) -> Iterator[Fault]:
    name = None if column.group or goal.of_groups else column.property_name
    if name is not None and name not in project.properties and not _may_be_rest(project, name):
        known = [*project.properties, "profile_id"]
        yield Fault(column.location("property"), unknown("property", name, known))
    if isinstance(column.segments, tuple):
        models = [model.name for model in project.models]
        for number, segment in enumerate(column.segments):
            if segment not in models:
                location = column.location("segments", number)
                yield Fault(location, unknown("segment", segment, _segments(project)))


def _header_faults(goal: ExportProfiles) -> Iterator[Fault]:
    """Readers find columns by header: two of one name hide a column, or stop the reader."""
    if not goal.format.header:
        return
    seen: dict[str, Column] = {}
    for column in goal.columns:
        header = column.header.strip()
        if header in seen:
            first = seen[header].location("header")
            message = f"the header '{header}' is already that of the column at {first}"
            yield Fault(column.location("header"), message)
        seen.setdefault(header, column)


def _key_faults(goal: ExportProfiles) -> Iterator[Fault]:
    columns = {column.header: column for column in goal.columns}
    fitting = [header for header, column in columns.items() if column.kind in KEYS]
    for number, header in enumerate(goal.key):
        location = goal.location("key", number)
        if header in goal.key[:number]:
            yield Fault(location, f"'{header}' is twice in the key")
        elif header not in fitting:
            what = "says nothing of who a person is" if header in columns else "is no header"
            yield Fault(
                location,
                f"'{header}' {what}.{nearest(header, fitting)}"
                f" Columns that can be a key: {choices(fitting) or 'none'}",
            )


def _event_type_faults(goal: ExportProfiles, project: Project) -> Iterator[Fault]:
    events = goal.events
    if events is None or events.types == "all":
        return
    for number, name in enumerate(events.types):
        if name not in project.event_types:
            location = events.location("types", number)
            yield Fault(location, unknown("event type", name, project.event_types))


def same_file_faults(project: Project) -> Iterator[Fault]:
    """Two goals that write one file would each replace what the other wrote (X2)."""
    written: dict[tuple[str, str, str], ExportProfiles] = {}
    for connection in project.connections:
        for goal in connection.goals:
            if not isinstance(goal, ExportProfiles):
                continue
            same = {"{goal}": goal.name, "{segment}": goal.segment}
            same["{group_type}"] = goal.of_groups
            name = goal.file_name
            for placeholder, value in same.items():
                name = name.replace(placeholder, value)
            key = (connection.connection, goal.directory.strip("/"), name)
            if key in written:
                first = written[key].location("name")
                message = f"the goal at {first} writes the same file, {goal.directory}/{name}"
                yield Fault(goal.location("name"), message)
            written[key] = goal


def _segments(project: Project) -> list[str]:
    return [model.name for model in project.models if model.folder == "segments"]


def _may_be_rest(project: Project, name: str) -> bool:
    """Tell whether a `map_rest` may declare this property once headers are known."""
    if project.broken:
        return True
    goals = [goal for connection in project.connections for goal in connection.goals]
    return any(
        isinstance(goal, ImportGoal)
        and goal.map_rest is not None
        and name.startswith(goal.map_rest.prefix)
        for goal in goals
    )
