"""A goal's fingerprint: a hash of all in it that changes its result (F5).

Titles, labels, paths, schedules and notifications are not in it; macros are, through the
expressions they make, and so are the types of the properties that the goal fills.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from runner.compile.entity import decisions_of, entity_of
from runner.compile.environment import Environment
from runner.definitions.event_import import EventImport, EventValue
from runner.definitions.event_type import EventType
from runner.definitions.import_goal import ImportGoal, Step
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import Place

PROPERTY_FIELDS = ("type", "multi", "ignore", "min_length")
SOURCE_FIELDS = ("join", "pick", "order_by", "required")


def fingerprint(
    goal: ImportGoal,
    project: Project,
    environment: Environment,
) -> str:
    """Return the fingerprint of an import goal, 32 hexadecimal digits.

    Raises DefinitionError where an expression of the goal cannot be rendered.
    """

    def rendered(text: str, place: Place) -> str:
        return environment.render(text, place, {}).text.strip() if "{" in text else text.strip()

    entity = entity_of(goal, project)
    parts: dict[str, Any] = {
        "fills": entity.table,
        "sources": {name: _source(goal, name, project.file.timezone) for name in goal.files},
        "process": [
            {
                "keep": step.keep and rendered(step.keep, step.place("keep")),
                "drop": step.drop and rendered(step.drop, step.place("drop")),
                "python": step.python and _python(step, project),
                "set": {
                    name: rendered(text, step.place("set", name))
                    for name, text in (step.set or {}).items()
                },
            }
            for step in goal.process
        ],
        "key": goal.key,
        "deleted_when": goal.deleted_when
        and rendered(goal.deleted_when, goal.place("deleted_when")),
        "identify": goal.identify.model_dump(mode="json"),
        "by": [
            {
                name: rendered(text, goal.identify.place("by", number, name))
                for name, text in item.items()
            }
            for number, item in enumerate(goal.identify.by)
        ],
        "map": {
            name: [
                mapping.source and rendered(mapping.source, mapping.place("from")),
                mapping.value,
                mapping.strategy,
            ]
            for name, mapping in goal.map.items()
        },
        "map_rest": goal.map_rest.model_dump(mode="json") if goal.map_rest else None,
        "properties": {name: _property(entity.properties[name]) for name in _filled(goal)},
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
                mapping.source and rendered(mapping.source, mapping.place("from")),
                mapping.value,
            ]
            for name, mapping in goal.consent.items()
        }
    objectives = project.objectives_of(_connection_of(goal, project), goal)
    if objectives:
        parts["objectives"] = {item.name: item.consent for item in objectives}
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
    event: EventImport, declared: EventType, rendered: Callable[[str, Place], str]
) -> dict[str, Any]:
    def value(mapped: EventValue) -> list[Any]:
        return [mapped.source and rendered(mapped.source, mapped.place("from")), mapped.value]

    return {
        "type": event.type,
        "id": event.id and rendered(event.id, event.place("id")),
        "at": rendered(event.at, event.place("at")),
        "properties": {
            name: [value(mapped), declared.properties[name].type]
            for name, mapped in event.properties.items()
        },
        "nested": {
            name: {
                key: [value(mapped), declared.nested[name].properties[key].type]
                for key, mapped in values.items()
            }
            for name, values in event.nested.items()
        },
        "roles": [declared.id_property, declared.time_property],
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
