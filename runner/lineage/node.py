"""A node of the lineage, its columns, and what one node takes from another."""

from dataclasses import dataclass
from typing import Literal

from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import Location

Kind = Literal[
    "file",
    "import_profiles",
    "import_groups",
    "import_products",
    "property",
    "table",
    "event",
    "group",
    "model",
    "segment",
    "unit_test",
    "test",
    "export_profiles",
    "export_groups",
    "exported_file",
    "exposure",
]
"""In the order in which data goes through them."""


@dataclass(frozen=True)
class Filling:
    """How a goal fills a property, or a column of an event, a group or a product."""

    # Full name of the goal.
    goal: str
    # The column or expression, as it was written.
    written: str
    # Columns of files that it reads, `source.column` each; empty for a constant.
    columns: tuple[str, ...] = ()
    strategy: str = ""
    # What decides which row wins (P8); empty where the last one does.
    latest_by: str = ""
    location: Location | None = None


@dataclass(frozen=True)
class LineageColumn:
    """A column of a node, as it is documented."""

    name: str
    title: str = ""
    description: str = ""
    type: str = ""
    tests: tuple[str, ...] = ()
    is_personal: bool = False
    filled: tuple[Filling, ...] = ()
    # Of a column of an export: the property, segments or expression that it holds.
    content: str = ""


@dataclass(frozen=True)
class LineageNode:
    """Something that data goes through."""

    kind: Kind
    # As users name it: `webshop.orders`, `webshop.orders.products`, `email`, `vip`.
    name: str
    title: str = ""
    description: str = ""
    # Where it is declared; None of what is built in.
    location: Location | None = None
    connection: str = ""
    tags: tuple[str, ...] = ()
    is_enabled: bool = True
    columns: tuple[LineageColumn, ...] = ()
    # Further facts, each a label and a value.
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Return what no other node has."""
        return f"{self.kind}.{self.name}"


def goal_node(
    connection: Connection,
    goal: ImportGoal | ExportProfiles,
    columns: tuple[LineageColumn, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
) -> LineageNode:
    """Return the node of a goal of a connection, of any kind."""
    return LineageNode(
        kind=goal.kind,  # type: ignore[arg-type]
        name=f"{connection.connection}.{goal.name}",
        title=goal.title,
        description=goal.description,
        location=goal.location(),
        connection=connection.connection,
        tags=(*connection.labels, *goal.tags),
        is_enabled=connection.enabled and goal.enabled,
        columns=columns,
        facts=facts,
    )


@dataclass(frozen=True, order=True)
class Edge:
    """One node takes data from another."""

    parent: str
    child: str
    # Whether the child names this property; else it takes the whole table or file.
    of_column: bool = False


def facts(**found: object) -> tuple[tuple[str, str], ...]:
    """Return the facts that there are, with their labels; lists are joined by commas."""
    return tuple(
        (label.replace("_", " "), _text(value))
        for label, value in found.items()
        if value not in (None, "", (), [], False)
    )


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
