"""People taken out of a warehouse file: of every table that has a column of profile ids (C2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.compile.graph import build_graph
from runner.engine.duckdb.rewriting import rewrite
from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.mentions import Mentions
from runner.erasure.people import Person
from runner.erasure.staged_erasure import Lines
from runner.models.model_run import run_model
from runner.models.source_tables import SourceTables
from runner.sql.quoting import quoted_name, quoted_text
from runner.warehouse.event_tables import fill_products
from runner.warehouse.publication import discard
from runner.warehouse.tables import link_groups
from runner.workspace.workspace import Workspace

STATE = frozenset(
    f'runner."{name}"'
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

KEYS = 'runner."keys"'
EVENT_NOTES = frozenset(('runner."events"', 'runner."event_lineage"'))
REJECTS = 'runner."rejects"'
BY_STATEMENT = EVENT_NOTES | {KEYS, REJECTS}
"""Tables of runner that hold people without an id of them in a column: each has a statement."""

ORIGIN = "origin"
"""The column that tells the line that a row of runner's tables came from."""

NAMING = frozenset(('runner."conflicts"',))
"""Tables with ids of profiles whose rows also name people without one."""

SHARED = ("products", "profiles", "profile_groups", "segment_members")
SHARED_BEGINNINGS = ("events_", "groups_")


@dataclass(frozen=True)
class HeldTable:
    """A table of a warehouse, with the columns that name profiles."""

    relation: str
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
        HeldTable(str(relation), tuple(columns), tuple(ids or ()), tuple(id_lists or ()))
        for relation, columns, ids, id_lists in warehouse.perform("person_columns")
    )


def name_forgotten(
    warehouse: Warehouse, people: Sequence[Person], lines: Mapping[str, Iterable[int]]
) -> None:
    """Put who is erased, and the staged lines that are theirs, where the statements look."""
    warehouse.perform("normalized")
    warehouse.perform("forgotten")
    ids = [profile_id for person in people for profile_id in person.profile_ids]
    if ids:
        rows = ", ".join(f"({quoted_text(profile_id)})" for profile_id in ids)
        warehouse.perform("add_forgotten", rows=rows)
    values = dict.fromkeys(pair for person in people for pair in person.identifiers)
    rows = ", ".join(f"({quoted_text(name)}, {quoted_text(value)})" for name, value in values)
    warehouse.perform("add_forgotten_values", rows=rows)
    warehouse.perform("mentioned", pattern=quoted_text(Mentions.of(people).sql))
    add_lines(warehouse, lines)


def add_lines(warehouse: Warehouse, lines: Mapping[str, Iterable[int]]) -> None:
    """Name more staged lines that are theirs."""
    theirs = [
        f"({quoted_text(sha256)}, {line})"
        for sha256, numbers in lines.items()
        for line in sorted(numbers)
    ]
    if theirs:
        warehouse.perform("add_forgotten_lines", rows=", ".join(theirs))


def lines_of(warehouse: Warehouse) -> Lines:
    """Return the staged lines that gave rows to who is erased."""
    found: Lines = {}
    for sha256, line in warehouse.perform("profile_lines"):
        found.setdefault(str(sha256), set()).add(int(line))
    return found


def erase_rows(warehouse: Warehouse) -> dict[str, int]:
    """Delete the rows of who is erased; returns how many of each table."""
    counts: dict[str, int] = {}
    for relation, name, parts in _deletions(held_tables(warehouse)):
        rows = int(warehouse.perform(name, **parts)[0][0])
        if rows:
            table = relation.replace('"', "")
            counts[table] = counts.get(table, 0) + rows
    return counts


def _deletions(tables: Sequence[HeldTable]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give the table, the statement and its parts of each deletion.

    What is found by the rows of another table goes before them.
    """
    names = {table.relation for table in tables}
    for table in tables:
        for notes in sorted(EVENT_NOTES & names) if table.event_type else ():
            parts = {"relation": notes, "events": table.relation}
            yield notes, "erase_event_notes", {**parts, "type": quoted_text(table.event_type)}
    if KEYS in names:
        yield KEYS, "erase_keys", {}
    for table in tables:
        parts = {"relation": table.relation}
        if table.is_of_people:
            yield table.relation, "erase_rows", {**parts, "condition": _condition(table)}
        if table.is_model or table.is_searched or table.relation in NAMING:
            yield table.relation, "erase_mentions", parts
    if REJECTS in names:
        yield REJECTS, "erase_rejects", {}


def _condition(table: HeldTable) -> str:
    ids = [statement("id_is_forgotten", column=quoted_name(name)) for name in table.ids]
    lists = [statement("id_list_is_forgotten", column=quoted_name(name)) for name in table.id_lists]
    if table.relation.startswith('runner."') and ORIGIN in table.columns:
        # What a row said of somebody who has no profile yet, such as a refusal.
        ids.append(statement("origin_is_forgotten", column=quoted_name(ORIGIN)))
    if table.relation.startswith('runner."') and {"identifier", "value"} <= {*table.columns}:
        ids.append(statement("value_is_forgotten"))
    return " or ".join((*ids, *lists))


def drop_uncertain(warehouse: Warehouse) -> tuple[str, ...]:
    """Drop tables of models that do not tell whose their rows are; the next build makes them."""
    dropped = [
        table.relation
        for table in held_tables(warehouse)
        if table.is_model and not table.is_of_people
    ]
    for relation in dropped:
        warehouse.perform("drop_table", relation=relation)
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
    rewrite(path, fresh, workspace.target.memory_limit)
    return fresh
