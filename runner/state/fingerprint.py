"""A goal's fingerprint: a hash of all in it that changes its result (F5).

Titles, labels, paths, schedules and notifications are not in it; macros are, through the
expressions they make, and so are the types of the properties that the goal fills, and the
project's own forms of built-in templates.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runner.compile.entity import Entity, decisions_of, entity_of
from runner.compile.import_models import identifiers
from runner.compile.library import Library
from runner.definitions.event_import import EventImport, EventValue
from runner.definitions.event_type import EventType
from runner.definitions.import_goal import ImportGoal, Step
from runner.definitions.import_products import ImportProducts
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import Location
from runner.workspace.workspace import Workspace

PROPERTY_FIELDS = ("type", "multi", "ignore", "min_length")
SOURCE_FIELDS = ("join", "pick", "order_by", "required")


Path = tuple[str | int, ...]
"""Where a part stands in a definition: `("map", "city")`; numbers count from 0."""


class Made(str):
    """Text that a template made."""

    # The template, as it is written.
    written: str


@dataclass(frozen=True)
class Definition:
    """All in a goal that changes its result, and its hash."""

    # 32 hexadecimal digits.
    fingerprint: str
    # Each part that states something: text, number, list of values.
    parts: Mapping[Path, Any]
    # What templates use, and a hash of it now: `macro normalize_email`, `variable threshold`.
    used: Mapping[str, str]

    def kept(self) -> str:
        """Return the hashes of all parts as JSON, to compare a later definition with."""
        return json.dumps({"parts": self.hashes, "used": dict(self.used)}, sort_keys=True)

    @property
    def hashes(self) -> dict[str, list[str]]:
        """Return the hash of each part as templates make it, and as it is written."""
        return {
            json.dumps(path): [hashed(value)[:16], hashed(_as_written(value))[:16]]
            for path, value in self.parts.items()
        }


def templates_of(value: Any) -> list[str]:
    """Return the templates that made a part, as they are written."""
    items = value if isinstance(value, list) else [value]
    return [item.written for item in items if isinstance(item, Made)]


def _as_written(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    return value.written if isinstance(value, Made) else value


def goal_definition(workspace: Workspace, goal: ImportGoal) -> Definition:
    """Return what the fingerprint of an import goal is made of.

    Raises DefinitionError where an expression of the goal cannot be rendered.
    """
    project, library = workspace.project, workspace.library
    used: dict[str, str] = {}

    def rendered(text: str, location: Location) -> str:
        if "{" not in text:
            return text.strip()
        used.update(library.uses(text))
        made = Made(library.environment.render(text, location, {}).text.strip())
        made.written = text
        return made

    parts = _parts(goal, project, rendered)
    folders = ["import/", "engines/duckdb/macros/"]
    folders += ["events/"] if goal.told_events else []
    folders += ["products/"] if isinstance(goal, ImportProducts) else []
    replaced = replaced_templates(folders, library, used)
    if replaced:
        parts["templates"] = replaced
    return Definition(hashed(parts), dict(leaves(parts, ())), used)


def hashed(value: Any) -> str:
    """Return a hash of a part of a definition, or of all of it: 32 hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _parts(
    goal: ImportGoal, project: Project, rendered: Callable[[str, Location], str]
) -> dict[str, Any]:
    entity = entity_of(goal, project)
    parts: dict[str, Any] = {
        "fills": entity.table,
        "files": {name: _source(goal, name, project.file.timezone) for name in goal.files},
        "process": [
            {
                "keep": step.keep and rendered(step.keep, step.location("keep")),
                "drop": step.drop and rendered(step.drop, step.location("drop")),
                "python": step.python and _python(step, project),
                "set": {
                    name: rendered(text, step.location("set", name))
                    for name, text in (step.set or {}).items()
                },
            }
            for step in goal.process
        ],
        "key": goal.key,
        "deleted_when": goal.deleted_when
        and rendered(goal.deleted_when, goal.location("deleted_when")),
        "identify": goal.identify.model_dump(mode="json", exclude={"by"}),
        "by": [
            {
                name: rendered(text, goal.identify.location("by", number, name))
                for name, text in item.items()
            }
            for number, item in enumerate(goal.identify.by)
        ],
        "map": {
            name: [
                mapping.source and rendered(mapping.source, mapping.location("from")),
                mapping.value,
                mapping.strategy,
            ]
            for name, mapping in goal.map.items()
        },
        "map_rest": goal.map_rest.model_dump(mode="json") if goal.map_rest else None,
        "properties": {name: _property(entity.properties[name]) for name in _filled(goal)},
        "identifiers": _identifiers(goal, entity, project),
    }
    if decided := decisions_of(goal, entity, project):
        parts["decisions"] = sorted(
            [decision.decision, *sorted(map(list, decision.values))] for decision in decided
        )
    if goal.told_events:
        parts["events"] = [
            _event(event, project.event_types[event.type], rendered) for event in goal.told_events
        ]
    if goal.consent:
        parts["consent"] = {
            name: [
                mapping.source and rendered(mapping.source, mapping.location("from")),
                mapping.value,
            ]
            for name, mapping in goal.consent.items()
        }
    objectives = project.objectives_of(_connection_of(goal, project), goal)
    if objectives:
        parts["objectives"] = {item.name: item.consent for item in objectives}
    return parts


def leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Give each part that states something, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    elif value is not None and value not in ("", (), []):
        yield path, value


def _identifiers(goal: ImportGoal, entity: Entity, project: Project) -> dict[str, bool]:
    """Return which of the properties that it fills find profiles, for whatever goal."""
    filled = {*_filled(goal)}
    return {
        item.name: True
        for item in identifiers(entity, project)
        if filled & {name for name, _ in item.parts}
    }


def replaced_templates(
    folders: Iterable[str], library: Library, used: dict[str, str]
) -> dict[str, list[Any]]:
    """Return the project's own forms of the templates below folders, and what they use."""
    found: dict[str, list[Any]] = {}
    for path, file in library.replaced.items():
        if path.startswith(tuple(folders)):
            uses = library.uses(file.text)
            used.update(uses)
            found[file.path] = [file.text, uses]
    return found


def _connection_of(goal: ImportGoal, project: Project) -> str:
    held = (item for item in project.connections if any(goal is one for one in item.goals))
    return next((item.connection for item in held), "")


def _source(goal: ImportGoal, name: str, timezone: str) -> dict[str, Any]:
    source = goal.files[name]
    # How a file was protected on its way changes nothing that is in it.
    file_format = goal.format_of(name).model_dump(mode="json", exclude={"pgp"})
    file_format["timezone"] = file_format["timezone"] or timezone
    return {field: getattr(source, field) for field in SOURCE_FIELDS} | {"format": file_format}


def _python(step: Step, project: Project) -> list[Any]:
    """A function counts by the text of its module."""
    module, _, function = (step.python or "").partition(":")
    return [project.python_files[module].text, function, step.source, step.into]


def _event(
    event: EventImport, declared: EventType, rendered: Callable[[str, Location], str]
) -> dict[str, Any]:
    def value(mapped: EventValue) -> list[Any]:
        return [mapped.source and rendered(mapped.source, mapped.location("from")), mapped.value]

    return {
        "type": event.type,
        "id": event.id and rendered(event.id, event.location("id")),
        "at": rendered(event.at, event.location("at")),
        "properties": {
            name: {"from": value(mapped), "type": declared.properties[name].type}
            for name, mapped in event.properties.items()
        },
        "nested": {
            name: {
                key: {"from": value(mapped), "type": declared.nested[name].properties[key].type}
                for key, mapped in values.items()
            }
            for name, values in event.nested.items()
        },
        "id_property": declared.id_property,
        "time_property": declared.time_property,
        "identifiers": {name: declared.nested[name].identifier for name in event.nested},
        "product_store": event.product_store,
    }


def _filled(goal: ImportGoal) -> list[str]:
    return sorted({*goal.map, *(name for item in goal.identify.by for name in item)})


def _property(declared: Property) -> dict[str, Any]:
    found = {field: getattr(declared, field) for field in PROPERTY_FIELDS}
    if declared.max_matches is not None:
        found["max_matches"] = declared.max_matches
    return found
