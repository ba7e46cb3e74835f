"""The lines and values that were set aside, as `runner rejects` lists them (R2, R6)."""

from collections.abc import Sequence

from runner.build.query import Answer, open_published
from runner.build.workspace import Workspace
from runner.compile.graph import build_graph
from runner.compile.select import select_nodes
from runner.compile.sql_text import quoted_text
from runner.errors import UsageError
from runner.execute.duckdb.statement import statement

COLUMNS = (
    "goal",
    "file",
    "line",
    "column_name",
    "column_number",
    "byte_offset",
    "property",
    "reason",
    "value",
    "build_id",
)
COUNTS = ("goal", "file", "reason", "property", "rejects", "first_line")


def list_rejects(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    build_id: str | None = None,
    every_build: bool = False,
    limit: int | None = None,
    is_counted: bool = False,
) -> Answer:
    """Return what was set aside in the last import of each file, or in a build, or in all.

    Counted, one row per goal, file, reason and property. Raises UsageError where a selector
    fits no import goal.
    """
    graph = build_graph(workspace.project, workspace.compiled())
    goals = [
        node.name
        for node in select_nodes(graph, select, exclude)
        if node.kind.startswith("import_")
    ]
    if select and not goals:
        raise UsageError(f"no import goal is selected by '{' '.join(select)}'")
    parts = {
        "goals": ", ".join(map(quoted_text, goals)) or "null",
        "build_id": quoted_text(build_id),
        "is_all": "true" if every_build else "false",
        "most": "null" if limit is None or is_counted else str(limit),
    }
    if is_counted:
        parts = {"rejects": statement("rejects", **parts)}
    with open_published(workspace) as warehouse:
        if is_counted:
            rows = warehouse.perform("reject_counts", **parts)
            return Answer(COUNTS, tuple(rows[:limit]))
        return Answer(COLUMNS, tuple(warehouse.perform("rejects", **parts)))
