"""An export goal, run on a published warehouse: counted, written, encoded, sent (X1 to X3)."""

import time
from datetime import datetime
from pathlib import Path

from runner.build.result import ExportedFile, NodeResult
from runner.compile.export_models import ExportModels
from runner.compile.file_name import file_name
from runner.compile.sql_text import quoted_name, quoted_text
from runner.errors import ExecutionError
from runner.events import Event, Listener, ignore
from runner.execute.duckdb.warehouse import Warehouse
from runner.publish.encode import EncodedFile, UnencodableCharacter, encode_file
from runner.publish.upload import publish_file
from runner.remote import Remote


def run_export(
    warehouse: Warehouse,
    models: ExportModels,
    remote: Remote,
    folder: Path,
    build_id: str,
    started_at: datetime,
    listener: Listener = ignore,
) -> NodeResult:
    """Write the file of an export goal to `folder/<connection>/`, and send it.

    `started_at` is the start of the build, for the file's name. Raises ExecutionError,
    DefinitionError or RemoteError; what was on the server before is then still there (X2).
    """
    began = time.monotonic()
    goal = models.goal
    name = file_name(goal, models.connection, started_at)
    members, rows, *split = (int(count) for count in warehouse.read(models.counts)[0])
    exported: tuple[ExportedFile, ...] = ()
    is_skipped = rows == 0 and goal.when_empty == "skip"
    if not is_skipped:
        local = folder / models.connection / name
        encoded = write_file(warehouse, models, local, rows, listener)
        path = _send(models, remote, encoded, build_id, listener)
        exported = (ExportedFile(path, rows, encoded.size, encoded.sha256),)
    return NodeResult(
        name=models.name,
        kind=goal.kind,
        status="skipped" if is_skipped else "success",
        seconds=time.monotonic() - began,
        message="nobody to export, no file sent" if is_skipped else "",
        place=goal.place("name"),
        rows=rows,
        exported=exported,
        members=members,
        warnings=_split_values(models, split),
    )


def write_file(
    warehouse: Warehouse, models: ExportModels, path: Path, expected: int, listener: Listener
) -> EncodedFile:
    """Write the rows of an export to a local file in its final form.

    Raises ExecutionError where the engine wrote other than the `expected` rows, where the
    encoding lacks a character, or where the disk refuses.
    """
    form = models.goal.format
    text = path.with_name(path.name + ".utf8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExecutionError(f"cannot write {path}: {error.strerror}") from error
    try:
        _write_text(warehouse, models, text, expected, listener)
        return encode_file(text, path, form.encoding, form.compression)
    except UnencodableCharacter as error:
        raise _unencodable(warehouse, models, error.character) from error
    finally:
        text.unlink(missing_ok=True)


def _write_text(
    warehouse: Warehouse, models: ExportModels, path: Path, expected: int, listener: Listener
) -> None:
    listener(Event("progress", models.name, "writing", 0, expected, "rows"))
    written = warehouse.write_csv(models.rows, models.line, models.header, path)
    if written != expected:
        raise ExecutionError(
            f"{models.name}: {expected} profiles were counted, and {written} written",
            models.goal.place("name"),
        )
    listener(Event("progress", models.name, "writing", written, expected, "rows"))


def _send(
    models: ExportModels, remote: Remote, encoded: EncodedFile, build_id: str, listener: Listener
) -> str:
    sent = 0

    def on_bytes(count: int) -> None:
        nonlocal sent
        sent += count
        listener(Event("progress", models.name, "sending", sent, encoded.size, "bytes"))

    directory = models.goal.directory
    return publish_file(remote, encoded.path, directory, encoded.path.name, build_id, on_bytes)


def _unencodable(warehouse: Warehouse, models: ExportModels, character: str) -> ExecutionError:
    """Return the error that names the first profile, and its column, with the character."""
    encoding = models.goal.format.encoding
    found = []
    for number, column in enumerate(models.columns):
        first = warehouse.first_containing(
            models.rows, quoted_name(models.key), quoted_name(column.name), quoted_text(character)
        )
        if first is not None:
            found.append((first, number, column))
    profile_id, number, column = min(found)
    header = models.goal.columns[number].header
    return ExecutionError(
        f"{models.name}: {encoding} has no character '{character}' (U+{ord(character):04X}),"
        f" which column '{header}' has, first in profile {profile_id}",
        column.place,
        hint="nothing was sent; state another `encoding`, such as utf-8",
    )


def _split_values(models: ExportModels, counts: list[int]) -> tuple[str, ...]:
    separator = models.goal.format.multi_value_separator
    return tuple(
        f"{count} {'profile has' if count == 1 else 'profiles have'} a value in '{column.name}'"
        f" that holds the multi_value_separator '{separator}': readers take it for several"
        for column, count in zip(models.lists, counts, strict=True)
        if count
    )
