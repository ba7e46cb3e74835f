"""One goal as its page shows it: its chain, its mapping, its last builds, its rejects."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard

from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.history.records import FileRecord
from runner.imports.headers import read_headers
from runner.inspect.import_scan import ImportScan
from runner.inspect.link_scan import LinkScan
from runner.inspect.query import Answer
from runner.inspect.rejects import list_rejects
from runner.lineage.import_lineage import filled_table, goal_fillings, read_plan
from runner.lineage.node import Filling
from runner.site.recent_builds import NodeBuild, RecentBuilds
from runner.workspace.declared_goal import DeclaredGoal
from runner.workspace.workspace import Workspace

MOST_REJECTS = 50
"""Rejects that a page lists."""


@dataclass(frozen=True)
class ChainLink:
    """A file source in the chain of a goal."""

    source: str
    pattern: str
    # Keys of it and what they equal; empty of the main file.
    keys: tuple[str, ...]
    # Of the last build: lines, those that a row refers to, keys above it without a partner.
    lines: int | None = None
    used: int = 0
    missing: int = 0
    # Of a scan: how its keys find partners.
    scanned: LinkScan | None = None

    @property
    def state(self) -> Literal["good", "middling", "bad", "off"]:
        """Return whether keys find partners: all, some, none; `off` before a build."""
        if self.scanned is not None:
            if self.scanned.message or not self.scanned.found:
                return "bad"
            return "good" if self.scanned.found == self.scanned.keys else "middling"
        if self.lines is None:
            return "off"
        if not self.used:
            return "bad"
        return "middling" if self.missing else "good"


@dataclass(frozen=True)
class MappedColumn:
    """A property, or a column of an event, that the goal fills."""

    table: str
    name: str
    type: str
    filling: Filling
    # Other goals that fill the same one.
    also: tuple[str, ...]


def chain_links(
    workspace: Workspace, name: str, goal: ImportGoal, found: object = None
) -> list[ChainLink]:
    """Return the sources of a goal, with what the last build, or a scan, found of their links."""
    scanned = {item.name: item.link for item in found.sources} if _is_scan(found) else {}
    counted = {link["source"]: link for link in last_links(workspace, name)}
    return [
        ChainLink(
            source,
            declared.pattern,
            tuple(f"{own} = {other}" for own, other in declared.join.items()),
            counted.get(source, {}).get("lines"),
            counted.get(source, {}).get("used", 0),
            counted.get(source, {}).get("missing", 0),
            scanned.get(source),
        )
        for source, declared in goal.files.items()
    ]


def _is_scan(found: object) -> TypeGuard[ImportScan]:
    return isinstance(found, ImportScan)


def last_links(workspace: Workspace, name: str) -> Sequence[Mapping[str, Any]]:
    """Return the links of a goal as the last build counted them; none before it ran."""
    try:
        text = (workspace.generated / "run_results.json").read_text(encoding="utf-8")
        nodes = json.loads(text)["results"]
    except (OSError, ValueError, KeyError):
        return ()
    ids = (node for node in nodes if node["unique_id"].split(".", 2)[-1] == name)
    return next((node["links"] for node in ids if node.get("links")), ())


def mapped_columns(
    workspace: Workspace, declared: DeclaredGoal[ImportGoal | ExportProfiles]
) -> list[MappedColumn]:
    """Return what an import goal fills, with the goals that fill the same.

    Nothing where files have mistakes: a goal may name what could not be read.
    """
    if workspace.project.is_partial:
        return []
    project, environment = workspace.project, workspace.library.environment
    headers = read_headers(workspace.generated)
    found: dict[tuple[str, str], list[Filling]] = {}
    types: dict[tuple[str, str], str] = {}
    for connection in project.connections:
        for goal in connection.goals:
            if not isinstance(goal, ImportGoal):
                continue
            name = f"{connection.connection}.{goal.name}"
            plan = read_plan(
                connection.connection, goal, project, environment, headers.get(name, {})
            )
            for column, filling in goal_fillings(plan):
                found.setdefault(column, []).append(filling)
            for item in plan.assignments:
                types[filled_table(goal), item.name] = item.declared.type
    return [
        MappedColumn(
            table,
            column,
            types.get((table, column), ""),
            filling,
            tuple(dict.fromkeys(item.goal for item in fillings if item.goal != declared.name)),
        )
        for (table, column), fillings in found.items()
        for filling in fillings
        if filling.goal == declared.name
    ]


def rejects_of(workspace: Workspace, name: str, show_pii: bool) -> list[tuple[Any, ...]]:
    """Return the rejects of a goal's last imports; none where there is no warehouse yet."""
    try:
        found = list_rejects(workspace, [f"goal:{name}"], limit=MOST_REJECTS, show_pii=show_pii)
    except RunnerError:
        return []
    return shown_rejects(found)


def shown_rejects(found: Answer) -> list[tuple[Any, ...]]:
    """Return file, line, column, property, reason, text and build of each reject."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return [
        (
            row["file"],
            row["line"],
            _column_of(row),
            row["property"],
            row["reason"],
            row["value"],
            row["build_id"],
        )
        for row in rows
    ]


def _column_of(row: Mapping[str, Any]) -> str | None:
    """Return what a reject names in its line: a column, a field by its number, or a byte."""
    if row["column_name"] is not None:
        return str(row["column_name"])
    if row["column_number"] is not None:
        return f"field {row['column_number']}"
    return None if row["byte_offset"] is None else f"byte offset {row['byte_offset']}"


def counted_lines(files: Iterable[FileRecord]) -> dict[tuple[str, int], int]:
    """Return the lines of files that builds read, by path and size, as read and as renamed (F6)."""
    return {
        (path, file.size): file.lines for file in files for path in (file.path, f"{file.path}.done")
    }


def builds_of(builds: RecentBuilds, kind: str, name: str) -> list[NodeBuild]:
    """Return what the last builds did with a goal, the newest first."""
    return builds.by_node().get(f"{kind}.{name}", [])
