"""The lines that are set aside, each with where and why (R2)."""

from pathlib import Path
from typing import TextIO

from runner.stage.text_window import visible

# The columns of the file, in order.
COLUMNS = ("line", "column_number", "column_name", "reason", "raw", "byte_offset")
# Characters of a raw line that are kept.
LONGEST_RAW = 65_536


class Rejects:
    """Writes the lines set aside to a CSV file, which exists only when there are any."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self._path = path
        self._names = names
        self._file: TextIO | None = None

    def add(
        self, line: int, column: int | None, reason: str, raw: str, offset: int | None = None
    ) -> None:
        """Write one: the number of its first line, the column from 1 where known, the text.

        `offset` is how many bytes of it precede the bad one.
        """
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="")
            self._file.write(",".join(COLUMNS) + "\n")
        known = column is not None and column <= len(self._names)
        name = self._names[column - 1] if column and known else ""
        shown = visible(raw.rstrip("\r\n")[:LONGEST_RAW])
        number = "" if column is None else column
        location = "" if offset is None else offset
        self._file.write(f"{line},{number},{quoted(name)},{reason},{quoted(shown)},{location}\n")

    def close(self) -> bool:
        """End the file; return whether anything is in it."""
        if self._file is None:
            return False
        self._file.close()
        return True


def quoted(value: str) -> str:
    """Return a value between double quotes, those inside doubled."""
    return '"' + value.replace('"', '""') + '"'
