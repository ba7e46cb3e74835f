"""People taken out of a warehouse file: of every table that has a column of profile ids (C2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.compile.graph import build_graph
from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.mentions import Mentions
from runner.erasure.people import Person
from runner.erasure.staged_erasure import Lines
from runner.models.model_run import run_model
from runner.models.source_tables import SourceTables
from runner.sql.quoting import Sql, quoted_relation
from runner.warehouse.event_tables import fill_products
from runner.warehouse.publication import discard
from runner.warehouse.tables import link_groups
from runner.workspace.workspace import Workspace

STATE = frozenset(
    quoted_relation("runner", name)
    for name in (
        "files",
        "goals",
        "models",
        "returning",
        "undone",
        "published",
        "suppressed",
        "product_feed",
        "format",
    )
)
"""Tables of runner that tell of files, goals, models and builds, and of nobody."""

KEYS = quoted_relation("runner", "keys")
EVENT_NOTES = frozenset(
    (quoted_relation("runner", "events"), quoted_relation("runner", "event_lineage"))
)
REJECTS = quoted_relation("runner", "rejects")
BY_STATEMENT = EVENT_NOTES | {KEYS, REJECTS}
"""Tables of runner that hold people without an id of them in a column: each has a statement."""

ORIGIN = "origin"
"""The column that tells the line that a row of runner's tables came from."""

NAMING = frozenset((quoted_relation("runner", "conflicts"),))
"""Tables with ids of profiles whose rows also name people without one."""

SHARED = ("products", "profiles", "profile_groups", "segment_members")
SHARED_BEGINNINGS = ("events_", "groups_")


@dataclass(frozen=True)
class HeldTable:
    """A table of a warehouse, with the columns that name profiles."""

    relation: Sql
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    id_lists: tuple[str, ...]

    @property
    def is_of_people(self) -> bool:
        """Whether its rows are found by profile ids."""
        return bool(self.ids or self.id_lists)

    @property
    def is_model(self) -> bool:
        """Whether it is a table of the project's own: neither runner's, nor one that goals fill."""
        schema, name = self.relation.replace('"', "").split(".", 1)
        if schema == "runner":
            return False
        return schema != "main" or not (name in SHARED or name.startswith(SHARED_BEGINNINGS))

    @property
    def is_searched(self) -> bool:
        """Whether it is a table of runner whose rows are found by what they mention alone."""
        is_own = self.relation.startswith('runner."')
        return is_own and not self.is_of_people and self.relation not in STATE | BY_STATEMENT

    @property
    def event_type(self) -> str | None:
        """Return the event type that it is the table of."""
        name = self.relation.removeprefix('main."events_').removesuffix('"')
        is_events = self.relation.startswith('main."events_') and "occurred_at" in self.columns
        return name if is_events else None


def held_tables(warehouse: Warehouse) -> tuple[HeldTable, ...]:
    """Return all tables of a warehouse."""
    return tuple(
        HeldTable(Sql(relation), tuple(columns), tuple(ids or ()), tuple(id_lists or ()))
        for relation, columns, ids, id_lists in warehouse.perform("catalog.profile_columns")
    )


def name_forgotten(
    warehouse: Warehouse, people: Sequence[Person], lines: Mapping[str, Iterable[int]]
) -> None:
    """Put who is erased, and the staged lines that are theirs, where the statements look."""
    warehouse.perform("erasure.normalized")
    warehouse.perform("erasure.tables")
    ids = [profile_id for person in people for profile_id in person.profile_ids]
    warehouse.insert("forgotten", [{"profile_id": profile_id} for profile_id in ids])
    values = dict.fromkeys(pair for person in people for pair in person.identifiers)
    rows = [{"identifier": name, "value": value} for name, value in values]
    warehouse.insert("forgotten_values", rows)
    warehouse.set_variable("mentioned", Mentions.of(people).sql)
    add_lines(warehouse, lines)


