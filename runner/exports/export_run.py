"""An export goal, run on a published warehouse: counted, written, encoded, sent (X1 to X4)."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels
from runner.compile.file_name import NamedFor, trigger_name
from runner.definitions.export_goal import CHANGES
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RemoteError
from runner.events import Event, Listener, ignore
from runner.exports.exchange import note_exported
from runner.exports.export_files import (
    PlannedFile,
    encoding_of,
    planned_files,
    stage_lines,
    write_file,
)
from runner.exports.member_counts import count_members
from runner.pgp import EncryptionKeys
from runner.publish.encode import EncodedFile, encoded_text
from runner.publish.exchanged import Exchanged
from runner.publish.foreign import refuse_foreign
from runner.publish.sent import Sent
from runner.publish.trigger import BEGINNING, write_trigger
from runner.publish.upload import part_path, publish_file, remote_path
from runner.remote import Remote
from runner.result import ExportedFile, NodeResult
from runner.warehouse.change_limit import Brake, check_export

NOBODY = "nobody to export, no file sent"
NOTHING_CHANGED = "nothing changed since the last export, no file sent"


@dataclass(frozen=True)
class WrittenFile:
    """A file of an export, ready to be sent with its trigger."""

    encoded: EncodedFile
    rows: int
    trigger: EncodedFile | None
    # How its first line reads.
    header: str


def run_export(
    warehouse: Warehouse,
    models: ExportModels,
    remote: Remote,
    folder: Path,
    build_id: str,
    started_at: datetime,
    sent: Sent,
    listener: Listener = ignore,
    keys: EncryptionKeys | None = None,
    brake: Brake | None = None,
    allow_large_change: bool = False,
) -> NodeResult:
    """Write the files of an export goal to `folder/<connection>/`, and send them.

    `started_at` is the start of the build, for the files' names; `brake` tells how many members may
    come or go, unless all may. Raises ExecutionError,
    DefinitionError or RemoteError; what was on the server before is then still there (X2).
    """
    began = time.monotonic()
    counted = count_members(warehouse, models)
    run = _Run(
        warehouse, models, remote, folder / models.connection, build_id, sent, listener, keys
    )
    try:
        sent.prepare()
        if brake:
            check_export(warehouse, models, sent, brake, allow_large_change)
        counts = {"": counted.exported}
        if models.files is not None:
            counts = stage_lines(warehouse, models.files, sent)
        named = NamedFor(models.connection, started_at, build_id)
        planned = run.wanted(list(planned_files(models, counts, named)))
        exported = run.sent_files(planned)
    finally:
        for name in ("exported", "removed", "lines"):
            warehouse.drop(RELATIONS[name])
    status, message = run.ended(exported, counts)
    return NodeResult(
        name=models.name,
        kind=models.goal.kind,
        status=status,
        seconds=time.monotonic() - began,
        message=message,
        location=models.goal.location("name"),
        rows=sum(counts.values()),
        exported=exported,
        members=counted.members,
        no_consent=counted.no_consent,
        warnings=_split_values(models, counted.split),
    )


@dataclass(frozen=True)
class _Run:
    """One export under way."""

    warehouse: Warehouse
    models: ExportModels
    remote: Remote
    folder: Path
    build_id: str
    sent: Sent
    listener: Listener
    keys: EncryptionKeys | None

    @property
    def is_known(self) -> bool:
        """Tell whether the lines are compared with those of an export before."""
        return self.models.goal.changes != "all" and self.sent.rows.exists()

    def wanted(self, planned: list[PlannedFile]) -> list[PlannedFile]:
        """Return the files that are sent: none where nothing changed since the last export."""
        if self.is_known and not any(file.rows for file in planned):
            return []
        if self.models.goal.when_empty == "skip":
            return [file for file in planned if file.rows or file.events]
        return planned

    def sent_files(self, planned: list[PlannedFile]) -> tuple[ExportedFile, ...]:
        """Write all files, send each, and then keep what was sent."""
        written = [self._written(file) for file in planned]
        if self.models.goal.when_empty == "skip":
            written = [file for file in written if file.rows]
        self._sweep()
        for file in written:
            self._refuse_foreign(file)
        state = self.models.files.state if self.models.files else None
        if state is not None:
            self.warehouse.write_parquet(state, self.sent.next_rows)
        exchanged = Exchanged.of(self.sent.folder, self.models.connection)
        if written:
            note_exported(self.warehouse, self.models, exchanged)
        exported = tuple(self._send(file) for file in written)
        self.sent.end()
        if state is not None:
            self._keep(written)
        if written:
            exchanged.keep(self.models.goal.name, self.build_id)
        self.sent.keep_members()
        return exported

    def _keep(self, written: list[WrittenFile]) -> None:
        """Keep what was sent; a local copy that names erased people goes with it (C2)."""
        if self.sent.erased.exists():
            for file in written:
                file.encoded.path.unlink(missing_ok=True)
        self.sent.keep()

    def ended(self, exported: tuple[ExportedFile, ...], counts: dict[str, int]) -> tuple[str, str]:
        """Return the status of the goal and what is said of it."""
        if not exported and self.is_known:
            return "unchanged", NOTHING_CHANGED
        if not exported:
            return "skipped", NOBODY
        told = [f"{counts[change]} {change}" for change in CHANGES if counts.get(change)]
        return "success", ", ".join(told)

    def _written(self, planned: PlannedFile) -> WrittenFile:
        goal = self.models.goal
        local = write_file(
            self.warehouse, self.models, planned, self.folder, self.listener, self.keys
        )
        header = (planned.events or self.models.sheet).header
        trigger = None
        if goal.trigger:
            path = self.folder / trigger_name(goal, local.encoded.path.name)
            trigger = write_trigger(path, local.encoded, local.rows)
        return WrittenFile(local.encoded, local.rows, trigger, header)

    def _sweep(self) -> None:
        """Remove the parts that a killed build left at the partner's (B3)."""
        for part in self.sent.unfinished():
            # An account that may only write keeps them; that is no reason to send nothing.
            with suppress(RemoteError):
                if self.remote.stat(part) is not None:
                    self.remote.remove(part)
        self.sent.end()

    def _refuse_foreign(self, file: WrittenFile) -> None:
        models = self.models
        # What is encrypted shows nothing by which it could be known as ours.
        is_headed = models.goal.format.header and self.keys is None
        header = encoded_text(f"{file.header}\n", encoding_of(models)) if is_headed else b""
        refuse_foreign(self.remote, self.sent, self._path(file.encoded), header)
        if file.trigger is not None:
            refuse_foreign(self.remote, self.sent, self._path(file.trigger), BEGINNING)

    def _path(self, file: EncodedFile) -> str:
        return remote_path(self.models.goal.directory, file.path.name)

    def _send(self, file: WrittenFile) -> ExportedFile:
        stale = self._path(file.trigger) if file.trigger else ""
        path = self._publish(file.encoded, stale)
        if file.trigger is not None:
            self._publish(file.trigger)
        return ExportedFile(path, file.rows, file.encoded.size, file.encoded.sha256)

    def _publish(self, file: EncodedFile, stale: str = "") -> str:
        sent = 0

        def on_bytes(count: int) -> None:
            nonlocal sent
            sent += count
            name, told = self.models.name, {"goal": self.models.name, "file": self._path(file)}
            self.listener(Event("progress", name, "sending", sent, file.size, "bytes", "", told))

        self.sent.claim(self._path(file))
        self.sent.begin(part_path(self._path(file), self.build_id))
        directory, name = self.models.goal.directory, file.path.name
        return publish_file(self.remote, file.path, directory, name, self.build_id, on_bytes, stale)


def _split_values(models: ExportModels, counts: tuple[int, ...]) -> tuple[str, ...]:
    separator = models.goal.format.multi_value_separator
    return tuple(
        f"{count} {'profile has' if count == 1 else 'profiles have'} a value in '{column.name}'"
        f" that holds the multi_value_separator '{separator}': readers take it for several"
        for column, count in zip(models.lists, counts, strict=True)
        if count
    )
