"""The files of an export: which there are, written in their final bytes (X2 to X4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from runner.compile.export_models import RELATIONS, ExportModels, FilesModels, Sheet
from runner.compile.file_name import NamedFor, file_name, inner_name
from runner.definitions.export_goal import CHANGES
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.events import Event, Listener
from runner.model import Model
from runner.pgp import EncryptionKeys
from runner.publish.encode import EncodedFile, Encoding, UnencodableCharacter, encode_file
from runner.publish.sent import Sent


@dataclass(frozen=True)
class PlannedFile:
    """One file of an export, not written yet."""

    named: NamedFor
    rows: int
    # Of the lines that share its change: the first and the last of this file.
    first: int = 1
    last: int = 0
    # The rows of a file of events, which are not counted before.
    events: Sheet | None = None


def stage_lines(warehouse: Warehouse, models: FilesModels, sent: Sent) -> dict[str, int]:
    """Put all lines of an export into a temporary table; returns their number by change.

    Lines that are not compared with those before have the change ''.
    """
    _stage(warehouse, models.exported, "exported")
    if models.state is not None:
        known = sent.rows if sent.rows.exists() else None
        warehouse.keep(RELATIONS["sent"], "exports.sent", is_view=True, path=known)
    if models.removed is not None:
        _stage(warehouse, models.removed, "removed")
        if sent.erased.exists():
            tell_erased(warehouse, models.removed, models.key, sent.erased)
    _stage(warehouse, models.lines, "lines")
    return {str(change or ""): int(count) for change, count in warehouse.read(models.line_counts)}


def _stage(warehouse: Warehouse, model: Model, name: str) -> None:
    warehouse.create(replace(model, relation=RELATIONS[name]), is_temporary=True)


def tell_erased(warehouse: Warehouse, removed: Model, key: str, path: Path) -> None:
    """Give the removed lines of erased people what was kept to name them to the partner (C2)."""
    known = set(warehouse.columns_of("exports.erased", path=path))
    names = [name for name in warehouse.columns(removed) if name in known - {key}]
    if names:
        relation = RELATIONS["removed"]
        values: dict[str, Any] = {"removed": relation, "key": key, "columns": names, "path": path}
        warehouse.keep(relation, "exports.with_erased", **values)


def planned_files(
    models: ExportModels, counts: dict[str, int], named: NamedFor
) -> Iterator[PlannedFile]:
    """Give the files that take these lines, those without a line included."""
    goal = models.goal
    groups = {"": sum(counts.values())}
    if goal.has_change_files:
        groups = {change: counts.get(change, 0) for change in CHANGES}
    most = goal.max_rows_per_file
    for change, rows in groups.items():
        size = most or max(rows, 1)
        for part, first in enumerate(range(1, max(rows, 1) + 1, size), 1):
            last = min(rows, first + size - 1)
            told = NamedFor(named.connection, named.started_at, named.build_id, part, change)
            yield PlannedFile(told, last - first + 1, first, last)
    for event, sheet in models.files.events if models.files else ():
        yield PlannedFile(replace(named, event=event), 0, events=sheet)


@dataclass(frozen=True)
class LocalFile:
    """A file in its final bytes, and the rows in it."""

    encoded: EncodedFile
    rows: int


def write_file(
    warehouse: Warehouse,
    models: ExportModels,
    file: PlannedFile,
    folder: Path,
    listener: Listener,
    keys: EncryptionKeys | None = None,
) -> LocalFile:
    """Write one file of an export to a local folder in its final form.

    Raises ExecutionError where the engine wrote other than the expected rows, where the
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
        encoding = replace(encoding_of(models, path.name), keys=keys)
        return LocalFile(encode_file(text, path, encoding), rows)
    except UnencodableCharacter as error:
        raise _unencodable(warehouse, models, sheet, error.character) from error
    finally:
        text.unlink(missing_ok=True)


def encoding_of(models: ExportModels, name: str = "") -> Encoding:
    """Return how the text of an export becomes the bytes of a file of that name."""
    form = models.goal.format
    return Encoding(form.encoding, form.bom, form.compression, inner_name(name))


def _sheet_of(warehouse: Warehouse, models: ExportModels, file: PlannedFile) -> Sheet:
    """Return what gives the lines of one file."""
    files = models.files
    if file.events is not None or files is None:
        return file.events or models.sheet
    warehouse.keep(
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
    told = {"goal": models.name, "file": path.name.removesuffix(".utf8")}
    listener(Event("progress", models.name, "writing", 0, file.rows, "rows", "", told))
    header = sheet.header if models.goal.format.header else None
    written = warehouse.write_csv(sheet.model, sheet.line, sheet.order, header, path)
    if file.events is None and written != file.rows:
        raise ExecutionError(
            f"{models.name}: {file.rows} profiles were counted, and {written} written",
            models.goal.location("name"),
        )
    listener(Event("progress", models.name, "writing", written, written, "rows", "", told))
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
