"""The lineage of a whole project: its nodes and what each takes from others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from runner.compile.compiled_project import CompiledProject
from runner.compile.import_plan import ImportPlan
from runner.compile.jinja_environment import Environment
from runner.definitions.connection import Connection
from runner.definitions.event_type import event_table
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.group_type import group_table
from runner.definitions.import_goal import ImportGoal
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.lineage.export_lineage import export_edges, export_node, file_node
from runner.lineage.import_lineage import (
    file_nodes,
    filled_table,
    goal_fillings,
    import_edges,
    import_node,
    read_plan,
)
from runner.lineage.model_lineage import FindNode, exposure_nodes, model_edges, model_nodes
from runner.lineage.node import Edge, Filling, LineageNode
from runner.lineage.tables import property_nodes, table_nodes

FileHeaders = Mapping[str, tuple[str, ...]]
"""File source -> its columns."""
Headers = Mapping[str, FileHeaders]
"""Goal -> the headers of its files, as far as they were seen."""


@dataclass(frozen=True)
class Lineage:
    """The nodes of a project by id, and the edges between them."""

    nodes: Mapping[str, LineageNode]
    edges: tuple[Edge, ...]

    def parents(self) -> dict[str, list[str]]:
        """Return what each node takes from directly, whole tables and files only."""
        found: dict[str, list[str]] = {name: [] for name in self.nodes}
        for edge in self.edges:
            if not edge.of_column:
                found[edge.child].append(edge.parent)
        return found


def project_lineage(
    project: Project,
    compiled: CompiledProject,
    environment: Environment,
    headers: Headers,
) -> Lineage:
    """Return the lineage of a project; `headers` are those of files seen so far, by goal."""
    imports = [
        (connection, goal)
        for connection in project.connections
        for goal in connection.goals
        if isinstance(goal, ImportGoal)
    ]
    exports = [
        (connection, goal)
        for connection in project.connections
        for goal in connection.goals
        if isinstance(goal, ExportProfiles)
    ]
    plans = [
        read_plan(
            connection.connection, goal, project, environment, _known(headers, connection, goal)
        )
        for connection, goal in imports
    ]
    fillings, rest = _fillings(plans), _rest(plans)
    properties = {**rest.get("profiles", {}), **project.properties}
    tables = table_nodes(project, fillings, rest)
    nodes: list[LineageNode] = []
    for connection, goal in imports:
        nodes += file_nodes(connection, goal, _known(headers, connection, goal))
        nodes.append(import_node(connection, goal))
    nodes += [*property_nodes(properties, fillings).values(), *tables.values()]
    nodes += model_nodes(project, compiled)
    for connection, export in exports:
        nodes += [export_node(connection, export), file_node(connection, export)]
    nodes += exposure_nodes(compiled)
    find = _finder(compiled, tables)
    edges = [edge for plan in plans for edge in import_edges(plan, tables)]
    edges += _derived_edges(project, compiled, properties, tables)
    edges += model_edges(compiled, properties, find)
    for connection, export in exports:
        edges += export_edges(connection, export, project, compiled, find)
    return _joined(nodes, edges)


def _known(headers: Headers, connection: Connection, goal: ImportGoal) -> FileHeaders:
    return headers.get(f"{connection.connection}.{goal.name}", {})


def _fillings(plans: Iterable[ImportPlan]) -> dict[tuple[str, str], tuple[Filling, ...]]:
    found: dict[tuple[str, str], tuple[Filling, ...]] = {}
    for plan in plans:
        for column, filling in goal_fillings(plan):
            found[column] = (*found.get(column, ()), filling)
    return found


def _rest(plans: Iterable[ImportPlan]) -> dict[str, dict[str, Property]]:
    """Return the properties that `map_rest` makes of columns: table -> name -> property."""
    found: dict[str, dict[str, Property]] = {}
    for plan in plans:
        found.setdefault(filled_table(plan.goal), {}).update(plan.new_properties)
    return found


def _derived_edges(
    project: Project,
    compiled: CompiledProject,
    properties: Mapping[str, Property],
    tables: Mapping[str, LineageNode],
) -> Iterator[Edge]:
    """Yield what the tables are made of that no goal fills by itself."""
    for name, item in properties.items():
        yield Edge(f"property.{name}", tables["profiles"].id)
        if item.group:
            yield Edge(f"property.{name}", tables["profile_groups"].id)
            yield Edge(f"property.{name}", tables[group_table(item.group)].id)
    for name in project.event_types:
        yield Edge(tables[event_table(name)].id, tables["timeline"].id)
    for name, model in compiled.models.items():
        if model.kind == "segment":
            yield Edge(f"segment.{name}", tables["segment_members"].id)
    yield Edge(tables["profiles"].id, tables["profile_aliases"].id)


def _finder(compiled: CompiledProject, tables: Mapping[str, LineageNode]) -> FindNode:
    def find(name: str) -> str | None:
        if name in compiled.models:
            kind = "segment" if compiled.models[name].kind == "segment" else "model"
            return f"{kind}.{name}"
        return tables[name].id if name in tables else None

    return find


DERIVED = ("timeline", "segment_members", "profile_groups", "profile_aliases")
"""Tables that every project has: shown where a model or an export reads them."""


def _joined(nodes: Iterable[LineageNode], edges: Iterable[Edge]) -> Lineage:
    """Return the lineage, without what every project has and this one does not use."""
    known = {node.id: node for node in nodes}
    kept = tuple(dict.fromkeys(e for e in edges if e.parent in known and e.child in known))
    filled = {edge.child for edge in kept}
    read = {edge.parent for edge in kept if known[edge.parent].kind != "property"}
    read |= {edge.parent for edge in kept if edge.of_column}
    unused = {
        name
        for name, node in known.items()
        if node.location is None
        and node.kind in ("table", "event", "property")
        and name not in read
        and (name not in filled or node.name in DERIVED)
    }
    while True:  # A built-in event that only an unused table would take from.
        rest = [edge for edge in kept if not {edge.parent, edge.child} & unused]
        read = {edge.parent for edge in rest}
        filled = {edge.child for edge in rest}
        more = {
            name
            for name, node in known.items()
            if node.kind == "event" and node.location is None and name not in read | filled
        }
        if more <= unused:
            break
        unused |= more
    return Lineage({name: node for name, node in known.items() if name not in unused}, tuple(rest))
