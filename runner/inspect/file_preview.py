"""The first lines of a file, and the lines of it that do not fit its dialect."""

from dataclasses import dataclass

from runner.compile.library import Library
from runner.definitions.format import Format
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.imports.goal_files import input_files
from runner.inspect.personal import Personal
from runner.inspect.preview_model import preview_model
from runner.sql.quoting import quoted_name
from runner.stage.readable_file import ReadableFile

RELATION = quoted_name("preview")


@dataclass(frozen=True)
class RejectedLine:
    """A line that does not fit the dialect (R2)."""

    line: int
    column: str
    reason: str
    # The line itself; personal data as its shape.
    raw: str


@dataclass(frozen=True)
class FilePreview:
    """The first lines of a file."""

    source: str
    path: str
    # Why this file is shown, where it is not on the server.
    note: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str | None, ...], ...]
    # Of the whole file.
    record_count: int
    rejected_count: int
    rejected: tuple[RejectedLine, ...]
    # Other files of the source, which are not shown.
    other_files: int


def preview_file(
    warehouse: Warehouse,
    library: Library,
    source: str,
    file: ReadableFile,
    form: Format,
    masks: Personal,
    rows: int,
    note: str = "",
    other_files: int = 0,
) -> FilePreview:
    """Return the first `rows` lines of a file of a source, and of those that were rejected."""
    found: list[Row] = []
    # An empty file is not read.
    for item in input_files((file,)):
        read = {"file": item, "format": form, "rows": rows}
        found = warehouse.read(preview_model(library, "file_lines", RELATION, "read", **read))
    return FilePreview(
        source,
        file.remote_path,
        note,
        file.header,
        tuple(row[0] for row in found),
        tuple(_shown(source, file, row, masks) for row in found),
        file.record_count,
        file.rejected,
        _rejected(warehouse, library, file, masks, rows),
        other_files,
    )


def _shown(source: str, file: ReadableFile, row: Row, masks: Personal) -> tuple[str | None, ...]:
    return tuple(
        masks.of_column(source, column, text)
        for column, text in zip(file.header, row[1:], strict=True)
    )


def _rejected(
    warehouse: Warehouse, library: Library, file: ReadableFile, masks: Personal, rows: int
) -> tuple[RejectedLine, ...]:
    if file.rejects is None:
        return ()
    model = preview_model(library, "rejected_lines", RELATION, "read", path=file.rejects, rows=rows)
    return tuple(
        RejectedLine(line, column or "", reason, masks.of_line(raw) or "")
        for line, column, reason, raw in warehouse.read(model)
    )
