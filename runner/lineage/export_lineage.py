"""The lineage of export goals: what they read, and the files that they send."""

from collections.abc import Callable, Iterable, Iterator

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import export_needs
from runner.definitions.connection import Connection
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.project import Project
from runner.lineage.model_lineage import words_of
from runner.lineage.node import Edge, LineageColumn, LineageNode, facts, goal_node


def export_node(connection: Connection, goal: ExportProfiles) -> LineageNode:
    """Return the node of an export goal."""
    return goal_node(
        connection,
        goal,
        columns=tuple(
            LineageColumn(column.header, type=_type(column), content=_content(column))
            for column in goal.columns
        ),
        facts=facts(
            segment=goal.segment,
            group_type=goal.of_groups,
            changes=goal.changes,
            key=goal.key,
            directory=goal.directory,
        ),
    )


def file_node(connection: Connection, goal: ExportProfiles) -> LineageNode:
    """Return the node of the files that an export goal sends."""
    folder = f"{goal.directory.rstrip('/')}/" if goal.directory else ""
    return LineageNode(
        "exported_file",
        f"{connection.connection}.{goal.name}",
        title=f"{folder}{goal.file_name}",
        location=goal.location("file_name"),
        connection=connection.connection,
        tags=(*connection.labels, *goal.tags),
        is_enabled=connection.enabled and goal.enabled,
        facts=facts(
            separator=goal.format.separator,
            compression=goal.format.compression,
            trigger=goal.trigger,
            events=f"{folder}{goal.events.file_name}" if goal.events else "",
        ),
    )


def _type(column: Column) -> str:
    return column.type if column.expression is not None else ""


def _content(column: Column) -> str:
    """Return what a column holds, such as `property email, sha256`."""
    kind = column.kind
    value = {
        "property": column.property_name,
        "segments": ", ".join(column.segments or ())
        if isinstance(column.segments, tuple)
        else column.segments,
        "consent": column.consent,
        "text": column.text,
        "expression": column.expression,
    }.get(kind)
    words = kind.replace("_", " ") if value is None else f"{kind.replace('_', ' ')} {value}"
    return f"{words}, {column.hash}" if column.hash else words


def export_edges(
    connection: Connection,
    goal: ExportProfiles,
    project: Project,
    compiled: CompiledProject,
    find: Callable[[str], str | None],
) -> Iterator[Edge]:
    """Yield what an export reads, the properties that it sends included, and its files."""
    name = f"{connection.connection}.{goal.name}"
    me = f"{goal.kind}.{name}"
    yield Edge(me, f"exported_file.{name}")
    for table in _direct_needs(project, goal, compiled):
        parent = find(table)
        if parent is not None:
            yield Edge(parent, me)
    for sent in _sent_properties(goal, project.properties):
        yield Edge(f"property.{sent}", me, of_column=True)


def _direct_needs(
    project: Project, goal: ExportProfiles, compiled: CompiledProject
) -> tuple[str, ...]:
    """Return the tables that an export certainly reads: an expression may name others."""
    stated = goal.with_changes(
        columns=tuple(item for item in goal.columns if item.expression is None)
    )
    needs = export_needs(project, stated, compiled)
    named = frozenset().union(
        *(words_of(item.expression) for item in goal.columns if item.expression)
    )
    others = export_needs(project, goal, compiled)
    return tuple(dict.fromkeys([*needs, *(name for name in others if name.lower() in named)]))


def _sent_properties(goal: ExportProfiles, properties: Iterable[str]) -> Iterator[str]:
    known = {name.lower(): name for name in properties}
    for column in goal.columns:
        if column.property_name and not (column.group or goal.of_groups):
            yield column.property_name
        if column.expression:
            yield from (known[word] for word in sorted(words_of(column.expression) & known.keys()))
