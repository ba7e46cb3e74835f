"""`runner forget`: persons erased everywhere below target/, and never imported again (C2).

They are added to the suppression list first. The published warehouse comes last, because it knows
their other identifiers and lines: a command that was killed is completed by running it again.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from runner.engine.schema import migrate
from runner.engine.store import Draft
from runner.engine.warehouse import Warehouse
from runner.erasure.conditions import Conditions
from runner.erasure.exports import erase_sent, exported_files
from runner.erasure.generated_files import erase_generated
from runner.erasure.held_tables import held_tables
from runner.erasure.identifier_values import IdentifierValue
from runner.erasure.import_sets import ImportSet, import_sets
from runner.erasure.line_search import FoundLines, find_lines, sources_of
from runner.erasure.mentions import lines_of_others, lines_of_project
from runner.erasure.persons import Person, find_persons, merge_persons
from runner.erasure.receipt import (
    HashedPerson,
    Receipt,
    receipt_id,
    write_receipt,
)
from runner.erasure.staged_files import SourcesByHash, erase_staged
from runner.erasure.suppression import add_to_list, load_suppressed
from runner.erasure.suppression_list import SuppressionList, read_suppressed
from runner.erasure.value_pattern import ValuePattern
from runner.erasure.warehouse import (
    drop_uncertain,
    erase_rows,
    lines_of,
    load_forgotten,
    load_lines,
    rebuild,
    rows_of_others,
)
from runner.errors import ExecutionError, RunnerError
from runner.stage.staging import Staging
from runner.stage.staging_lock import exclusive_staging
from runner.warehouse.lock import locked
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import Workspace

OnStep = Callable[[str], None]
Confirm = Callable[[int, int], bool]
"""Asked with the number of persons and of profiles, before anything is changed."""


class NotConfirmed(RunnerError):
    """The erasure was not confirmed: nothing was changed."""


def forget(
    workspace: Workspace,
    wanted: Sequence[IdentifierValue],
    *,
    is_dry_run: bool = False,
    wait: bool = False,
    confirm: Confirm = lambda *_: True,
    on_step: OnStep = lambda _: None,
) -> Receipt:
    """Erase persons, or return what would be erased.

    Raises DefinitionError or UsageError before anything is changed, NotConfirmed where `confirm`
    returns False, LockedError where a build runs. After any other error, run it again.
    """
    workspace.compiled()
    with locked(workspace.local_state, "runner forget", wait), ExitStack() as opened:
        store = workspace.store
        warehouse, draft = None, Draft()
        if store.is_published:
            draft = store.begin()
            opened.callback(store.discard, draft)
            warehouse = opened.enter_context(store.edit(draft))
            shape_tables(warehouse, workspace)
        suppressed = read_suppressed(workspace)
        persons = _persons(workspace, warehouse, wanted, suppressed)
        if not is_dry_run:
            profiles = sum(len(person.profile_ids) for person in persons)
            if not confirm(len(persons), profiles):
                raise NotConfirmed("nothing is erased")
        opened.enter_context(exclusive_staging(workspace.staging, wait))
        receipt = _begun(workspace, persons, is_dry_run)
        erasure = _Erasure(workspace, persons, suppressed.salt, receipt, on_step, draft)
        return erasure.run(warehouse)


def _persons(
    workspace: Workspace,
    warehouse: Warehouse | None,
    wanted: Sequence[IdentifierValue],
    suppressed: SuppressionList,
) -> tuple[Person, ...]:
    """Return the named persons, as the published and the kept warehouses know them."""
    persons = list(find_persons(warehouse, wanted, suppressed, workspace.library))
    for version in workspace.store.versions():
        try:
            with workspace.store.open(version) as kept:
                persons += find_persons(kept, wanted, suppressed, workspace.library)
        except ExecutionError:
            # It cannot be read, and is dropped later.
            continue
    return merge_persons(persons)


def _begun(workspace: Workspace, persons: Sequence[Person], is_dry_run: bool) -> Receipt:
    if not is_dry_run:
        return add_to_list(workspace, persons, "forget")
    begun = datetime.now(UTC)
    hashed = tuple(HashedPerson(len(person.profile_ids), ()) for person in persons)
    name = workspace.target_name
    return Receipt(receipt_id(begun), "forget", name, begun, hashed, is_dry_run=True)


@dataclass
class _Erasure:
    """One erasure; its steps in the order in which they run."""

    workspace: Workspace
    persons: tuple[Person, ...]
    # Of the hashes that the suppression list has of them.
    salt: str
    receipt: Receipt
    on_step: OnStep
    # The version of the warehouse without them, which is published last.
    draft: Draft

    @property
    def conditions(self) -> Conditions:
        """Return the SQL by which rows of theirs are found."""
        return Conditions(self.workspace.library)

    def run(self, warehouse: Warehouse | None) -> Receipt:
        """Run all steps, and return the receipt as it was written."""
        self._note(other_targets=_other_targets(self.workspace))
        self.on_step("suppression list")
        sets = import_sets(self.workspace, warehouse)
        found = self._find_lines(sets)
        if warehouse is not None:
            load_forgotten(warehouse, self.persons)
            for sha256, lines in lines_of(warehouse).items():
                found.lines.setdefault(sha256, set()).update(lines)
            load_lines(warehouse, found, held_tables(warehouse), self.conditions)
        sources = sources_of(sets)
        self._note(
            warnings=tuple(found.warnings),
            mentioning_lines=lines_of_others(found.mentions, sources),
            project_lines=lines_of_project(self.workspace, self.persons),
            exported=exported_files(warehouse, self.workspace) if warehouse else (),
        )
        if not self.receipt.is_dry_run:
            # A command that is run again after it was killed no longer knows what was exported.
            write_receipt(self.workspace.receipts, self.receipt)
        self.on_step("search")
        self._erase_staged(found, sources)
        self._erase_kept(found)
        if warehouse is not None:
            reported = erase_sent(
                warehouse,
                self.workspace,
                self.receipt.started_at,
                is_dry_run=self.receipt.is_dry_run,
            )
            self._note(to_be_told=reported)
            self.on_step("exports")
        pattern = ValuePattern.of(self.persons).bytes
        is_dry_run = self.receipt.is_dry_run
        removed = erase_generated(self.workspace, pattern, is_dry_run=is_dry_run)
        self._note(removed=removed)
        self.on_step("files below target/")
        if warehouse is not None:
            self._erase_published(warehouse)
        return self._finished()

    def _find_lines(self, sets: Sequence[ImportSet]) -> FoundLines:
        """Find their lines; values that only the list knew of are then searched for everywhere."""
        found = find_lines(self.workspace, sets, self.persons, self.salt)
        known = {pair for person in self.persons for pair in person.identifiers}
        fresh = [pair for pair in found.values if pair not in known]
        if not fresh:
            return found
        first, *others = self.persons
        first = replace(first, identifiers=(*first.identifiers, *fresh))
        self.persons = (first, *others)
        return find_lines(self.workspace, sets, self.persons, self.salt)

    def _note(self, **changes: Any) -> None:
        self.receipt = replace(self.receipt, **changes)

    def _erase_staged(self, found: FoundLines, sources: SourcesByHash) -> None:
        erased = erase_staged(
            Staging(self.workspace.staging),
            found,
            sources,
            ValuePattern.of(self.persons).bytes,
            is_dry_run=self.receipt.is_dry_run,
        )
        remote = {source for file in erased for source in file.origins}
        self._note(staged=erased, remote=tuple(sorted(remote)))
        self.on_step("staged files")

    def _erase_kept(self, found: FoundLines) -> None:
        """Rewrite each kept warehouse without them; one that cannot be read is dropped."""
        kept, dropped = [], []
        store = self.workspace.store
        for build_id in store.versions():
            if self.receipt.is_dry_run:
                kept.append(build_id)
                continue
            copy = store.begin(build_id, replaces=build_id)
            try:
                with store.edit(copy) as warehouse:
                    migrate(warehouse)
                    load_forgotten(warehouse, self.persons)
                    tables = held_tables(warehouse)
                    load_lines(warehouse, found, tables, self.conditions)
                    erase_rows(warehouse, tables, self.conditions)
                    drop_uncertain(warehouse, tables)
                store.compact(copy)
                store.publish(copy)
                kept.append(build_id)
            except ExecutionError:
                store.remove(build_id)
                dropped.append(build_id)
            finally:
                store.discard(copy)
            self.on_step(f"kept warehouse {build_id}")
        self._note(rewritten_builds=tuple(kept), dropped_builds=tuple(dropped))

    def _erase_published(self, warehouse: Warehouse) -> None:
        workspace = self.workspace
        tables = held_tables(warehouse)
        self._note(tables=erase_rows(warehouse, tables, self.conditions))
        self._note(mentions=rows_of_others(warehouse, tables, self.conditions))
        if self.receipt.is_dry_run:
            return
        failed = rebuild(warehouse, workspace, tables)
        warnings = tuple(f"the model {name} failed: the next build shows why" for name in failed)
        self._note(warnings=(*self.receipt.warnings, *warnings))
        load_suppressed(warehouse, workspace)
        warehouse.close()
        workspace.store.compact(self.draft)
        write_receipt(workspace.receipts, self.receipt)
        self.on_step("the warehouse, not published yet")
        workspace.store.publish(self.draft, keep=workspace.target.keep_builds)
        workspace.store.remove_unnamed()
        self.on_step("the warehouse")

    def _finished(self) -> Receipt:
        if not self.receipt.is_dry_run:
            self._note(finished_at=datetime.now(UTC))
            write_receipt(self.workspace.receipts, self.receipt)
        return self.receipt


def _other_targets(workspace: Workspace) -> tuple[str, ...]:
    """Return the other targets that have a warehouse, which is not searched."""
    others = []
    for name, target in workspace.project.file.targets.items():
        other = replace(workspace, target_name=name, target=target)
        is_there = other.store.is_published or other.store.versions()
        if is_there and other.local_state != workspace.local_state:
            others.append(name)
    return tuple(others)