def add_lines(warehouse: Warehouse, lines: Mapping[str, Iterable[int]]) -> None:
    """Name more staged lines that are theirs."""
    theirs = [
        {"sha256": sha256, "line": line}
        for sha256, numbers in lines.items()
        for line in sorted(numbers)
    ]
    warehouse.insert("forgotten_lines", theirs)


def lines_of(warehouse: Warehouse) -> Lines:
    """Return the staged lines that gave rows to who is erased."""
    found: Lines = {}
    for sha256, line in warehouse.perform("erasure.profile_lines"):
        found.setdefault(str(sha256), set()).add(int(line))
    return found


def erase_rows(warehouse: Warehouse) -> dict[str, int]:
    """Delete the rows of who is erased; returns how many of each table."""
    counts: dict[str, int] = {}
    for relation, name, values in _deletions(held_tables(warehouse)):
        rows = int(warehouse.value(name, **values))
        if rows:
            table = relation.replace('"', "")
            counts[table] = counts.get(table, 0) + rows
    return counts


def _deletions(tables: Sequence[HeldTable]) -> Iterator[tuple[Sql, str, dict[str, Any]]]:
    """Give the table, the statement and its values of each deletion.

    What is found by the rows of another table goes before them.
    """
    names = {table.relation for table in tables}
    for table in tables:
        for notes in sorted(EVENT_NOTES & names) if table.event_type else ():
            values = {"relation": notes, "events": table.relation, "type": table.event_type}
            yield notes, "erasure.delete_event_rows", values
    if KEYS in names:
        yield KEYS, "erasure.delete_keys", {}
    for table in tables:
        if table.is_of_people:
            yield table.relation, "erasure.delete_profiles", _columns(table)
        if table.is_model or table.is_searched or table.relation in NAMING:
            yield table.relation, "erasure.delete_mentions", {"relation": table.relation}
    if REJECTS in names:
        yield REJECTS, "erasure.delete_rejects", {}


def _columns(table: HeldTable) -> dict[str, Any]:
    """Return the columns by which rows of persons are found."""
    is_own = table.relation.startswith('runner."')
    return {
        "relation": table.relation,
        "ids": table.ids,
        "id_lists": table.id_lists,
        # What a row said of somebody who has no profile yet, such as a refusal.
        "origin": ORIGIN if is_own and ORIGIN in table.columns else None,
        "has_value": is_own and {"identifier", "value"} <= {*table.columns},
    }


def drop_uncertain(warehouse: Warehouse) -> tuple[str, ...]:
    """Drop tables of models that do not tell whose their rows are; the next build makes them."""
    dropped = [
        table.relation
        for table in held_tables(warehouse)
        if table.is_model and not table.is_of_people
    ]
    for relation in dropped:
        warehouse.drop(relation)
    return tuple(dropped)


def rebuild(warehouse: Warehouse, workspace: Workspace) -> tuple[str, ...]:
    """Make anew what is made of all profiles: groups, products, models; returns what failed.

    A table of a model that fails and does not tell whose its rows are is dropped.
    """
    link_groups(warehouse, workspace)
    fill_products(warehouse, workspace.library, workspace.project)
    drop_uncertain(warehouse)
    compiled = workspace.compiled(frozenset(warehouse.relations()))
    tables = SourceTables(warehouse, workspace)
    failed = []
    for name in build_graph(workspace.project, compiled).nodes:
        model = compiled.models.get(name)
        if model is not None and run_model(warehouse, model, tables).is_failure:
            failed.append(name)
    return tuple(failed)


def rewritten(path: Path, workspace: Workspace) -> Path:
    """Write a warehouse anew beside itself, without what was deleted; returns the new file."""
    fresh = path.with_name(path.name + ".fresh")
    discard(fresh)
    with Warehouse.open(fresh, memory_limit=workspace.target.memory_limit) as warehouse:
        warehouse.copy_from(path)
    return fresh
