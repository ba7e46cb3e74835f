"""What an export goal is made of, to tell whether it was edited since it last ran.

Titles, labels, schedules, notifications and limits are not in it; nor is what it exports: the
segment and the models are nodes of their own.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from runner.compile.library import Library
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.project import Project
from runner.errors import Location
from runner.state.definition_change import changed_uses
from runner.state.fingerprint import Definition, Made, Path, hashed, leaves, replaced_templates

STATED = (
    "kind",
    "segment",
    "directory",
    "file_name",
    "max_rows_per_file",
    "trigger",
    "changes",
    "when_empty",
    "neutralize_formulas",
)
ORDER = "order"
"""The part that tells in which order the columns stand."""


def export_definition(
    connection: str, goal: ExportProfiles, project: Project, library: Library
) -> Definition:
    """Return all in an export goal that changes its files.

    Raises DefinitionError where an expression of the goal cannot be rendered.
    """
    used: dict[str, str] = {}
    columns = _columns(goal)
    parts: dict[str, Any] = {field: getattr(goal, field) for field in STATED}
    parts["group_type"] = goal.of_groups
    parts["columns"] = {
        name: _column(column, library, used) for name, (_, column) in columns.items()
    }
    parts[ORDER] = list(columns)
    parts["format"] = goal.format.model_dump(mode="json", exclude={"pgp": {"passphrase"}})
    parts["format"]["timezone"] = goal.format.timezone or project.file.timezone
    parts["events"] = goal.events.model_dump(mode="json") if goal.events else None
    parts["objectives"] = {
        item.name: item.consent for item in project.objectives_of(connection, goal)
    }
    parts["templates"] = replaced_templates(("export/", "engines/duckdb/macros/"), library, used)
    return Definition(hashed(parts), dict(leaves(parts, ())), used)


def export_changes(
    goal: ExportProfiles, library: Library, before: str, now: Definition
) -> tuple[str, ...]:
    """Return what is another now than in the definition that `before` keeps, a line for each."""
    kept = json.loads(before)
    known = {tuple(json.loads(key)): value for key, value in kept["parts"].items()}
    return tuple(dict.fromkeys(_lines(goal, library, known, kept["used"], now)))


def _lines(
    goal: ExportProfiles,
    library: Library,
    known: Mapping[Path, list[str]],
    used: Mapping[str, str],
    now: Definition,
) -> Iterator[str]:
    hashes = {tuple(json.loads(key)): value for key, value in now.hashes.items()}
    were, are = ({_whole(path) for path in paths} for paths in (known, hashes))
    is_other_list = any(path[0] == "columns" for path in were ^ are)
    for path in (*hashes, *(path for path in known if path not in hashes)):
        whole = _whole(path)
        value, before = hashes.get(path), known.get(path)
        if (value and value[0]) == (before and before[0]) or (path == (ORDER,) and is_other_list):
            continue
        name, location = _name(whole), _location(goal, whole)
        if whole not in were or whole not in are:
            yield f"{name} is {'new' if whole in are else 'gone'} ({location})"
            continue
        uses = []
        if value and before and value[1] == before[1]:
            uses = changed_uses(now.parts[path], used, library)
        for use in uses:
            macro = library.macro_location(use.removeprefix("macro "))
            yield f"{use} changed ({macro or location})"
        if not uses:
            yield f"{name} changed ({location})"


def _columns(goal: ExportProfiles) -> dict[str, tuple[int, Column]]:
    """Return the columns by header, each with its position; equal headers are told apart."""
    found: dict[str, tuple[int, Column]] = {}
    for index, column in enumerate(goal.columns):
        name = column.header
        while name in found:
            name += "'"
        found[name] = (index, column)
    return found


def _column(column: Column, library: Library, used: dict[str, str]) -> dict[str, Any]:
    stated = column.model_dump(mode="json", exclude={"header"})
    text = column.expression or ""
    if "{" in text:
        used.update(library.uses(text))
        location = column.location("expression")
        made = Made(library.environment.render(text, location, {}).text.strip())
        made.written = text
        stated["expression"] = made
    return stated


def _whole(path: Path) -> Path:
    """Return what is told of a part: of a column all of it, of others the key."""
    return path[:2]


def _name(path: Path) -> str:
    if path[0] == "columns":
        return f"the column '{path[1]}'"
    if path[0] == "templates":
        return f"the template {path[1]}"
    if path == (ORDER,):
        return "the order of `columns`"
    return f"`{'.'.join(map(str, path))}`"


def _location(goal: ExportProfiles, path: Path) -> Location:
    """Return where a part is written, or the goal where it is not any more."""
    if path[0] == "templates":
        return Location(str(path[1]))
    if path == (ORDER,):
        return goal.location("columns", of_key=True)
    if path[0] == "columns":
        found = _columns(goal).get(str(path[1]))
        return (
            goal.location("columns", found[0]) if found else goal.location("columns", of_key=True)
        )
    location = goal.location(*path, of_key=True)
    return goal.location("name") if location == goal.location(of_key=True) else location
