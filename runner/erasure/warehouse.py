"""Persons erased from a warehouse file (C2)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from runner.compile.graph import build_graph
from runner.engine.warehouse import Warehouse
from runner.erasure.conditions import Conditions
from runner.erasure.held_tables import HeldTable, deletions
from runner.erasure.line_search import FoundLines, LineNumbers, add_numbers
from runner.erasure.persons import Person
from runner.erasure.value_pattern import ValuePattern
from runner.models.model_run import run_model
from runner.models.source_tables import SourceTables
from runner.warehouse.event_tables import fill_products
from runner.warehouse.tables import link_groups
from runner.workspace.workspace import Workspace


def load_forgotten(warehouse: Warehouse, persons: Sequence[Person]) -> None:
    """Load the persons to erase for the statements that erase them."""
    warehouse.perform("erasure.tables")
    ids = [profile_id for person in persons for profile_id in person.profile_ids]
    warehouse.insert("forgotten", [{"profile_id": profile_id} for profile_id in ids])
    values = dict.fromkeys(pair for person in persons for pair in person.identifiers)
    rows = [{"identifier": name, "value": value} for name, value in values]
    warehouse.insert("forgotten_values", rows)
    warehouse.set_variable("person_values", ValuePattern.of(persons).sql)


def load_lines(
    warehouse: Warehouse,
    found: FoundLines,
    tables: Sequence[HeldTable],
    conditions: Conditions,
) -> None:
    """Load their staged lines, and the groups that name them, which are erased whole.

    The next build imports the other lines of these groups again.
    """
    _insert_lines(warehouse, "forgotten_lines", found.lines)
    _insert_lines(warehouse, "group_lines", found.group_lines)
    if found.group_goals:
        warehouse.perform("erasure.add_groups_of_lines", goals=sorted(found.group_goals))
    for table in tables:
        if table.is_of_groups:
            matches = conditions.row_matches
            warehouse.perform("erasure.add_groups", relation=table.relation, matches=matches)
    warehouse.perform("erasure.return_files_of_groups")


def _insert_lines(warehouse: Warehouse, relation: str, lines: LineNumbers) -> None:
    rows = [
        {"sha256": sha256, "line": line}
        for sha256, numbers in lines.items()
        for line in sorted(numbers)
    ]
    warehouse.insert(relation, rows)


def lines_of(warehouse: Warehouse) -> LineNumbers:
    """Return the staged lines that gave rows to the profiles of these persons."""
    found: LineNumbers = {}
    add_numbers(found, warehouse.perform("erasure.profile_lines"))
    return found


def erase_rows(
    warehouse: Warehouse, tables: Sequence[HeldTable], conditions: Conditions
) -> dict[str, int]:
    """Delete the rows of these persons; returns the number per table."""
    counts: dict[str, int] = {}
    for relation, name, values in deletions(tables, conditions):
        held = warehouse.count(relation)
        warehouse.perform(name, **values)
        rows = held - warehouse.count(relation)
        if rows:
            table = relation.replace('"', "")
            counts[table] = counts.get(table, 0) + rows
    return counts


def rows_of_others(
    warehouse: Warehouse, tables: Sequence[HeldTable], conditions: Conditions
) -> dict[str, int]:
    """Return per table the rows of others that mention these persons, and stay."""
    values = {"matches": conditions.row_matches}
    counts = {
        table.relation: int(
            warehouse.value("erasure.count_matches", relation=table.relation, **values)
        )
        for table in tables
        if table.is_of_customers
    }
    return {relation.replace('"', ""): rows for relation, rows in counts.items() if rows}


def drop_uncertain(warehouse: Warehouse, tables: Sequence[HeldTable]) -> tuple[str, ...]:
    """Drop tables of models whose rows cannot be attributed; the next build makes them again."""
    dropped = [table.relation for table in tables if table.is_model and not table.has_persons]
    for relation in dropped:
        warehouse.drop(relation)
    return tuple(dropped)


def rebuild(
    warehouse: Warehouse, workspace: Workspace, tables: Sequence[HeldTable]
) -> tuple[str, ...]:
    """Make again what is made of all profiles: groups, products, models; returns failed models.

    The table of a failed model whose rows cannot be attributed stays dropped.
    """
    link_groups(warehouse, workspace)
    fill_products(warehouse, workspace.library, workspace.project)
    drop_uncertain(warehouse, tables)
    kinds = warehouse.relations()
    compiled = workspace.compiled(frozenset(name for name in kinds if kinds[name] != "VIEW"))
    sources = SourceTables(warehouse, workspace)
    failed = []
    now = datetime.now(UTC)
    for name in build_graph(workspace.project, compiled).nodes:
        model = compiled.models.get(name)
        # The rows of a snapshot stay, without those that were deleted.
        if model is None or (model.is_snapshot and model.model.relation in kinds):
            continue
        if run_model(warehouse, model, sources, now).is_failure:
            failed.append(name)
    return tuple(failed)
