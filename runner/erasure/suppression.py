"""The suppression list: persons whose rows are not imported (C2)."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

from runner.engine.warehouse import Warehouse
from runner.erasure.identifier_values import PROFILE_ID, IdentifierValue
from runner.erasure.persons import Person, find_persons
from runner.erasure.receipt import Action, HashedPerson, Receipt, receipt_id, write_receipt
from runner.erasure.suppression_list import missing_list, read_suppressed
from runner.errors import UsageError
from runner.history.suppressions import Suppressed, Suppressions
from runner.warehouse.lock import locked
from runner.workspace.workspace import Workspace


def load_suppressed(warehouse: Warehouse, workspace: Workspace) -> None:
    """Copy the list into a warehouse, where imports look up their rows.

    Raises RunnerError where the list is missing: erased persons would be imported again.
    """
    suppressed = read_suppressed(workspace)
    known = warehouse.count("runner.suppressed")
    if not suppressed.entries:
        if known and not workspace.suppressions.exists():
            raise missing_list(workspace)
        if known:
            warehouse.delete("runner.suppressed")
        return
    warehouse.set_variable("suppression_salt", suppressed.salt)
    warehouse.delete("runner.suppressed")
    warehouse.insert("runner.suppressed", [_row(entry) for entry in suppressed.entries])


def _row(entry: Suppressed) -> dict[str, str]:
    return {
        "identifier": entry.identifier,
        "value_hash": entry.value_hash,
        "reason": entry.reason,
        "receipt_id": entry.receipt_id,
        "suppressed_at": f"{entry.suppressed_at:%Y-%m-%d %H:%M:%S}",
    }


def suppress(
    workspace: Workspace, wanted: Sequence[IdentifierValue], wait: bool = False
) -> Receipt:
    """Add persons to the list by all identifiers of their profiles; the profiles stay.

    Raises LockedError where a build runs.
    """
    with locked(workspace.local_state, "runner suppress", wait), ExitStack() as opened:
        warehouse = None
        if workspace.store.is_published:
            warehouse = opened.enter_context(workspace.store.open())
        persons = find_persons(warehouse, wanted, read_suppressed(workspace), workspace.library)
        receipt = add_to_list(workspace, persons, "suppress")
        receipt = replace(receipt, finished_at=datetime.now(UTC))
        write_receipt(workspace.receipts, receipt)
        return receipt


def add_to_list(workspace: Workspace, persons: Sequence[Person], action: Action) -> Receipt:
    """Add persons to the list and return the receipt of a command that begins with it."""
    begun = datetime.now(UTC)
    name = receipt_id(begun)
    with Suppressions(workspace.suppressions) as suppressions:
        persons = _with_keys(suppressions, persons)
        suppressions.add(
            Suppressed(identifier, value_hash, person.key, action, name, begun)
            for person in persons
            for identifier, value_hash in _hashes(suppressions, person)
        )
        return Receipt(
            id=name,
            action=action,
            target=workspace.target_name,
            started_at=begun,
            people=tuple(_hashed(suppressions, person) for person in persons),
            listed=len({pair for person in persons for pair in _hashes(suppressions, person)}),
        )


def _hashed(suppressions: Suppressions, person: Person) -> HashedPerson:
    """Return a person as a receipt names them."""
    return HashedPerson(len(person.profile_ids), _hashes(suppressions, person))


def _with_keys(suppressions: Suppressions, persons: Sequence[Person]) -> list[Person]:
    """Return persons with the keys that the list has of them; several of one person become one."""
    known = {entry.hashed_value: entry.person for entry in suppressions.all()}
    found = []
    for person in persons:
        keys = [known[hashed] for hashed in _hashes(suppressions, person) if hashed in known]
        if keys:
            person = replace(person, key=keys[0])
            suppressions.link(keys, person.key)
        found.append(person)
    return found


def _hashes(suppressions: Suppressions, person: Person) -> tuple[IdentifierValue, ...]:
    ids = [(PROFILE_ID, profile_id) for profile_id in person.profile_ids]
    pairs = dict.fromkeys((*person.identifiers, *ids))
    hashed = ((name, suppressions.hash(name, value)) for name, value in pairs)
    return tuple(dict.fromkeys((*person.listed, *hashed)))


def unsuppress(
    workspace: Workspace, wanted: Sequence[IdentifierValue], wait: bool = False
) -> Receipt:
    """Remove persons from the list, by any identifier that is on it.

    Raises UsageError where none of them is on the list, LockedError where a build runs.
    """
    begun = datetime.now(UTC)
    with locked(workspace.local_state, "runner unsuppress", wait):
        persons: dict[str, list[IdentifierValue]] = {}
        for entry in read_suppressed(workspace).linked(wanted):
            persons.setdefault(entry.person, []).append(entry.hashed_value)
        if not persons:
            raise UsageError("none of them is on the list of persons who are not imported")
        with Suppressions(workspace.suppressions) as suppressions:
            lifted = suppressions.lift(persons)
        receipt = Receipt(
            id=receipt_id(begun),
            action="unsuppress",
            target=workspace.target_name,
            started_at=begun,
            people=tuple(HashedPerson(0, tuple(hashed)) for hashed in persons.values()),
            finished_at=datetime.now(UTC),
            listed=lifted,
        )
        write_receipt(workspace.receipts, receipt)
        return receipt
