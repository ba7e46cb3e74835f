"""The parts of an import goal that change its result; its fingerprint is a hash of them (F5).

Titles, labels, paths, schedules and notifications are not in it; macros are, through the
expressions they make, and so are the types of the properties that the goal fills, and the
project's own versions of the templates that its models are made from.
"""

from collections.abc import Callable, Mapping
from typing import Any

from runner.compile.entity import Entity, decisions_of, entity_of
from runner.compile.goal_templates import replaced_in_import
from runner.compile.identifiers import identifiers
from runner.compile.library import Library
from runner.definitions.event_import import EventImport, EventValue
from runner.definitions.event_type import EventType
from runner.definitions.import_goal import ImportGoal, Step
from runner.definitions.import_goal import Mapping as PropertyMapping
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.errors import Location
from runner.state.definition import rendered
from runner.workspace.workspace import Workspace

PROPERTY_FIELDS = ("type", "multi", "ignore", "min_length")
HASH = "xor"
"""How the hashes of joined lines make that of their row: rows by another way are not found."""
SOURCE_FIELDS = ("join", "pick", "order_by", "required")

Render = Callable[[str, Location], str]
"""Renders an expression of the YAML."""


def goal_parts(workspace: Workspace, goal: ImportGoal, used: dict[str, str]) -> dict[str, Any]:
    """Return the parts of an import goal, and add what its expressions use to `used`.

    Raises DefinitionError where an expression of the goal cannot be rendered.
    """
    project, library = workspace.project, workspace.library
    parts = _declared(goal, project, lambda text, where: rendered(library, text, where, used))
    connection = _connection_of(goal, project)
    objectives = project.objectives_of(connection, goal)
    if objectives:
        parts["objectives"] = {item.name: item.consent for item in objectives}
    replaced = replaced_in_import(connection, goal, project, library)
    if replaced:
        parts["templates"] = replaced_parts(replaced, library, used)
    return parts


def replaced_parts(
    replaced: Mapping[str, SqlFile], library: Library, used: dict[str, str]
) -> dict[str, list[Any]]:
    """Return the text of each file that replaces a template, and add what it uses to `used`."""
    parts: dict[str, list[Any]] = {}
    for path, file in replaced.items():
        uses = library.uses(file.text)
        used.update(uses)
        parts[path] = [file.text, uses]
    return parts


def _declared(goal: ImportGoal, project: Project, render: Render) -> dict[str, Any]:
    entity = entity_of(goal, project)
    parts: dict[str, Any] = {
        "fills": entity.table,
        "files": {name: _source(goal, name, project.file.timezone, render) for name in goal.files},
        "process": [_step(step, project, render) for step in goal.process],
        "key": goal.key,
        "deleted_when": goal.deleted_when
        and render(goal.deleted_when, goal.location("deleted_when")),
        "identify": goal.identify.model_dump(mode="json", exclude={"by"}),
        "by": [
            {
                name: render(text, goal.identify.location("by", number, name))
                for name, text in item.items()
            }
            for number, item in enumerate(goal.identify.by)
        ],
        "map": {
            name: [*_value(mapping, render), mapping.strategy, *_order(mapping, render)]
            for name, mapping in goal.map.items()
        },
        "map_rest": goal.map_rest
        and goal.map_rest.model_dump(mode="json", exclude={"max_columns"}),
        "properties": {name: _property(entity.properties[name]) for name in _filled(goal)},
        "identifiers": _identifiers(goal, entity, project),
    }
    if decided := decisions_of(goal, entity, project):
        parts["decisions"] = sorted(
            [decision.decision, *sorted(map(list, decision.values))] for decision in decided
        )
    if goal.mapped_events:
        parts["events"] = [
            _event(event, project.event_types[event.type], render) for event in goal.mapped_events
        ]
    if goal.consent:
        parts["consent"] = {name: _value(mapping, render) for name, mapping in goal.consent.items()}
    return parts


def _step(step: Step, project: Project, render: Render) -> dict[str, Any]:
    return {
        "keep": step.keep and render(step.keep, step.location("keep")),
        "drop": step.drop and render(step.drop, step.location("drop")),
        "python": step.python and _python(step, project),
        "set": {
            name: render(text, step.location("set", name))
            for name, text in (step.set or {}).items()
        },
    }


def _value(mapping: EventValue | PropertyMapping, render: Render) -> list[Any]:
    """Return what a value is read from, or the value that is stated."""
    return [mapping.source and render(mapping.source, mapping.location("from")), mapping.value]


def _order(mapping: PropertyMapping, render: Render) -> list[str]:
    """Return what rows are ordered by, where they are."""
    text = mapping.latest_by
    return [] if text is None else [render(text, mapping.location("latest_by"))]


def _identifiers(goal: ImportGoal, entity: Entity, project: Project) -> dict[str, bool]:
    """Return which of the properties that it fills find profiles, for whatever goal."""
    filled = {*_filled(goal)}
    return {
        item.name: True
        for item in identifiers(entity, project)
        if filled & {name for name, _ in item.parts}
    }


def _connection_of(goal: ImportGoal, project: Project) -> str:
    held = (item for item in project.connections if any(goal is one for one in item.goals))
    return next((item.connection for item in held), "")


def _source(goal: ImportGoal, name: str, timezone: str, render: Render) -> dict[str, Any]:
    source = goal.files[name]
    # How a file was protected on its way changes nothing that is in it.
    file_format = goal.format_of(name).model_dump(mode="json", exclude={"pgp"})
    file_format["timezone"] = file_format["timezone"] or timezone
    parts = {field: getattr(source, field) for field in SOURCE_FIELDS} | {"format": file_format}
    if goal.is_full(name) == (name == goal.main):
        parts["feed"] = source.feed
    parts["join"] = {
        render(own, source.location("join", own, of_key=True)): render(
            other, source.location("join", own)
        )
        for own, other in source.join.items()
    }
    if source.duplicates == "keep":
        parts["duplicates"] = source.duplicates
    if source.join:
        parts["hash"] = HASH
    return parts


def _python(step: Step, project: Project) -> list[Any]:
    """A function counts by the text of its module."""
    module, _, function = (step.python or "").partition(":")
    return [project.python_files[module].text, function, step.source, step.into]


def _event(event: EventImport, declared: EventType, render: Render) -> dict[str, Any]:
    return {
        "type": event.type,
        "id": event.id and render(event.id, event.location("id")),
        "at": render(event.at, event.location("at")),
        **({"when": render(event.when, event.location("when"))} if event.when else {}),
        "properties": {
            name: {"from": _value(mapped, render), "type": declared.properties[name].type}
            for name, mapped in event.properties.items()
        },
        "nested": {
            name: {
                key: {
                    "from": _value(mapped, render),
                    "type": declared.nested[name].properties[key].type,
                }
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
    if declared.limit is not None:
        found["limit"] = declared.limit
    return found
