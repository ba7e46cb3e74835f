"""The lineage of import goals: their files, and what they fill."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from runner.compile.expression import Expression
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_import, resolve_without_files
from runner.compile.jinja_environment import Environment
from runner.compile.mapped_value import MappedValue
from runner.definitions.connection import Connection
from runner.definitions.event_import import EventImport, EventValue
from runner.definitions.event_type import event_table
from runner.definitions.file_source import FileSource
from runner.definitions.group_type import group_table
from runner.definitions.import_goal import ImportGoal, ImportGroups, ImportProfiles
from runner.definitions.import_products import ImportProducts
from runner.definitions.project import Project
from runner.errors import DefinitionError
from runner.lineage.node import Edge, Filling, LineageColumn, LineageNode, facts, goal_node

Headers = Mapping[str, tuple[str, ...]]
"""File source -> its columns."""


def read_plan(
    connection: str,
    goal: ImportGoal,
    project: Project,
    environment: Environment,
    headers: Headers,
) -> ImportPlan:
    """Return a goal with its columns found: by headers of files that were seen, else as named."""
    if headers.keys() == goal.files.keys() and all(headers.values()):
        # An edited goal may name columns that the files seen so far do not have.
        with suppress(DefinitionError):
            return resolve_import(connection, goal, dict(headers), project, environment)
    return resolve_without_files(connection, goal, project, environment)


def filled_table(goal: ImportGoal) -> str:
    """Return the public table that the `map` of a goal fills."""
    if isinstance(goal, ImportGroups):
        return group_table(goal.group_type)
    return "products" if isinstance(goal, ImportProducts) else "profiles"


def goal_fillings(plan: ImportPlan) -> Iterator[tuple[tuple[str, str], Filling]]:
    """Yield each table and column that a goal fills, and how."""
    table = filled_table(plan.goal)
    for item in plan.assignments:
        yield (table, item.name), _property_filling(plan, item)
    for event in plan.events:
        declared = event.declared
        for column in event.columns:
            written = declared.properties.get(column.name)
            yield (
                (event_table(event.type, ""), column.name),
                _event_filling(plan, column.item.value, written, declared),
            )
        for nested in event.lists:
            for column in nested.columns:
                written = declared.nested[nested.name].get(column.name)
                yield (
                    (event_table(event.type, nested.name), column.name),
                    _event_filling(plan, column.item.value, written, declared),
                )


def _property_filling(plan: ImportPlan, item: MappedValue) -> Filling:
    mapping = plan.goal.map.get(item.name)
    written, latest_by = item.described, ""
    if mapping is not None:
        written = mapping.source if mapping.source is not None else f"constant {mapping.value}"
        latest_by = mapping.latest_by or ""
    else:
        named = (keys[item.name] for keys in plan.goal.identify.by if item.name in keys)
        written = next(named, written)
    return Filling(
        plan.name, written, _columns(item.value), item.strategy, latest_by, item.value.location
    )


def _event_filling(
    plan: ImportPlan, value: Expression, written: EventValue | None, declared: EventImport
) -> Filling:
    text = ""
    if written is not None:
        text = written.source if written.source is not None else f"constant {written.value}"
    elif value.location == declared.location("at"):
        text = declared.at
    return Filling(
        plan.name,
        text or declared.id or ", ".join(_columns(value)),
        _columns(value),
        location=value.location,
    )


def _columns(value: Expression) -> tuple[str, ...]:
    return tuple(f"{source}.{column}" for source, column in sorted(value.columns))


def import_node(connection: Connection, goal: ImportGoal) -> LineageNode:
    """Return the node of an import goal."""
    identify = goal.identify
    return goal_node(
        connection,
        goal,
        facts=facts(
            identified_by=[" and ".join(item) for item in identify.by],
            creates="yes" if identify.create_profiles else "no",
            on_conflict=identify.on_conflict,
            key=goal.key,
            deleted_when=goal.deleted_when,
            steps_of_process=len(goal.process) or None,
            unmapped_columns="to properties of their own" if goal.map_rest else "",
        ),
    )


def file_nodes(connection: Connection, goal: ImportGoal, headers: Headers) -> list[LineageNode]:
    """Return the node of each file source of a goal; `headers` are those of the last build."""
    return [
        LineageNode(
            "file",
            f"{connection.connection}.{goal.name}.{name}",
            title=source.pattern,
            location=source.location(),
            connection=connection.connection,
            tags=(*connection.labels, *goal.tags),
            is_enabled=connection.enabled and goal.enabled,
            columns=tuple(LineageColumn(column) for column in headers.get(name, ())),
            facts=_file_facts(goal, name, source),
        )
        for name, source in goal.files.items()
    ]


def _file_facts(goal: ImportGoal, name: str, source: FileSource) -> tuple[tuple[str, str], ...]:
    return facts(
        pattern=source.pattern,
        role="main file" if name == goal.main else "chained file",
        joined=[f"{own} = {other}" for own, other in source.join.items()],
        feed="full" if goal.is_full(name) else "delta",
        files_used=source.pick,
        members=source.members,
        required="yes" if source.required else "",
        optional="yes" if source.optional else "",
    )


def import_edges(plan: ImportPlan, tables: Mapping[str, LineageNode]) -> Iterator[Edge]:
    """Yield what a goal takes from its files, and what takes from the goal."""
    goal, me = plan.goal, f"{plan.goal.kind}.{plan.name}"
    for source in goal.files:
        yield Edge(f"file.{plan.name}.{source}", me)
    if isinstance(goal, ImportProfiles):
        yield from (Edge(me, f"property.{item.name}") for item in plan.assignments)
    else:
        yield Edge(me, tables[filled_table(goal)].id)
    if goal.consent and "consent" in tables:
        yield Edge(me, tables["consent"].id)
    for event in goal.mapped_events:
        for nested in ("", *event.nested):
            yield Edge(me, tables[event_table(event.type, nested)].id)
        if event.product_store:
            yield Edge(me, tables["products"].id)
