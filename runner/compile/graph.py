"""The nodes of a project and what each depends on: goals, models, segments, tests, exports."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from runner.compile.compiled_project import CompiledProject
from runner.compile.public_tables import public_tables
from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.group_type import group_table
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.definitions.selector import Selection

Kind = Literal[
    "import_profiles",
    "import_groups",
    "import_products",
    "model",
    "segment",
    "unit_test",
    "test",
    "export_profiles",
    "export_groups",
]
ORDER: tuple[Kind, ...] = (
    "import_profiles",
    "import_groups",
    "import_products",
    "model",
    "segment",
    "unit_test",
    "test",
    "export_profiles",
    "export_groups",
)

MAY_READ = re.compile(r"\bselect\b|\bfrom\b|{", re.IGNORECASE)
"""What an expression has that reads other tables, or calls a macro that may."""


@dataclass(frozen=True)
class Node:
    """Something that a build runs."""

    name: str
    kind: Kind
    depends_on: tuple[str, ...]
    tags: tuple[str, ...] = ()
    # The file that declares it.
    path: str = ""
    connection: str = ""
    enabled: bool = True
    # Of a unit test: the model that it tests, and that waits for it.
    tested: str = ""
    # Of goals, models and segments, where asked for: `new`, `modified` or `unchanged`.
    state: str = ""
    # Where asked for: how it ended in the last run, as run_results.json has it.
    result: str = ""
    # Of models and segments: their configuration.
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """All nodes of a project, by name, each after those it depends on."""

    nodes: Mapping[str, Node]
    # Selectors with a name, and the one that counts where nothing is selected.
    selectors: Mapping[str, Selection] = field(default_factory=dict)
    default_selector: str = ""
    # Exposure -> the nodes that it uses.
    exposures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_states(self, states: Mapping[str, str]) -> "Graph":
        """Return this graph with the states of some nodes."""
        nodes = self.nodes.items()
        return replace(
            self, nodes={name: replace(node, state=states.get(name, "")) for name, node in nodes}
        )

    def with_results(self, results: Mapping[str, str]) -> "Graph":
        """Return this graph with how some nodes ended when they last ran."""
        nodes = self.nodes.items()
        return replace(
            self, nodes={name: replace(node, result=results.get(name, "")) for name, node in nodes}
        )

    def upstream(self, name: str, steps: int | None = None) -> set[str]:
        """Return all that a node depends on, however far, or so many steps away."""
        return _reach(name, {node.name: node.depends_on for node in self.nodes.values()}, steps)

    def downstream(self, name: str, steps: int | None = None) -> set[str]:
        """Return all that depends on a node, however far, or so many steps away."""
        children: dict[str, list[str]] = {}
        for node in self.nodes.values():
            for parent in node.depends_on:
                children.setdefault(parent, []).append(node.name)
        return _reach(name, children, steps)


def _reach(start: str, edges: Mapping[str, Iterable[str]], steps: int | None) -> set[str]:
    found: set[str] = set()
    reached = {*edges.get(start, ())}
    while reached and steps != 0:
        found |= reached
        reached = {name for item in reached for name in edges.get(item, ())} - found
        steps = None if steps is None else steps - 1
    return found


def build_graph(project: Project, compiled: CompiledProject) -> Graph:
    """Return the graph of a project; goals come before all that reads a table that they fill."""
    imports, exports = _goal_nodes(project, compiled)
    segments = tuple(name for name, item in compiled.models.items() if item.kind == "segment")
    made_by = {
        table: tuple(node.name for node in imports if _fills(node.kind, table))
        for table in public_tables(project)
    }
    made_by["segment_members"] = segments

    def parents(names: Iterable[str]) -> tuple[str, ...]:
        found = [parent for name in names for parent in made_by.get(name, (name,))]
        return tuple(dict.fromkeys(found))

    tests_of: dict[str, list[str]] = {}
    for unit in compiled.unit_tests:
        tests_of.setdefault(unit.tested, []).append(unit.model.name)
    nodes = [*imports]
    for name, item in compiled.models.items():
        needs = (*parents(item.model.depends_on), *tests_of.get(name, ()))
        kind: Kind = "segment" if item.kind == "segment" else "model"
        file = item.model.locations[0].file
        nodes.append(Node(name, kind, needs, item.tags, file, config=item.config))
    for unit in compiled.unit_tests:
        needs = parents(unit.model.depends_on)
        file = unit.location.file
        nodes.append(Node(unit.model.name, "unit_test", needs, (), file, tested=unit.tested))
    for test in compiled.tests:
        file = test.model.locations[0].file
        nodes.append(Node(test.model.name, "test", parents(test.tested), (), file))
    nodes += [replace(node, depends_on=parents(node.depends_on)) for node in exports]
    sorted_nodes = {node.name: node for node in _sorted(nodes)}
    exposures = {item.exposure.name: parents(item.depends_on) for item in compiled.exposures}
    return Graph(sorted_nodes, project.selectors, project.default_selector, exposures)


def _goal_nodes(project: Project, compiled: CompiledProject) -> tuple[list[Node], list[Node]]:
    """Return the nodes of all import goals, and those of all export goals."""
    imports: list[Node] = []
    exports: list[Node] = []
    for connection in project.connections:
        for goal in connection.goals:
            if isinstance(goal, ImportGoal):
                imports.append(_goal_node(connection, goal, ()))
            else:
                needs = export_needs(project, goal, compiled)
                exports.append(_goal_node(connection, goal, needs))
    return imports, exports


def _goal_node(
    connection: Connection,
    goal: ImportGoal | ExportProfiles,
    depends_on: tuple[str, ...],
) -> Node:
    return Node(
        name=f"{connection.connection}.{goal.name}",
        kind=cast(Kind, goal.kind),
        depends_on=depends_on,
        tags=(*connection.labels, *goal.tags),
        path=connection.location("connection").file,
        connection=connection.connection,
        enabled=connection.enabled and goal.enabled,
    )


def _fills(kind: Kind, table: str) -> bool:
    """Whether import goals of a kind fill a public table: those of profiles fill all of them."""
    if kind == "import_products":
        return table == "products"
    is_of_groups = table == "profile_groups" or table.startswith(group_table(""))
    return kind == "import_profiles" or is_of_groups


def export_needs(
    project: Project, goal: ExportProfiles, compiled: CompiledProject
) -> tuple[str, ...]:
    """Return the tables and models that an export reads; SQL in an expression may read any."""
    needed = ["profiles", *([goal.segment] if goal.segment else [])]
    needed += [group_table(goal.of_groups)] if goal.of_groups else []
    for column in goal.columns:
        if column.segments == "all":
            needed += [name for name, item in compiled.models.items() if item.kind == "segment"]
        elif column.segments:
            needed += column.segments
        if column.group:
            needed += [group_table(column.group), "profile_groups"]
        if column.expression and MAY_READ.search(column.expression):
            needed += public_tables(project)
    return tuple(dict.fromkeys(needed))


def _sorted(nodes: list[Node]) -> list[Node]:
    """Return nodes so that each comes after those it depends on, else as declared."""
    waiting = {node.name: node for node in sorted(nodes, key=lambda node: ORDER.index(node.kind))}
    done: dict[str, Node] = {}

    def visit(node: Node) -> None:
        if node.name in done:
            return
        for parent in node.depends_on:
            if parent in waiting:
                visit(waiting[parent])
        done[node.name] = node

    for node in waiting.values():
        visit(node)
    return list(done.values())
