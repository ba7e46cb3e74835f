"""What an export goal is made of, to find whether it was edited since it last ran.

Titles, labels, schedules, notifications and limits are not in it; nor is what it exports: the
segment and the models are nodes of their own.
"""

from dataclasses import dataclass
from typing import Any

from runner.compile.goal_templates import replaced_in_export
from runner.compile.library import Library
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.project import Project
from runner.errors import Location
from runner.state.definition import Definition, Path, hashed, leaves, rendered
from runner.state.goal_parts import replaced_parts

STATED = (
    "kind",
    "segment",
    "directory",
    "file_name",
    "max_rows_per_file",
    "trigger",
    "changes",
    "key",
    "when_empty",
    "neutralize_formulas",
)
ORDER = "order"
"""The part that lists the columns in their order."""


@dataclass(frozen=True)
class ExportDefinition(Definition):
    """All in an export goal that changes its files."""

    goal: ExportProfiles

    def named_part(self, path: Path) -> Path:
        """Return the column, or the key, that a message names."""
        return path[:2]

    def follows(self, part: Path, others: set[Path]) -> bool:
        """Tell whether the order of columns changed because the columns did."""
        return part == (ORDER,) and any(other[0] == "columns" for other in others)

    def name(self, part: Path) -> str:
        """Return what a part is called in the YAML."""
        if part[0] == "columns":
            return f"the column '{part[1]}'"
        if part[0] == "templates":
            return f"the template {part[1]}"
        if part == (ORDER,):
            return "the order of `columns`"
        return f"`{'.'.join(map(str, part))}`"

    def location(self, part: Path) -> Location:
        """Return where a part is written, or the goal where it is not any more."""
        goal = self.goal
        if part[0] == "templates":
            return Location(str(part[1]))
        if part[0] in ("columns", ORDER):
            index, _ = _columns(goal).get(str(part[-1]), (None, None))
            whole = goal.location("columns", of_key=True)
            return whole if index is None else goal.location("columns", index)
        location = goal.location(*part, of_key=True)
        return goal.location("name") if location == goal.location(of_key=True) else location


def export_definition(
    connection: str, goal: ExportProfiles, project: Project, library: Library
) -> ExportDefinition:
    """Return what an export goal is made of.

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
    replaced = replaced_in_export(connection, goal, project, library)
    parts["templates"] = replaced_parts(replaced, library, used)
    return ExportDefinition(hashed(parts), dict(leaves(parts)), used, goal)


def _columns(goal: ExportProfiles) -> dict[str, tuple[int, Column]]:
    """Return the columns by header, each with its position; a repeated header gets a mark."""
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
        stated["expression"] = rendered(library, text, column.location("expression"), used)
    return stated
