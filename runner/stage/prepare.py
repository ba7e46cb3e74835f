"""From staged bytes to a file that the engine can read (F7, R1, R2)."""

import json
from dataclasses import asdict
from pathlib import Path

from runner.definitions.format import Format
from runner.remote import RemoteFile
from runner.stage.blob import Blob, sha256_of
from runner.stage.decompression import Decompressed, plain_of
from runner.stage.dialect import Dialect, dialect_of
from runner.stage.header import Header, read_header
from runner.stage.part_file import part_file
from runner.stage.readable_file import ReadableFile
from runner.stage.record_reader import LineOutcomes, read_records
from runner.stage.shifted_values import may_shift_values
from runner.stage.text_window import opened_text

HASHES = "sha256"
"""In the kept outcomes: the hashes of the files that they describe."""


def prepare(
    blob: Blob, file: RemoteFile, file_format: Format, *, by_records: bool = False
) -> ReadableFile:
    """Return a readable form of a staged file.

    It is a direct one where the engine reads the dialect and the line ends as we do. `by_records`
    asks for the clean form: do so when the reading of a direct one could not be proved. After an
    erasure, too, the clean form is read: the file has blank lines, which the engine reports
    worse. The clean form is written once per content and dialect, beside the blob; from then on
    it alone is read, so that everyone finds the same lines.
    Raises StageError for a file that cannot be decompressed, decoded, or has no legible header.
    """
    dialect = dialect_of(file_format)
    plain = plain_of(blob, file.path)
    by_records = by_records or blob.is_erased or _kept_outcomes(blob, dialect) is not None
    if dialect.is_direct and plain.count.is_uniform and not by_records:
        with opened_text(plain.path, dialect.encoding, file.path) as window:
            header = read_header(window, dialect, file.path)
        end = b"\r\n" if plain.count.pairs else b"\n"
        if header.is_plain and not may_shift_values(plain.path, dialect, header, end):
            return _direct(blob, file, plain, header)
    return _clean(blob, file, plain.path, dialect)


def has_clean_form(blob: Blob, dialect: Dialect) -> bool:
    """Tell whether a clean form is beside a blob, which then is what imports read."""
    return blob.beside(f"{dialect.digest}.json").is_file()


def _direct(blob: Blob, file: RemoteFile, plain: Decompressed, header: Header) -> ReadableFile:
    return ReadableFile(
        remote_path=file.path,
        size=file.size,
        modified_at=file.modified_at,
        sha256=blob.sha256,
        local_path=plain.path,
        is_clean=False,
        header=header.names,
        lines=plain.count.lines,
        data_from=header.data_from,
        written=header.written,
        controls=plain.count.controls,
    )


def _clean(blob: Blob, file: RemoteFile, plain: Path, dialect: Dialect) -> ReadableFile:
    path, rejects, rejects_as_sent = _paths(blob, dialect)
    outcomes = _kept_outcomes(blob, dialect) or _read(blob, file, plain, dialect)
    return ReadableFile(
        remote_path=file.path,
        size=file.size,
        modified_at=file.modified_at,
        sha256=blob.sha256,
        local_path=path,
        is_clean=True,
        header=outcomes.header,
        lines=outcomes.lines,
        data_from=outcomes.data_from,
        records=outcomes.records,
        record_lines=outcomes.record_lines,
        blank=outcomes.blank,
        rejected=outcomes.rejected,
        rejects=rejects if outcomes.rejected else None,
        rejects_as_sent=rejects_as_sent if outcomes.rejected else None,
        written=outcomes.written,
        controls=outcomes.controls,
    )


def _paths(blob: Blob, dialect: Dialect) -> tuple[Path, Path, Path]:
    """Return where the clean form is, the lines set aside, and those lines as they were sent."""
    ends = ("csv", "rejects.csv", "resend")
    clean, rejects, resend = (blob.beside(f"{dialect.digest}.{end}") for end in ends)
    return clean, rejects, resend


def _read(blob: Blob, file: RemoteFile, plain: Path, dialect: Dialect) -> LineOutcomes:
    path, rejects, rejects_as_sent = _paths(blob, dialect)
    directory = blob.path.parent
    with (
        part_file(directory, path.name) as clean,
        part_file(directory, rejects.name) as aside,
        part_file(directory, rejects_as_sent.name) as again,
        part_file(directory, "counts") as kept,
    ):
        outcomes = read_records(plain, dialect, file.path, clean, aside, again)
        hashes = [sha256_of(part) for part in (clean, aside, again)]
        kept.write_text(json.dumps({**asdict(outcomes), HASHES: hashes}), "utf-8")
        clean.replace(path)
        aside.replace(rejects)
        again.replace(rejects_as_sent)
        # The counts come last: where they are, the other files are complete.
        kept.replace(blob.beside(f"{dialect.digest}.json"))
    return outcomes


def _kept_outcomes(blob: Blob, dialect: Dialect) -> LineOutcomes | None:
    """Return the outcomes of a clean form that is there and intact (F11)."""
    try:
        kept = json.loads(blob.beside(f"{dialect.digest}.json").read_text("utf-8"))
        if kept.pop(HASHES) != [sha256_of(path) for path in _paths(blob, dialect)]:
            return None
        names = {name: tuple(kept[name]) for name in ("header", "written")}
        return LineOutcomes(**{**kept, **names})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
