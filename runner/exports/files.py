"""The files of an export: planned, then written in their final bytes (X2 to X4)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels, Sheet
from runner.compile.file_name import NamedFor, build_stamp, file_name, inner_name, trigger_name
from runner.definitions.export_goal import CHANGES
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, counted
from runner.events import Event, Listener
from runner.pgp import EncryptionKeys
from runner.publish.encode import (
    EncodedFile,
    Encoding,
    UnencodableCharacter,
    encode_bytes,
    encode_file,
)


@dataclass(frozen=True)
class PlannedFile:
    """One file of an export, not written yet."""

    named: NamedFor
    rows: int
    # Numbers of its first and last line, among the lines of its change.
    first: int = 1
    last: int = 0
    # What gives the rows of a file of events, which are not counted in advance.
    events: Sheet | None = None


def planned_files(
    models: ExportModels, counts: dict[str, int], named: NamedFor
) -> Iterator[PlannedFile]:
    """Give the files for these lines, files without a line included."""
    goal = models.goal
    groups = {"": sum(counts.values())}
    if goal.has_change_files:
        groups = {change: counts.get(change, 0) for change in CHANGES}
    most = goal.max_rows_per_file
    for change, rows in groups.items():
        size = most or max(rows, 1)
        for part, first in enumerate(range(1, max(rows, 1) + 1, size), 1):
            last = min(rows, first + size - 1)
            for_part = replace(named, part=part, change=change)
            yield PlannedFile(for_part, last - first + 1, first, last)
    for event, sheet in models.files.events if models.files else ():
        yield PlannedFile(replace(named, event=event), 0, events=sheet)


@dataclass(frozen=True)
class WrittenFile:
    """A file of an export in its final bytes, ready to be sent with its trigger."""

    encoded: EncodedFile
    rows: int
    # What its name holds of its build; empty where every build makes a file of that name.
    stamp: str = ""
    trigger: EncodedFile | None = None


def write_file(
    warehouse: Warehouse,
    models: ExportModels,
    file: PlannedFile,
    folder: Path,
    listener: Listener,
    keys: EncryptionKeys | None = None,
) -> WrittenFile:
    """Write one file of an export, and its trigger, to a local folder in its final form.

    Raises ExecutionError where the engine did not write the expected rows, where the
    encoding lacks a character, or where the disk refuses; PgpError where a key cannot be used.
    """
    path = folder / file_name(models.goal, file.named)
    text = path.with_name(path.name + ".utf8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExecutionError(f"cannot write {path}: {error.strerror}") from error
    sheet = _sheet_of(warehouse, models, file)
    try:
        rows = _write_text(warehouse, models, sheet, text, file, listener)
        encoding = replace(_encoding(models, path.name), keys=keys)
        encoded = encode_file(text, path, encoding)
    except UnencodableCharacter as error:
        raise _unencodable(warehouse, models, sheet, error.character) from error
    finally:
        text.unlink(missing_ok=True)
    trigger = None
    if models.goal.trigger:
        trigger = write_trigger(folder / trigger_name(models.goal, path.name), encoded, rows)
    return WrittenFile(encoded, rows, build_stamp(models.goal, file.named), trigger)


def write_trigger(path: Path, file: EncodedFile, rows: int) -> EncodedFile:
    """Write the trigger of a file: its name, rows, bytes and SHA-256, as one line of JSON.

    Raises ExecutionError where the disk refuses.
    """
    facts = {"file": file.path.name, "rows": rows, "bytes": file.size, "sha256": file.sha256}
    try:
        return encode_bytes(json.dumps(facts).encode() + b"\n", path)
    except OSError as error:
        raise ExecutionError(f"cannot write {path}: {error.strerror}") from error


def _encoding(models: ExportModels, name: str) -> Encoding:
    form = models.goal.format
    return Encoding(form.encoding, form.bom, form.compression, inner_name(name))


def _sheet_of(warehouse: Warehouse, models: ExportModels, file: PlannedFile) -> Sheet:
    """Return the sheet with the lines of one file."""
    files = models.files
    if file.events is not None or files is None:
        return file.events or models.sheet
    warehouse.create_temporary(
        RELATIONS["file"],
        "exports.file",
        is_view=True,
        lines=RELATIONS["lines"],
        position=files.position,
        first=file.first,
        last=file.last,
        change_column=files.change,
        change=file.named.change,
    )
    return replace(models.sheet, model=files.file, order=files.position)


def _write_text(
    warehouse: Warehouse,
    models: ExportModels,
    sheet: Sheet,
    path: Path,
    file: PlannedFile,
    listener: Listener,
) -> int:
    fields = {"goal": models.name, "file": path.name.removesuffix(".utf8")}
    listener(Event("progress", models.name, "writing", 0, file.rows, "rows", "", fields))
    header = sheet.header if models.goal.format.header else None
    written = warehouse.write_csv(sheet.model, sheet.line, sheet.order, header, path)
    if file.events is None and written != file.rows:
        raise ExecutionError(
            f"{models.name}: {counted(file.rows, 'row was', 'rows were')} counted,"
            f" and {written} written",
            models.goal.location("name"),
        )
    listener(Event("progress", models.name, "writing", written, written, "rows", "", fields))
    return written


def _unencodable(
    warehouse: Warehouse, models: ExportModels, sheet: Sheet, character: str
) -> ExecutionError:
    """Return the error that names the first profile, and its column, with the character."""
    encoding = models.goal.format.encoding
    found = []
    for number, column in enumerate(sheet.columns):
        first = warehouse.first_containing(sheet.model, sheet.key, column.name, character)
        if first is not None:
            found.append((first, number, column))
    profile_id, number, column = min(found, key=lambda item: item[:2])
    return ExecutionError(
        f"{models.name}: {encoding} has no character '{character}' (U+{ord(character):04X}),"
        f" which column '{sheet.headers[number]}' has, first in profile {profile_id}",
        column.location,
        hint="nothing was sent; state another `encoding`, such as utf-8",
    )
