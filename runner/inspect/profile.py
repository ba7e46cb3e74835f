"""One profile, found by its properties or its id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from runner.definitions.identifier_text import identifier_text
from runner.engine.warehouse import Warehouse
from runner.errors import UsageError, choices, nearest
from runner.inspect.personal import masked
from runner.inspect.personal_values import PersonalValues, personal_values
from runner.inspect.timeline import TimelineEvent, masked_event, timeline_of
from runner.model import Model
from runner.sql.quoting import Sql
from runner.workspace.workspace import Workspace

OPEN = ("profile_id", "created_at", "updated_at")
"""Columns of profiles that no project declares, and that are never personal."""
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Profile:
    """One profile, as `runner profile` shows it."""

    values: tuple[tuple[str, Any], ...]
    segments: tuple[str, ...]
    # Group type, identifier of the group, and the property that names it.
    groups: tuple[tuple[str, str, str], ...]
    # Identifier and value.
    identifiers: tuple[tuple[str, str], ...]
    # Goal, file, line and build of each row that was applied.
    sources: tuple[tuple[str, str, int, str], ...]
    # The same of each line that retracted what an earlier line gave to it; line 0 where a file no
    # longer has the line.
    retractions: tuple[tuple[str, str, int, str], ...] = ()
    # The newest first.
    events: tuple[TimelineEvent, ...] = ()
    # Objective, whether the person consented, when they last said so (UTC), goal, file, line.
    consents: tuple[tuple[str, bool, datetime, str, str, int], ...] = ()
    # Ids of profiles that were merged into it.
    aliases: tuple[str, ...] = ()
    # The one of them that was asked for; empty where this profile was.
    asked: str = ""
    # Whether personal data in it is shown as its shape.
    is_masked: bool = False


def find_profiles(
    workspace: Workspace, warehouse: Warehouse, pairs: Sequence[str], show_pii: bool = False
) -> list[Profile]:
    """Return the profiles of a warehouse that match all of `property=value`.

    `profile_id=` works too, and so does an id alone; the id of a merged profile finds the profile
    it was merged into. Personal data is shown as its shape, unless `show_pii`. Raises UsageError
    for anything that is no property.
    """
    columns = [str(row[0]) for row in warehouse.perform("catalog.properties")]
    asked = ""
    values = []
    for pair in map(_with_name, pairs):
        survivor = _survivor(warehouse, pair)
        asked = survivor[0] if survivor else asked
        values.append(_value(f"profile_id={survivor[1]}" if survivor else pair, columns))
    found = warehouse.perform("profiles.find", values=values)
    profiles = [replace(_profile(warehouse, str(row[0])), asked=asked) for row in found]
    if show_pii:
        return profiles
    personal = personal_values(workspace)
    is_partial = workspace.project.is_partial
    return [_masked(personal, profile, is_partial=is_partial) for profile in profiles]


def _with_name(pair: str) -> str:
    """Return an id alone as `profile_id=`."""
    return f"profile_id={pair}" if UUID_TEXT.fullmatch(pair) else pair


def _survivor(warehouse: Warehouse, pair: str) -> tuple[str, str] | None:
    """Return the id that was asked for, and the profile that it was merged into."""
    name, _, value = pair.partition("=")
    if name != "profile_id" or not warehouse.has("runner", "aliases"):
        return None
    found = warehouse.perform("aliases.survivor", value=value)
    return (str(found[0][0]), str(found[0][1])) if found else None


def _masked(personal: PersonalValues, profile: Profile, *, is_partial: bool) -> Profile:
    """Return a profile with its personal data as its shape, also where an event repeats it."""
    properties = set(personal.properties)
    if is_partial:
        # What cannot be read may say that it is personal.
        names = {name for name, _ in (*profile.values, *profile.identifiers)}
        names |= {name for *_, name in profile.groups}
        properties |= {part for name in names for part in (name, *name.split("+"))} - {*OPEN}
    texts = {str(value) for name, value in profile.values if name in properties}
    texts |= {value for name, value in profile.identifiers if name in properties}
    return replace(
        profile,
        values=tuple(
            (name, masked(value) if name in properties else value) for name, value in profile.values
        ),
        groups=tuple(
            (group_type, masked(value) if name in properties else value, name)
            for group_type, value, name in profile.groups
        ),
        identifiers=tuple(
            (name, masked(value) if is_partial or personal.has_identifier(name) else value)
            for name, value in profile.identifiers
        ),
        events=tuple(
            masked_event(event, personal.events, texts, is_all=is_partial)
            for event in profile.events
        ),
        is_masked=True,
    )


def _value(pair: str, columns: list[str]) -> tuple[str, str, str]:
    """Return a property, the value that was asked for, and its form as an identifier."""
    name, equals, value = pair.partition("=")
    if not equals:
        raise UsageError(f"found '{pair}'; expected property=value, such as email=an@acme.example")
    if name not in columns:
        raise UsageError(
            f"there is no property '{name}'.{nearest(name, columns)} Known: {choices(columns)}"
        )
    return name, value, identifier_text(value)


def _profile(warehouse: Warehouse, profile_id: str) -> Profile:
    one = {"profile_id": profile_id}
    model = Model("profile", warehouse.statement("profiles.profile", **one), Sql(""), "read", "")
    columns, rows = warehouse.select(model, 1)
    return Profile(
        values=tuple(zip(columns, rows[0], strict=True)),
        segments=tuple(str(row[0]) for row in warehouse.perform("profiles.segments", **one)),
        groups=tuple(
            (str(group_type), str(value), str(name))
            for group_type, value, name in warehouse.perform("profiles.groups", **one)
        ),
        identifiers=tuple(
            (str(name), str(value))
            for name, value in warehouse.perform("identifiers.of_profile", **one)
        ),
        sources=_lines(warehouse, "profiles.lines", profile_id),
        retractions=_lines(warehouse, "profiles.retracting_lines", profile_id)
        if warehouse.has("runner", "retractions")
        else (),
        events=timeline_of(warehouse, profile_id),
        consents=_consents(warehouse, profile_id),
        aliases=tuple(
            str(row[0])
            for row in (
                warehouse.perform("aliases.of_profile", **one)
                if warehouse.has("runner", "aliases")
                else ()
            )
        ),
    )


def _lines(
    warehouse: Warehouse, query: str, profile_id: str
) -> tuple[tuple[str, str, int, str], ...]:
    return tuple(
        (str(goal), str(file), int(line), str(build_id))
        for goal, file, line, build_id in warehouse.perform(query, profile_id=profile_id)
    )


def _consents(
    warehouse: Warehouse, profile_id: str
) -> tuple[tuple[str, bool, datetime, str, str, int], ...]:
    if not warehouse.has("main", "consent"):
        return ()
    return tuple(
        (str(objective), bool(consented), said_at, str(goal), str(file), int(line))
        for objective, consented, said_at, goal, file, line in warehouse.perform(
            "consent.of_profile", profile_id=profile_id
        )
    )
