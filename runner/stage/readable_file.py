"""A remote file, downloaded, in a form that the engine can read."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class ReadableFile:
    """A remote file, downloaded and readable, with the counts of its lines (R7).

    A direct one is read by the engine as it came, decompressed, by its own dialect. A clean one
    was written by the record reader: commas, double quotes (doubled inside), LF, UTF-8, no header;
    its first column is the number of the physical line on which the record begins in the
    decoded original, from 1, then come the columns of `header` as text.
    """

    # As the server listed it.
    remote_path: str
    # Bytes, as they came.
    size: int
    modified_at: datetime
    # Of the bytes as they came.
    sha256: str
    # What the engine reads: plain UTF-8, decompressed.
    local_path: Path
    # Whether it is the clean form.
    is_clean: bool
    # Unique names, also when case is ignored: a repeated one ends in _2, _3, an empty one is
    # column_<n>. Empty when the file has no line to take names from.
    header: tuple[str, ...]
    # Physical lines of the decoded original; they end in LF, CR, CRLF, or with the file.
    lines: int
    # Physical lines before the data: those skipped, and the header.
    data_from: int
    # Of the clean form; None for a direct one, where only the engine counts them.
    records: int | None = None
    # Physical lines that the records take; None for a direct one.
    record_lines: int | None = None
    # Physical lines, of the clean form; 0 for a direct one.
    blank: int = 0
    rejected: int = 0
    # The lines set aside (R2): CSV as the clean form, with a header line, columns `line`,
    # `column_number`, `column_name`, `reason`, `raw`, `byte_offset`. None when no line was.
    rejects: Path | None = None
    # The same lines as they were written, below the lines that stood above the data.
    rejects_as_sent: Path | None = None
    # The names of the columns as the file has them; empty where nothing names them.
    written: tuple[str, ...] = ()

    # Control characters from U+0080 to U+009F in its text.
    controls: int = 0

    @property
    def record_count(self) -> int:
        """Return how many records the engine must read.

        Of a direct file one record for each line below the header: if the engine reads that many,
        no line was blank, refused, joined to another or split.
        """
        return self.lines - self.data_from if self.records is None else self.records
