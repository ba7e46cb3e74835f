"""Rejects that are settled: a later file has the line, and it could be read (R2)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from runner.compile.source_lines import Source
from runner.definitions.import_goal import ImportGoal
from runner.models.locked_warehouse import lockable_warehouse
from runner.models.source_tables import SourceTables
from runner.warehouse.publication import open_published
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

KEY = ("goal", "file", "line", "column_name", "property")
"""The columns that identify a reject of an import."""
Key = tuple[Any, ...]


def key_of(columns: Sequence[str], row: Sequence[Any]) -> Key:
    """Return what identifies a reject, from a row with these columns."""
    return tuple(row[columns.index(name)] for name in KEY)


def settled_rejects(workspace: Workspace, goals: Iterable[str]) -> Mapping[Key, str]:
    """Return the rejects of the last import of each file that are settled, and by which line.

    Raises StageError or ExecutionError where the lines of later files cannot be read.
    """
    with open_published(workspace) as warehouse:
        found = warehouse.perform("rejects.sources_with_later_files", goals=list(goals))
    sources = [
        (goal, source, header)
        for goal, source, header in found
        if _is_here(workspace, goal, source)
    ]
    if not sources:
        return {}
    settled: dict[Key, str] = {}
    with lockable_warehouse(workspace, reads_sources=True) as warehouse:
        tables = SourceTables(warehouse, workspace)
        for goal, name, header in sources:
            connection, _, short = goal.partition(".")
            source = Source(connection, short, name)
            tables.provide([source])
            form = source.declared(workspace.project).format_of(name)
            rows = warehouse.perform(
                "rejects.settled",
                goal=goal,
                source=name,
                header=header,
                columns=json.loads(header),
                relation=source.relation,
                separator=form.separator,
                quote=form.quote,
            )
            settled |= {(goal, *row[:-2]): f"{row[-2]}:{row[-1]}" for row in rows}
    return settled


def _is_here(workspace: Workspace, goal: str, source: str) -> bool:
    """Tell whether the project still declares a source."""
    declared = all_goals(workspace.project).get(goal)
    if declared is None or not isinstance(declared.goal, ImportGoal):
        return False
    return not workspace.project.is_partial and source in declared.goal.files
