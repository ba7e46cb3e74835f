"""Persons by their profiles, and all identifiers by which those are known (C2)."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from runner.compile.library import Library
from runner.definitions.identifier_text import address_text
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.erasure.conditions import Conditions
from runner.erasure.identifier_values import PROFILE_ID, IdentifierValue
from runner.erasure.suppression_list import SuppressionList


@dataclass(frozen=True)
class Person:
    """A person to erase or suppress."""

    # Random; the same for all identifiers of one person on the suppression list.
    key: str
    # Profiles with one of the named values; none where no profile has one.
    profile_ids: tuple[str, ...]
    # The named values, and all others of these profiles.
    identifiers: tuple[IdentifierValue, ...]
    # Identifiers and salted hashes of them that the suppression list has of this person.
    listed: tuple[IdentifierValue, ...] = ()


def find_persons(
    warehouse: Warehouse | None,
    wanted: Iterable[IdentifierValue],
    suppressed: SuppressionList,
    library: Library,
) -> tuple[Person, ...]:
    """Return a person for each value named; values of the same profile are one person.

    Profiles are found by what the suppression list has of the person, too. `library` has the
    macros of the warehouse's engine.
    """
    written = tuple(wanted)
    values = [(name, address_text(value)) for name, value in written]
    listed = [_listed(suppressed, pair) for pair in written]
    owners: dict[int, tuple[str, ...]] = {}
    if warehouse:
        owners = _owners(warehouse, values, listed, suppressed.salt, Conditions(library))
    persons: list[Person] = []
    for number, pair in enumerate(values):
        mine = owners.get(number, ())
        held = [pair]
        if warehouse is not None:
            for profile_id in mine:
                held += _identifiers(warehouse, profile_id)
        key = secrets.token_hex(8)
        person = Person(key, mine, tuple(dict.fromkeys(held)), listed[number])
        persons = _with_person(persons, person)
    return tuple(persons)


def _listed(suppressed: SuppressionList, pair: IdentifierValue) -> tuple[IdentifierValue, ...]:
    return tuple(entry.hashed_value for entry in suppressed.linked([pair]))


def merge_persons(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Return persons that several warehouses know, each once."""
    found: list[Person] = []
    for person in persons:
        found = _with_person(found, person)
    return tuple(found)


def _with_person(persons: list[Person], person: Person) -> list[Person]:
    """Add a person; those who share a profile, or are named by the same value, are one."""
    others = []
    for other in persons:
        is_same = {*other.profile_ids, *other.listed} & {*person.profile_ids, *person.listed}
        if is_same or other.identifiers[0] == person.identifiers[0]:
            profile_ids = dict.fromkeys((*other.profile_ids, *person.profile_ids))
            held = dict.fromkeys((*other.identifiers, *person.identifiers))
            listed = dict.fromkeys((*other.listed, *person.listed))
            person = Person(other.key, tuple(profile_ids), tuple(held), tuple(listed))
        else:
            others.append(other)
    return [*others, person]


def _owners(
    warehouse: Warehouse,
    values: Sequence[IdentifierValue],
    listed: Sequence[Sequence[IdentifierValue]],
    salt: str,
    conditions: Conditions,
) -> dict[int, tuple[str, ...]]:
    warehouse.perform("erasure.sought_tables")
    warehouse.insert("sought", [_row(number, pair) for number, pair in enumerate(values)])
    address = conditions.address("identifiers.value")
    found = warehouse.perform("erasure.found_profiles", address=address)
    columns = {str(column) for (column,) in warehouse.perform("catalog.properties")}
    for name in dict.fromkeys(name for name, _ in values):
        if name in columns and name != PROFILE_ID:
            address = conditions.address_of_property(name)
            found += warehouse.perform("erasure.found_by_property", column=name, address=address)
    hashes = [_row(number, pair) for number, pairs in enumerate(listed) for pair in pairs]
    if hashes:
        warehouse.set_variable("suppression_salt", salt)
        warehouse.insert("sought_hashes", hashes)
        value_hash = conditions.hash_of_held
        found += warehouse.perform("erasure.found_by_hash", value_hash=value_hash)
    if warehouse.has("runner", "aliases"):
        found += _aliases(warehouse, found)
    owners: dict[int, list[str]] = {}
    for number, profile_id in sorted(found):
        mine = owners.setdefault(int(number), [])
        if profile_id not in mine:
            mine.append(str(profile_id))
    return {number: tuple(mine) for number, mine in owners.items()}


def _row(number: int, pair: IdentifierValue) -> dict[str, Any]:
    identifier, value = pair
    return {"number": number, "identifier": identifier, "value": value}


def _aliases(warehouse: Warehouse, found: Sequence[Row]) -> list[Row]:
    """Return the profiles that named ids were merged into, and the former ids of all profiles."""
    merged_into = warehouse.perform("erasure.found_aliases")
    owners = {str(profile_id): number for number, profile_id in (*found, *merged_into)}
    former = [
        (owners[profile_id], alias_id)
        for alias_id, profile_id in warehouse.perform("aliases.list")
        if profile_id in owners
    ]
    return [*merged_into, *former]


def _identifiers(warehouse: Warehouse, profile_id: str) -> list[IdentifierValue]:
    rows = warehouse.perform("identifiers.of_profile", profile_id=profile_id)
    return [(str(name), address_text(str(value))) for name, value in rows]
