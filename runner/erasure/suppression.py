"""The suppression list: persons whose rows are not imported (C2)."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.identifier_values import PROFILE_ID, IdentifierValue
from runner.erasure.persons import Person, find_persons
from runner.erasure.receipt import Action, HashedPerson, Receipt, receipt_id, write_receipt
from runner.errors import RunnerError, UsageError
from runner.history.suppressions import Suppressed, Suppressions, value_hash
from runner.warehouse.lock import locked
from runner.workspace.workspace import Workspace


def load_suppressed(warehouse: Warehouse, workspace: Workspace) -> None:
    """Copy the list into a warehouse, where imports look up their rows.

    Raises RunnerError where the list is missing: erased persons would be imported again.
    """
    entries, salt = read_suppressed(workspace)
    known = warehouse.count("runner.suppressed")
    if not entries:
        if known and not workspace.suppressions.exists():
            raise _missing(workspace)
        if known:
            warehouse.delete("runner.suppressed")
        return
    warehouse.set_variable("suppression_salt", salt)
    warehouse.delete("runner.suppressed")
    warehouse.insert("runner.suppressed", [_row(entry) for entry in entries])


def read_suppressed(workspace: Workspace) -> tuple[tuple[Suppressed, ...], str]:
    """Return the list and the salt of its hashes; an empty list where there never was one.

    Raises RunnerError where the list is missing although there are receipts.
    """
    if not workspace.suppressions.exists():
        if any(workspace.receipts.glob("*.json")):
            raise _missing(workspace)
        return (), ""
    with Suppressions(workspace.suppressions) as suppressions:
        return suppressions.all(), suppressions.salt


def _missing(workspace: Workspace) -> RunnerError:
    return RunnerError(
        f"{workspace.suppressions} is missing, the list of persons who are not imported:"
        " erased persons would be imported again",
        hint="restore it from a backup; keep it wherever target/ is kept, see docs/erasure.md",
    )


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
    with locked(workspace.warehouse, "runner suppress", wait), ExitStack() as opened:
        warehouse = None
        if workspace.warehouse.exists():
            warehouse = opened.enter_context(Warehouse.open(workspace.warehouse, read_only=True))
        persons = find_persons(warehouse, wanted)
        receipt = add_to_list(workspace, persons, "suppress")
        receipt = replace(receipt, finished_at=datetime.now(UTC))
        write_receipt(workspace.receipts, receipt)
        return receipt


def add_to_list(workspace: Workspace, persons: Sequence[Person], action: Action) -> Receipt:
    """Add persons to the list and return the receipt of a command that begins with it."""
    begun = datetime.now(UTC)
    name = receipt_id(begun)
    with Suppressions(workspace.suppressions) as suppressions:
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


def _hashes(suppressions: Suppressions, person: Person) -> tuple[IdentifierValue, ...]:
    ids = [(PROFILE_ID, profile_id) for profile_id in person.profile_ids]
    pairs = dict.fromkeys((*person.identifiers, *ids))
    return tuple((name, suppressions.hash(name, value)) for name, value in pairs)


def unsuppress(
    workspace: Workspace, wanted: Sequence[IdentifierValue], wait: bool = False
) -> Receipt:
    """Remove persons from the list, by any identifier that is on it.

    Raises UsageError where none of them is on the list, LockedError where a build runs.
    """
    begun = datetime.now(UTC)
    with locked(workspace.warehouse, "runner unsuppress", wait):
        entries, salt = read_suppressed(workspace)
        hashes = {(name, value_hash(salt, name, value)) for name, value in wanted}
        keys = {entry.person for entry in entries if _key(entry) in hashes}
        if not keys:
            raise UsageError("none of them is on the list of persons who are not imported")
        persons = [[entry for entry in entries if entry.person == key] for key in sorted(keys)]
        with Suppressions(workspace.suppressions) as suppressions:
            lifted = suppressions.lift(keys)
        receipt = Receipt(
            id=receipt_id(begun),
            action="unsuppress",
            target=workspace.target_name,
            started_at=begun,
            people=tuple(HashedPerson(0, tuple(map(_key, person))) for person in persons),
            finished_at=datetime.now(UTC),
            listed=lifted,
        )
        write_receipt(workspace.receipts, receipt)
        return receipt


def _key(entry: Suppressed) -> IdentifierValue:
    return entry.identifier, entry.value_hash
