"""`runner forget`: people erased everywhere below target/, and never imported again (C2).

They are put on the list first, and the published warehouse comes last: it is what tells their
other identifiers and lines. A command that was killed is run again, and completes it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from runner.engine.duckdb.schema import migrate
from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.export_erasure import erase_sent
from runner.erasure.generated_erasure import erase_generated
from runner.erasure.import_sets import import_sets
from runner.erasure.mentions import Mentions
from runner.erasure.people import Named, Person, find_people, merged
from runner.erasure.receipt import (
    ErasedFile,
    HashedPerson,
    Receipt,
    receipt_id,
    write_receipt,
)
from runner.erasure.staged_erasure import FoundLines, find_lines, origins_of
from runner.erasure.suppression import listed, load_suppressed
from runner.erasure.warehouse_erasure import (
    add_lines,
    drop_uncertain,
    erase_rows,
    lines_of,
    name_forgotten,
    rebuild,
    rewritten,
)
from runner.errors import ExecutionError, RunnerError
from runner.stage.decompression import plain_of
from runner.stage.line_erasure import erase_lines, erase_members, erase_mentions, is_archive
from runner.stage.staging import Staging
from runner.warehouse.lock import locked
from runner.warehouse.publication import building_path, discard, kept_builds, publish, start_copy
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import Workspace

OnStep = Callable[[str], None]
Confirm = Callable[[int, int], bool]
"""Asked with the number of people and of profiles, before anything is touched."""


class NotConfirmed(RunnerError):
    """Nobody said yes: nothing was touched."""


def forget(
    workspace: Workspace,
    wanted: Sequence[Named],
    *,
    is_dry_run: bool = False,
    wait: bool = False,
    confirm: Confirm = lambda *_: True,
    on_step: OnStep = lambda _: None,
) -> Receipt:
    """Erase people, or tell what would be erased.

    Raises DefinitionError or UsageError before anything is touched, NotConfirmed where `confirm`
    says no, LockedError where a build runs. After any other error it is to be run again.
    """
    workspace.compiled()
    with locked(workspace.warehouse, "runner forget", wait), ExitStack() as opened:
        opened.callback(discard, building_path(workspace.warehouse))
        warehouse = None
        if workspace.warehouse.exists():
            copy = start_copy(workspace.warehouse, workspace.warehouse)
            warehouse = opened.enter_context(_opened(workspace, copy))
            shape_tables(warehouse, workspace)
        people = _people(workspace, warehouse, wanted)
        if not is_dry_run:
            profiles = sum(len(person.profile_ids) for person in people)
            if not confirm(len(people), profiles):
                raise NotConfirmed("nothing is erased")
        receipt = _begun(workspace, people, is_dry_run)
        return _Erasure(workspace, people, receipt, on_step).run(warehouse)


def _opened(workspace: Workspace, path: Path) -> Warehouse:
    return Warehouse.open(
        path, threads=workspace.target.threads, memory_limit=workspace.target.memory_limit
    )


def _people(
    workspace: Workspace, warehouse: Warehouse | None, wanted: Sequence[Named]
) -> tuple[Person, ...]:
    """Return who is meant, as the published warehouse and those that are kept know them."""
    people = list(find_people(warehouse, wanted))
    for path in kept_builds(workspace.kept).values():
        try:
            with Warehouse.open(path, read_only=True) as kept:
                people += find_people(kept, wanted)
        except ExecutionError:
            # One that cannot be read is dropped later.
            continue
    return merged(people)


def _begun(workspace: Workspace, people: Sequence[Person], is_dry_run: bool) -> Receipt:
    if not is_dry_run:
        return listed(workspace, people, "forget")
    begun = datetime.now(UTC)
    hashed = tuple(HashedPerson(len(person.profile_ids), ()) for person in people)
    name = workspace.target_name
    return Receipt(receipt_id(begun), "forget", name, begun, hashed, is_dry_run=True)


@dataclass
class _Erasure:
    """One erasure under way; the steps stand in the order in which they are taken."""

    workspace: Workspace
    people: tuple[Person, ...]
    receipt: Receipt
    on_step: OnStep

    def run(self, warehouse: Warehouse | None) -> Receipt:
        """Take all steps, and return the receipt as it was written."""
        self._note(other_targets=_other_targets(self.workspace))
        self.on_step("the list")
        sets = import_sets(self.workspace, warehouse)
        found = find_lines(self.workspace, sets, self.people)
        if warehouse is not None:
            name_forgotten(warehouse, self.people, {})
            for sha256, lines in lines_of(warehouse).items():
                found.lines.setdefault(sha256, set()).update(lines)
        self._note(warnings=tuple(found.warnings))
        self.on_step("what is theirs")
        self._erase_staged(found, origins_of(sets))
        self._erase_kept(found)
        if warehouse is not None:
            told = erase_sent(
                warehouse,
                self.workspace,
                self.receipt.started_at,
                is_dry_run=self.receipt.is_dry_run,
            )
            self._note(to_be_told=told)
            self.on_step("exports")
        pattern = Mentions.of(self.people).bytes
        is_dry_run = self.receipt.is_dry_run
        removed = erase_generated(self.workspace, pattern, is_dry_run=is_dry_run)
        self._note(removed=removed)
        self.on_step("files below target/")
        if warehouse is not None:
            self._erase_published(warehouse, found)
        return self._finished()

    def _note(self, **changes: Any) -> None:
        self.receipt = replace(self.receipt, **changes)

    def _erase_staged(self, found: FoundLines, origins: Mapping[str, tuple[str, ...]]) -> None:
        staging = Staging(self.workspace.staging)
        pattern = Mentions.of(self.people).bytes
        is_dry_run = self.receipt.is_dry_run
        erased: list[ErasedFile] = []
        archives = []
        for blob in staging.contents():
            name = ", ".join(origins.get(blob.sha256, ())) or blob.sha256[:12]
            if is_archive(blob):
                archives.append((blob, name))
                continue
            readable = found.readable.get(blob.sha256)
            numbers = found.lines.get(blob.sha256, set())
            count = len(numbers)
            if readable is None:
                count = erase_mentions(blob, pattern, name, is_dry_run=is_dry_run)
            elif count and not is_dry_run:
                erase_lines(blob, plain_of(blob, name).path, *readable, numbers)
            if count:
                erased.append(ErasedFile(blob.sha256, origins.get(blob.sha256, ()), count))
        if not is_dry_run:
            for blob, name in archives:
                erase_members(blob, staging.directory, pattern, name)
            for part in staging.directory.rglob("*.part"):
                part.unlink()
        goals = {origin for file in erased for origin in file.origins}
        self._note(staged=tuple(erased), remote=tuple(sorted(goals)))
        self.on_step("staged files")

    def _erase_kept(self, found: FoundLines) -> None:
        """Write each kept warehouse anew without them; one that cannot be is dropped."""
        kept, dropped = [], []
        for build_id, path in kept_builds(self.workspace.kept).items():
            if self.receipt.is_dry_run:
                kept.append(build_id)
                continue
            copy = start_copy(path, path)
            try:
                with _opened(self.workspace, copy) as warehouse:
                    migrate(warehouse)
                    name_forgotten(warehouse, self.people, found.lines)
                    erase_rows(warehouse)
                    drop_uncertain(warehouse)
                rewritten(copy, self.workspace).replace(path)
                kept.append(build_id)
            except ExecutionError:
                path.unlink()
                dropped.append(build_id)
            finally:
                discard(copy)
            self.on_step(f"kept warehouse {build_id}")
        self._note(rewritten_builds=tuple(kept), dropped_builds=tuple(dropped))

    def _erase_published(self, warehouse: Warehouse, found: FoundLines) -> None:
        workspace = self.workspace
        add_lines(warehouse, found.lines)
        self._note(tables=erase_rows(warehouse))
        if self.receipt.is_dry_run:
            return
        failed = rebuild(warehouse, workspace)
        warnings = tuple(f"the model {name} failed: the next build tells why" for name in failed)
        self._note(warnings=(*self.receipt.warnings, *warnings))
        load_suppressed(warehouse, workspace)
        warehouse.close()
        copy = building_path(workspace.warehouse)
        fresh = rewritten(copy, workspace)
        write_receipt(workspace.receipts, self.receipt)
        self.on_step("the warehouse, not published yet")
        publish(fresh, workspace.warehouse, workspace.kept, "", workspace.target.keep_builds)
        self.on_step("the warehouse")

    def _finished(self) -> Receipt:
        if not self.receipt.is_dry_run:
            self._note(finished_at=datetime.now(UTC))
            write_receipt(self.workspace.receipts, self.receipt)
        return self.receipt


def _other_targets(workspace: Workspace) -> tuple[str, ...]:
    """Return the other targets that have a warehouse, which is not looked into."""
    others = []
    for name, target in workspace.project.file.targets.items():
        other = replace(workspace, target_name=name, target=target)
        is_there = other.warehouse.exists() or kept_builds(other.kept)
        if is_there and other.warehouse != workspace.warehouse:
            others.append(name)
    return tuple(others)
