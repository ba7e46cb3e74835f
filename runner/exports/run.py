"""An export goal, run on a published warehouse: counted, written, encoded, sent (X1 to X4)."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels
from runner.compile.file_name import NamedFor, build_stamp
from runner.definitions.export_goal import CHANGES
from runner.engine.warehouse import Warehouse
from runner.errors import counted
from runner.events import Listener, ignore
from runner.exports.exchange import ExportedProfiles, write_exported
from runner.exports.files import PlannedFile, WrittenFile, planned_files, write_file
from runner.exports.lines import LineCounts, write_lines
from runner.exports.members import count_members
from runner.exports.send import Delivery, Sender
from runner.pgp import EncryptionKeys
from runner.publish.sent import Sent
from runner.remote import Remote
from runner.result import NodeResult
from runner.warehouse.change_limit import ChangeLimit, check_export

NO_ROWS = "nobody to export, no file sent"
NO_CHANGES = "nothing changed since the last export, no file sent"


@dataclass(frozen=True)
class ExportRun:
    """An export goal in one build: what it runs on, and where its files go."""

    warehouse: Warehouse
    models: ExportModels
    remote: Remote
    # Its files are written to `folder/<connection>/`.
    folder: Path
    build_id: str
    # Start of the build, for the names of files.
    started_at: datetime
    # What earlier builds sent.
    sent: Sent
    listener: Listener = ignore
    # None where files are not encrypted.
    keys: EncryptionKeys | None = None
    # How many members may come or go; None for any number.
    limit: ChangeLimit | None = None
    # Whether more than `limit` may.
    allow_large_change: bool = False
    # Whether files on the server that others wrote are replaced.
    replace_files: bool = False

    @property
    def sender(self) -> Sender:
        """Return what sends its files."""
        return Sender(
            self.models, self.remote, self.sent, self.build_id, self.listener, self.replace_files
        )

    @property
    def is_compared(self) -> bool:
        """Whether the lines are compared with those of an earlier export."""
        return self.models.goal.changes != "all" and self.sent.rows.exists()

    def count_lines(self, members: int) -> LineCounts:
        """Return the number of lines."""
        if self.models.files is None:
            return LineCounts({"": members})
        return write_lines(self.warehouse, self.models.files, self.sent)

    def drop_lines(self) -> None:
        """Drop the temporary tables of lines."""
        for name in ("exported", "rekeyed", "removed", "lines"):
            self.warehouse.drop(RELATIONS[name])

    def wanted(self, planned: list[PlannedFile]) -> list[PlannedFile]:
        """Return the files to send: none where nothing changed since the last export."""
        if self.is_compared and not any(file.rows for file in planned):
            return []
        if self.models.goal.when_empty == "skip":
            return [file for file in planned if file.rows or file.events]
        return planned

    def send(self, planned: list[PlannedFile], stamps: Collection[str]) -> Delivery:
        """Write all files, send them, then record what was sent."""
        written = self._write(planned)
        sender = self.sender
        sender.prepare(written)
        state = self.models.files.state if self.models.files else None
        if state is not None:
            self.warehouse.write_parquet(state, self.sent.next_rows)
        profiles = ExportedProfiles.of(self.sent.folder, self.models.connection)
        if written:
            write_exported(self.warehouse, self.models, profiles)
        delivery = sender.send(written, stamps)
        if state is not None:
            self._keep_rows(written)
        if written:
            profiles.keep(self.models.goal.name, self.build_id)
        self.sent.keep_members()
        return delivery

    def stamps(self, named: NamedFor, counts: Mapping[str, int]) -> frozenset[str]:
        """Return the stamps of the names whose earlier files give way to those of this build.

        None where nothing changed since the last export: its files are those of today.
        """
        if self.is_compared and not any(counts.values()):
            return frozenset()
        of_events = replace(named, event="events")
        return frozenset(
            {"", *(build_stamp(self.models.goal, each) for each in (named, of_events))}
        )

    def _write(self, planned: list[PlannedFile]) -> list[WrittenFile]:
        folder = self.folder / self.models.connection
        written = [
            write_file(self.warehouse, self.models, file, folder, self.listener, self.keys)
            for file in planned
        ]
        if self.models.goal.when_empty == "skip":
            return [file for file in written if file.rows]
        return written

    def _keep_rows(self, written: list[WrittenFile]) -> None:
        """Record the rows that were sent; local copies that name erased persons go (C2)."""
        if self.sent.names_erased:
            for file in written:
                file.encoded.path.unlink(missing_ok=True)
        self.sent.keep()

    def outcome(self, delivery: Delivery, counts: dict[str, int]) -> tuple[str, str]:
        """Return the status and the message of the goal."""
        files = counted(delivery.removed, "file of an earlier build", "files of earlier builds")
        removed = [f"{files} removed from the server"] if delivery.removed else []
        if not delivery.exported and self.is_compared:
            return "unchanged", NO_CHANGES
        if not delivery.exported:
            return "skipped", ", ".join([NO_ROWS, *removed])
        changes = [f"{counts[change]} {change}" for change in CHANGES if counts.get(change)]
        return "success", ", ".join([*changes, *removed])


def run_export(run: ExportRun) -> NodeResult:
    """Write the files of an export goal, and send them.

    Raises ExecutionError, DefinitionError or RemoteError; what was on the server before is then
    still there (X2).
    """
    began = time.monotonic()
    models = run.models
    members = count_members(run.warehouse, models)
    try:
        run.sent.prepare()
        if run.limit:
            check_export(run.warehouse, models, run.sent, run.limit, run.allow_large_change)
        lines = run.count_lines(members.exported)
        counts = lines.by_change
        named = NamedFor(models.connection, run.started_at, run.build_id)
        planned = list(planned_files(models, counts, named))
        delivery = run.send(run.wanted(planned), run.stamps(named, counts))
    finally:
        run.drop_lines()
    status, message = run.outcome(delivery, counts)
    return NodeResult(
        name=models.name,
        kind=models.goal.kind,
        status=status,
        seconds=time.monotonic() - began,
        message=message,
        location=models.goal.location("name"),
        rows=sum(counts.values()),
        exported=delivery.exported,
        members=members.members,
        changes={change: rows for change, rows in counts.items() if change},
        no_consent=members.no_consent,
        warnings=(
            *delivery.warnings,
            *_unnamed(lines.unnamed),
            *_split_values(models, members.split),
        ),
    )


def _unnamed(lines: int) -> tuple[str, ...]:
    if not lines:
        return ()
    return (
        f"{counted(lines, 'line that was', 'lines that were')} sent before"
        f" {'is' if lines == 1 else 'are'} not in a removed file: the goal had another `key` or"
        " other columns, and what was sent as the key of today is not recorded;"
        " the partner has to remove what they name",
    )


def _split_values(models: ExportModels, counts: tuple[int, ...]) -> tuple[str, ...]:
    separator = models.goal.format.multi_value_separator
    return tuple(
        f"{counted(count, 'profile has', 'profiles have')} a value in '{column.name}'"
        f" that holds the multi_value_separator '{separator}': readers take it for several"
        for column, count in zip(models.lists, counts, strict=True)
        if count
    )
