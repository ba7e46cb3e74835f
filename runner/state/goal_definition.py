"""The definition of an import goal: what its parts are called, and where they are written (F5)."""

from dataclasses import dataclass
from typing import Literal

from runner.compile.entity import entity_of
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.errors import Location
from runner.state.definition import Definition, Path, hashed, leaves
from runner.state.goal_parts import goal_parts
from runner.workspace.workspace import Workspace

TYPE_PARTS = ("id_property", "time_property", "identifiers")
"""Parts of an event that its type states."""


@dataclass(frozen=True)
class GoalDefinition(Definition):
    """All in an import goal that changes its result."""

    following = ("properties", "identifiers")

    goal: ImportGoal
    project: Project

    def holders(self, part: Path) -> list[Path]:
        """Return what holds a part; the nested lists of an event type are each of their own."""
        return [held for held in super().holders(part) if not self._is_of_type(held)]

    def name(self, part: Path) -> str:
        """Return what a part is called in the YAML."""
        first, *rest = part
        if first == "properties":
            return f"property {': '.join([str(rest[0]), *(f'`{key}`' for key in rest[1:])])}"
        if first == "templates":
            return f"the template {rest[0]}"
        event = self._event(part)
        if self._is_of_type(part):
            return f"event type {event}: `{'identifier' if part[2] == 'identifiers' else part[2]}`"
        if event and part[-1] == "type" and len(part) > 3:
            return f"event type {event}: property {part[-2]}: `type`"
        if self._is_of_goal_format(part):
            return f"`{'.'.join(map(str, part[2:]))}`"
        steps = [str(step + 1) if isinstance(step, int) else step for step in part]
        if first == "by":
            steps = ["identify", *steps]
        return f"`{'.'.join(steps[:-1] if event and steps[-1] == 'from' else steps)}`"

    def line(self, part: Path, change: Literal["new", "gone"]) -> str:
        """Return the line of a message for a part that came or went."""
        if part[0] in self.following and len(part) > 1:
            return self._property_line(part, change)
        is_held = change == "gone" and not self._is_of_type(part)
        return f"{self.name(part)} is {change} ({self.location(part[:-1] if is_held else part)})"

    def _property_line(self, part: Path, change: Literal["new", "gone"]) -> str:
        name = str(part[1]).rpartition(":")[2]
        declared = entity_of(self.goal, self.project).properties.get(name)
        key = "identifier" if part[0] == "identifiers" else str(part[-1])
        location = declared.location(key) if declared else self.goal.location("name")
        if part[0] == "identifiers":
            does = "finds profiles now" if change == "new" else "finds profiles no more"
            return f"property {name}: {does} ({location})"
        return f"{self.name(part)} is {change} ({location})"

    def location(self, part: Path) -> Location:
        """Return where a part is written, or what holds it."""
        goal = self.goal
        if not part:
            return goal.location("name")
        if part[0] == "properties" and len(part) > 2:
            declared = entity_of(goal, self.project).properties[str(part[1])]
            return declared.location(part[2])
        if part[0] == "templates":
            return Location(str(part[1]) if len(part) > 1 else "models")
        event = self._event(part)
        if self._is_of_type(part) or (event and part[-1] == "type" and len(part) > 3):
            return self._type_location(event, part)
        if self._is_of_goal_format(part):
            return goal.location(*part[2:])
        location = goal.location(*(("identify", *part) if part[0] == "by" else part))
        return goal.location("name") if location == goal.location() else location

    def _event(self, part: Path) -> str:
        """Return the event type of a part; empty where the goal has no such event."""
        events = self.goal.mapped_events
        if part[0] != "events" or len(part) < 3 or not isinstance(part[1], int):
            return ""
        return events[part[1]].type if part[1] < len(events) else ""

    def _is_of_type(self, part: Path) -> bool:
        """Tell whether a part of an event is stated by the event's type."""
        return bool(self._event(part)) and part[2] in TYPE_PARTS

    def _is_of_goal_format(self, part: Path) -> bool:
        """Tell whether a part of a source's format is stated for all sources, or not at all."""
        if part[0] != "files" or len(part) < 4 or part[2] != "format":
            return False
        source = self.goal.files.get(str(part[1]))
        own = source.format if source else None
        return own is None or part[3] not in own.model_fields_set

    def _type_location(self, event: str, part: Path) -> Location:
        declared = self.project.event_types[event]
        if part[2] in TYPE_PARTS:
            nested = declared.nested.get(str(part[3])) if len(part) > 3 else None
            return nested.location("identifier") if nested else declared.location(part[2])
        if part[2] == "nested":
            return declared.nested[str(part[3])].properties[str(part[4])].location("type")
        return declared.location(*part[2:])


def goal_definition(workspace: Workspace, goal: ImportGoal) -> GoalDefinition:
    """Return all in an import goal that changes its result, and the hash of it.

    Raises DefinitionError where an expression of the goal cannot be rendered.
    """
    used: dict[str, str] = {}
    parts = goal_parts(workspace, goal, used)
    return GoalDefinition(hashed(parts), dict(leaves(parts)), used, goal, workspace.project)
