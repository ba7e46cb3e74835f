"""What changed in a goal's definition since its last import, each with its place (F5)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from runner.compile.entity import entity_of
from runner.compile.library import Library
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.errors import Location
from runner.state.fingerprint import Definition, Path, goal_definition, templates_of
from runner.workspace.workspace import Workspace

UNKNOWN = "the definition changed"
"""All that can be told where the parts of the earlier definition were not kept."""
DERIVED = ("properties", "identifiers")
"""Parts that come and go with others, which are told."""
TYPE_PARTS = ("id_property", "time_property", "identifiers")
"""Parts of an event that its type states."""

Hashes = Mapping[Path, list[str]]


def goal_changes(workspace: Workspace, goal: ImportGoal, before: str | None) -> tuple[str, ...]:
    """Return what is another now than in the definition that `before` keeps, a line for each.

    It names what was changed, and where that is written: a macro or a variable rather than the
    expressions that it makes.
    """
    if not before:
        return (UNKNOWN,)
    kept = json.loads(before)
    known = {_path(key): value for key, value in kept["parts"].items()}
    now = goal_definition(workspace, goal)
    change = _Change(goal, workspace.project, workspace.library, known, kept["used"], now)
    lines = tuple(dict.fromkeys(change.lines()))
    return lines or tuple(change.identifier_lines()) or (UNKNOWN,)


def changed_uses(part: Any, before: Mapping[str, str], library: Library) -> list[str]:
    """Return the macros and variables of a part that changed it, its templates being the same."""
    uses = {
        name: value for text in templates_of(part) for name, value in library.uses(text).items()
    }
    others = [name for name in uses if before.get(name) != uses[name]]
    # The value of an environment variable is not kept, not even as a hash.
    return others or [name for name in uses if name.startswith("environment")]


def _path(key: str) -> Path:
    return tuple(json.loads(key))


class _Change:
    """Compares two definitions of a goal."""

    def __init__(
        self,
        goal: ImportGoal,
        project: Project,
        library: Library,
        before: Hashes,
        used: Mapping[str, str],
        now: Definition,
    ) -> None:
        self.goal = goal
        self.project = project
        self.library = library
        self.before = before
        self.used = used
        self.now = now
        self.hashes = {_path(key): value for key, value in now.hashes.items()}

    def lines(self) -> Iterator[str]:
        """Give what changed, then what is new, then what is gone."""
        for path, (value, written) in self.hashes.items():
            known = self.before.get(path)
            if known and known[0] != value:
                yield from self._changed(path, is_written_alike=known[1] == written)
        for path in self.hashes:
            if path not in self.before and path[0] not in DERIVED:
                location = self._location(self._whole(path, self.before))
                yield f"{self._name(self._whole(path, self.before))} is new ({location})"
        for path in self.before:
            if path not in self.hashes and path[0] not in DERIVED:
                whole = self._whole(path, self.hashes)
                location = self._location(path if self._is_of_type(path) else whole[:-1])
                yield f"{self._name(whole)} is gone ({location})"

    def identifier_lines(self) -> Iterator[str]:
        """Give the properties that find profiles now and did not before, and the other way."""
        properties = entity_of(self.goal, self.project).properties
        for path in {**self.hashes, **self.before}:
            if path[0] == "identifiers" and (path in self.hashes) != (path in self.before):
                name = str(path[1]).rpartition(":")[2]
                declared = properties.get(name)
                location = (
                    declared.location("identifier") if declared else self.goal.location("name")
                )
                does = "finds profiles now" if path in self.hashes else "finds profiles no more"
                yield f"property {name}: {does} ({location})"

    def _changed(self, path: Path, *, is_written_alike: bool) -> Iterator[str]:
        templates = templates_of(self.now.parts[path])
        if not templates or not is_written_alike:
            yield f"{self._name(path)} changed ({self._location(path)})"
            return
        others = changed_uses(self.now.parts[path], self.used, self.library)
        for name in others:
            macro = self.library.macro_location(name.removeprefix("macro "))
            yield f"{name} changed ({macro or self._location(path)})"
        if not others:
            yield f"what makes {self._name(path)} changed ({self._location(path)})"

    def _whole(self, path: Path, others: Hashes) -> Path:
        """Return the largest part that has `path` in it and that `others` have nothing of."""
        for length in range(2, len(path)):
            if not any(other[:length] == path[:length] for other in others):
                return path[:length]
        return path

    def _name(self, path: Path) -> str:
        """Return what a part is called in the YAML."""
        first, *rest = path
        if first == "properties":
            return f"property {rest[0]}: `{rest[1]}`"
        if first == "templates":
            return f"the template {rest[0]}"
        event = self._event(path)
        if self._is_of_type(path):
            return f"event type {event}: `{'identifier' if path[2] == 'identifiers' else path[2]}`"
        if event and path[-1] == "type" and len(path) > 3:
            return f"event type {event}: property {path[-2]}: `type`"
        if self._is_of_goal_format(path):
            return f"`{'.'.join(map(str, path[2:]))}`"
        steps = [str(step + 1) if isinstance(step, int) else step for step in path]
        if first == "by":
            steps = ["identify", *steps]
        return f"`{'.'.join(steps[:-1] if event and steps[-1] == 'from' else steps)}`"

    def _event(self, path: Path) -> str:
        """Return the event type that a part is of; empty where it is of none that is told now."""
        told = self.goal.told_events
        if path[0] != "events" or len(path) < 3 or not isinstance(path[1], int):
            return ""
        return told[path[1]].type if path[1] < len(told) else ""

    def _is_of_type(self, path: Path) -> bool:
        """Tell whether a part of an event is stated by the event's type."""
        return bool(self._event(path)) and path[2] in TYPE_PARTS

    def _is_of_goal_format(self, path: Path) -> bool:
        """Tell whether a part of a source's format is stated for all sources, or not at all."""
        if path[0] != "files" or len(path) < 4 or path[2] != "format":
            return False
        source = self.goal.files.get(str(path[1]))
        own = source.format if source else None
        return own is None or path[3] not in own.model_fields_set

    def _location(self, path: Path) -> Location:
        """Return where a part is written, or what holds it."""
        goal = self.goal
        if not path:
            return goal.location("name")
        if path[0] == "properties" and len(path) > 2:
            declared = entity_of(goal, self.project).properties[str(path[1])]
            return declared.location(path[2])
        if path[0] == "templates":
            return Location(str(path[1]) if len(path) > 1 else "models")
        event = self._event(path)
        if self._is_of_type(path):
            return self._type_location(event, path)
        if event and path[-1] == "type" and len(path) > 3:
            return self._type_location(event, path)
        if self._is_of_goal_format(path):
            return goal.location(*path[2:])
        if path[0] == "by":
            path = ("identify", *path)
        location = goal.location(*path)
        return goal.location("name") if location == goal.location() else location

    def _type_location(self, event: str, path: Path) -> Location:
        declared = self.project.event_types[event]
        if path[2] in TYPE_PARTS:
            nested = declared.nested.get(str(path[3])) if len(path) > 3 else None
            return nested.location("identifier") if nested else declared.location(path[2])
        location = declared.location(*path[2:])
        if path[2] == "nested":
            location = declared.nested[str(path[3])].properties[str(path[4])].location("type")
        return location
