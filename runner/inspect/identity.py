"""Clusters of identities: which identifier values link profiles, for `runner identity` (P1, P2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from runner.compile.entity import Entity, groups, profiles
from runner.definitions.check_identity import goals_of
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.errors import UsageError, choices, nearest
from runner.inspect.personal_values import personal_values, shown_identifier
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace

SHOWN = 3
"""Values shown per identifier of a profile."""


@dataclass(frozen=True)
class IdentifierCount:
    """The values of one identifier."""

    identifier: str
    values: int
    # Profiles that have one at least.
    profiles: int
    # The most that one profile has.
    most: int


@dataclass(frozen=True)
class HeldValues:
    """The values of one identifier that one profile has."""

    identifier: str
    count: int
    # Some of them, as they may be shown.
    some: tuple[str, ...]


@dataclass(frozen=True)
class LargeProfile:
    """A profile or group with many identifier values, and those values."""

    id: str
    values: int
    # Profiles that were merged into it.
    aliases: int
    held: tuple[HeldValues, ...]


@dataclass(frozen=True)
class SharedValue:
    """A value of an identifier with `max_matches` that several customers share."""

    identifier: str
    value: str
    customers: int
    # Whether it no longer links profiles.
    is_guarded: bool


@dataclass(frozen=True)
class IgnoredValue:
    """A value of a property that identifies no one: it is on its `ignore` list, or too short."""

    identifier: str
    value: str
    profiles: int
    # `ignore` or `min_length`.
    reason: str


@dataclass(frozen=True)
class FusedValues:
    """Two values of one identifier that one profile has, as they may be shown."""

    identifier: str
    value: str
    other_value: str
    id: str


@dataclass(frozen=True)
class Identity:
    """The identifier values of profiles, or of the groups of a type."""

    # `profile` or `group`.
    noun: str
    profiles: int
    aliases: int
    # Rows that lead to several of them.
    conflicts: int
    identifiers: tuple[IdentifierCount, ...]
    largest: tuple[LargeProfile, ...]
    fused: tuple[FusedValues, ...]
    shared: tuple[SharedValue, ...]
    ignored: tuple[IgnoredValue, ...]


def read_identity(
    workspace: Workspace, limit: int = 10, group_type: str = "", show_pii: bool = False
) -> Identity:
    """Return how identifier values link the profiles of the published warehouse, largest first.

    With `group_type`, those of its groups. Personal data is shown as its shape unless `show_pii`.
    Raises UsageError where there is no such group type, or no warehouse yet.
    """
    entity = _entity(workspace, group_type)
    relation = entity.table.replace('"', "")
    goals = [name for name, _ in goals_of(workspace.project, group_type)]
    prefix = entity.prefix
    with open_published(workspace) as warehouse:
        if not warehouse.has("runner", "aliases"):
            raise UsageError(
                "the warehouse was built by an earlier version", hint="run `runner build` first"
            )
        counts = warehouse.perform("identifiers.counts", prefix=prefix)
        wanted = {"relation": relation, "shown": SHOWN, "most": limit}
        large = warehouse.perform("identifiers.largest_profiles", prefix=prefix, **wanted)
        fused = warehouse.perform("identifiers.fused_values", prefix=prefix, most=limit)
        shared = warehouse.perform("identifiers.shared_values", prefix=prefix, most=limit)
        found = Identity(
            noun=entity.noun,
            profiles=_profile_count(warehouse, entity),
            aliases=warehouse.count("runner.aliases", relation=relation),
            conflicts=warehouse.count("runner.conflicts", goal=goals),
            identifiers=tuple(IdentifierCount(*row) for row in counts),
            largest=_largest(large),
            fused=tuple(FusedValues(*map(str, row)) for row in fused),
            shared=tuple(
                SharedValue(name, value, int(count), count > _limit(entity, name))
                for name, value, count in shared
            ),
            ignored=_ignored(warehouse, entity, limit),
        )
    return _shown(workspace, found, show_pii)


def _entity(workspace: Workspace, group_type: str) -> Entity:
    types = workspace.project.group_types
    if not group_type:
        return profiles(workspace.project.properties)
    if group_type not in types:
        guess = nearest(group_type, types)
        raise UsageError(
            f"there is no group type '{group_type}'.{guess} Declared: {choices(types) or 'none'}"
        )
    return groups(group_type, types[group_type].properties)


def _profile_count(warehouse: Warehouse, entity: Entity) -> int:
    return warehouse.count(entity.table) if _is_there(warehouse, entity) else 0


def _is_there(warehouse: Warehouse, entity: Entity) -> bool:
    relations = {relation.replace('"', "") for relation in warehouse.relations()}
    return entity.table.replace('"', "") in relations


def _limit(entity: Entity, identifier: str) -> int:
    names = identifier.removeprefix(entity.prefix).split("+")
    declared = [entity.properties[name] for name in names if name in entity.properties]
    limits = [item.max_matches for item in declared if item.max_matches]
    return min(limits, default=2**31)


def _ignored(warehouse: Warehouse, entity: Entity, most: int) -> tuple[IgnoredValue, ...]:
    """Return the values that profiles have and that identify no one."""
    if not _is_there(warehouse, entity):
        return ()
    found: list[IgnoredValue] = []
    for name, declared in entity.properties.items():
        if declared.multi or not (declared.ignore or declared.min_length > 1):
            continue
        words = [word.lower() for word in declared.ignore]
        rows = warehouse.perform(
            "identifiers.ignored_values",
            relation=entity.table,
            column=name,
            ignored=words,
            min_length=declared.min_length,
            most=most,
        )
        for value, count in rows:
            reason = "ignore" if str(value).lower() in words else "min_length"
            found.append(IgnoredValue(name, str(value), int(count), reason))
    return tuple(found)


def _largest(rows: Sequence[Row]) -> tuple[LargeProfile, ...]:
    found: dict[str, LargeProfile] = {}
    for profile_id, values, aliases, identifier, count, some in rows:
        held = HeldValues(str(identifier), int(count), tuple(map(str, some)))
        one = found.get(profile_id) or LargeProfile(str(profile_id), int(values), int(aliases), ())
        found[profile_id] = replace(one, held=(*one.held, held))
    return tuple(found.values())


def _shown(workspace: Workspace, found: Identity, show_pii: bool) -> Identity:
    """Return the same with values as they may be shown."""
    values = personal_values(workspace)

    def shown(identifier: str, value: str) -> str:
        return shown_identifier(values, identifier, value, show_pii)

    return replace(
        found,
        largest=tuple(
            replace(
                one,
                held=tuple(
                    replace(item, some=tuple(shown(item.identifier, value) for value in item.some))
                    for item in one.held
                ),
            )
            for one in found.largest
        ),
        fused=tuple(
            replace(
                one,
                value=shown(one.identifier, one.value),
                other_value=shown(one.identifier, one.other_value),
            )
            for one in found.fused
        ),
        shared=tuple(replace(one, value=shown(one.identifier, one.value)) for one in found.shared),
        # What is on the list of a declaration is no person's.
        ignored=tuple(
            one if one.reason == "ignore" else replace(one, value=shown(one.identifier, one.value))
            for one in found.ignored
        ),
    )
